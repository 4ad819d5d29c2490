"""Which calls of somebody who stands called the hall has heard."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.tickets.rules import CALLS, Heard, MadeCall, heard_of
from kiosk.tickets.tables import change, spoken_call, voice

_MADE = Prepared(
    sa.select(
        change.c.at.label("made"),
        spoken_call.c.at.label("spoken"),
        sa.and_(voice.c.since <= change.c.at, change.c.at < voice.c.until).label("has_voice"),
    )
    .select_from(change.outerjoin(spoken_call).outerjoin(voice, sa.true()))
    .where(
        change.c.ticket_id == sa.bindparam("ticket_id"), sa.or_(*(change.c.verb == verb for verb in CALLS))
    )
    .order_by(change.c.id.desc())
    .limit(sa.bindparam("calls"))
)


def heard(tx: Connection, ticket_id: int, calls: int, now: datetime) -> Heard:
    """What counts of the newest `calls` of a ticket: those that it stands called with (`ticket.calls`)."""
    rows = _MADE.all(tx, {"ticket_id": ticket_id, "calls": calls})
    return heard_of([MadeCall(row.made, row.spoken, bool(row.has_voice)) for row in rows], now)
