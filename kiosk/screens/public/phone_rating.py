"""The face pressed on a phone: behind the code of a slip, for a week after the visit, without a log-in."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import ratings
from kiosk.asked import Asked
from kiosk.database import Tx
from kiosk.ratings import Said, Source
from kiosk.screens.web.forms import text, whole, whole_or_none
from kiosk.screens.web.labels import GRADE_WORDS, chips_in_words
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import Frame, public

screen = public(__name__, Frame.PHONE)


@screen.get("/t/<token>/rating")
def page(token: str) -> str:
    """The faces, or what was said. Opening it changes nothing: chat programs open links by themselves."""
    with box().database.read() as tx:
        return render_template("public/phone_rating/page.html", **_shown(tx, token))


@screen.post("/t/<token>/rating")
def rate(token: str) -> AnyResponse:
    """A face; with `again` the one word more. Raises AlreadyRated, NotFinishedYet, TooLateToRate."""
    grade = ratings.Grade(whole("grade", 5, 1))
    with box().database.write() as tx:
        found = ratings.rated_by_code(tx, box().centre, token, box().now())
        is_again = bool(request.form.get("again")) and len(found.given) == 1
        visit = found.meant(found.given[0].counter if is_again else whole_or_none("counter"))
        act = ratings.rate_again if is_again else ratings.rate
        act(tx, box().centre, Asked(box().now()), visit, ratings.Face(grade, Source.PHONE, _said()))
    return redirect(url_for(".page", token=token), 303)


@screen.post("/t/<token>/rating/criteria")
def say_why(token: str) -> AnyResponse:
    """Chips and words beside the face. Raises AlreadyRated."""
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        ratings.say_more(tx, box().centre, Asked(box().now()), visit.ticket_id, _said())
    return redirect(url_for(".page", token=token), 303)


@screen.post("/t/<token>/rating/phone")
def leave_phone(token: str) -> AnyResponse:
    """A number to be called back at, once, after a bad face. Raises BadContact, PhoneLeftAlready."""
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        ratings.leave_phone(tx, box().centre, Asked(box().now()), visit.ticket_id, text("phone"))
    return redirect(url_for(".page", token=token, left=1), 303)


def _said() -> Said:
    return Said(tuple(request.form.getlist("criteria")), text("words"))


def _shown(tx: Tx, token: str) -> dict[str, Any]:
    found = ratings.rated_by_code(tx, box().centre, token, box().now())
    return {
        "token": token,
        "rated": found,
        "windows": [one.counter for one in found.finishes if one.counter is not None],
        "grades": GRADE_WORDS,
        "chips": chips_in_words(found.chips),
        "most_words": ratings.LONGEST_WORDS,
        "can_leave_phone": ratings.can_leave_phone(tx, found.visit.ticket_id),
        "has_left_phone": "left" in request.args,
    }
