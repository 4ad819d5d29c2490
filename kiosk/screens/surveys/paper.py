"""A score sheet on paper, typed in by somebody who does not run the place."""

from flask import render_template
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, staff, surveys
from kiosk.screens.surveys.answer import draft_typed, marks_typed
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done, tap
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.surveys import Filled, Source, Survey
from kiosk.words import mark

screen = staffed(
    __name__, staff.Role.MANAGER, staff.Role.CLERK, staff.Role.DESK, staff.Role.GRID, staff.Role.SECRETARY,
    menu=None, under="concerns.today", url_prefix="/surveys",
)  # fmt: skip


@screen.get("/<int:survey_id>/paper")
def form(survey_id: int) -> str:
    """The form, as the paper is."""
    return _page(_sheet(survey_id), Draft({"filled_on": f"{box().centre.day(box().now())}"}), new_tap())


@screen.post("/<int:survey_id>/paper")
def add(survey_id: int) -> AnyResponse | tuple[str, int]:
    """Keep it. What is wrong is told at its field."""
    sent_tap, sheet = tap(), _sheet(survey_id)
    draft, marks = draft_typed(sheet), marks_typed(sheet)
    reading = Reading(draft.values)
    day, contact = reading.day("filled_on"), concerns.contact_of(draft["phone"])
    faults = dict(reading.faults)
    if contact is None or (draft["phone"] and not contact.phone):
        faults["phone"] = "phone"
    if len(draft["words"]) > concerns.LONGEST_WORDS:
        faults["words"] = "long"
    if faults or day is None or contact is None:
        return _page(sheet, draft.judged(faults), sent_tap), 400
    try:
        with box().database.write() as tx:
            filled = Filled(marks, sent_tap, Source.PAPER, draft["words"], contact, day)
            surveys.fill_in(tx, box().centre, asked(), sheet.id, filled)
    except (surveys.NothingMarked, surveys.NotByWhoRunsIt, surveys.BadFilledOn) as refusal:
        field = "filled_on" if isinstance(refusal, surveys.BadFilledOn) else "marks"
        return _page(sheet, draft.with_faults({field: words_of(refusal)}), sent_tap), status_of(refusal)
    return done(say(mark("记好了，可以录下一张。")), ".form", survey_id=survey_id)


def _sheet(survey_id: int) -> Survey:
    with box().database.read() as tx:
        sheet = surveys.survey_of(tx, survey_id, lang())
    if sheet.is_retired:
        raise surveys.SurveyOver
    return sheet


def _page(sheet: Survey, draft: Draft, sent_tap: str) -> str:
    return render_template(
        "surveys/paper/form.html", sheet=sheet, draft=draft, tap=sent_tap, grades=GRADE_WORDS,
        most=concerns.LONGEST_WORDS,
    )  # fmt: skip
