"""Figures of the ratings of some days: counts by grade beside the visits that could have been rated.

Counted from the rows each time: 50,000 ratings and their visits are one pass of two indexes.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.ratings.rules import BURST, VERDICT_BY, VISIT, Counted, Grade, Verdict, bursts
from kiosk.ratings.tables import rating, rating_review, rating_word
from kiosk.tickets import Status
from kiosk.tickets.tables import ticket


class By(StrEnum):
    """What ratings are put together by; never by clerk: there is no league table."""

    SERVICE = "service"
    COUNTER = "counter"
    SOURCE = "source"


class Figures(Struct, frozen=True):
    """Ratings of some days. `parts` by service, counter or source; `chips` how often each was said.

    `again` are second words, which no share counts; `mistaken` bad ones of which two people said 误评, which
    stay in every share; `in_bursts` those that came in a burst, and stay too.
    """

    whole: Counted
    parts: tuple[tuple[str, Counted], ...]
    chips: tuple[tuple[str, int], ...]
    again: int
    mistaken: int
    in_bursts: frozenset[int]


def figures(tx: Connection, first: date, last: date, by: By) -> Figures:
    """The figures of the service days `first` to `last`, both included."""
    rows = _rows(tx, first, last, by)
    firsts = [row for row in rows if row.round == 0]
    visits = _visits(tx, first, last, by)
    parts: dict[str, list[int]] = {key: [0] * 5 for key in visits}
    at_counters: dict[int | None, list[Any]] = {}
    for row in firsts:
        parts.setdefault(str(row.key), [0] * 5)[row.grade - 1] += 1
        at_counters.setdefault(row.counter_number, []).append(row)
    in_parts = tuple((key, _counted(grades, visits.get(key, 0))) for key, grades in sorted(parts.items()))
    grades = [sum(of_grade) for of_grade in zip(*parts.values(), strict=True)] or [0] * 5
    finished = visits if by != By.SOURCE else _visits(tx, first, last, By.SERVICE)
    return Figures(
        _counted(grades, sum(finished.values())),
        in_parts,
        _chips(tx, first, last),
        len(rows) - len(firsts),
        _mistaken(tx, first, last),
        frozenset().union(*(_bursts_of(mine) for mine in at_counters.values())),
    )


def _rows(tx: Connection, first: date, last: date, by: By) -> Sequence[Any]:
    """Ratings of visits in their order, with no column more than is counted."""
    key = {By.SERVICE: rating.c.service_code, By.COUNTER: rating.c.counter_number, By.SOURCE: rating.c.source}
    columns = (rating.c.id, rating.c.round, rating.c.grade, rating.c.counter_number, rating.c.finished_at)
    days = rating.c.service_day.between(first, last)
    asked = sa.select(*columns, rating.c.at, key[by].label("key")).where(days, rating.c.subject == VISIT)
    return tx.execute(asked.order_by(rating.c.id)).all()


def _counted(grades: Iterable[int], visits: int) -> Counted:
    one, two, three, four, five = grades
    return Counted((one, two, three, four, five), visits)


def _visits(tx: Connection, first: date, last: date, by: By) -> dict[str, int]:
    """Finished visits; by source there are none, a visit has no source before it is rated."""
    if by == By.SOURCE:
        return {}
    column = ticket.c.service_code if by == By.SERVICE else ticket.c.counter_number
    asked = (
        sa.select(column, sa.func.count())
        .where(
            ticket.c.service_day.between(first, last), ticket.c.status == Status.SERVED, ~ticket.c.is_trial
        )
        .group_by(column)
    )
    return {str(key): int(count) for key, count in tx.execute(asked)}


def _chips(tx: Connection, first: date, last: date) -> tuple[tuple[str, int], ...]:
    said = (
        sa.select(rating_word.c.chips)
        .join(rating)
        .where(rating.c.service_day.between(first, last), rating_word.c.chips != "")
    )
    counts: dict[str, int] = {}
    for chips in tx.execute(said).scalars():
        for chip in chips.split():
            counts[chip] = counts.get(chip, 0) + 1
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _mistaken(tx: Connection, first: date, last: date) -> int:
    two_say_so = (
        sa.select(rating_review.c.rating_id)
        .join(rating)
        .where(rating.c.service_day.between(first, last), rating_review.c.verdict == Verdict.MISTAKEN)
        .group_by(rating_review.c.rating_id)
        .having(sa.func.count() >= VERDICT_BY)
    )
    return int(tx.execute(sa.select(sa.func.count()).select_from(two_say_so.subquery())).scalar_one())


def _bursts_of(mine: list[Any]) -> frozenset[int]:
    """Those of one window; only a run of BURST alike is looked at closer."""
    marked: set[int] = set()
    for _, run in groupby(mine, key=attrgetter("grade")):
        alike = list(run)
        if len(alike) >= BURST:
            marked |= bursts([(row.id, Grade(row.grade), row.at - row.finished_at) for row in alike])
    return frozenset(marked)
