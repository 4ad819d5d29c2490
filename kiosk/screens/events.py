"""Events at the station: what is on today and this week, signing in and out without a keyboard, stalls."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from kiosk import events, people, services, spool
from kiosk.db import Tx
from kiosk.events import Direction, Word
from kiosk.screens._answers import forget, keep, kept, look_of, sentence_of, served_text
from kiosk.screens._guard import station_name
from kiosk.screens._lookups import LookUps
from kiosk.screens._page import box, lang, new_tap, say
from kiosk.screens.slips import DIGITS, code_of_event, digits_asked, is_of_ticket, refuse_phones, ticket_scanned
from kiosk.screens.station import print_state, shut
from kiosk.words import Malformed, Refusal, mark

screen = Blueprint("events", __name__)

PAGE = 4
"""Events on one page: cards that are read from where one stands."""

WEEK = timedelta(days=6)
TOGETHER = (1, 2, 3, 4, 5, 6)
"""How many may come on one registration at the station; a larger group asks the staff."""


class State(StrEnum):
    """What can be done about a day of an event now."""

    OFF = "off"
    LATER = "later"
    OPEN = "open"
    LEAVING = "leaving"
    OVER = "over"


class NotNow(Refusal):
    """Nobody can sign in or out of this day at this time, so nobody is looked up."""

    sentence = mark("现在不能签到：这次活动是%(when)s。请看看别的活动，或问一问工作人员。")


@dataclass(frozen=True)
class Shown:
    """A day of an event as the station shows it. `places` are left; None where nobody counts them."""

    day: events.EventDay
    when: str
    state: State
    is_today: bool
    places: int | None = None
    came: int = 0


@screen.record_once
def _begin(setup: BlueprintSetupState) -> None:
    setup.app.extensions["look_ups"] = LookUps()


@screen.get("/events")
def week() -> str:
    """Today and the six days after it, four events a page."""
    forget()
    now, centre = box().now(), box().centre
    first = centre.day(now)
    _write_todays_days(now)
    with box().database.read() as tx:
        coming = events.days_between(tx, centre, first, first + WEEK, lang())
    shown = [_shown(day, now) for day in coming if day.id is not None]
    shown = [one for one in shown if one.state != State.OVER]
    page = min(max(0, request.args.get("page", 0, type=int)), len(shown) // PAGE)
    here = shown[page * PAGE : (page + 1) * PAGE]
    return render_template("events/week.html", shown=here, page=page, more=len(shown) > (page + 1) * PAGE)


def _write_todays_days(now: datetime) -> None:
    # the night watch has written them, unless the box was off for longer than it looks ahead
    with box().database.read() as tx:
        is_written = all(day.id for day in events.today(tx, box().centre, now, lang()))
    if not is_written:
        with box().database.write() as tx:
            events.make_days(tx, box().centre, now)


def _shown(day: events.EventDay, now: datetime, places: int | None = None, came: int = 0) -> Shown:
    return Shown(day, when_text(day, now), _state(day, now), day.on == box().centre.day(now), places, came)


def when_text(day: events.EventDay, now: datetime) -> str:
    """今天 9:00–11:00; on another day its date."""
    words = events.when_text(box().centre, day, lang())
    if day.on != box().centre.day(now):
        return words
    begins, ends = box().centre.local(day.starts_at), box().centre.local(day.ends_at)
    return say(mark("今天 %(hours)s"), hours=f"{begins.hour}:{begins:%M}–{ends.hour}:{ends:%M}")


def _state(day: events.EventDay, now: datetime) -> State:
    if day.cancelled:
        return State.OFF
    if now < day.opens_at:
        return State.LATER
    if now <= day.ends_at:
        return State.OPEN
    # who is inside can always leave, so long as it is the same day
    is_leaving = day.counts_hours and day.on == box().centre.day(now)
    return State.LEAVING if is_leaving else State.OVER


@screen.get("/events/<int:day_id>")
def event(day_id: int) -> str:
    """One day of an event, and what can be done about it now."""
    forget()
    station_name()
    with box().database.read() as tx:
        return render_template("events/event.html", one=_one(tx, day_id), tap=new_tap())


def _one(tx: Tx, day_id: int) -> Shown:
    day = events.day_of(tx, day_id, lang())
    counts = events.counts(tx, day_id)
    places = None
    if day.capacity is not None:
        places = max(0, day.capacity - max(counts.registered, counts.signed_in))
    return _shown(day, box().now(), places, counts.signed_in)


@screen.get("/events/<int:day_id>/stalls")
def stalls(day_id: int) -> str:
    """The stalls of one day; each gives numbers like any service."""
    with box().database.read() as tx:
        one = _one(tx, day_id)
        offered = services.all_services(tx, lang(), one.day.on)
        codes = {stall.code for stall in one.day.stalls}
        listed = tuple(service for service in offered if service.code in codes)
        return render_template("events/stalls.html", one=one, services=listed, shut=shut(tx, listed))


@screen.get("/events/<int:day_id>/sign-in", endpoint="sign_in_pad", defaults={"way": Direction.IN})
@screen.get("/events/<int:day_id>/sign-out", endpoint="sign_out_pad", defaults={"way": Direction.OUT})
def pad(day_id: int, way: Direction) -> str:
    """The number pad; after four digits at most five masked names, and nothing that tells of more."""
    forget()
    digits = digits_asked()
    with box().database.read() as tx:
        shown = {"one": _one(tx, day_id), "digits": digits, "way": way}
        if len(digits) < DIGITS:
            return render_template("events/pad.html", **shown)
        _check_looking_up(shown["one"])
        names = people.people_by_tail(tx, digits)
    # 王小明 and 王大力 with one ending are both 王*: a guess would give the hours of one to the other
    times = Counter(found.name for found in names)
    alone = [found for found in names if times[found.name] == 1]
    alike = len(alone) < len(names)
    return render_template("events/pick.html", names=alone, are_alike=alike, tap=new_tap(), **shown)


def _check_looking_up(one: Shown) -> None:
    """At the station only, while somebody can sign in or out, and not too often.

    Raises NotAtStation, NotNow, TooManyLookUps.
    """
    refuse_phones()
    if one.state not in (State.OPEN, State.LEAVING):
        raise NotNow(when=one.when)
    look_ups: LookUps = current_app.extensions["look_ups"]
    look_ups.note(request.remote_addr or "", box().now())


@screen.post("/events/<int:day_id>/sign-in", endpoint="sign_in", defaults={"way": Direction.IN})
@screen.post("/events/<int:day_id>/sign-out", endpoint="sign_out", defaults={"way": Direction.OUT})
def sign(day_id: int, way: Direction) -> AnyResponse:
    """By a card or slip (`code`), by a choice (`digits`, `person`), or only counted (`visitors`)."""
    refuse_phones()
    if "code" in request.form:
        return _by_code(day_id, way)
    if "person" in request.form:
        return _by_choice(day_id, way)
    if "visitors" in request.form and way == Direction.IN:
        return _counted(day_id)
    raise Malformed


def _by_code(day_id: int, way: Direction) -> AnyResponse:
    code = request.form["code"]
    if is_of_ticket(code):
        return ticket_scanned(code)
    if way == Direction.IN and not request.form.get("only"):
        way = Direction.EITHER  # on the event's own page nobody has said which
    return code_of_event(code, day_id, way)


def _by_choice(day_id: int, way: Direction) -> AnyResponse:
    digits, person_id = request.form.get("digits", ""), _whole("person")
    nonce, now = read_nonce(), box().now()
    with box().database.read() as tx:
        _check_looking_up(_one(tx, day_id))
    with box().database.write() as tx:
        chosen = people.picked_by_tail(tx, digits, person_id)
        verdict = events.sign_in_person(
            tx, box().centre, day_id, chosen.id, nonce, now, station_name(), direction=way, lang=lang()
        )
    return keep(verdict)


def _counted(day_id: int) -> AnyResponse:
    with box().database.write() as tx:
        verdict = events.sign_in_visitor(
            tx, box().centre, day_id, read_nonce(), box().now(), station_name(), lang=lang()
        )
    return keep(verdict, "visitor" if verdict.word == Word.OK_IN else "")


@screen.get("/events/<int:day_id>/register")
def register_form(day_id: int) -> str:
    """Without a keyboard: how many come, then four digits that may be left out."""
    forget()
    digits, together = digits_asked(), request.args.get("together", 0, type=int)
    with box().database.read() as tx:
        one = _one(tx, day_id)
    if one.state not in (State.OPEN, State.LATER):
        raise NotNow(when=one.when)
    if together not in TOGETHER:
        return render_template("events/together.html", one=one, choices=TOGETHER)
    return render_template(
        "events/register.html", one=one, together=together, digits=digits, tap=new_tap()
    )


@screen.post("/events/<int:day_id>/register")
def register(day_id: int) -> AnyResponse:
    """Put down, signed in if the doors are open, and a slip: the same press once."""
    refuse_phones()
    tap, tail = read_nonce(), request.form.get("digits", "")
    if _whole("together") not in TOGETHER:
        raise Malformed
    with box().database.write() as tx:
        registered, verdict = events.walk_in(
            tx, box().centre, day_id, tap, box().now(), station_name(),
            phone_tail=tail, together=_whole("together"), lang=lang(),
        )  # fmt: skip
        has_way_out = events.day_of(tx, day_id, lang()).counts_hours
    way = {Word.OK_IN: "walk_in" if has_way_out else "walk_in_once", Word.TOO_EARLY: "put_down"}
    return keep(verdict, way.get(verdict.word, ""), events.registration_subject(registered.id))


@screen.get("/events/answer")
def answer() -> AnyResponse | str:
    """What became of it; shown until the visit is over, and never to the next person."""
    told = kept()
    if told is None:
        return redirect(url_for(".week"), 303)
    with box().database.read() as tx:
        one = _one(tx, told["day"]) if told["day"] else None
        state = print_state(spool.slip_state(tx, told["slip"])) if told["slip"] else ""
    return render_template(
        "events/answer.html", told=told, one=one, look=look_of(told), sentence=sentence_of(told),
        served=served_text(told["minutes"]), print_state=state,
    )  # fmt: skip


@screen.get("/events/answer/slip")
def slip_state() -> str:
    """Whether the slip of this visit's registration is printed yet."""
    subject = (kept() or {}).get("slip", "")
    with box().database.read() as tx:
        state = print_state(spool.slip_state(tx, subject))
    return render_template("events/slip_state.html", print_state=state)


def read_nonce() -> str:
    """The name of this press. Raises Malformed."""
    nonce = request.form.get("nonce", "")
    if not 1 <= len(nonce) <= 64:
        raise Malformed
    return nonce


def _whole(name: str) -> int:
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed
    return int(text)
