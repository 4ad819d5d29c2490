"""A score sheet on a phone: behind the short link of a poster, once a quarter, without a log-in."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, surveys
from kiosk.asked import Asked
from kiosk.ratings import Grade
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import LONGEST_TAP, Draft, tap, text
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import Frame, public
from kiosk.surveys import Filled, Survey
from kiosk.words import Malformed

screen = public(__name__, Frame.PHONE)

SCORED = "scored"
"""In the session of a phone: the press by which it scored a sheet in a quarter."""

MOST_KEPT = 12
"""Sheets that a phone remembers; the oldest goes."""


@screen.get("/q/<code>")
def form(code: str) -> str:
    """The sheet, or thanks when this phone has filled it in this quarter. Opening it changes nothing."""
    with box().database.read() as tx:
        sheet = surveys.survey_coded(tx, code, lang())
    if sheet.is_retired:
        raise surveys.SurveyOver
    return _page(sheet, Draft({}), new_tap())


@screen.post("/q/<code>")
def fill_in(code: str) -> AnyResponse | tuple[str, int]:
    """Keep what was marked. Raises ScoredAlready, SurveyOver, TooManyAnswers."""
    sent_tap, phone = tap(), text("phone")
    with box().database.read() as tx:
        sheet = surveys.survey_coded(tx, code, lang())
    scored = _scored().get(_key(sheet))
    if scored not in (None, sent_tap):
        raise surveys.ScoredAlready
    marks, draft = marks_typed(sheet), draft_typed(sheet)
    contact = concerns.contact_of(phone)
    if contact is None or (phone and not contact.phone):
        return _page(sheet, draft.judged({"phone": "phone"}), sent_tap), 400
    try:
        with box().database.write() as tx:
            filled = Filled(marks, sent_tap, words=text("words"), contact=contact)
            surveys.fill_in(tx, box().centre, Asked(box().now(), lang=lang()), sheet.id, filled)
    except surveys.NothingMarked as refusal:
        return _page(sheet, draft.with_faults({"marks": words_of(refusal)}), sent_tap), 400
    session[SCORED] = dict([*_scored().items(), (_key(sheet), sent_tap)][-MOST_KEPT:])
    return redirect(url_for(".form", code=code), 303)


def marks_typed(sheet: Survey) -> dict[int, Grade]:
    """The grades that were marked, by criterion; one may be left out. Raises Malformed."""
    written = {one.id: request.form.get(f"mark-{one.id}", "") for one in sheet.criteria}
    if any(grade not in ("", "1", "2", "3", "4", "5") for grade in written.values()):
        raise Malformed
    return {number: Grade(int(grade)) for number, grade in written.items() if grade}


def draft_typed(sheet: Survey) -> Draft:
    """What was typed, to be shown again."""
    names = ("words", "phone", "filled_on", *(f"mark-{one.id}" for one in sheet.criteria))
    return Draft({name: text(name) for name in names})


def _key(sheet: Survey) -> str:
    return f"{sheet.code}:{surveys.quarter_of(box().centre.day(box().now()))}"


def _scored() -> dict[str, str]:
    kept = session.get(SCORED, {})
    return kept if isinstance(kept, dict) else {}


def _page(sheet: Survey, draft: Draft, sent_tap: str) -> str:
    return render_template(
        "surveys/answer/form.html",
        sheet=sheet,
        draft=draft,
        tap=sent_tap[:LONGEST_TAP],
        grades=GRADE_WORDS,
        most=concerns.LONGEST_WORDS,
        is_scored=_key(sheet) in _scored() and not draft.faults,
    )
