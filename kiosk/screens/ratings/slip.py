"""A slip of a finished visit, scanned at the station: the same five faces, large and spoken."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import ratings
from kiosk.asked import Asked
from kiosk.ratings import Said, Source
from kiosk.screens.web.devices import need_station
from kiosk.screens.web.forms import whole
from kiosk.screens.web.labels import CHIP_WORDS, GRADE_WORDS
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/tickets/<token>/rate")
def faces(token: str) -> str:
    """The faces, why, or thanks. At the station alone."""
    need_station()
    with box().database.read() as tx:
        visit = ratings.finishes_by_code(tx, box().centre, token, box().now())[-1]
        given = ratings.given(tx, visit.ticket_id)
    newest = given[-1] if given else None
    may_say = newest is not None and ratings.can_say_more(newest, box().now())
    chips = ratings.chips_for(newest.grade) if newest and may_say else ()
    return render_template(
        "ratings/slip/faces.html",
        token=token,
        visit=visit,
        given=given,
        said="rate_ask" if newest is None else "rate_why" if may_say else "rate_thanks",
        grades=GRADE_WORDS,
        chips=[(chip, CHIP_WORDS[chip]) for chip in chips],
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
