"""When the centre is open, at one look: today with its closings, and the next weeks as they will be."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flask import g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import opening, services, staff, tickets
from kiosk.centre import Centre
from kiosk.database import Tx
from kiosk.opening_hours import Phase, SpecialDay
from kiosk.screens.centre.hours_form import periods_of
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, Reading, done, text
from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import box, lang, meant, say, typed
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.words import Own, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=MenuEntry(mark("开放时间"), mark("回到开放时间"), "clock", "now", 25),
    url_prefix="/admin/opening",
)

SHOWN_DAYS = 60
REASONS = (mark("今天的号已满"), mark("系统维护，请明天再来"), mark("提前下班，请明天再来"))
"""Words for a closing that need not be typed."""

READ_THROUGH, LONGEST_WORD = 12, 40
"""Services that are listed to be stopped; of more they are looked for."""

PHASE_WORDS = {
    Phase.OPEN: mark("现在开着，可以取号"),
    Phase.BEFORE: mark("还没有到取号时间"),
    Phase.BREAK: mark("现在是午休"),
    Phase.OVER: mark("今天的取号时间过了"),
    Phase.DAY_OFF: mark("今天休息"),
}
TODAY = ("until", "words", "words_en")


class DayCell(Struct, frozen=True):
    """A day as it will be: its hours as text, none when it is off; why it is special, if it is."""

    day: date
    hours: tuple[str, ...]
    is_always_open: bool
    is_special: bool
    words: str
    like: int | None
    """The weekday as which it is worked, if any."""


@screen.get("")
def now() -> str:
    """The page."""
    return _page(Draft({}))


@screen.post("/today")
def end_today() -> Response | tuple[str, int]:
    """Let today end at another time, earlier or later, with why."""
    values = {name: text(name) for name in TODAY}
    reading = Reading(values)
    closes = reading.clock("until")
    faults = reading.faults | opening.words_faults(values)
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
    today = centre.day(box().now())
    spans = _spans(centre, today)
    if not spans and "until" not in faults:
        faults["until"] = "day_off"
    if closes is None or faults:
        return _page(Draft(values).judged(faults)), 400
    ends = periods_of(opening.until(spans, closes))
    special = centre.hours.days.get(today)
    # a Saturday worked as a Friday stays one for its services
    like = special.like if special and ends else None
    ended = SpecialDay(ends, Own(values["words"], values["words_en"]), like)
    with box().database.write() as tx:
        opening.set_days(tx, centre, asked(), {today: ended})
    return done(say(mark("好了。自助机、大屏和手机马上就这样说。")), ".now")


@screen.post("/today/usual")
def usual_today() -> Response:
    """Today is like any other of its weekday."""
    with box().database.write() as tx:
        centre = box().centre
        opening.clear_day(tx, centre, asked(), centre.day(box().now()))
    return done(say(mark("好了，今天照平时的时间。")), ".now")


@screen.post("/close")
def close() -> Response | tuple[str, int]:
    """No more numbers today, for one service, one group or all."""
    values = {name: text(name) for name in ("words", "words_en")}
    if faults := opening.words_faults(values):
        return _page(Draft({}), Draft(values).judged(faults), text("service") or text("group")), 400
    ours = meant(text("reason") or values["words"] or REASONS[2], REASONS)
    words = Own(ours.zh, values["words_en"] or ours.en)
    with box().database.write() as tx:
        if code := text("service"):
            opening.close_service(tx, box().centre, asked(), code, words)
        else:
            opening.close(tx, box().centre, asked(), text("group"), words)
    return done(say(mark("停止取号了。自助机、大屏和手机马上就这样说。")), ".now")


@screen.post("/reopen")
def reopen() -> Response:
    """Numbers again."""
    with box().database.write() as tx:
        if code := text("service"):
            opening.reopen_service(tx, box().centre, asked(), code)
        else:
            opening.reopen(tx, box().centre, asked(), text("group"))
    return done(say(mark("恢复取号了。")), ".now")


def _spans(centre: Centre, day: date) -> tuple[tuple[time, time], ...]:
    if centre.hours.is_always_open_on(day):
        return ((time(), time(23, 59)),)
    return tuple((one.opens, one.closes) for one in centre.hours.on(day))


def _page(draft: Draft, stopping: Draft | None = None, stopped: str = "") -> str:
    moment = box().now()
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
        groups = services.groups(tx, lang())
        today = centre.day(moment)
        waiting = _waiting(tx, centre, moment)
        every = services.all_services(tx, lang(), today)
        names = services.group_names(tx, lang())
        near = opening.not_followed(tx, centre, today, timedelta(days=SHOWN_DAYS))
    closed = {one.group: one.words.said(lang()) for one in centre.closings if one.on == today}
    return render_template(
        "centre/opening/now.html",
        draft=draft,
        stopping=stopping,
        stopped=stopped,
        moment=centre.opening(moment),
        phase_words=PHASE_WORDS,
        today_cell=day_cell(centre, today),
        weeks=_weeks(centre, today),
        day_words=DAY_WORDS,
        groups=groups,
        holidays=near,
        waiting=waiting,
        closed=closed,
        alone=[one for one in every if _is_listed(one, names, stopped, len(every))],
        is_many=len(every) > READ_THROUGH,
        looked_for=_looked_for(),
        reasons=[say(reason) for reason in REASONS],
        is_admin=g.staff.role == staff.Role.ADMIN,
    )


def _looked_for() -> str:
    return typed(request.args.get("find", ""))[:LONGEST_WORD]


def _is_listed(one: services.Service, names: Mapping[str, str], stopped: str, count: int) -> bool:
    """Whether a service can be stopped from here: of many, those looked for, and those stopped already."""
    if _looked_for():
        return services.is_meant(one, names.get(one.code, ""), _looked_for())
    return count <= READ_THROUGH or bool(one.closed_reason) or one.code == stopped


def _waiting(tx: Tx, centre: Centre, moment: datetime) -> Counter[str]:
    """How many people wait now, by a service's code and by its group's name; all of them by an empty one."""
    groups, people = services.group_names(tx, lang()), Counter[str]()
    for one in tickets.waiting_counts(tx, centre, moment, lang()):
        for key in (one.code, groups.get(one.code, ""), ""):
            people[key] += one.count
    return people


def day_cell(centre: Centre, day: date) -> DayCell:
    """A day as it will be."""
    special = centre.hours.days.get(day)
    return DayCell(
        day,
        tuple(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in centre.hours.on(day)),
        centre.hours.is_always_open_on(day),
        special is not None,
        special.words.said(lang()) if special else "",
        special.like if special else None,
    )


def _weeks(centre: Centre, today: date) -> list[list[DayCell | None]]:
    """The next days in weeks from Monday on; None before today."""
    cells: list[DayCell | None] = [None] * today.weekday()
    cells += [day_cell(centre, today + timedelta(days=ahead)) for ahead in range(SHOWN_DAYS)]
    cells += [None] * (-len(cells) % len(DAY_WORDS))
    return [cells[first : first + len(DAY_WORDS)] for first in range(0, len(cells), len(DAY_WORDS))]
