"""Signing in to an event at the station and out of it, and putting one's name down: without a keyboard."""

from collections import Counter

from flask import current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, people, services, spool
from kiosk.checkin import Direction, Word
from kiosk.screens.station.enrol import enrol_page
from kiosk.screens.station.events import DayState, ShownDay, shown_day
from kiosk.screens.station.lost_slip import (
    DIGITS,
    code_of_event,
    digits_asked,
    is_of_ticket,
    ticket_scanned,
)
from kiosk.screens.station.number import print_state
from kiosk.screens.station.parts.sign_in_result import (
    forget,
    keep,
    kept,
    look_of,
    may_leave,
    sentence_of,
    served_said,
    served_text,
)
from kiosk.screens.web.access import asked_by_resident
from kiosk.screens.web.devices import at_station, need_station
from kiosk.screens.web.forms import tap, whole, whole_or_none
from kiosk.screens.web.page import box, new_tap
from kiosk.screens.web.screen import station
from kiosk.words import Malformed, Refusal, mark

screen = station(__name__)

TOGETHER = (1, 2, 3, 4, 5, 6)
"""How many may come on one registration at the station; a larger group asks the staff."""


class NotNow(Refusal):
    """Nobody can sign in or out of this day at this time, so nobody is looked up."""

    sentence = mark("现在不能签到：这次活动是%(when)s。请看看别的活动，或问一问工作人员。")


@screen.record_once
def _begin(setup: BlueprintSetupState) -> None:
    setup.app.extensions["look_ups"] = people.LookUps()


@screen.get("/events/<int:day_id>/sign-in", endpoint="sign_in_pad", defaults={"way": Direction.IN})
@screen.get("/events/<int:day_id>/sign-out", endpoint="sign_out_pad", defaults={"way": Direction.OUT})
def pad(day_id: int, way: Direction) -> str:
    """The number pad; after four digits at most five masked names, and nothing that tells of more."""
    forget()
    if not at_station():
        return enrol_page()  # before her digits, not after them
    digits = digits_asked()
    with box().database.read() as tx:
        one = shown_day(tx, day_id)
        if len(digits) < DIGITS:
            return render_template("station/sign_in/pad.html", one=one, digits=digits, way=way)
        _check_looking_up(one)
        names = people.people_by_tail(tx, digits)
    # 王小明 and 王大力 with one ending are both 王*: a guess would give the hours of one to the other
    times = Counter(found.name for found in names)
    alone = [found for found in names if times[found.name] == 1]
    return render_template(
        "station/sign_in/pick.html", one=one, digits=digits, way=way, tap=new_tap(),
        names=alone, are_alike=len(alone) < len(names), latin_of=latin_of,
    )  # fmt: skip


def latin_of(name: str) -> str:
    """The Latin letter of a masked Chinese name, for who reads English; empty for other names."""
    family = name[:1]
    return "" if family.isascii() else services.initials_of(family).upper()


def _check_looking_up(one: ShownDay) -> None:
    """At the station only, while somebody can sign in or out, and not too often.

    Raises NotEnrolled, NotNow, TooManyLookUps.
    """
    need_station()
    if one.state not in (DayState.OPEN, DayState.LEAVING):
        raise NotNow(when=one.when)
    look_ups: people.LookUps = current_app.extensions["look_ups"]
    look_ups.note(request.remote_addr or "", box().now())


@screen.post("/events/<int:day_id>/sign-in", endpoint="sign_in", defaults={"way": Direction.IN})
@screen.post("/events/<int:day_id>/sign-out", endpoint="sign_out", defaults={"way": Direction.OUT})
def sign(day_id: int, way: Direction) -> AnyResponse:
    """By a card or slip (`code`), by a choice (`digits`, `person`), or only counted (`visitors`)."""
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
    digits, person_id = request.form.get("digits", ""), whole("person")
    form = checkin.ScanForm(tap("nonce"), day_id, way)
    with box().database.read() as tx:
        _check_looking_up(shown_day(tx, day_id))
    with box().database.write() as tx:
        chosen = people.picked_by_tail(tx, digits, person_id)
        verdict = checkin.sign_in_person(tx, box().centre, asked_by_resident(), chosen.id, form)
    return keep(verdict)


def _counted(day_id: int) -> AnyResponse:
    with box().database.write() as tx:
        verdict = checkin.sign_in_visitor(tx, box().centre, asked_by_resident(), day_id, tap("nonce"))
    return keep(verdict, "visitor" if verdict.word == Word.OK_IN else "")


@screen.get("/events/<int:day_id>/register")
def register_form(day_id: int) -> str:
    """Without a keyboard: how many come, then four digits that may be left out."""
    forget()
    if not at_station():
        return enrol_page()
    digits, together = digits_asked(), whole_or_none("together", fields=request.args)
    with box().database.read() as tx:
        one = shown_day(tx, day_id)
    if one.state not in (DayState.OPEN, DayState.LATER):
        raise NotNow(when=one.when)
    if together not in TOGETHER:
        return render_template("station/sign_in/together.html", one=one, choices=TOGETHER)
    return render_template(
        "station/sign_in/register.html", one=one, together=together, digits=digits, tap=new_tap()
    )


@screen.post("/events/<int:day_id>/register")
def register(day_id: int) -> AnyResponse:
    """Put down, signed in if the doors are open, and a slip: the same press once."""
    tapped, tail = tap("nonce"), request.form.get("digits", "")
    if whole("together") not in TOGETHER:
        raise Malformed
    with box().database.write() as tx:
        who = checkin.Registrant(phone_tail=tail, together=whole("together"))
        registered, verdict = checkin.walk_in(tx, box().centre, asked_by_resident(), day_id, tapped, who)
    way = {Word.OK_IN: "walk_in", Word.TOO_EARLY: "put_down"}
    return keep(verdict, way.get(verdict.word, ""), checkin.registration_subject(registered.id))


@screen.get("/events/answer")
def answer() -> AnyResponse | str:
    """What became of it; shown until the visit is over, and never to the next person."""
    told = kept()
    if told is None:
        return redirect(url_for("station.events.week"), 303)
    with box().database.read() as tx:
        one = shown_day(tx, told["day"]) if told["day"] else None
        state = print_state(spool.slip_state(tx, told["slip"])) if told["slip"] else ""
    keeps = one is not None and one.day.counts_hours and one.state in (DayState.OPEN, DayState.LEAVING)
    return render_template(
        "station/sign_in/answer.html", told=told, one=one, look=look_of(told),
        sentence=sentence_of(told, is_leaving_kept=keeps), may_leave=keeps and may_leave(told),
        served=served_text(told["minutes"]), served_said=served_said(told["minutes"]),
        print_state=state, no_slip=state in ("failed", "off"),
    )  # fmt: skip


@screen.get("/events/answer/slip")
def slip_state() -> str:
    """Whether the slip of this visit's registration is printed yet."""
    subject = (kept() or {}).get("slip", "")
    with box().database.read() as tx:
        state = print_state(spool.slip_state(tx, subject))
    return render_template("station/sign_in/slip_state.html", print_state=state)
