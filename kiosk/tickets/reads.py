"""One ticket as its owner sees it, and what every screen asks first: is anything new?

Statements are built once, with gaps for what changes: building one anew costs ten times what running it does.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
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
    """A ticket's day, number, status and counter."""

    service_day: date
    number: str
    status: Status
    counter: int | None


_VERSION = sa.select(sa.func.max(change.c.id))


def version(tx: Connection) -> int:
    """The newest change's id: what a screen has seen when it polls with it."""
    return tx.execute(_VERSION).scalar() or 0


@cache
def _priorities(lang: Lang) -> sa.Select[Any]:
    name = priority.c.name_en if lang == "en" else priority.c.name
    return sa.select(priority.c.code, name, priority.c.head_start_min).order_by(priority.c.position)


def priorities(tx: Connection, lang: Lang) -> tuple[Priority, ...]:
    """The reasons that the centre accepts."""
    return tuple(Priority(*row) for row in tx.execute(_priorities(lang)))


def priority_of(tx: Connection, code: str, lang: Lang) -> Priority:
    """The reason with this code. Raises BadTap."""
    found = next((reason for reason in priorities(tx, lang) if reason.code == code), None)
    if found is None:
        raise BadTap
    return found


def _shared_services() -> sa.Select[Any]:
    ours, theirs = counter_service.alias(), counter_service.alias()
    return (
        sa.select(theirs.c.service_code)
        .join_from(ours, theirs, ours.c.counter_number == theirs.c.counter_number)
        .where(ours.c.service_code == sa.bindparam("service_code"))
    )


_AHEAD = sa.select(sa.func.count()).where(
    ticket.c.service_day == sa.bindparam("day"),
    ticket.c.status == Status.WAITING,
    sa.or_(
        ticket.c.rank_at < sa.bindparam("rank"),
        sa.and_(ticket.c.rank_at == sa.bindparam("rank"), ticket.c.id < sa.bindparam("before_id")),
    ),
    sa.or_(
        ticket.c.service_code == sa.bindparam("service_code"), ticket.c.service_code.in_(_shared_services())
    ),
)
NOT_WRITTEN = tokens.SERIALS
"""The id of a ticket that is still to come: after all others of its rank."""


def people_ahead(
    tx: Connection, day: date, service_code: str, rank: datetime, before_id: int = NOT_WRITTEN
) -> int:
    """How many will be called before a ticket of this service and rank; `before_id` breaks a tie of ranks.

    Counted over every service that shares a counter with this one, for it is the counter that calls.
    """
    gaps = {"day": day, "service_code": service_code, "rank": rank, "before_id": before_id}
    return tx.execute(_AHEAD, gaps).scalar_one()


def waiting_count(tx: Connection, centre: Centre, service_code: str, now: datetime) -> int:
    """How many would be before someone who took a ticket for this service now."""
    return people_ahead(tx, centre.day(now), service_code, now)


_BY_SERIAL = sa.select(ticket.c.id, ticket.c.revision, ticket.c.service_day, ticket.c.status).where(
    ticket.c.id == sa.bindparam("serial")
)


def find_ticket(tx: Connection, centre: Centre, code: str, now: datetime) -> int:
    """The id of today's ticket behind a scanned or typed code.

    Raises tokens.Misread, tokens.Forged, UnknownTicket, TicketRevoked, TicketOver.
    """
    token = tokens.parse(code)
    row = tx.execute(_BY_SERIAL, {"serial": token.serial}).one_or_none()
    current = tokens.verify(token, row.revision if row else 0, centre.secret)
    if row is None or token.kind != tokens.Kind.TICKET:
        raise UnknownTicket
    if not current:
        raise TicketRevoked
    if row.service_day != centre.day(now) and row.status not in AT_HAND:
        raise TicketOver
    return token.serial


@cache
def _view(lang: Lang) -> sa.Select[Any]:
    name, place = (
        (service.c.name_en, service.c.place_en) if lang == "en" else (service.c.name, service.c.place)
    )
    return (
        sa.select(ticket, name.label("service"), place.label("place"))
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.id == sa.bindparam("ticket_id"))
    )


def ticket_view(tx: Connection, centre: Centre, ticket_id: int, lang: Lang) -> TicketView:
    """One ticket for its owner. Raises UnknownTicket."""
    row = tx.execute(_view(lang), {"ticket_id": ticket_id}).one_or_none()
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


_STANDING = sa.select(ticket.c.service_day, ticket.c.number, ticket.c.status, ticket.c.counter_number).where(
    ticket.c.id == sa.bindparam("ticket_id")
)


def number_and_status(tx: Connection, ticket_id: int) -> Standing:
    """Where a ticket stands. Raises UnknownTicket."""
    row = tx.execute(_STANDING, {"ticket_id": ticket_id}).one_or_none()
    if row is None:
        raise UnknownTicket
    return Standing(row.service_day, row.number, Status(row.status), row.counter_number)
