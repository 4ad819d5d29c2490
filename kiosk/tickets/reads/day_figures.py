"""The day in figures, for who looks after the whole hall."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.clock import lasted
from kiosk.tickets.rules import Status, Verb
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.wait.estimate import Estimate


class DayFigures(Struct, frozen=True):
    """Today so far: tickets taken and served, the median wait in minutes, and how often the range held.

    A trial is in none of them.

    A wait during which the clock went back is in none of them. `told` tickets were given a range and have
    been called since; `held` of them within it or earlier.
    """

    taken: int
    served: int
    missed: int
    left: int
    wait_min: int | None
    told: int
    held: int


_BY_STATUS = (
    sa.select(ticket.c.status, sa.func.count())
    .where(ticket.c.service_day == sa.bindparam("day"), ~ticket.c.is_trial)
    .group_by(ticket.c.status)
)
_CALLS = (Verb.CALL_NEXT, Verb.CALL)
_CALLED = (
    sa.select(ticket.c.id, ticket.c.taken_at, ticket.c.estimate_high_min, change.c.verb, change.c.at)
    .join_from(ticket, change)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ~ticket.c.is_trial,
        sa.or_(change.c.verb.in_(_CALLS), sa.and_(change.c.verb == Verb.UNDO, change.c.note.in_(_CALLS))),
    )
    .order_by(ticket.c.id, change.c.id)
)
_SERVED_AT = (
    sa.select(change.c.counter_number, sa.func.sum(sa.case((change.c.verb == Verb.FINISH, 1), else_=-1)))
    .join_from(change, ticket)
    .where(
        ~ticket.c.is_trial,
        # status and time in each branch, as they stand in the index: else every change ever made is read
        sa.or_(
            sa.and_(
                change.c.to_status == Status.SERVED,
                change.c.at >= sa.bindparam("since"),
                change.c.verb == Verb.FINISH,
            ),
            sa.and_(
                change.c.to_status == Status.SERVING,
                change.c.at >= sa.bindparam("since"),
                change.c.verb == Verb.UNDO,
                change.c.note.in_((Verb.FINISH, Verb.CONTINUE, Verb.CONTINUE_HERE)),
            ),
        ),
        change.c.counter_number.is_not(None),
    )
    .group_by(change.c.counter_number)
)


def day_figures(tx: Connection, centre: Centre, now: datetime) -> DayFigures:
    """The figures of today."""
    parameters = {"day": centre.day(now)}
    counts: dict[str, int] = dict(tx.execute(_BY_STATUS, parameters).all())
    rows = _first_calls(tx.execute(_CALLED, parameters))
    known = [(lasted(row.taken_at, row.at), row.estimate_high_min) for row in rows]
    calls = [(wait, high) for wait, high in known if wait is not None]
    waits = [wait.total_seconds() / 60 for wait, _ in calls]
    told = [(wait.total_seconds() / 60, high) for wait, high in calls if high is not None]
    return DayFigures(
        taken=sum(counts.values()),
        served=counts.get(Status.SERVED, 0),
        missed=counts.get(Status.NO_SHOW, 0),
        left=counts.get(Status.CANCELLED, 0),
        wait_min=round(median(waits)) if waits else None,
        told=len(told),
        held=sum(Estimate(0, high).is_held(wait) for wait, high in told),
    )


def _first_calls(rows: Iterable[Any]) -> Iterable[Any]:
    """The first call of each ticket that was not taken back, as `figures.day` counts it."""
    first: dict[int, Any] = {}
    before = None
    for row in rows:
        if row.verb != Verb.UNDO:
            first.setdefault(row.id, row)
        elif first.get(row.id) is before:
            first.pop(row.id, None)
        before = row
    return first.values()


def served_by_counter(tx: Connection, centre: Centre, now: datetime) -> dict[int, int]:
    """How many visits each counter has finished today."""
    rows = tx.execute(_SERVED_AT, {"since": centre.day_start(now)})
    return {counter: count for counter, count in rows if counter is not None}
