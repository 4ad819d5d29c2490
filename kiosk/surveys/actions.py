"""Making score sheets, and filling one in: a row for good, and what was written becomes a suggestion."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import changes, concerns
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.ratings import Grade
from kiosk.surveys.reads import Survey, survey_of, survey_plan
from kiosk.surveys.refusals import (
    BadAnswer,
    BadFilledOn,
    NotByWhoRunsIt,
    NothingMarked,
    SurveyOver,
    TooManyAnswers,
)
from kiosk.surveys.rules import (
    CODE_LENGTH,
    LETTERS,
    MOST_ANSWERS,
    MOST_IN,
    STARTERS,
    PlaceKind,
    Source,
    SurveyPlan,
    criteria_text,
    is_filled_on,
    quarter_of,
)
from kiosk.surveys.tables import survey, survey_answer, survey_criterion, survey_mark

KIND = "survey"
"""Under which kind the history tells it."""

CATEGORY = "sheet"
"""The category under which what was written is taken in."""


def add_survey(tx: Connection, asked: Asked, plan: SurveyPlan) -> int:
    """Make a sheet; without criteria it begins with those of its kind. Its id."""
    plan = replace(plan, criteria=plan.criteria or STARTERS[PlaceKind(plan.kind)])
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    row = {"code": code, **_values(asked, plan)}
    made = int(tx.execute(sa.insert(survey).values(row).returning(survey.c.id)).scalar_one())
    _write_criteria(tx, asked, made, plan)
    changes.note(tx, asked, changes.Noted(KIND, f"{made}", plan.name, "add", None, _facts(plan)))
    return made


def edit_survey(tx: Connection, asked: Asked, survey_id: int, plan: SurveyPlan, verb: str = "edit") -> None:
    """Write an edited sheet; a criterion of another name is another one, what was marked stays.

    Raises UnknownSurvey.
    """
    before = survey_plan(tx, survey_id)
    plan = replace(plan, criteria=plan.criteria or STARTERS[PlaceKind(plan.kind)])
    if plan == before:
        return
    tx.execute(sa.update(survey).where(survey.c.id == survey_id).values(_values(asked, plan)))
    _write_criteria(tx, asked, survey_id, plan)
    noted = changes.Noted(KIND, f"{survey_id}", plan.name, verb, _facts(before), _facts(plan))
    changes.note(tx, asked, noted)


def retire_survey(tx: Connection, asked: Asked, survey_id: int, *, is_retired: bool) -> None:
    """Take no more answers, or take them again; figures stay. Raises UnknownSurvey."""
    plan = replace(survey_plan(tx, survey_id), is_retired=is_retired)
    edit_survey(tx, asked, survey_id, plan, "retire" if is_retired else "bring_back")


def _values(asked: Asked, plan: SurveyPlan) -> dict[str, Any]:
    return {
        "name": plan.name, "name_en": plan.name_en, "kind": plan.kind, "run_by": plan.run_by,
        "retired_at": asked.now if plan.is_retired else None,
    }  # fmt: skip


def _facts(plan: SurveyPlan) -> dict[str, Any]:
    return {
        "name": plan.name, "name_en": plan.name_en, "kind": plan.kind, "run_by": plan.run_by,
        "criteria": criteria_text(plan.criteria), "retired": plan.is_retired,
    }  # fmt: skip


def _write_criteria(tx: Connection, asked: Asked, survey_id: int, plan: SurveyPlan) -> None:
    of_sheet = survey_criterion.c.survey_id == survey_id
    known = dict(tx.execute(sa.select(survey_criterion.c.name, survey_criterion.c.id).where(of_sheet)).all())
    tx.execute(sa.update(survey_criterion).where(of_sheet).values(retired_at=asked.now))
    for position, one in enumerate(plan.criteria):
        values = {"position": position, "name_en": one.en, "retired_at": None}
        if one.zh in known:
            mine = survey_criterion.c.id == known[one.zh]
            tx.execute(sa.update(survey_criterion).where(mine).values(values))
        else:
            tx.execute(sa.insert(survey_criterion).values(survey_id=survey_id, name=one.zh, **values))


class Filled(Struct, frozen=True):
    """A sheet as somebody filled it in: grades by criterion, words, how to be reached; `tap` names the press.

    `filled_on` is the date on the paper, None on a phone: today.
    """

    marks: Mapping[int, Grade]
    tap: str
    source: Source = Source.PHONE
    words: str = ""
    contact: concerns.Contact = field(default_factory=concerns.Contact)
    filled_on: date | None = None


def fill_in(tx: Connection, centre: Centre, asked: Asked, survey_id: int, filled: Filled) -> int:
    """Keep an answer; what was written beside it becomes a suggestion in the same transaction. Its id.

    The same tap gives the same answer. Raises UnknownSurvey, SurveyOver, NothingMarked, BadAnswer,
    BadFilledOn, NotByWhoRunsIt, TooManyAnswers.
    """
    earlier = tx.execute(sa.select(survey_answer.c.id).where(survey_answer.c.tap == filled.tap)).scalar()
    if earlier is not None:
        return int(earlier)
    sheet, day = survey_of(tx, survey_id, "zh"), filled.filled_on or centre.day(asked.now)
    _check(tx, centre, asked, sheet, filled)
    row = {
        "survey_id": sheet.id, "quarter_on": quarter_of(day).first, "filled_on": day, "at": asked.now,
        "source": filled.source, "tap": filled.tap,
        "entered_by": asked.staff_id if filled.source == Source.PAPER else None,
    }  # fmt: skip
    written = sa.insert(survey_answer).values(row).returning(survey_answer.c.id)
    answer_id = int(tx.execute(written).scalar_one())
    if filled.marks:
        marks = [{"criterion_id": one, "grade": int(grade)} for one, grade in filled.marks.items()]
        tx.execute(sa.insert(survey_mark).values(answer_id=answer_id), marks)
    if filled.words:
        _suggest(tx, centre, asked, sheet, answer_id, filled)
    return answer_id


def _check(tx: Connection, centre: Centre, asked: Asked, sheet: Survey, filled: Filled) -> None:
    if sheet.is_retired:
        raise SurveyOver
    if not filled.marks and not filled.words:
        raise NothingMarked
    if filled.marks.keys() - {one.id for one in sheet.criteria} or len(filled.words) > concerns.LONGEST_WORDS:
        raise BadAnswer
    if filled.filled_on is not None and not is_filled_on(filled.filled_on, centre.day(asked.now)):
        raise BadFilledOn
    if filled.source == Source.PAPER:
        if sheet.run_by is not None and sheet.run_by == asked.staff_id:
            raise NotByWhoRunsIt
    elif _lately(tx, asked, sheet.id) >= MOST_ANSWERS:
        raise TooManyAnswers


def _lately(tx: Connection, asked: Asked, survey_id: int) -> int:
    after, before = bounds(asked.now, MOST_IN)
    mine = sa.and_(survey_answer.c.survey_id == survey_id, survey_answer.c.source == Source.PHONE)
    recent = sa.and_(mine, survey_answer.c.at > after, survey_answer.c.at < before)
    return int(tx.execute(sa.select(sa.func.count()).where(recent)).scalar_one())


def _suggest(
    tx: Connection, centre: Centre, asked: Asked, sheet: Survey, answer_id: int, filled: Filled
) -> None:
    """What was written is taken in: nobody printed a receipt for it, whoever left a number is called."""
    said = concerns.Said(
        CATEGORY, f"survey-{answer_id}", concerns.Source.SHEET, words=filled.words, about=sheet.name,
        contact=filled.contact, source_ref=f"survey:{answer_id}", has_slip=False,
    )  # fmt: skip
    taken = concerns.take_in(tx, centre, asked, said)
    if filled.contact.phone:
        concerns.owe_contact(tx, centre, asked, taken.id)
