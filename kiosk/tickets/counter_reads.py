"""The queue as a clerk sees it: who stands at the counter, who waits, whose turn was missed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.services.tables import counter_service, service
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import priority, ticket
from kiosk.words import Lang

LONGEST_LIST = 200
"""Lines of a clerk's list at most; more people waiting are counted, not listed."""


@dataclass(frozen=True)
class AtHand:
    """The ticket before a counter."""

    id: int
    number: str
    service_code: str
    service: str
    status: Status
    taken_at: datetime
    called_at: datetime
    calls: int
    for_someone_else: bool
    priority: str


@dataclass(frozen=True)
class Waiting:
    """One line of a clerk's list."""

    id: int
    number: str
    service: str
    taken_at: datetime
    priority: str
    for_someone_else: bool


@dataclass(frozen=True)
class WaitingCount:
    """How many wait for a service."""

    code: str
    name: str
    count: int


def _named(columns: tuple[Any, ...], lang: Lang) -> sa.Select[Any]:
    name = service.c.name_en if lang == "en" else service.c.name
    reason = priority.c.name_en if lang == "en" else priority.c.name
    joined = ticket.join(service, ticket.c.service_code == service.c.code).outerjoin(priority)
    return sa.select(
        *columns, name.label("service"), sa.func.coalesce(reason, "").label("priority")
    ).select_from(joined)


@cache
def _at_hand(lang: Lang) -> sa.Select[Any]:
    names = ("id", "number", "service_code", "status", "taken_at", "called_at", "calls", "for_someone_else")
    return _named(tuple(ticket.c[name] for name in names), lang).where(
        ticket.c.counter_number == sa.bindparam("counter"), ticket.c.status.in_(AT_HAND)
    )


def at_hand(tx: Connection, counter: int, lang: Lang = "zh") -> AtHand | None:
    """The ticket before this counter, if any; of yesterday too, until it is ended."""
    row = tx.execute(_at_hand(lang), {"counter": counter}).one_or_none()
    return None if row is None else AtHand(**row._asdict() | {"status": Status(row.status)})


@cache
def _listed(lang: Lang) -> sa.Select[Any]:
    columns = tuple(ticket.c[name] for name in ("id", "number", "taken_at", "for_someone_else"))
    return (
        _named(columns, lang)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == sa.bindparam("status"))
        .order_by(ticket.c.rank_at, ticket.c.id)
        .limit(LONGEST_LIST)
    )


@cache
def _listed_for_counter(lang: Lang) -> sa.Select[Any]:
    skills = sa.select(counter_service.c.service_code).where(
        counter_service.c.counter_number == sa.bindparam("counter")
    )
    return _listed(lang).where(ticket.c.service_code.in_(skills))


def waiting_for(
    tx: Connection, centre: Centre, counter: int, now: datetime, lang: Lang
) -> tuple[Waiting, ...]:
    """Who waits for what this counter serves, in the order of calling."""
    gaps = {"day": centre.day(now), "status": Status.WAITING, "counter": counter}
    return tuple(Waiting(**row._asdict()) for row in tx.execute(_listed_for_counter(lang), gaps))


def missed_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who was called and did not come."""
    gaps = {"day": centre.day(now), "status": Status.NO_SHOW}
    return tuple(Waiting(**row._asdict()) for row in tx.execute(_listed(lang), gaps))


@cache
def _counts(lang: Lang) -> sa.Select[Any]:
    name = service.c.name_en if lang == "en" else service.c.name
    return (
        sa.select(service.c.code, name, sa.func.count())
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
        .group_by(service.c.code)
        .order_by(service.c.position)
    )


def waiting_counts(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[WaitingCount, ...]:
    """How many wait, for each service that somebody waits for."""
    return tuple(WaitingCount(*row) for row in tx.execute(_counts(lang), {"day": centre.day(now)}))
