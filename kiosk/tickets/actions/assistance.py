"""What a resident tells us after taking a number: time to walk, staff to come, that she cannot hear, four
digits of a phone.
"""

import re
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.tickets.refusals import BadTap, WrongStatus
from kiosk.tickets.rules import LIVE
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.transition import find_of_today


class Assistance(StrEnum):
    """What a resident may ask for."""

    SLOW = "slow"
    STAFF = "staff"
    HEARING = "hearing"
    PHONE = "phone"


def grant_assistance(
    tx: Connection, centre: Centre, ticket_id: int, kind: str, now: datetime, *, phone_tail: str = ""
) -> None:
    """Note a need for assistance with the ticket; asked twice it is noted once.

    Raises BadTap, TicketOver, UnknownTicket, WrongStatus for a ticket that is over.
    """
    if kind not in tuple(Assistance) or (
        kind == Assistance.PHONE and not re.fullmatch(r"[0-9]{4}", phone_tail)
    ):
        raise BadTap
    at = find_of_today(tx, centre, ticket_id, now)
    if at.status not in LIVE:
        raise WrongStatus(number=at.number, status=at.status)
    column, value = {
        Assistance.SLOW: (ticket.c.is_slow, True),
        Assistance.STAFF: (ticket.c.wants_staff, True),
        Assistance.HEARING: (ticket.c.cannot_hear, True),
        Assistance.PHONE: (ticket.c.phone_tail, phone_tail),
    }[Assistance(kind)]
    noted = tx.execute(
        sa.update(ticket)
        .where(ticket.c.id == ticket_id, column.is_distinct_from(value))
        .values({column: value})
    )
    if noted.rowcount and kind != Assistance.PHONE:  # the digits are nobody's news
        row = {
            "ticket_id": ticket_id,
            "verb": f"wish_{kind}",
            "from_status": at.status,
            "to_status": at.status,
        }
        tx.execute(sa.insert(change), row | {"at": now, "service_code": at.service_code})
