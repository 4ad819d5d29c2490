"""The list that a figure was counted from: numbers of tickets, without a name."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.figures.day.cases import Case
from kiosk.figures.day.cells import KEYS, Cells
from kiosk.figures.day.reading import cases_of_day
from kiosk.figures.refusals import UnknownFigure
from kiosk.figures.rules import COUNTS, By, Cell, End, Span, merged, unpacked
from kiosk.figures.rules import counted as counted_cell
from kiosk.figures.tables import WHOLE, figure_day
from kiosk.figures.totals import check_span, groups_of, live_days

LINES = 25
"""Lines of a page: on each of so many days there may be one, and each day is read."""


class Counted(NamedTuple):
    """How a figure is counted: of a case, and of what cases add up to; with the promise in minutes."""

    is_one: Callable[[Case, int], bool]
    of: Callable[[Cell, int], int]


COUNTED = {
    "tickets": Counted(lambda case, _: case.place == 1, lambda cell, _: cell.tickets),
    "cases": Counted(lambda case, _: True, lambda cell, _: cell.cases),
    "served": Counted(lambda case, _: case.end == End.SERVED, lambda cell, _: cell.served),
    "transferred": Counted(lambda case, _: case.end == End.TRANSFERRED, lambda cell, _: cell.transferred),
    "left": Counted(lambda case, _: case.end == End.LEFT, lambda cell, _: cell.left),
    "missed_out": Counted(lambda case, _: case.end == End.MISSED, lambda cell, _: cell.missed_out),
    "closed": Counted(lambda case, _: case.end == End.CLOSED, lambda cell, _: cell.closed),
    "misses": Counted(lambda case, _: case.misses > 0, lambda cell, _: cell.missed_n),
    "recalls": Counted(lambda case, _: case.recalls > 0, lambda cell, _: cell.recalled_n),
    "holds": Counted(lambda case, _: case.holds > 0, lambda cell, _: cell.held_n),
    "waits": Counted(lambda case, _: case.wait_s is not None, lambda cell, _: len(cell.waits)),
    "in_promise": Counted(
        lambda case, most: case.wait_s is not None and case.wait_s <= most * 60,
        lambda cell, most: cell.waits.within(most * 60),
    ),
    "late": Counted(
        lambda case, most: case.wait_s is not None and case.wait_s > most * 60,
        lambda cell, most: len(cell.waits) - cell.waits.within(most * 60),
    ),
    "walks": Counted(lambda case, _: case.walk_s is not None, lambda cell, _: cell.walk_n),
    "serves": Counted(lambda case, _: case.serve_s is not None, lambda cell, _: cell.serve_n),
    "told": Counted(lambda case, _: case.is_told, lambda cell, _: cell.told),
    "in_range": Counted(lambda case, _: case.is_in_range, lambda cell, _: cell.in_range),
    "unsure": Counted(lambda case, _: case.is_unsure, lambda cell, _: cell.unsure),
}
"""The figures that open a list."""


class Listed(Struct, frozen=True):
    """One page of the list: `found` cases in all."""

    found: int
    cases: tuple[Case, ...]


class Wanted(Struct, frozen=True):
    """Which list: a figure of COUNTED, of the cases of one key (None: of all)."""

    span: Span
    figure: str
    by: By
    key: str | None = None


def listed(tx: Connection, centre: Centre, wanted: Wanted, skipped: int, now: datetime) -> Listed:
    """LINES of the list after `skipped`, the oldest first. Raises BadSpan, SpanTooLong, UnknownFigure."""
    check_span(wanted.span)
    if wanted.figure not in COUNTED:
        raise UnknownFigure
    kind, keys = _kept_as(tx, wanted)
    promise = centre.settings.wait_promise_min
    counted = COUNTED[wanted.figure]
    sizes = {
        day: counted.of(cell, promise)
        for day, cell in sorted(_by_day(tx, centre, wanted.span, kind, keys, now).items())
        if _is_of_day(wanted, day)
    }
    found: list[Case] = []
    before = 0
    for day, size in sizes.items():
        if before + size > skipped and len(found) < LINES and size:
            of_day = [
                case
                for case in cases_of_day(tx, centre, day)
                if counted.is_one(case, promise) and (keys is None or KEYS[kind](case) in keys)
            ]
            found += of_day[max(0, skipped - before) :][: LINES - len(found)]
        before += size
    return Listed(before, tuple(found))


def _kept_as(tx: Connection, wanted: Wanted) -> tuple[str, frozenset[str] | None]:
    """The kind of days' rows that are counted, and which of its keys; None for all of them."""
    if wanted.key is None or wanted.by in (By.DAY, By.WEEKDAY):
        return WHOLE, None
    if wanted.by == By.GROUP:
        return By.SERVICE, frozenset(code for code, slug in groups_of(tx).items() if slug == wanted.key)
    return wanted.by, frozenset((wanted.key,))


def _is_of_day(wanted: Wanted, day: date) -> bool:
    if wanted.key is None or wanted.by not in (By.DAY, By.WEEKDAY):
        return True
    return wanted.key == (day.isoformat() if wanted.by == By.DAY else str(day.isoweekday()))


def _by_day(
    tx: Connection, centre: Centre, span: Span, kind: str, keys: frozenset[str] | None, now: datetime
) -> dict[date, Cell]:
    live, _ = live_days(tx, centre, span, now)
    kept = [figure_day.c.kind == kind, figure_day.c.service_day.between(*span)]
    if keys is not None:
        kept.append(figure_day.c.key.in_(sorted(keys)))
    if live:
        kept.append(figure_day.c.service_day.not_in(sorted(live)))
    columns = (figure_day.c.service_day, figure_day.c.waits, *(figure_day.c[name] for name in COUNTS))
    found: dict[date, list[Cell]] = {}
    for day, waits, *counts in tx.execute(sa.select(*columns).where(*kept)):
        found.setdefault(day, []).append(counted_cell(counts, unpacked([waits])))
    for day, cells in live.items():
        found[day] = list(_of_keys(cells, kind, keys))
    return {day: merged(cells) for day, cells in found.items()}


def _of_keys(cells: Cells, kind: str, keys: frozenset[str] | None) -> Iterable[Cell]:
    return (cell for (of, key), cell in cells.items() if of == kind and (keys is None or key in keys))
