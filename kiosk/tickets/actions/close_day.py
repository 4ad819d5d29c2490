"""Night close: what is still open of a day that is over is cancelled, in one job, once."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import services
from kiosk.centre import Centre
from kiosk.clock import CLOCK_SLACK, lies_ahead
from kiosk.database.dialects import insert_missing
from kiosk.tickets.rules import MOVES, Status, Verb
from kiosk.tickets.tables import change, closed_day, ticket

REASON = "day_closed"
OPEN = tuple(status for status, verb in MOVES if verb == Verb.CLOSE_DAY)


def close_day(tx: Connection, centre: Centre, now: datetime) -> int:
    """Close the day before this one, and with it all earlier ones; the second time does nothing.

    Returns how many tickets it cancelled. Counters that were left open are closed too.
    """
    today = centre.day(now)
    if not _claim(tx, today, now):
        return 0
    tx.execute(_note_each(today, now))
    cancelled = tx.execute(
        sa.update(ticket)
        .where(ticket.c.service_day < today, ticket.c.status.in_(OPEN))
        .values(status=Status.CANCELLED)
    ).rowcount
    tx.execute(sa.update(closed_day).where(closed_day.c.service_day == today).values(tickets=cancelled))
    services.close_counters_of(tx, centre.day_start(now), now)
    return int(cancelled)


def is_day_closed(tx: Connection, centre: Centre, now: datetime) -> bool:
    """Whether everything before today has been closed; a clock that was ahead then has closed nothing."""
    row = sa.select(closed_day.c.closed_at).where(closed_day.c.service_day == centre.day(now))
    closed_at = tx.execute(row).scalar()
    return closed_at is not None and not lies_ahead(closed_at, now)


def has_day_begun(tx: Connection, day: date) -> bool:
    """Whether a number of that day was given; a trial is none."""
    of_day = sa.select(ticket.c.id).where(ticket.c.service_day == day, ~ticket.c.is_trial)
    return tx.execute(of_day.limit(1)).first() is not None


def is_day_over(tx: Connection, day: date) -> bool:
    """Whether that day was closed: a later one has begun."""
    return (
        tx.execute(sa.select(closed_day).where(closed_day.c.service_day > day).limit(1)).first() is not None
    )


def forget_digits(tx: Connection, before: date) -> int:
    """Take the telephone digits that people left out of tickets of days before `before`. Returns how many."""
    left = sa.and_(ticket.c.service_day < before, ticket.c.phone_tail.is_not(None))
    return tx.execute(sa.update(ticket).where(left).values(phone_tail=None)).rowcount


def _claim(tx: Connection, today: date, now: datetime) -> bool:
    # one row a day: of two processes that wake at midnight, one inserts it
    if insert_missing(tx, closed_day, {"service_day": today, "closed_at": now, "tickets": 0}):
        return True
    by_a_wrong_clock = (closed_day.c.service_day == today, closed_day.c.closed_at > now + CLOCK_SLACK)
    return tx.execute(sa.update(closed_day).where(*by_a_wrong_clock).values(closed_at=now)).rowcount > 0


def _note_each(today: date, now: datetime) -> sa.Insert:
    still_open = sa.select(
        ticket.c.id,
        sa.literal(Verb.CLOSE_DAY.value),
        ticket.c.status,
        sa.literal(Status.CANCELLED.value),
        sa.literal(now, change.c.at.type),
        sa.literal(REASON),
        ticket.c.service_code,
    ).where(ticket.c.service_day < today, ticket.c.status.in_(OPEN))
    names = ["ticket_id", "verb", "from_status", "to_status", "at", "note", "service_code"]
    return sa.insert(change).from_select(names, still_open)
