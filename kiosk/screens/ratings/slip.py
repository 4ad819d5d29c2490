"""A slip of a finished visit, scanned at the station: the same five faces, large and spoken."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import ratings
from kiosk.asked import Asked
from kiosk.ratings import Said, Source
from kiosk.screens.web.devices import need_station
from kiosk.screens.web.forms import whole
from kiosk.screens.web.labels import GRADE_WORDS, chips_in_words
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/tickets/<token>/rate")
def faces(token: str) -> str:
    """The faces, why, or thanks. At the station alone."""
    need_station()
    with box().database.read() as tx:
        found = ratings.rated_by_code(tx, box().centre, token, box().now())
    return render_template(
        "ratings/slip/faces.html",
        token=token,
        rated=found,
        said="rate_why" if found.chips else "rate_thanks" if found.given else "rate_ask",
        grades=GRADE_WORDS,
        chips=chips_in_words(found.chips),
    )


@screen.post("/tickets/<token>/rate")
def rate(token: str) -> AnyResponse:
    """A face. Raises NotEnrolled, AlreadyRated, NotFinishedYet, TooLateToRate."""
    need_station()
    grade = ratings.Grade(whole("grade", 5, 1))
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        ratings.rate(tx, box().centre, Asked(box().now()), visit, ratings.Face(grade, Source.STATION))
    return redirect(url_for(".faces", token=token), 303)


@screen.post("/tickets/<token>/rate/criteria")
def say_why(token: str) -> AnyResponse:
    """One chip beside the face. Raises NotEnrolled, AlreadyRated."""
    need_station()
    with box().database.write() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        said = Said(tuple(request.form.getlist("criteria")))
        ratings.say_more(tx, box().centre, Asked(box().now()), visit.ticket_id, said)
    return redirect(url_for(".faces", token=token), 303)
