"""Days that are over are added up once, at night, so that a year is read from its days."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.database.dialects import insert_all_missing, insert_missing
from kiosk.figures.day.cells import Cells
from kiosk.figures.day.reading import day_of
from kiosk.figures.rules import COUNTS, Cell, Span, packed
from kiosk.figures.tables import WHOLE, figure_day
from kiosk.tickets import is_day_closed
from kiosk.tickets.tables import ticket

_NEXT = sa.select(sa.func.min(ticket.c.service_day))


def days_with_tickets(tx: Connection, span: Span) -> tuple[date, ...]:
    """The days of `span` of which there is a ticket: a look into the index for each, however many tickets."""
    first = sa.select(sa.func.min(ticket.c.service_day).label("day")).where(
        ticket.c.service_day >= span.first
    )
    found = first.cte("days", recursive=True)
    after = sa.select(sa.func.min(ticket.c.service_day)).where(ticket.c.service_day > found.c.day)
    found = found.union_all(sa.select(after.scalar_subquery()).where(found.c.day < span.last))
    rows = sa.select(found.c.day).where(found.c.day.is_not(None), found.c.day <= span.last)
    return tuple(tx.execute(rows).scalars())


def kept_days(tx: Connection, span: Span) -> frozenset[date]:
    """The days of `span` that are added up."""
    of_span = figure_day.c.service_day.between(*span)
    return frozenset(
        tx.execute(sa.select(figure_day.c.service_day).where(figure_day.c.kind == WHOLE, of_span)).scalars()
    )


def days_to_keep(tx: Connection, centre: Centre, now: datetime) -> tuple[date, ...]:
    """The days that are over, closed, and not added up yet, the newest first."""
    if not is_day_closed(tx, centre, now):
        return ()
    span = Span(date.min, centre.day(now))
    kept = kept_days(tx, span)
    return tuple(day for day in reversed(days_with_tickets(tx, span)) if day not in kept and day < span.last)


def added_up(tx: Connection, centre: Centre, day: date, now: datetime) -> Cells:
    """What `keep_day` keeps of a day; read beside the writers, since nothing changes a day that is over."""
    return day_of(tx, centre, day, now).cells


def keep_day(tx: Connection, day: date, cells: Cells) -> bool:
    """Keep what a day adds up to; False when another box has done so meanwhile."""
    rows = {key: _row(day, *key, cell) for key, cell in cells.items()}
    if not insert_missing(tx, figure_day, rows.pop((WHOLE, ""))):
        return False
    if rows:
        insert_all_missing(tx, figure_day, list(rows.values()))
    return True


def has_future_days(tx: Connection, today: date) -> bool:
    """Whether a clock that was ahead has added up today or a later day."""
    ahead = sa.select(figure_day.c.service_day).where(
        figure_day.c.kind == WHOLE, figure_day.c.service_day >= today
    )
    return tx.execute(ahead.limit(1)).first() is not None


def forget_days(tx: Connection, since: date) -> None:
    """Forget what was added up of days from `since` on: they are read anew."""
    tx.execute(sa.delete(figure_day).where(figure_day.c.service_day >= since))


def _row(day: date, kind: str, key: str, cell: Cell) -> dict[str, Any]:
    counts = asdict(cell)
    return {name: counts[name] for name in COUNTS} | {
        "kind": str(kind),
        "service_day": day,
        "key": key,
        "waits": packed(cell.waits),
    }
