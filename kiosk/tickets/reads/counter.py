"""The queue as a clerk sees it: who stands at the counter, who waits, whose turn was missed."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.services.tables import service
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import priority, ticket
from kiosk.tickets.transition import called_by
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
    is_slow: bool
    wants_staff: bool
    taken_by_staff: bool


@dataclass(frozen=True)
class Waiting:
    """One line of a clerk's list: somebody who waits, is on hold (`hold`, `lacks`) or missed the turn."""

    id: int
    number: str
    service: str
    taken_at: datetime
    priority: str
    for_someone_else: bool
    is_slow: bool
    wants_staff: bool
    taken_by_staff: bool
    counter_number: int | None
    only_counter: int | None
    hold: str
    lacks: str


@dataclass(frozen=True)
class WaitingCount:
    """How many wait for a service, and since when the first of them."""

    code: str
    name: str
    count: int
    since: datetime


MARKS = ("for_someone_else", "is_slow", "wants_staff", "taken_by_staff")
"""What a clerk should know before the person stands there."""


def _named(columns: tuple[Any, ...], lang: Lang) -> sa.Select[Any]:
    name = service.c.name_en if lang == "en" else service.c.name
    reason = priority.c.name_en if lang == "en" else priority.c.name
    joined = ticket.join(service, ticket.c.service_code == service.c.code).outerjoin(priority)
    return sa.select(
        *columns, name.label("service"), sa.func.coalesce(reason, "").label("priority")
    ).select_from(joined)


@cache
def _at_hand(lang: Lang) -> sa.Select[Any]:
    names = ("id", "number", "service_code", "status", "taken_at", "called_at", "calls", *MARKS)
    return _named(tuple(ticket.c[name] for name in names), lang).where(
        ticket.c.counter_number == sa.bindparam("counter"), ticket.c.status.in_(AT_HAND)
    )


def at_hand(tx: Connection, counter: int, lang: Lang = "zh") -> AtHand | None:
    """The ticket before this counter, if any; of yesterday too, until it is ended."""
    row = tx.execute(_at_hand(lang), {"counter": counter}).one_or_none()
    return None if row is None else AtHand(**row._asdict() | {"status": Status(row.status)})


@cache
def _listed(lang: Lang) -> sa.Select[Any]:
    names = ("id", "number", "taken_at", "counter_number", "only_counter", "hold", "lacks", *MARKS)
    return (
        _named(tuple(ticket.c[name] for name in names), lang)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == sa.bindparam("status"))
        .order_by(ticket.c.rank_at, ticket.c.id)
        .limit(LONGEST_LIST)
    )


@cache
def _listed_for_counter(lang: Lang) -> sa.Select[Any]:
    return _listed(lang).where(called_by(sa.bindparam("counter")))


def _lines(
    tx: Connection, listed: sa.Select[Any], day: date, status: Status, **parameters: Any
) -> tuple[Waiting, ...]:
    rows = tx.execute(listed, {"day": day, "status": status} | parameters)
    return tuple(Waiting(**row._asdict()) for row in rows)


def waiting_for(
    tx: Connection, centre: Centre, counter: int, now: datetime, lang: Lang
) -> tuple[Waiting, ...]:
    """Who waits for what this counter serves, in the order of calling."""
    return _lines(tx, _listed_for_counter(lang), centre.day(now), Status.WAITING, counter=counter)


def missed_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who was called and did not come."""
    return _lines(tx, _listed(lang), centre.day(now), Status.NO_SHOW)


def held_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who is on hold, at whatever counter."""
    return _lines(tx, _listed(lang), centre.day(now), Status.HELD)


def wanting_staff(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who waits and has asked that the staff come to them."""
    waiting = _lines(tx, _listed(lang), centre.day(now), Status.WAITING)
    return tuple(person for person in waiting if person.wants_staff)


@cache
def _counts(lang: Lang) -> sa.Select[Any]:
    name = service.c.name_en if lang == "en" else service.c.name
    return (
        sa.select(service.c.code, name, sa.func.count(), sa.func.min(ticket.c.taken_at))
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
        .group_by(service.c.code)
        .order_by(service.c.position)
    )


def waiting_counts(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[WaitingCount, ...]:
    """How many wait, for each service that somebody waits for."""
    return tuple(WaitingCount(*row) for row in tx.execute(_counts(lang), {"day": centre.day(now)}))
