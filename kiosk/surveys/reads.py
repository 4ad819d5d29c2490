"""Score sheets and their figures: by criterion and quarter, each with how many marked it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database import in_lang
from kiosk.ratings import Counted, Grade
from kiosk.surveys.refusals import UnknownSurvey
from kiosk.surveys.rules import Named, PlaceKind, Quarter, Source, SurveyPlan
from kiosk.surveys.tables import survey, survey_answer, survey_criterion, survey_mark
from kiosk.words import Lang


class Criterion(Struct, frozen=True):
    """One thing that is scored."""

    id: int
    name: str


class Survey(Struct, frozen=True):
    """A score sheet as it is filled in."""

    id: int
    code: str
    name: str
    kind: PlaceKind
    criteria: tuple[Criterion, ...]
    run_by: int | None
    is_retired: bool


class Scored(Struct, frozen=True):
    """A criterion's marks in a quarter: `counted.n` people marked it."""

    name: str
    counted: Counted


class Figures(Struct, frozen=True):
    """A quarter of a sheet: how many filled it in, by phone and on paper, and each criterion."""

    answers: int
    by_phone: int
    criteria: tuple[Scored, ...]


def surveys(tx: Connection, lang: Lang, *, with_retired: bool = False) -> tuple[Survey, ...]:
    """Every sheet in use, by name; with those that are retired after them."""
    found = _surveys(lang).order_by(survey.c.retired_at.is_not(None), survey.c.name, survey.c.id)
    asked = found if with_retired else found.where(survey.c.retired_at.is_(None))
    return tuple(_survey(tx, row, lang) for row in tx.execute(asked).all())


def survey_of(tx: Connection, survey_id: int, lang: Lang) -> Survey:
    """One sheet, retired or not. Raises UnknownSurvey."""
    return _one(tx, survey.c.id == survey_id, lang)


def survey_coded(tx: Connection, code: str, lang: Lang) -> Survey:
    """The sheet behind a short link. Raises UnknownSurvey."""
    return _one(tx, survey.c.code == code, lang)


def survey_plan(tx: Connection, survey_id: int) -> SurveyPlan:
    """A sheet as the office edits it. Raises UnknownSurvey."""
    row = tx.execute(sa.select(survey).where(survey.c.id == survey_id)).first()
    if row is None:
        raise UnknownSurvey
    lines = tx.execute(_standing(survey_id)).all()
    criteria = tuple(Named(one.name, one.name_en) for one in lines)
    return SurveyPlan(row.name, row.name_en, row.kind, criteria, row.run_by, row.retired_at is not None)


def figures(tx: Connection, survey_id: int, quarter: Quarter, lang: Lang) -> Figures:
    """What was marked in a quarter, criteria that are retired by now too."""
    mine = sa.and_(survey_answer.c.survey_id == survey_id, survey_answer.c.quarter_on == quarter.first)
    sources = tx.execute(sa.select(survey_answer.c.source).where(mine)).scalars().all()
    marks = (
        sa.select(survey_mark.c.criterion_id, survey_mark.c.grade, sa.func.count())
        .join_from(survey_mark, survey_answer)
        .where(mine)
        .group_by(survey_mark.c.criterion_id, survey_mark.c.grade)
    )
    counts = {(criterion, grade): int(count) for criterion, grade, count in tx.execute(marks)}
    marked = {criterion for criterion, _ in counts}
    of_sheet = sa.select(survey_criterion, in_lang(lang, survey_criterion.c.name).label("shown")).where(
        survey_criterion.c.survey_id == survey_id
    )
    rows = tx.execute(of_sheet.order_by(survey_criterion.c.position, survey_criterion.c.id)).all()
    criteria = tuple(
        Scored(row.shown, _counted(counts, row.id, len(sources)))
        for row in rows
        if row.retired_at is None or row.id in marked
    )
    return Figures(len(sources), sources.count(Source.PHONE), criteria)


def quarters(tx: Connection, survey_id: int) -> tuple[Quarter, ...]:
    """The quarters in which somebody filled the sheet in, the newest first."""
    mine = sa.select(survey_answer.c.quarter_on).where(survey_answer.c.survey_id == survey_id).distinct()
    found: Sequence[date] = tx.execute(mine.order_by(survey_answer.c.quarter_on.desc())).scalars().all()
    return tuple(Quarter(first) for first in found)


def _counted(counts: dict[tuple[int, int], int], criterion_id: int, answers: int) -> Counted:
    one, two, three, four, five = (counts.get((criterion_id, grade), 0) for grade in Grade)
    return Counted((one, two, three, four, five), answers)


def _surveys(lang: Lang) -> sa.Select[Any]:
    return sa.select(survey, in_lang(lang, survey.c.name).label("shown"))


def _one(tx: Connection, which: sa.ColumnElement[bool], lang: Lang) -> Survey:
    row = tx.execute(_surveys(lang).where(which)).first()
    if row is None:
        raise UnknownSurvey
    return _survey(tx, row, lang)


def _survey(tx: Connection, row: Any, lang: Lang) -> Survey:
    lines = tx.execute(_standing(row.id, lang)).all()
    criteria = tuple(Criterion(one.id, one.shown) for one in lines)
    return Survey(
        row.id, row.code, row.shown, PlaceKind(row.kind), criteria, row.run_by, row.retired_at is not None
    )


def _standing(survey_id: int, lang: Lang = "zh") -> sa.Select[Any]:
    mine = sa.and_(survey_criterion.c.survey_id == survey_id, survey_criterion.c.retired_at.is_(None))
    shown = in_lang(lang, survey_criterion.c.name).label("shown")
    return (
        sa.select(survey_criterion, shown)
        .where(mine)
        .order_by(survey_criterion.c.position, survey_criterion.c.id)
    )
