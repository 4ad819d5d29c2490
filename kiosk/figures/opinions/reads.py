"""The concerns that figures are counted from, each with its whole log, its promises and its ratings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.concerns import (
    EXTEND_DAYS,
    RUNNING,
    SOURCE_WORDS,
    Concern,
    Unit,
    Verb,
    concern_of,
    place_name,
    place_plans,
)
from kiosk.concerns.tables import concern, concern_category, concern_change, concern_clock, concern_place
from kiosk.database import in_lang
from kiosk.figures.opinions import words
from kiosk.figures.opinions.rules import (
    Clock,
    Count,
    Counted,
    Days,
    Group,
    History,
    Name,
    Share,
    Step,
    counts_of,
    figures_of,
    share_of,
)
from kiosk.figures.rules import Span
from kiosk.opening import Workdays, workdays
from kiosk.ratings.tables import rating
from kiosk.words import Lang

CONCERN = "concern"
"""The subject of a rating that is about an answer; its round is that of the concern."""


class Only(Struct, frozen=True):
    """Which concerns are counted; "" and None for all. A compound's are those of its buildings too."""

    category: str = ""
    place: int | None = None
    source: str = ""


class Told(Struct, frozen=True):
    """The figures and counts of one line: all, or those of one category, place or source."""

    key: str
    figures: Mapping[Name, Counted]
    counts: Mapping[Count, tuple[int, ...]]


class Opinions(Struct, frozen=True):
    """The figures of some days, and told apart by something."""

    whole: Told
    rows: tuple[Told, ...]


def opinions_of(tx: Connection, centre: Centre, asked: tuple[Span, Only, Group], now: datetime) -> Opinions:
    """The figures of concerns: `asked` is of which days, which of them, and told apart by what."""
    span, only, by = asked
    days = days_of(centre, span, now)
    parts: dict[str, list[Share]] = defaultdict(list)
    found = []
    for one in histories(tx, centre, days, only):
        found.append(share_of(one, days))
        parts[one.key(by)].append(found[-1])
    rows = [_told(key, ones) for key, ones in sorted(parts.items())]
    return Opinions(_told("", found), tuple(row for row in rows if _says(row)))


def _told(key: str, shares: Sequence[Share]) -> Told:
    return Told(key, figures_of(shares), counts_of(shares))


def _says(row: Told) -> bool:
    return any(one.of for one in row.figures.values()) or any(row.counts.values())


def days_of(centre: Centre, span: Span, now: datetime) -> Days:
    """These days on the centre's wall, as far as they have come."""
    start, end = (
        datetime.combine(day, time(), centre.zone) for day in (span.first, span.last + timedelta(days=1))
    )
    until = min(end, now + timedelta.resolution)
    return Days(span.first, span.last, start, end, until, centre.day(min(end, now)), centre.zone)


def histories(tx: Connection, centre: Centre, days: Days, only: Only) -> Iterator[History]:
    """All to which something happened in these days, or of which a promise ended in them, one by one.

    None is kept: a quarter's would be fifty megabytes.
    """
    of = _wanted(days, only)
    changes, clocks = (_Rows(_read(tx, table, of)) for table in (concern_change, concern_clock))
    grades = _grades(tx, days, of)
    known = workdays(tx)
    found = sa.select(
        concern.c.id, concern.c.number, concern.c.kind, concern.c.source, concern.c.category_code,
        concern.c.place_id,
    ).where(concern.c.id.in_(of))  # fmt: skip
    for row in tx.execute(found.order_by(concern.c.id)).yield_per(AT_ONCE):
        steps = _standing([Step(*one[1:]) for one in changes.of(row.id)])
        rests = {step.round for step in steps if step.verb == Verb.PAUSE}
        extended = {step.round for step in steps if step.verb == Verb.EXTEND}
        yield History(
            *row, tuple(steps),
            tuple(_clock(centre, known, one, rests, extended) for one in clocks.of(row.id)),
            tuple(grades[row.id]),
        )  # fmt: skip


AT_ONCE = 2000
"""Rows that are fetched in one go."""


