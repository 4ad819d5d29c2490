"""A trial: staff send a number of their own the whole way; no figure has it, and nobody misses a number."""

import secrets

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.tickets.actions.take import take
from kiosk.tickets.reads.ticket import TicketView, ticket_view
from kiosk.tickets.rules import LIVE, Taken, Tap
from kiosk.tickets.tables import ticket


def take_trial(tx: Connection, centre: Centre, asked: Asked, code: str) -> Taken | None:
    """A trial of the service `code`, whatever the hours; None while an earlier one of today is on its way.

    Its slip is printed as any other. Raises UnknownService.
    """
    newest = trial_now(tx, centre, asked)
    if newest is not None and newest.status in LIVE:
        return None
    tap = Tap(code, f"trial-{secrets.token_hex(12)}", staff_id=asked.staff_id, another=True, is_trial=True)
    return take(tx, centre, tap, asked.lang, asked.now)


def trial_now(tx: Connection, centre: Centre, asked: Asked) -> TicketView | None:
    """The newest trial of today, wherever it stands."""
    mine = sa.select(ticket.c.id).where(ticket.c.service_day == centre.day(asked.now), ticket.c.is_trial)
    newest = tx.execute(mine.order_by(ticket.c.id.desc()).limit(1)).scalar()
    return None if newest is None else ticket_view(tx, centre, newest, asked.lang, asked.now)
