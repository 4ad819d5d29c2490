"""满意度汇总: score sheets of places by quarter, then the visits of each service as they were rated."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import ratings, surveys
from kiosk.concerns import Source
from kiosk.concerns.tables import concern
from kiosk.figures.ledgers.of_concerns import GRADES
from kiosk.figures.ledgers.sheets import Making, Sheet, Wanted
from kiosk.figures.opinions.rules import CLOSED
from kiosk.services.tables import service
from kiosk.surveys import Quarter
from kiosk.surveys.tables import survey_answer

HEADS = (("点位", 26), ("季度", 10), ("份数", 8), ("各项", 60), ("意见", 10), ("整改", 10))


def sheet_of_scores(tx: Connection, make: Making, wanted: Wanted) -> Sheet:
    """Quarters that lie in the days wanted, or partly: sheets have no smaller part."""
    found = list(quarters(wanted))
    return Sheet(HEADS, (*_places(tx, found), *_services(tx, wanted, found)))


def quarters(wanted: Wanted) -> Iterator[Quarter]:
    """Those that the days wanted lie in."""
    quarter = surveys.quarter_of(wanted.span.first)
    while quarter.first <= wanted.span.last:
        yield quarter
        quarter = quarter.after


def _places(tx: Connection, found: list[Quarter]) -> Iterator[tuple[str, ...]]:
    for one in surveys.surveys(tx, "zh", with_retired=True):
        for quarter in found:
            told = surveys.figures(tx, one.id, quarter, "zh")
            if told.answers:
                marks = "；".join(f"{each.name} {share(each.counted.good)}" for each in told.criteria)
                said, mended = _said(tx, one.id, quarter)
                yield one.name, str(quarter), str(told.answers), marks, str(said), str(mended)


def _said(tx: Connection, survey_id: int, quarter: Quarter) -> tuple[int, int]:
    """How many wrote something on these sheets, and to how many of them was answered."""
    mine = sa.and_(survey_answer.c.survey_id == survey_id, survey_answer.c.quarter_on == quarter.first)
    refs = [f"survey:{one}" for one in tx.execute(sa.select(survey_answer.c.id).where(mine)).scalars()]
    of_them = sa.and_(concern.c.source == Source.SHEET, concern.c.source_ref.in_(refs))
    states = tx.execute(sa.select(concern.c.state).where(of_them)).scalars().all()
    return len(states), sum(state in CLOSED for state in states)


def _services(tx: Connection, wanted: Wanted, found: list[Quarter]) -> Iterator[tuple[str, ...]]:
    names = {row.code: row.name for row in tx.execute(sa.select(service.c.code, service.c.name))}
    for quarter in found:
        first, last = _inside(wanted, quarter)
        for key, counted in ratings.figures(tx, first, last, ratings.By.SERVICE).parts:
            grades = "，".join(f"{words}{counted.grades[grade - 1]}" for grade, words in GRADES.items())
            told = f"{grades}；好评率 {share(counted.good)}；评价率 {share(counted.rated)}"
            if counted.n:
                yield names.get(key, key), str(quarter), str(counted.n), told, f"差评{counted.bad}", ""


def _inside(wanted: Wanted, quarter: Quarter) -> tuple[date, date]:
    end = quarter.after.first - timedelta(days=1)
    return max(wanted.span.first, quarter.first), min(wanted.span.last, end)


def share(one: ratings.Share) -> str:
    """A share as paper tells it: never without how many, of few the counts alone."""
    if one.percent is None or one.between is None:
        return f"{one.hits}/{one.n}"
    few = "，样本少" if one.is_few else ""
    return f"{one.percent}%（{one.hits}/{one.n}，{one.between[0]}%到{one.between[1]}%{few}）"
