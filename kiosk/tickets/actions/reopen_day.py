"""Taking back the closing of a day that is not over: the box had a date that was still to come."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.tickets.refusals import DayNotClosed
from kiosk.tickets.rules import AT_HAND, Status, Verb
from kiosk.tickets.tables import change, closed_day, ticket

_TOO_EARLY = closed_day.c.service_day > sa.bindparam("today")
"""Closed were the days before this one; before tomorrow lies today."""

_any = change.alias()
_NEWEST = sa.select(sa.func.max(_any.c.id)).where(_any.c.ticket_id == ticket.c.id).scalar_subquery()
_TAKEN_AWAY = (
    sa.select(ticket.c.id, ticket.c.service_code, change.c.from_status)
    .join_from(ticket, change)
    .where(
        ticket.c.service_day == sa.bindparam("today"),
        ticket.c.status == Status.CANCELLED,
        change.c.id == _NEWEST,
        change.c.verb == Verb.CLOSE_DAY,
    )
)


# whom a counter was to call is for all now: it was closed too, and perhaps nobody will be there again
_AS_BEFORE = (
    sa.update(ticket)
    .where(ticket.c.id == sa.bindparam("ticket_id"))
    .values(status=sa.bindparam("to"), only_counter=None)
)
_IN_LINE = (
    sa.update(ticket)
    .where(ticket.c.id == sa.bindparam("ticket_id"))
    .values(status=Status.WAITING, only_counter=None, counter_number=None, called_at=None, calls=0)
)


def is_closed_early(tx: Connection, centre: Centre, now: datetime) -> bool:
    """Whether today was closed though it is not over, by a clock whose date was wrong."""
    early = sa.select(sa.exists().where(_TOO_EARLY))
    return bool(tx.execute(early, {"today": centre.day(now)}).scalar_one())


def reopen_day(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Let everybody stand where they stood when today was closed; returns how many came back.

    Who was before a counter waits again, at the old place: the counters were closed too. The day can be
    closed anew when it is over. Raises DayNotClosed; of two who press at once one is told so.
    """
    today = {"today": centre.day(asked.now)}
    if tx.execute(sa.delete(closed_day).where(_TOO_EARLY), today).rowcount == 0:
        raise DayNotClosed
    back = tx.execute(_TAKEN_AWAY, today).all()
    for row in back:
        was_at_hand = row.from_status in AT_HAND
        to = Status.WAITING if was_at_hand else Status(row.from_status)
        tx.execute(_IN_LINE if was_at_hand else _AS_BEFORE, {"ticket_id": row.id, "to": to})
        said = {"verb": Verb.REOPEN_DAY, "from_status": Status.CANCELLED, "to_status": to}
        about = {"ticket_id": row.id, "service_code": row.service_code}
        tx.execute(sa.insert(change).values(said | about | {"at": asked.now, "staff_id": asked.staff_id}))
    return len(back)
