"""A slip of a finished visit, scanned at the station: the same five faces, large and spoken."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import ratings
from kiosk.asked import Asked
from kiosk.ratings import Rated, Said, Source
from kiosk.screens.ratings.callback import LENGTHS, contact_left, digits_so_far, step_asked
from kiosk.screens.web.devices import need_visit
from kiosk.screens.web.forms import whole, whole_or_none
from kiosk.screens.web.labels import GRADE_WORDS, chips_in_words
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/tickets/<token>/rate")
def faces(token: str) -> str:
    """Which window, the faces, why, whether to be called back, or thanks. At the station alone."""
    need_visit()
    with box().database.read() as tx:
        found = ratings.rated_by_code(tx, box().centre, token, box().now())
        may_call = "no" not in request.args and ratings.can_leave_phone(tx, found.visit.ticket_id)
    return render_template(
        "ratings/slip/faces.html",
        token=token,
        rated=found,
        counter=whole_or_none("counter", fields=request.args),
        asks=_asks(found, may_call=may_call),
        left=request.args.get("left", ""),
        grades=GRADE_WORDS,
        chips=chips_in_words(found.chips),
    )


def _asks(found: Rated, *, may_call: bool) -> str:
    """What the page asks, as its sentence (kiosk.speech) is called."""
    if not found.given:
        return "rate_window" if len(found.finishes) > 1 and "counter" not in request.args else "rate_ask"
    return "rate_why" if found.chips else "rate_call" if may_call else "rate_thanks"


@screen.post("/tickets/<token>/rate")
def rate(token: str) -> AnyResponse:
    """A face. Raises NotEnrolled, AlreadyRated, NotFinishedYet, TooLateToRate."""
    need_visit()
    face = ratings.Face(ratings.Grade(whole("grade", 5, 1)), Source.STATION)
    with box().database.write() as tx:
        found = ratings.rated_by_code(tx, box().centre, token, box().now())
        ratings.rate(tx, box().centre, Asked(box().now()), found.meant(whole_or_none("counter")), face)
    return redirect(url_for(".faces", token=token), 303)


@screen.post("/tickets/<token>/rate/criteria")
def say_why(token: str) -> AnyResponse:
    """One chip beside the face. Raises NotEnrolled, AlreadyRated."""
    need_visit()
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        said = Said(tuple(request.form.getlist("criteria")))
        ratings.say_more(tx, box().centre, Asked(box().now()), visit.ticket_id, said)
    return redirect(url_for(".faces", token=token), 303)


@screen.get("/tickets/<token>/rate/callback")
def callback(token: str) -> str | AnyResponse:
    """A pad for four digits or a whole number; on to the faces where none can be left, or one was."""
    need_visit()
    step = step_asked()
    with box().database.read() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        can_leave = ratings.can_leave_phone(tx, visit.ticket_id)
    if not step or not can_leave:
        return redirect(url_for(".faces", token=token), 303)
    digits = digits_so_far(step)
    return render_template(
        "ratings/slip/callback.html", token=token, step=step, most=LENGTHS[step], digits=digits
    )


@screen.post("/tickets/<token>/rate/callback")
def leave_contact(token: str) -> AnyResponse:
    """Keep it. Raises NotEnrolled, BadContact, NothingToCallAbout, PhoneLeftAlready."""
    need_visit()
    contact = contact_left()
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        ratings.leave_contact(tx, box().centre, Asked(box().now()), visit.ticket_id, contact)
    return redirect(url_for(".faces", token=token, left="phone" if contact.phone else "tail"), 303)
