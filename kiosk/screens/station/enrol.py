"""A machine that nobody has let in asks for the six digits that staff give."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices
from kiosk.asked import Asked
from kiosk.devices import CODE_DIGITS, Kind, Way
from kiosk.screens.web.devices import device_here, for_everybody, give_token, is_box_itself, is_device
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import is_digits, is_sent
from kiosk.screens.web.labels import DEVICE_WORDS
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import station
from kiosk.words import Refusal

screen = station(__name__)

TYPED, FAULT = "enrol_digits", "enrol_fault"
"""Where the visit keeps the digits pressed so far, and why the last six were refused."""

LONGEST_TYPED = 20

PLACES = {
    Kind.STATION: "station.home.home",
    Kind.BOARD: "public.board.board",
    Kind.COUNTER: "hall.counter.choose",
    Kind.DESK: "desk.check_in.desk",
    Kind.RATING: "ratings.tablet.choose",
}
"""What a device shows first."""


@screen.get("/enrol")
def enrol() -> str:
    """The pad, and what this machine is when it has been let in already."""
    return enrol_page()


def enrol_page(fault: str = "") -> str:
    """The same wherever a machine that is not enrolled asks for what only such a one may have."""
    here = device_here()
    return render_template(
        "station/enrol/enrol.html",
        digits="" if fault else session.get(TYPED, ""),
        fault=fault or session.pop(FAULT, ""),
        here=here,
        kind_words=DEVICE_WORDS,
        place=url_for(PLACES[here.kind]) if here else "",
        is_at_box=is_box_itself(),
        is_free=here is None and is_device(),
        count=CODE_DIGITS,
    )


@screen.post("/enrol")
@for_everybody
def do_enrol() -> AnyResponse | tuple[str, int]:
    """Six digits at once (`code`), or one more of them (`key`); without a script each press is a page."""
    digits = _typed()
    if "key" in request.form and len(digits) < CODE_DIGITS:
        session[TYPED] = digits
        return redirect(url_for(".enrol"), 303)
    session.pop(TYPED, None)
    try:
        let_in = _let_in(digits)
    except Refusal as refusal:
        if not is_sent():
            return enrol_page(words_of(refusal)), status_of(refusal)
        session[FAULT] = words_of(refusal)
        return redirect(url_for(".enrol"), 303)
    return give_token(redirect(url_for(PLACES[let_in.kind]), 303), let_in.token)


def _typed() -> str:
    typed = "".join(request.form.get("code", "")[:LONGEST_TYPED].split())
    key = request.form.get("key", "")
    if key == "back":
        return typed[:-1]
    return typed + key if is_digits(key) and len(key) == 1 else typed


def _let_in(digits: str) -> devices.Enrolled:
    """Raises WrongCode, TooSoon."""
    database, now, address = box().database, box().now(), request.remote_addr or ""
    waits, before = devices.waits_of(database), device_here()
    is_another = before is not None and before.way in (Way.CODE, Way.FIRST)
    waits.check(address, now)
    with database.write() as tx:
        let_in = devices.enrol(tx, box().centre, Asked(now), digits, address)
        if let_in is not None and before is not None and is_another:
            devices.revoke(tx, Asked(now), before.id)  # this browser shows another token from now on
    if let_in is None:
        waits.note_wrong(address, now)
        raise devices.WrongCode
    waits.note_right(address)
    return let_in


def token_for_first() -> str | None:
    """What the browser is given that comes first at a new box: it is its station. None for every other."""
    database = box().database
    if not is_box_itself() or devices.had_station(database):
        return None
    with database.write() as tx:
        first = devices.enrol_first(tx, Asked(box().now(), lang=lang()), request.remote_addr or "")
    return first.token if first else None


@screen.get("/start/<secret>")
def start(secret: str) -> AnyResponse:
    """Where a browser starts that forgets its cookies, at the box itself: it is let in each time."""
    token = devices.start_token(secret)
    known = devices.device_with(box().database, token) if is_box_itself() else None
    response = redirect(url_for(PLACES[known.kind] if known else "station.home.home"), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return give_token(response, token) if known else response
