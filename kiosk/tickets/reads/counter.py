"""The queue as a clerk sees it: who stands at the counter, who waits, whose turn was missed."""

from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.services.tables import service
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import priority, ticket
from kiosk.tickets.transition import called_by
from kiosk.words import Lang

LONGEST_LIST = 200
"""Lines of a clerk's list at most; more people waiting are counted, not listed."""


class AtHand(Struct, frozen=True):
    """The ticket before a counter; `lang` is the language that it was taken in."""

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
    cannot_hear: bool
    taken_by_staff: bool
    lang: str = "zh"
    head_start_min: int = 0


class Waiting(Struct, frozen=True):
    """One line of a clerk's list: somebody who waits, is on hold (`hold`, `lacks`) or missed the turn."""

    id: int
    number: str
    service: str
    taken_at: datetime
    priority: str
    for_someone_else: bool
    is_slow: bool
    wants_staff: bool
    cannot_hear: bool
    taken_by_staff: bool
    counter_number: int | None
    only_counter: int | None
    hold: str
    lacks: str


class CountersLine(Struct, frozen=True):
    """Who waits for one counter: `count` people, the `next` to be called, those `shown` of all `found`."""

    count: int
    next: Waiting | None
    shown: tuple[Waiting, ...]
    found: int


class WaitingCount(Struct, frozen=True):
    """How many wait for a service, and since when the first of them."""

    code: str
    name: str
    count: int
    since: datetime


MARKS = ("for_someone_else", "is_slow", "wants_staff", "cannot_hear", "taken_by_staff")
"""What a clerk should know before the person stands there."""

_AT_HAND = ("id", "number", "service_code", "status", "taken_at", "called_at", "calls", *MARKS, "lang")
_HEAD_START = sa.func.coalesce(priority.c.head_start_min, 0).label("head_start_min")


def _named(columns: tuple[Any, ...], lang: Lang) -> sa.Select[Any]:
    name = in_lang(lang, service.c.name)
    reason = in_lang(lang, priority.c.name)
    joined = ticket.join(service, ticket.c.service_code == service.c.code).outerjoin(priority)
    return sa.select(
        *columns, name.label("service"), sa.func.coalesce(reason, "").label("priority")
    ).select_from(joined)


@cache
def _at_hand(lang: Lang) -> Prepared:
    is_there = sa.or_(*(ticket.c.status == status for status in AT_HAND))
    named = _named((*(ticket.c[name] for name in _AT_HAND), _HEAD_START), lang)
    return Prepared(named.where(ticket.c.counter_number == sa.bindparam("counter"), is_there))


def at_hand(tx: Connection, counter: int, lang: Lang = "zh") -> AtHand | None:
    """The ticket before this counter, if any; of yesterday too, until it is ended."""
    row = _at_hand(lang).first(tx, {"counter": counter})
    return None if row is None else AtHand(**row._asdict() | {"status": Status(row.status)})


@cache
def _every_hand(lang: Lang) -> Prepared:
    columns = (ticket.c.counter_number, *(ticket.c[name] for name in _AT_HAND), _HEAD_START)
    named = _named(columns, lang)
    # in the words of the partial index, not with parameters: else every ticket ever taken is read
    return Prepared(named.where(sa.text("ticket.status IN ('called', 'serving')")))


def every_at_hand(tx: Connection, lang: Lang) -> dict[int, AtHand]:
    """The tickets before all counters, by the counter's number."""
    found = {}
    for row in _every_hand(lang).all(tx, {}):
        values = row._asdict() | {"status": Status(row.status)}
        number = values.pop("counter_number")
        found[number] = AtHand(**values)
    return found


def _listing(lang: Lang) -> sa.Select[Any]:
    names = ("id", "number", "taken_at", "counter_number", "only_counter", "hold", "lacks", *MARKS)
    return (
        _named(tuple(ticket.c[name] for name in names), lang)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == sa.bindparam("status"))
        .order_by(ticket.c.rank_at, ticket.c.id)
    )


@cache
def _listed(lang: Lang) -> Prepared:
    return Prepared(_listing(lang).limit(LONGEST_LIST))


@cache
def _listed_for_counter(lang: Lang) -> Prepared:
    return Prepared(
        _listing(lang)
        .where(called_by(sa.bindparam("counter")))
        .limit(sa.bindparam("most"))
        .offset(sa.bindparam("skipped"))
    )


@cache
def _wanting_staff(lang: Lang) -> Prepared:
    return Prepared(_listing(lang).where(ticket.c.wants_staff).limit(LONGEST_LIST))


@cache
def _numbered(lang: Lang) -> Prepared:
    return Prepared(_listing(lang).where(ticket.c.number.like(sa.bindparam("number"))).limit(LONGEST_LIST))


_COUNT_FOR_COUNTER = Prepared(
    sa.select(sa.func.count().label("count"))
    .select_from(ticket)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ticket.c.status == Status.WAITING,
        called_by(sa.bindparam("counter")),
    )
)


def _lines(tx: Connection, listed: Prepared, day: date, status: Status, **more: Any) -> tuple[Waiting, ...]:
    rows = listed.all(tx, {"day": day, "status": status} | more)
    return tuple(Waiting(**row._asdict()) for row in rows)


def waiting_for(
    tx: Connection, centre: Centre, asked: Asked, counter: int, most: int, skipped: int = 0
) -> CountersLine:
    """Who waits for what this counter serves, in the order of calling: `most` of them after `skipped`."""
    day, listed = centre.day(asked.now), _listed_for_counter(asked.lang)
    count = _COUNT_FOR_COUNTER.first(tx, {"day": day, "counter": counter}).count
    pages = {"counter": counter, "most": most, "skipped": skipped}
    shown = _lines(tx, listed, day, Status.WAITING, **pages) if count else ()
    first = shown[:1]
    if skipped and count:
        first = _lines(tx, listed, day, Status.WAITING, **pages | {"most": 1, "skipped": 0})
    return CountersLine(count, first[0] if first else None, shown, count)


def waiting_numbered(
    tx: Connection, centre: Centre, asked: Asked, counter: int, ending: str, most: int
) -> CountersLine:
    """The same with only those shown whose number ends with `ending` (letters and digits), whoever serves
    them: a clerk calls by hand whom nobody else can."""
    everybody = waiting_for(tx, centre, asked, counter, 1)
    number = f"%{ending}" if ending.isascii() and ending.isalnum() else ""
    found = _lines(tx, _numbered(asked.lang), centre.day(asked.now), Status.WAITING, number=number)
    return CountersLine(everybody.count, everybody.next, found[:most], len(found))


def missed_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who was called and did not come."""
    return _lines(tx, _listed(lang), centre.day(now), Status.NO_SHOW)


def held_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who is on hold, at whatever counter."""
    return _lines(tx, _listed(lang), centre.day(now), Status.HELD)


def wanting_staff(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who waits and has asked that the staff come to them."""
    return _lines(tx, _wanting_staff(lang), centre.day(now), Status.WAITING)


@cache
def _counts(lang: Lang) -> Prepared:
    name = in_lang(lang, service.c.name)
    return Prepared(
        sa.select(service.c.code, name, sa.func.count(), sa.func.min(ticket.c.taken_at))
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
        .group_by(service.c.code)
        .order_by(service.c.position)
    )


def waiting_counts(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[WaitingCount, ...]:
    """How many wait, for each service that somebody waits for."""
    return tuple(WaitingCount(*row) for row in _counts(lang).all(tx, {"day": centre.day(now)}))
