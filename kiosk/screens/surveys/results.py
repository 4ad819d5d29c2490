"""What a score sheet says in a quarter: each criterion with how many marked it."""

from flask import render_template, request

from kiosk import staff, surveys
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__, staff.Role.MANAGER, staff.Role.SECRETARY, menu=None, under="surveys.office",
    url_prefix="/surveys",
)  # fmt: skip


class BadQuarter(Malformed):
    """Not a quarter."""

    sentence = mark("请这样写季度：2026Q4。")


@screen.get("/<int:survey_id>")
def quarter(survey_id: int) -> str:
    """A quarter's figures, this one's unless `quarter` says another. Raises UnknownSurvey, BadQuarter."""
    written = request.args.get("quarter", "")
    span = surveys.quarter_called(written) if written else surveys.quarter_of(box().centre.day(box().now()))
    if span is None:
        raise BadQuarter
    with box().database.read() as tx:
        sheet = surveys.survey_of(tx, survey_id, lang())
        found = surveys.figures(tx, survey_id, span, lang())
        quarters = surveys.quarters(tx, survey_id)
    return render_template(
        "surveys/results/quarter.html",
        sheet=sheet,
        span=span,
        found=found,
        quarters=quarters,
        grades=GRADE_WORDS,
    )
