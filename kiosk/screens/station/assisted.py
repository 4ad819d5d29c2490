"""A volunteer takes numbers for others, fast: every service on one page, one touch a number.

It is entered at the station by the six digits of the day, which staff see in the hall. It ends with the
visit, by its button or when nobody has touched the station for a while.
"""

import hmac
from datetime import date

from flask import redirect, render_template, request, session, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices, services, tickets
from kiosk.screens.station.parts.choices import HALF, QUARTER, ROW, Choice, page_of, pages, width
from kiosk.screens.station.visit import ASSIST_DIGITS, ASSISTING
from kiosk.screens.web.access import station_name
from kiosk.screens.web.devices import need_station
from kiosk.screens.web.forms import is_digits, page_asked
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import read_tap, shut
from kiosk.words import Malformed, Refusal, mark

screen = station(__name__)

DIGITS = 6
ROWS, PAGE = 3, 12
"""Rows of a page, and services on it: four in a row, each target 20 mm high, fewer where names are long."""

SHORT, MIDDLING = 11, 28
"""Characters that a quarter of a row holds in two lines, and a half of it; longer names have all of it."""


class NotAssisting(Refusal):
    """Nobody has given the digits of today here, or the visit is over."""

    sentence = mark("帮人取号已经结束了，请重新按今天的口令。")


@screen.app_template_global()
def assist_code() -> str:
    """The six digits of today, for the staff to tell the volunteers."""
    return code_of(box().centre.secret, box().centre.day(box().now()))


def code_of(secret: bytes, day: date) -> str:
    """The digits of one day: nobody finds those of the next from them."""
    found = int.from_bytes(hmac.digest(secret, f"assist {day.isoformat()}".encode(), "sha256")[:8])
    return f"{found % 10**DIGITS:0{DIGITS}}"


@screen.get("/assist")
def page() -> str:
    """The services, once the digits were given; before that the pad for them."""
    need_station()
    station_name()
    if not _is_on():
        wrong = session.pop("assist_wrong", False)
        return render_template(
            "station/assisted/code.html", digits=session.get(ASSIST_DIGITS, ""), wrong=wrong, most=DIGITS
        )
    day, number = box().centre.day(box().now()), page_asked()
    with box().database.read() as tx:
        offered = [
            one for one in services.all_services(tx, lang(), day) if one.for_whom != services.ONLY_STAFF
        ]
        closed = shut(tx, tuple(offered))
    every = pages((_choice(one, one.code in closed) for one in offered), ROWS, PAGE)
    return render_template(
        "station/assisted/services.html",
        page=page_of(every, number),
        last=session.get("assisted", ""),
        tap=new_tap(),
    )


def _choice(service: services.Service, is_shut: bool) -> Choice:
    wide = width(service.name)
    share = QUARTER if wide <= SHORT else HALF if wide <= MIDDLING else ROW
    return Choice("", service.icon, service.name, share=share, is_shut=is_shut, code=service.code)


@screen.post("/assist")
def keep_digit() -> AnyResponse:
    """A key of the pad: the digits so far are kept with the visit; the sixth lets in, or begins anew.

    Raises TooSoon after wrong ones: a million are soon tried by a script.
    """
    digits = request.form.get("digits", "")
    if digits and not (is_digits(digits) and len(digits) <= DIGITS):
        raise Malformed
    session[ASSIST_DIGITS] = digits if len(digits) < DIGITS else ""
    if len(digits) == DIGITS:
        session["assist_wrong"] = not _is_right(digits)
        if not session["assist_wrong"]:
            session[ASSISTING] = box().centre.day(box().now()).isoformat()
    return redirect(url_for(".page"), 303)


def _is_right(digits: str) -> bool:
    waits, who, now = devices.waits_of(box().database), f"assist {request.remote_addr}", box().now()
    waits.check(who, now)
    if hmac.compare_digest(digits, assist_code()):
        waits.note_right(who)
        return True
    waits.note_wrong(who, now)
    return False


@screen.post("/assist/take")
def take() -> AnyResponse:
    """A number for the next person: the guard time of one pair of hands does not hold here."""
    if not _is_on():
        raise NotAssisting
    tap = replace(read_tap(), another=True)
    with box().database.write() as tx:
        taken = tickets.take(tx, box().centre, tap, lang(), box().now())
        session["assisted"] = tickets.ticket_view(
            tx, box().centre, taken.ticket_id, lang(), box().now()
        ).number
    return redirect(url_for(".page", page=page_asked() or None), 303)


def _is_on() -> bool:
    return bool(session.get(ASSISTING) == box().centre.day(box().now()).isoformat())
