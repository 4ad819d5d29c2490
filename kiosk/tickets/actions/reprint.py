"""小票丢了: finding today's ticket by service and about when, or by four digits, and printing it again."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.database import in_lang
from kiosk.services.tables import service
from kiosk.spool import has_printer, print_slip
from kiosk.tickets.reads.ticket import ticket_token, ticket_view
from kiosk.tickets.refusals import (
    ReprintedMeanwhile,
    ReprintedOften,
    ReprintedOnce,
    TooManyReprints,
    WrongStatus,
)
from kiosk.tickets.rules import LIVE, Hold
from kiosk.tickets.slips import come_back_slip, ticket_slip, ticket_subject
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.transition import Standing, find_of_today
from kiosk.words import Lang
from printing.slips import Slip

MOST_FOUND = 60

A_WHILE, MOST_A_WHILE = timedelta(minutes=10), 6
"""So many slips residents print again within so long, at all stations together. In a full hall one is lost an
hour; who goes through the list is stopped after six numbers.
"""


MOST_BY_STAFF = 5
"""So often staff print one number again: each voids the slip before it, and uses up paper."""


class LostTicket(Struct, frozen=True):
    """A ticket that may be the lost one. Nothing personal: a number, a service and a time.

    `is_again`: a resident had it printed again before.
    """

    id: int
    number: str
    service: str
    taken_at: datetime
    revision: int
    is_again: bool


_REPRINTS = sa.select(sa.func.count()).where(change.c.verb == "reprint")
_BY_RESIDENTS = _REPRINTS.where(change.c.staff_id.is_(None))


@cache
def _found(lang: Lang) -> sa.Select[Any]:
    name = in_lang(lang, service.c.name)
    again = _BY_RESIDENTS.where(change.c.ticket_id == ticket.c.id).scalar_subquery() > 0
    own = (ticket.c.id, ticket.c.number, name.label("service"), ticket.c.taken_at, ticket.c.revision)
    return (
        sa.select(*own, again)
        .join_from(ticket, service, ticket.c.service_code == service.c.code)
        .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status.in_(LIVE))
        .order_by(ticket.c.id.desc())
        .limit(MOST_FOUND)
    )


class LostOf(Struct, frozen=True):
    """A service that somebody has a living ticket of today."""

    code: str
    name: str


@cache
def _services(lang: Lang) -> sa.Select[Any]:
    living = sa.and_(ticket.c.service_day == sa.bindparam("day"), ticket.c.status.in_(LIVE))
    return (
        sa.select(service.c.code, in_lang(lang, service.c.name))
        .where(service.c.code.in_(sa.select(ticket.c.service_code).where(living)))
        .order_by(service.c.position)
    )


def lost_services(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[LostOf, ...]:
    """The services that a lost slip may be of: who was called and did not hear it has lost nothing else."""
    return tuple(LostOf(*row) for row in tx.execute(_services(lang), {"day": centre.day(now)}))


def lost_by_service(
    tx: Connection, centre: Centre, code: str, now: datetime, lang: Lang
) -> tuple[LostTicket, ...]:
    """Today's living tickets of a service, newest first."""
    rows = tx.execute(_found(lang).where(ticket.c.service_code == code), {"day": centre.day(now)})
    return tuple(LostTicket(*row) for row in rows)


def lost_by_phone(
    tx: Connection, centre: Centre, tail: str, now: datetime, lang: Lang
) -> tuple[LostTicket, ...]:
    """Today's living tickets that were left with these four digits, newest first."""
    rows = tx.execute(_found(lang).where(ticket.c.phone_tail == tail), {"day": centre.day(now)})
    return tuple(LostTicket(*row) for row in rows)


def reprint(tx: Connection, centre: Centre, asked: Asked, ticket_id: int, revision: int | None) -> str:
    """Print a ticket again, marked 补打; every older slip's code answers that it was. Returns the new token.

    `revision` is the one that the page showed: pressing twice prints once. None is the newest, for whoever
    holds a second press off otherwise.
    A resident points at a number in a list, and nobody knows whose it is: once for each number, and few
    within minutes; then staff are asked. Whoever's slip was voided is told to come to them too.
    Without a printer nothing changes, and what was photographed stays valid: its code is returned.
    Raises ReprintedMeanwhile, WrongStatus for a ticket that is over, TicketOver, UnknownTicket; to residents
    ReprintedOnce and TooManyReprints, to staff ReprintedOften.
    """
    at = find_of_today(tx, centre, ticket_id, asked.now)
    if at.status not in LIVE:
        raise WrongStatus(number=at.number, status=at.status)
    if not has_printer(tx, centre.settings):
        return ticket_token(tx, centre, ticket_id)
    seen = ticket.c.revision if revision is None else revision
    raised = tx.execute(
        sa.update(ticket)
        .where(ticket.c.id == ticket_id, ticket.c.revision == seen)
        .values(revision=ticket.c.revision + 1)
    )
    if raised.rowcount == 0:
        raise ReprintedMeanwhile(number=at.number)
    _check_often(tx, at, asked)
    row = {"ticket_id": ticket_id, "verb": "reprint", "from_status": at.status, "to_status": at.status}
    who = {"at": asked.now, "staff_id": asked.staff_id, "service_code": at.service_code}
    tx.execute(sa.insert(change), row | who)
    slip = _slip_again(tx, centre, asked, at)
    print_slip(tx, slip, ticket_subject(ticket_id), asked.now, centre.settings)
    return ticket_token(tx, centre, ticket_id)


def _check_often(tx: Connection, at: Standing, asked: Asked) -> None:
    if asked.staff_id is None:
        _check_resident(tx, at, asked.now)
        return
    by_staff = _REPRINTS.where(change.c.ticket_id == at.id, change.c.staff_id.is_not(None))
    if tx.execute(by_staff).scalar_one() >= MOST_BY_STAFF:
        raise ReprintedOften(number=at.number, most=MOST_BY_STAFF)


def _check_resident(tx: Connection, at: Standing, now: datetime) -> None:
    if tx.execute(_BY_RESIDENTS.where(change.c.ticket_id == at.id)).scalar_one():
        raise ReprintedOnce(number=at.number)
    if too_many_reprints(tx, now):
        raise TooManyReprints


def too_many_reprints(tx: Connection, now: datetime) -> bool:
    """Whether residents had so many slips printed again in A_WHILE that the next one is asked of staff."""
    after, before = bounds(now, A_WHILE)
    lately = _BY_RESIDENTS.where(change.c.to_status.in_(LIVE), change.c.at > after, change.c.at < before)
    return bool(tx.execute(lately).scalar_one() >= MOST_A_WHILE)


def _slip_again(tx: Connection, centre: Centre, asked: Asked, at: Standing) -> Slip:
    """Who is fetching papers gets the slip that says which; everybody else the ticket's own."""
    view = ticket_view(tx, centre, at.id, asked.lang, asked.now)
    if view.hold == Hold.FETCH:
        return come_back_slip(tx, centre, asked, at, "\n".join(view.lacks), reprint=True)
    return ticket_slip(tx, centre, view, asked.lang, asked.now, reprint=True)
