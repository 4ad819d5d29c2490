"""Arranging events: what is held when and where, its stalls, a day that is not held."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask import render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, events, people, services, staff
from kiosk.database import Tx
from kiosk.screens.office.event_form import About, blank, draft_of, read
from kiosk.screens.office.repeating import WEEKDAYS, Repeat, rule_text
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, day, done, text
from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("活动"), mark("回到活动"), "calendar-days", "every", 40, MenuGroup.PEOPLE),
    url_prefix="/admin/events",
)

Answer = AnyResponse | tuple[str, int]

AHEAD = timedelta(days=28)
"""Whose days a page lists: as many weeks as anybody plans for here."""

KINDS = {
    events.EventKind.SHIFT: mark("志愿服务（记时长）"),
    events.EventKind.ACTIVITY: mark("活动"),
    events.EventKind.MEETING: mark("议事会（记意见）"),
}
REPEATS = {
    Repeat.ONCE: mark("只办一次"),
    Repeat.DAILY: mark("每天"),
    Repeat.WEEKLY: mark("每周"),
    Repeat.FORTNIGHT: mark("每两周"),
    Repeat.DATE: mark("每月同一日"),
    Repeat.NTH: mark("每月同一个星期几"),
}


@screen.get("")
def every() -> str:
    """Every event with its next date; those that are held no more last."""
    today = box().centre.day(box().now())
    with box().database.read() as tx:
        listed = events.all_events(tx, lang())
    return render_template(
        "office/events/events.html",
        listed=[(one, _next_date(one, today)) for one in listed],
        kinds=KINDS,
        rule_text=rule_text,
    )


def _next_date(one: events.Listed, today: date) -> date | None:
    found = [] if one.ended_at else events.next_dates(one.plan, today, 1)
    return found[0] if found else None


@screen.get("/new")
def new_event() -> str:
    """The empty form."""
    return _new(blank(box().centre.day(box().now())))


@screen.post("/new")
def add_event() -> Answer:
    """Write an event down, show its dates, or show what is wrong and write nothing."""
    draft, plan = _typed()
    if plan is None or "look" in request.form:
        return _new(draft, _dates(plan)), 400 if draft.faults else 200
    with box().database.write() as tx:
        event_id = events.add_event(tx, box().centre, asked(), plan)
    return _back_to(event_id, say(mark("建好了，自助机上已经看得到。")))


@screen.get("/<int:event_id>")
def event(event_id: int) -> str:
    """One event's form, its coming days and its stalls."""
    with box().database.read() as tx:
        return _page(event_id, draft_of(events.plan_of(tx, event_id)))


@screen.post("/<int:event_id>")
def edit_event(event_id: int) -> Answer:
    """Change an event; days that have begun stay as they were."""
    draft, plan = _typed(event_id)
    if plan is None or "look" in request.form:
        return _page(event_id, draft, dates=_dates(plan)), 400 if draft.faults else 200
    with box().database.write() as tx:
        events.edit_event(tx, box().centre, asked(), event_id, plan)
    return _back_to(event_id, say(mark("保存好了，以后的日子已经跟着改了。")))


@screen.post("/<int:event_id>/cancel")
def cancel_day(event_id: int) -> Answer:
    """Do not hold one day; the station shows the reason. Asks first when somebody counts on it."""
    reason, on = text("reason"), day("on")
    if faults := events.reason_faults(reason):
        return _refused(event_id, Draft({"reason": reason, "day": f"{on}"}).judged(faults))
    with box().database.read() as tx:
        days = events.days_between(tx, box().centre, on, on, lang())
        touched = _touched(tx, [one.id for one in days if one.event_id == event_id and one.id is not None])
    if touched and not _is_sure():
        return _ask(event_id, touched, ".cancel_day", {"on": f"{on}", "reason": reason})
    return _changed(
        event_id,
        lambda tx: events.cancel_day(tx, box().centre, asked(), event_id, on, reason),
        say(mark("这一天取消了，自助机上写着原因。")),
    )


@screen.post("/<int:event_id>/hold")
def hold_day(event_id: int) -> Answer:
    """Hold a cancelled day after all."""

    def hold(tx: Tx) -> None:
        day_id = events.need_day(tx, box().centre, event_id, day("on"))
        events.hold_day(tx, box().centre, asked(), day_id)

    return _changed(event_id, hold, say(mark("这一天恢复了。")))


@screen.post("/<int:event_id>/stalls")
def add_stall(event_id: int) -> Answer:
    """A stall that gives numbers on the event's days."""
    reading = Reading({name: text(name) for name in ("name", "name_en", "code", "counter")})
    counter = reading.whole("counter")
    if counter is None and not reading.faults:
        reading.need("counter")
    name, english, code = (reading.values[one] for one in ("name", "name_en", "code"))
    faults = reading.faults | events.stall_faults(name, english, code)
    draft = Draft({**reading.values, "stall": "1"}).judged(faults)
    if faults or counter is None:
        return _refused(event_id, draft)
    stall = events.NewStall(code.upper(), name, (counter,), english)
    return _changed(
        event_id,
        lambda tx: events.add_stall(tx, asked(), event_id, stall),
        say(mark("摊位加好了，活动当天可以取号。")),
        draft,
    )


