"""The queue as the screens show it. Every query is bounded by the day or by a key: flat in history."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import tokens
from kiosk.centre import Centre
from kiosk.services.tables import counter_service, service
from kiosk.tickets.refusals import BadTap, TicketOver, TicketRevoked, UnknownTicket
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import change, priority, ticket
from kiosk.words import Lang

SPOKEN_FOR = timedelta(minutes=2)
"""A call older than this is not announced any more: after a long outage nobody is there to hear it."""


@dataclass(frozen=True)
class Priority:
    """A reason for a head start, in one language."""

    code: str
    name: str
    head_start_min: int


@dataclass(frozen=True)
class TicketView:
    """One ticket as its owner sees it. `counter` while it is called or served, `ahead` while it waits."""

    id: int
    token: str
    number: str
    code: str
    service: str
    where: str
    status: Status
    ahead: int
    counter: int | None
    taken_at: datetime
    for_someone_else: bool


@dataclass(frozen=True)
class Standing:
    """A ticket's number, status and counter."""

    number: str
    status: Status
    counter: int | None


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


@dataclass(frozen=True)
class Called:
    """A call on the board; `id` is the change that made it, or the ticket's for one before a counter."""

    id: int
    ticket_id: int
    number: str
    counter: int
    at: datetime


@dataclass(frozen=True)
class BoardNow:
    """All that the board shows; `announcements` only what came after the version it asked with."""

    v: int
    called: tuple[Called, ...]
    last: tuple[Called, ...]
    waiting: tuple[WaitingCount, ...]
    announcements: tuple[Called, ...]


def version(tx: Connection) -> int:
    """The newest change's id: what a screen has seen when it polls with it."""
    return tx.execute(sa.select(sa.func.max(change.c.id))).scalar() or 0


def priorities(tx: Connection, lang: Lang) -> tuple[Priority, ...]:
    """The reasons that the centre accepts."""
    name = priority.c.name_en if lang == "en" else priority.c.name
    rows = tx.execute(
        sa.select(priority.c.code, name, priority.c.head_start_min).order_by(priority.c.position)
    )
    return tuple(Priority(*row) for row in rows)


def priority_of(tx: Connection, code: str, lang: Lang) -> Priority:
    """The reason with this code. Raises BadTap."""
    found = next((reason for reason in priorities(tx, lang) if reason.code == code), None)
    if found is None:
        raise BadTap
    return found


def people_ahead(
    tx: Connection, day: date, service_code: str, rank: datetime, before_id: int | None = None
) -> int:
    """How many will be called before a ticket of this service and rank.

    Counted over every service that shares a counter with this one, for it is the counter that calls.
    `before_id` breaks a tie of ranks; None for a ticket not written yet.
    """
    ours, theirs = counter_service.alias(), counter_service.alias()
    shared = (
        sa.select(theirs.c.service_code)
        .join_from(ours, theirs, ours.c.counter_number == theirs.c.counter_number)
        .where(ours.c.service_code == service_code)
    )
    earlier = ticket.c.rank_at <= rank
    if before_id is not None:
        earlier = sa.or_(ticket.c.rank_at < rank, sa.and_(ticket.c.rank_at == rank, ticket.c.id < before_id))
    query = sa.select(sa.func.count()).where(
        ticket.c.service_day == day,
        ticket.c.status == Status.WAITING,
        earlier,
        sa.or_(ticket.c.service_code == service_code, ticket.c.service_code.in_(shared)),
    )
    return tx.execute(query).scalar_one()


def find_ticket(tx: Connection, centre: Centre, code: str, now: datetime) -> int:
    """The id of today's ticket behind a scanned or typed code.

    Raises tokens.Misread, tokens.Forged, UnknownTicket, TicketRevoked, TicketOver.
    """
    token = tokens.parse(code)
    query = sa.select(ticket.c.id, ticket.c.revision, ticket.c.service_day, ticket.c.status)
    row = tx.execute(query.where(ticket.c.id == token.serial)).one_or_none()
    current = tokens.verify(token, row.revision if row else 0, centre.secret)
    if row is None or token.kind != tokens.Kind.TICKET:
        raise UnknownTicket
    if not current:
        raise TicketRevoked
    if row.service_day != centre.day(now) and row.status not in AT_HAND:
        raise TicketOver
    return token.serial


def ticket_view(tx: Connection, centre: Centre, ticket_id: int, lang: Lang) -> TicketView:
    """One ticket for its owner. Raises UnknownTicket."""
    name, place = (
        (service.c.name_en, service.c.place_en) if lang == "en" else (service.c.name, service.c.place)
    )
    query = sa.select(ticket, name.label("service"), place.label("place")).join_from(
        ticket, service, ticket.c.service_code == service.c.code
    )
    row = tx.execute(query.where(ticket.c.id == ticket_id)).one_or_none()
    if row is None:
        raise UnknownTicket
    ahead = 0
    if row.status == Status.WAITING:
        ahead = people_ahead(tx, row.service_day, row.service_code, row.rank_at, row.id)
    return TicketView(
        id=row.id,
        token=centre.token(tokens.Kind.TICKET, row.id, row.revision),
        number=row.number,
        code=row.service_code,
        service=row.service,
        where=row.place,
        status=Status(row.status),
        ahead=ahead,
        counter=row.counter_number if row.status in AT_HAND else None,
        taken_at=row.taken_at,
        for_someone_else=row.for_someone_else,
    )


