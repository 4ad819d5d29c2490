"""Pleas for the screens. Staff's pages ask every two seconds, so what is open is kept between commits."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database import Database
from kiosk.database.prepared import Prepared
from kiosk.database.remembered import Remembered
from kiosk.pleas.refusals import UnknownPlea
from kiosk.pleas.rules import Kind, Plea, Verb, ringing_first
from kiosk.pleas.tables import plea, plea_change
from kiosk.tickets.tables import ticket

_ALL = sa.select(plea, ticket.c.number).join_from(plea, ticket, isouter=True)
_OPEN = Prepared(_ALL.where(plea.c.closed_at.is_(None)).order_by(plea.c.id))
_OPEN_AT = Prepared(_ALL.where(plea.c.closed_at.is_(None), plea.c.station == sa.bindparam("station")))
_OF_ID = Prepared(_ALL.where(plea.c.id == sa.bindparam("id")))
_CLOSED_BY = Prepared(
    _ALL.where(plea.c.closed_by == sa.bindparam("staff_id"), plea.c.closed_at > sa.bindparam("since"))
    .order_by(plea.c.closed_at.desc())
    .limit(1)
)


class Step(Struct, frozen=True):
    """One row of a plea's history; `staff_id` is None for residents, the night and who is forgotten."""

    verb: Verb
    staff_id: int | None
    at: datetime


def open_pleas(tx: Connection) -> tuple[Plea, ...]:
    """All that are not closed: those that ring first, the unwell before the others."""
    return ringing_first(tuple(_plea(row) for row in _OPEN.all(tx, {})))


_PLEAS = Remembered(open_pleas, is_noted=True)
note_writing = _PLEAS.note_writing


def cached_open(tx: Connection) -> tuple[Plea, ...]:
    """The same as this process wrote them last, or as they were a quarter of a second ago at most."""
    return _PLEAS.at(tx)


def remembered_open(database: Database) -> tuple[Plea, ...]:
    """The same for a page that reads nothing else of it: a transaction for each bell was 7 % of its time."""
    return _PLEAS.without_tx(database)


def open_at(tx: Connection, station: str) -> Plea | None:
    """The one that is open at this station."""
    row = _OPEN_AT.first(tx, {"station": station})
    return None if row is None else _plea(row)


def plea_of(tx: Connection, plea_id: int) -> Plea:
    """One plea. Raises UnknownPlea."""
    row = _OF_ID.first(tx, {"id": plea_id})
    if row is None:
        raise UnknownPlea
    return _plea(row)


def closed_by(tx: Connection, staff_id: int, since: datetime) -> Plea | None:
    """The plea that this member of staff closed last, after `since`."""
    row = _CLOSED_BY.first(tx, {"staff_id": staff_id, "since": since})
    return None if row is None else _plea(row)


def pleas_since(tx: Connection, since: datetime, most: int = 100) -> tuple[Plea, ...]:
    """Every plea from `since` on, the newest first."""
    asked = _ALL.where(plea.c.asked_at >= since).order_by(plea.c.id.desc()).limit(most)
    return tuple(_plea(row) for row in tx.execute(asked))


def steps_of(tx: Connection, plea_id: int) -> tuple[Step, ...]:
    """What was done about a plea, in its order."""
    mine = sa.select(plea_change).where(plea_change.c.plea_id == plea_id).order_by(plea_change.c.id)
    return tuple(Step(Verb(row.verb), row.staff_id, row.at) for row in tx.execute(mine))


def _plea(row: Any) -> Plea:
    return Plea(
        id=row.id,
        station=row.station,
        kind=Kind(row.kind),
        asked_at=row.asked_at,
        number=row.number or "",
        ticket_id=row.ticket_id,
        is_quiet=row.is_quiet,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        post=row.post,
        counter=row.counter_number,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        outcome=row.outcome,
    )