@screen.post("/<int:event_id>/end")
def end_event(event_id: int) -> Answer:
    """Hold it no more; everything that was stays. Asks first when somebody counts on a day to come."""
    with box().database.read() as tx:
        touched = _touched(tx, events.days_to_drop(tx, event_id, box().now()))
    if touched and not _is_sure():
        return _ask(event_id, touched, ".end_event", {})
    return _changed(
        event_id,
        lambda tx: events.end_event(tx, asked(), event_id),
        say(mark("以后不办了，以前的记录都保留着。")),
    )


class Touched(Struct, frozen=True):
    """Who is there or has put the name down on the days that are to be cancelled."""

    inside: int
    registered: int
    expected: tuple[checkin.Expected, ...]


def _touched(tx: Tx, day_ids: Sequence[int]) -> Touched | None:
    """None when nobody is."""
    counted = [checkin.counts(tx, day_id) for day_id in day_ids]
    inside, registered = sum(one.inside for one in counted), sum(one.registered for one in counted)
    return Touched(inside, registered, checkin.expected(tx, day_ids)) if inside or registered else None


def _is_sure() -> bool:
    return bool(request.form.get("sure"))


def _ask(event_id: int, touched: Touched, act: str, fields: dict[str, str]) -> Answer:
    """Nothing is done yet: who would be left standing, and the same press once more."""
    with box().database.read() as tx:
        one = events.event_of(tx, event_id, lang())
    action = url_for(act, event_id=event_id)
    return render_template(
        "office/events/sure.html", one=one, touched=touched, action=action, fields=fields, problem=""
    ), 200


def _typed(event_id: int | None = None) -> tuple[Draft, events.EventPlan | None]:
    with box().database.read() as tx:
        team_ids = frozenset(team.id for team in people.teams(tx, everyone=True))
        before = None if event_id is None else events.plan_of(tx, event_id)
    about = About(box().centre.day(box().now()), team_ids, before)
    return read(request.form.to_dict(), request.form.getlist("day"), about)


AT_FIELD = {services.CodeTaken: "code", services.UnknownCounter: "counter"}
"""What a stall is refused for, and the field that this is told at."""


def _changed(
    event_id: int, change: Callable[[Tx], object], words: str, acting: Draft | None = None
) -> Answer:
    """Have it done; what is refused is told at its field of `acting`, the form beside the event's own."""
    try:
        with box().database.write() as tx:
            change(tx)
    except (services.CodeTaken, services.UnknownCounter) as refusal:
        draft = (acting or Draft({})).with_faults({AT_FIELD[type(refusal)]: words_of(refusal)})
        return _refused(event_id, draft, status_of(refusal))
    return _back_to(event_id, words)


def _refused(event_id: int, acting: Draft, status: int = 400) -> tuple[str, int]:
    with box().database.read() as tx:
        draft = draft_of(events.plan_of(tx, event_id))
    return _page(event_id, draft, acting), status


def _new(draft: Draft, dates: list[date] | None = None) -> str:
    with box().database.read() as tx:
        return render_template("office/events/event_new.html", draft=draft, dates=dates, **_offered(tx))


def _page(event_id: int, draft: Draft, acting: Draft | None = None, dates: list[date] | None = None) -> str:
    today = box().centre.day(box().now())
    with box().database.read() as tx:
        every_day = events.days_from(tx, box().centre, box().now(), today + AHEAD, lang())
        days = [day for day in every_day if day.event_id == event_id]
        return render_template(
            "office/events/event.html",
            one=events.event_of(tx, event_id, lang()),
            draft=draft,
            dates=dates,
            days=[(day, checkin.counts(tx, day.id) if day.id else None) for day in days],
            acting=acting or Draft({}),
            **_offered(tx),
        )


def _dates(plan: events.EventPlan | None) -> list[date] | None:
    return None if plan is None else events.next_dates(plan, box().centre.day(box().now()))


def _offered(tx: Tx) -> dict[str, object]:
    return {
        "hosts": [("", say(mark("中心"))), *((team.id, team.name) for team in people.teams(tx))],
        "kinds": KINDS,
        "repeats": REPEATS,
        "weekdays": tuple(zip(WEEKDAYS, DAY_WORDS, strict=True)),
        "day_words": DAY_WORDS,
    }


def _back_to(event_id: int, words: str) -> AnyResponse:
    return done(words, ".event", event_id=event_id)