def number_and_status(tx: Connection, ticket_id: int) -> Standing:
    """Where a ticket stands. Raises UnknownTicket."""
    query = sa.select(ticket.c.number, ticket.c.status, ticket.c.counter_number)
    row = tx.execute(query.where(ticket.c.id == ticket_id)).one_or_none()
    if row is None:
        raise UnknownTicket
    return Standing(row.number, Status(row.status), row.counter_number)


def _named(columns: tuple[Any, ...], lang: Lang) -> sa.Select[Any]:
    name = service.c.name_en if lang == "en" else service.c.name
    reason = priority.c.name_en if lang == "en" else priority.c.name
    joined = ticket.join(service, ticket.c.service_code == service.c.code).outerjoin(priority)
    return sa.select(
        *columns, name.label("service"), sa.func.coalesce(reason, "").label("priority")
    ).select_from(joined)


def at_hand(tx: Connection, counter: int, lang: Lang = "zh") -> AtHand | None:
    """The ticket before this counter, if any; of yesterday too, until it is ended."""
    columns = ("id", "number", "service_code", "status", "taken_at", "called_at", "calls", "for_someone_else")
    query = _named(tuple(ticket.c[name] for name in columns), lang)
    row = tx.execute(
        query.where(ticket.c.counter_number == counter, ticket.c.status.in_(AT_HAND))
    ).one_or_none()
    return None if row is None else AtHand(**row._asdict() | {"status": Status(row.status)})


def waiting_for(
    tx: Connection, centre: Centre, counter: int, now: datetime, lang: Lang
) -> tuple[Waiting, ...]:
    """Who waits for what this counter serves, in the order of calling."""
    skills = sa.select(counter_service.c.service_code).where(counter_service.c.counter_number == counter)
    return _list(tx, centre, Status.WAITING, now, lang, ticket.c.service_code.in_(skills))


def missed_today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[Waiting, ...]:
    """Who was called and did not come."""
    return _list(tx, centre, Status.NO_SHOW, now, lang, sa.true())


def _list(
    tx: Connection, centre: Centre, status: Status, now: datetime, lang: Lang, which: sa.ColumnElement[bool]
) -> tuple[Waiting, ...]:
    columns = tuple(ticket.c[name] for name in ("id", "number", "taken_at", "for_someone_else"))
    query = _named(columns, lang).where(
        ticket.c.service_day == centre.day(now), ticket.c.status == status, which
    )
    rows = tx.execute(query.order_by(ticket.c.rank_at, ticket.c.id).limit(200))
    return tuple(Waiting(**row._asdict()) for row in rows)


def waiting_counts(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[WaitingCount, ...]:
    """How many wait, for each service that somebody waits for."""
    name = service.c.name_en if lang == "en" else service.c.name
    query = (
        sa.select(service.c.code, name, sa.func.count())
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.service_day == centre.day(now), ticket.c.status == Status.WAITING)
        .group_by(service.c.code)
        .order_by(service.c.position)
    )
    return tuple(WaitingCount(*row) for row in tx.execute(query))


def waiting_count(tx: Connection, centre: Centre, service_code: str, now: datetime) -> int:
    """How many would be before someone who took a ticket for this service now."""
    return people_ahead(tx, centre.day(now), service_code, now)


def board_now(tx: Connection, centre: Centre, since: int | None, now: datetime, lang: Lang) -> BoardNow:
    """The board's content. `since` is the version it has; None for a board that has just been loaded."""
    v = version(tx)
    announcements: tuple[Called, ...] = ()
    if since is not None and since < v:
        announcements = tuple(reversed(_calls(tx, now - SPOKEN_FOR, change.c.id > since, limit=200)))
    calls = _calls(tx, centre.day_start(now), sa.true(), limit=40)
    newest = {call.ticket_id: call for call in reversed(calls)}
    return BoardNow(
        v=v,
        called=_before_counters(tx, centre, now),
        last=tuple(sorted(newest.values(), key=lambda call: -call.id))[:6],
        waiting=waiting_counts(tx, centre, now, lang),
        announcements=announcements,
    )


def _before_counters(tx: Connection, centre: Centre, now: datetime) -> tuple[Called, ...]:
    columns = (ticket.c.id, ticket.c.number, ticket.c.counter_number, ticket.c.called_at)
    query = sa.select(ticket.c.id, *columns).where(
        ticket.c.service_day == centre.day(now), ticket.c.status.in_(AT_HAND)
    )
    return tuple(Called(*row) for row in tx.execute(query.order_by(ticket.c.called_at.desc())))


def _calls(tx: Connection, after: datetime, which: sa.ColumnElement[bool], limit: int) -> tuple[Called, ...]:
    query = (
        sa.select(change.c.id, change.c.ticket_id, ticket.c.number, change.c.counter_number, change.c.at)
        .join_from(change, ticket)
        .where(change.c.to_status == Status.CALLED, change.c.at > after, which)
        .order_by(change.c.at.desc(), change.c.id.desc())
        .limit(limit)
    )
    return tuple(Called(*row) for row in tx.execute(query))
