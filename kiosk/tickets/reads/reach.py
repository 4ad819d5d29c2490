"""How many people something reaches that is told to who waits, or to who comes."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.tickets.rules import LIVE
from kiosk.tickets.tables import ticket

LOOKED_BACK = 7
"""Days before today: each weekday once."""


class Reach(Struct, frozen=True):
    """How many have a number now, and how many a day took one lately; None before the first whole day."""

    waiting: int
    a_day: int | None


def reach(tx: Connection, centre: Centre, service: str | None, now: datetime) -> Reach:
    """Whom a notice reaches: those of one service, or (None) of all."""
    today = centre.day(now)
    of_service = [ticket.c.service_code == service] if service else []
    counted = sa.select(sa.func.count()).select_from(ticket)
    waiting = counted.where(ticket.c.service_day == today, ticket.c.status.in_(LIVE), *of_service)
    is_lately = (ticket.c.service_day >= today - timedelta(days=LOOKED_BACK), ticket.c.service_day < today)
    taken: int = tx.execute(counted.where(*is_lately, *of_service)).scalar_one()
    days: int = tx.execute(
        sa.select(sa.func.count(sa.distinct(ticket.c.service_day))).where(*is_lately)
    ).scalar_one()
    return Reach(tx.execute(waiting).scalar_one(), round(taken / days) if days else None)
