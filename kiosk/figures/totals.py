"""The figures of a span of days: from days that are kept, and from the changes of those that are not yet."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.figures.day.cells import Cells
from kiosk.figures.day.reading import day_of
from kiosk.figures.keeping import days_with_tickets, kept_days
from kiosk.figures.refusals import BadSpan, SpanTooLong
from kiosk.figures.rules import COUNTS, NOTHING, By, Cell, Span, counted, merged, unpacked
from kiosk.figures.tables import WHOLE, figure_day
from kiosk.services.tables import service

MOST_LIVE = 7
"""Days that are added up while somebody waits for the page; the night is behind by so many at most."""


class Row(Struct, frozen=True):
    """The cases of one key: a service, a counter, an hour like "09", a day like "2026-11-23"."""

    key: str
    cell: Cell


class Figures(Struct, frozen=True):
    """A span as a whole, told apart `by` something, by day and by hour. `has_today`: it is not over.

    `left_out` days have not been added up yet: they are in nothing here.
    """

    span: Span
    by: By
    whole: Cell
    rows: tuple[Row, ...]
    days: tuple[Row, ...]
    hours: tuple[Row, ...]
    has_today: bool
    left_out: int


def check_span(span: Span) -> None:
    """Raises BadSpan, SpanTooLong."""
    if span.fault:
        raise SpanTooLong if span.fault == "long" else BadSpan


def figures_of(tx: Connection, centre: Centre, span: Span, by: By, now: datetime) -> Figures:
    """The figures of `span`. Raises BadSpan, SpanTooLong."""
    check_span(span)
    live, left_out = live_days(tx, centre, span, now)
    base = _BASE.get(by, by)
    kinds = {WHOLE, By.HOUR, base}
    found = _Found(kinds)
    found.read(tx, span, frozenset(live))
    for day, cells in live.items():
        found.add(day, cells)
    days = found.days()
    rows = {By.DAY: days, By.WEEKDAY: _weekdays(days), By.HOUR: found.rows(By.HOUR)}.get(by)
    if rows is None:
        rows = found.rows(base)
    if by == By.GROUP:
        rows = regrouped(rows, groups_of(tx))
    return Figures(
        span, by, merged(row.cell for row in days), rows, days, found.rows(By.HOUR),
        span.first <= centre.day(now) <= span.last, left_out,
    )  # fmt: skip


_BASE = {By.GROUP: By.SERVICE, By.DAY: By.HOUR, By.WEEKDAY: By.HOUR}
"""What is read for those that are put together from others; days and weekdays need nothing more."""


def live_days(tx: Connection, centre: Centre, span: Span, now: datetime) -> tuple[dict[date, Cells], int]:
    """The days of `span` that are read from the changes, and how many are left out; today is never kept."""
    today = centre.day(now)
    kept = kept_days(tx, span)
    missing = [day for day in days_with_tickets(tx, span) if day not in kept or day >= today]
    chosen = missing[-MOST_LIVE:]
    return {day: day_of(tx, centre, day, now).cells for day in chosen}, len(missing) - len(chosen)


class _Found:
    """What was found of some kinds, by kind, key and day."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self._kinds = frozenset(kinds)
        self._counts: dict[tuple[str, str], list[Cell]] = {}
        self._waits: dict[tuple[str, str], list[bytes]] = {}
        self._days: dict[date, Cell] = {}

    def read(self, tx: Connection, span: Span, without: frozenset[date]) -> None:
        """What is kept: the counts added up by the database, the waits of each day as they are."""
        kept: list[sa.ColumnElement[bool]] = [
            figure_day.c.service_day.between(*span),
            figure_day.c.kind.in_(sorted(self._kinds - {WHOLE})),
        ]
        if without:
            kept.append(figure_day.c.service_day.not_in(sorted(without)))
        keys = (figure_day.c.kind, figure_day.c.key)
        sums = [sa.func.sum(figure_day.c[name]) for name in COUNTS]
        for kind, key, *counts in tx.execute(sa.select(*keys, *sums).where(*kept).group_by(*keys)):
            self._counts.setdefault((kind, key), []).append(counted(counts))
        for kind, key, waits in tx.execute(sa.select(*keys, figure_day.c.waits).where(*kept)):
            self._waits.setdefault((kind, key), []).append(waits)
        kept[1] = figure_day.c.kind == WHOLE
        wholes = sa.select(figure_day.c.service_day, figure_day.c.waits, *(figure_day.c[n] for n in COUNTS))
        for day, waits, *counts in tx.execute(wholes.where(*kept)):
            self._days[day] = counted(counts, unpacked([waits]))

    def add(self, day: date, cells: Cells) -> None:
        """A day that is not kept."""
        for (kind, key), cell in cells.items():
            if kind == WHOLE:
                self._days[day] = cell
            elif kind in self._kinds:
                self._counts.setdefault((kind, key), []).append(cell)

    def days(self) -> tuple[Row, ...]:
        return tuple(Row(day.isoformat(), cell) for day, cell in sorted(self._days.items()))

    def rows(self, kind: str) -> tuple[Row, ...]:
        """One row a key, those with most cases first; hours in their order."""
        found = []
        for (of, key), cells in self._counts.items():
            if of == kind:
                kept = Cell(waits=unpacked(self._waits.get((of, key), ())))
                found.append(Row(key, merged([kept, *cells])))
        if kind == By.HOUR:
            return tuple(sorted(found, key=lambda row: row.key))
        return tuple(sorted(found, key=lambda row: (-row.cell.cases, row.key)))


def _weekdays(days: Iterable[Row]) -> tuple[Row, ...]:
    """Monday is "1"."""
    found: dict[str, list[Cell]] = {}
    for row in days:
        found.setdefault(str(date.fromisoformat(row.key).isoweekday()), []).append(row.cell)
    return tuple(Row(key, merged(cells)) for key, cells in sorted(found.items()))


def by_month(days: Iterable[Row]) -> tuple[Row, ...]:
    """Days put together by month, with keys like "2026-11-00"."""
    found: dict[str, list[Cell]] = {}
    for row in days:
        found.setdefault(f"{row.key[:7]}-00", []).append(row.cell)
    return tuple(Row(key, merged(cells)) for key, cells in sorted(found.items()))


def regrouped(rows: Iterable[Row], groups: Mapping[str, str]) -> tuple[Row, ...]:
    """Services put together by the group that each is in now."""
    found: dict[str, list[Cell]] = {}
    for row in rows:
        found.setdefault(groups.get(row.key, ""), []).append(row.cell)
    together = [Row(key, merged(cells)) for key, cells in found.items()]
    return tuple(sorted(together, key=lambda row: (-row.cell.cases, row.key)))


def groups_of(tx: Connection) -> dict[str, str]:
    """The group that each service is in now."""
    rows = tx.execute(sa.select(service.c.code, service.c.group_slug))
    return {row[0]: row[1] for row in rows}


def row_of(rows: Iterable[Row], key: str) -> Cell:
    """The cell of one key; an empty one where there is none."""
    return next((row.cell for row in rows if row.key == key), NOTHING)