class _Rows:
    """Rows that begin with a concern's id, in the order of these: handed out concern by concern."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, concern_id: int) -> list[Any]:
        """Those of this concern; ids are asked for in their order."""
        found = []
        while self._next is not None and self._next[0] <= concern_id:
            if self._next[0] == concern_id:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _wanted(days: Days, only: Only) -> sa.Select[Any]:
    moved = sa.select(concern_change.c.concern_id).where(
        concern_change.c.at >= days.start, concern_change.c.at < days.end
    )
    due = sa.select(concern_clock.c.concern_id).where(concern_clock.c.due_on.between(days.first, days.last))
    rated = sa.select(rating.c.subject_id).where(*_rated(days))
    return sa.select(concern.c.id).where(concern.c.id.in_(sa.union(moved, due, rated)), *_only(only))


def _only(only: Only) -> Iterator[sa.ColumnElement[bool]]:
    if only.category:
        yield concern.c.category_code == only.category
    if only.source:
        yield concern.c.source == only.source
    if only.place is not None:
        inside = sa.select(concern_place.c.id).where(concern_place.c.parent_id == only.place)
        yield sa.or_(concern.c.place_id == only.place, concern.c.place_id.in_(inside))


def _rated(days: Days) -> tuple[sa.ColumnElement[bool], ...]:
    in_days = rating.c.service_day.between(days.first, days.last)
    return in_days, rating.c.subject == CONCERN


_READ = {
    "concern_change": ("verb", "to_state", "round", "at", "reason"),
    "concern_clock": ("what", "round", "started_at", "length", "unit", "due_on", "due_at", "met_at"),
}
"""What figures read of them: a log's words are none of theirs."""


def _read(tx: Connection, table: sa.Table, of: sa.Select[Any]) -> Iterable[Any]:
    columns = [table.c[name] for name in ("concern_id", *_READ[table.name])]
    rows = sa.select(*columns).where(table.c.concern_id.in_(of)).order_by(table.c.concern_id, table.c.id)
    return tx.execute(rows).yield_per(AT_ONCE)


def _grades(tx: Connection, days: Days, of: sa.Select[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = sa.select(rating.c.subject_id, rating.c.grade).where(*_rated(days), rating.c.subject_id.in_(of))
    for row in tx.execute(rows.order_by(rating.c.id)):
        found[row.subject_id].append(row.grade)
    return found


def _standing(rows: list[Step]) -> list[Step]:
    """A log without the steps that were taken back: it is as if they had never been."""
    if not any(row.verb == Verb.UNDO for row in rows):
        return rows
    stands: list[Step] = []
    for row in rows:
        if row.verb != Verb.UNDO:
            stands.append(row)
        elif row.reason:  # else it is told of one that was merged: its parent's answer was taken back
            last = max(place for place, one in enumerate(stands) if one.verb == row.reason)
            del stands[last]
    return stands


def _clock(centre: Centre, known: Workdays, row: Any, rests: set[int], extended: set[int]) -> Clock:
    unpaused = (row.due_on, row.due_at)
    if row.what == "answer" and row.round in rests:
        unpaused = _unpaused(centre, known, row)
        if row.round in extended:
            unpaused = (known.after(unpaused[0], EXTEND_DAYS), None)
    return Clock(row.what, row.round, row.due_on, row.due_at, row.met_at, *unpaused)


def _unpaused(centre: Centre, known: Workdays, row: Any) -> tuple[date, datetime | None]:
    """Until when it was promised at first, by the calendar that is known now."""
    began = centre.day(row.started_at)
    if row.unit == Unit.HOUR:
        at = row.started_at + timedelta(hours=row.length)
        return centre.day(at), at
    if row.unit == Unit.DAY:
        return began + timedelta(days=row.length), None
    return known.after(began, row.length), None


def names_of(tx: Connection, by: Group, lang: Lang, say: Callable[..., str]) -> dict[str, str]:
    """What the keys are called, of retired ones too, in the centre's order; `say` puts our own words."""
    if by == Group.SOURCE:
        return {str(source): say(words) for source, words in SOURCE_WORDS.items()}
    if by == Group.CATEGORY:
        shown = sa.select(concern_category.c.code, in_lang(lang, concern_category.c.name))
        ordered = shown.order_by(concern_category.c.position, concern_category.c.code)
        return {row[0]: row[1] for row in tx.execute(ordered)}
    places = {str(key): place_name(tx, key, lang) for key, _ in place_plans(tx)}
    return places | {"": say(words.NO_PLACE)}


def oldest_of(tx: Connection, centre: Centre, only: Only, lang: Lang, most: int = 5) -> tuple[Concern, ...]:
    """Those that have run longest and that somebody still has to do something about."""
    running = sa.select(concern.c.id).where(concern.c.state.in_(RUNNING), *_only(only))
    found = tx.execute(running.order_by(concern.c.taken_at, concern.c.id).limit(most)).scalars().all()
    return tuple(concern_of(tx, centre, one, lang) for one in found)
