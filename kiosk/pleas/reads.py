"""Pleas for the screens. Staff's pages ask every two seconds, so what is open is kept between commits."""

from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from msgspec import Struct, field
from sqlalchemy import Connection, Engine

from kiosk.database import Database, commits
from kiosk.database.prepared import Prepared
from kiosk.pleas.refusals import UnknownPlea
from kiosk.pleas.rules import Kind, Plea, Verb, ringing_first
from kiosk.pleas.tables import plea, plea_change
from kiosk.tickets.tables import ticket

ASKED_EVERY_S = 0.25
"""Another process may write too: a second box on one PostgreSQL."""

_ALL = sa.select(plea, ticket.c.number).join_from(plea, ticket, isouter=True)
_OPEN = Prepared(_ALL.where(plea.c.closed_at.is_(None)).order_by(plea.c.id))
_OPEN_AT = Prepared(_ALL.where(plea.c.closed_at.is_(None), plea.c.station == sa.bindparam("station")))
_OF_ID = Prepared(_ALL.where(plea.c.id == sa.bindparam("id")))
_CLOSED_BY = Prepared(
    _ALL.where(plea.c.closed_by == sa.bindparam("staff_id"), plea.c.closed_at > sa.bindparam("since"))
    .order_by(plea.c.closed_at.desc())
    .limit(1)
)


class _Cache(Struct):
    pleas: tuple[Plea, ...] = ()
    asked_after: int = -1
    asked_at: float = 0.0
    written_after: int = -1
    lock: Lock = field(default_factory=Lock)


_CACHES: WeakKeyDictionary[Engine, _Cache] = WeakKeyDictionary()


class Step(Struct, frozen=True):
    """One row of a plea's history; `staff_id` is None for residents, the night and who is forgotten."""

    verb: Verb
    staff_id: int | None
    at: datetime


def open_pleas(tx: Connection) -> tuple[Plea, ...]:
    """All that are not closed: those that ring first, the unwell before the others."""
    return ringing_first(tuple(_plea(row) for row in _OPEN.all(tx, {})))


def cached_open(tx: Connection) -> tuple[Plea, ...]:
    """The same as it was at the last commit of this process, or a quarter of a second ago at most."""
    if tx.get_execution_options().get("write"):
        return open_pleas(tx)
    cache, at, committed = _cache_of(tx.engine), monotonic(), commits(tx)
    with cache.lock:
        if cache.asked_after != committed or at - cache.asked_at > ASKED_EVERY_S:
            cache.pleas = open_pleas(tx)
            cache.asked_after, cache.asked_at = committed, at
        return cache.pleas


def remembered_open(database: Database) -> tuple[Plea, ...]:
    """The same for a page that reads nothing else of it: as of a quarter of a second ago at most.

    What this process writes of a plea shows at once. A transaction for each bell was 7 % of a station's page.
    """
    cache = _cache_of(database.engine)
    if cache.asked_after > cache.written_after and monotonic() - cache.asked_at <= ASKED_EVERY_S:
        return cache.pleas
    with database.read(is_blind=True) as tx:
        return cached_open(tx)


def note_writing(tx: Connection) -> None:
    """Something of a plea is being changed: what is remembered does not hold from its commit on."""
    _cache_of(tx.engine).written_after = commits(tx)


def _cache_of(engine: Engine) -> _Cache:
    return _CACHES.setdefault(engine, _Cache())


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
