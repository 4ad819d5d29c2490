"""The verbs of the queue. Each works in the caller's transaction and appends one row to `change`."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import services
from kiosk.centre import Centre
from kiosk.services.tables import counter_service
from kiosk.tickets.counter_reads import AtHand, at_hand
from kiosk.tickets.reads import number_and_status
from kiosk.tickets.refusals import (
    CalledElsewhere,
    CounterBusy,
    NobodyAtHand,
    NobodyWaiting,
    NotAtHand,
    TicketOver,
    TooEarlyToMiss,
    WrongStatus,
)
from kiosk.tickets.rules import AT_HAND, MissedRule, Status, Verb, sources, target
from kiosk.tickets.tables import change, ticket


def call_next(tx: Connection, centre: Centre, counter: int, staff_id: int, now: datetime) -> int:
    """Call who has waited longest for this counter's services; returns the ticket's id.

    Raises NobodyWaiting, CounterBusy and what `services.check_counter` raises.
    """
    _check_free(tx, counter, staff_id)
    skills = sa.select(counter_service.c.service_code).where(counter_service.c.counter_number == counter)
    first = (
        sa.select(ticket.c.id)
        .where(
            ticket.c.service_day == centre.day(now),
            ticket.c.status == Status.WAITING,
            ticket.c.service_code.in_(skills),
        )
        .order_by(ticket.c.rank_at, ticket.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    called: int | None = tx.execute(
        _calling(ticket.c.id == first.scalar_subquery(), [Status.WAITING], counter, now)
    ).scalar()
    if called is None:
        raise NobodyWaiting
    _note(tx, called, Verb.CALL_NEXT, Status.WAITING, now, counter, staff_id)
    return called


def call_ticket(
    tx: Connection, centre: Centre, counter: int, ticket_id: int, staff_id: int, now: datetime, reason: str
) -> None:
    """Call one ticket out of order; `reason` is kept with the change.

    Raises CalledElsewhere when another clerk was faster, WrongStatus, CounterBusy, UnknownTicket, and
    TicketOver for a ticket of another day: somebody else may hold its number today.
    """
    _check_free(tx, counter, staff_id)
    before = number_and_status(tx, ticket_id)
    if before.service_day != centre.day(now):
        raise TicketOver
    called = tx.execute(_calling(ticket.c.id == ticket_id, sources(Verb.CALL), counter, now)).scalar()
    if called is None:
        if before.status in AT_HAND:
            raise CalledElsewhere(number=before.number, counter=before.counter)
        raise WrongStatus(number=before.number, status=before.status)
    _note(tx, called, Verb.CALL, before.status, now, counter, staff_id, reason)


def recall(tx: Connection, counter: int, staff_id: int, now: datetime, ticket_id: int | None = None) -> None:
    """Call the person before the counter once more. It counts in `calls` and is no new call.

    `ticket_id`, here and below, is the ticket that the clerk's page showed: a stale page is refused.
    """
    _move(tx, Verb.RECALL, counter, staff_id, now, ticket_id, calls=ticket.c.calls + 1)


def start(tx: Connection, counter: int, staff_id: int, now: datetime, ticket_id: int | None = None) -> None:
    """The person has come: walking time ends, serving begins."""
    _move(tx, Verb.START, counter, staff_id, now, ticket_id)


def finish(tx: Connection, counter: int, staff_id: int, now: datetime, ticket_id: int | None = None) -> None:
    """The service is done."""
    _move(tx, Verb.FINISH, counter, staff_id, now, ticket_id)


def cancel(tx: Connection, counter: int, staff_id: int, now: datetime, ticket_id: int | None = None) -> None:
    """The person left without service."""
    _move(tx, Verb.CANCEL, counter, staff_id, now, ticket_id)


def mark_no_show(
    tx: Connection, centre: Centre, counter: int, staff_id: int, now: datetime, ticket_id: int | None = None
) -> None:
    """The person was called and did not come. Raises TooEarlyToMiss before the centre's calls and seconds."""
    held = _held_by(tx, counter, staff_id, ticket_id)
    if held.status == Status.CALLED:
        rule = missed_rule(centre)
        calls, seconds = rule.calls_left(held.calls), rule.seconds_left(held.called_at, now)
        if calls or seconds:
            raise TooEarlyToMiss(calls=calls, seconds=seconds)
    _move(tx, Verb.NO_SHOW, counter, staff_id, now, ticket_id)


def close_counter(tx: Connection, counter: int, staff_id: int, now: datetime) -> None:
    """Leave a counter. Raises CounterBusy while somebody stands there, and what `check_counter` raises."""
    _check_free(tx, counter, staff_id)
    services.close_counter(tx, counter, staff_id, now)


def missed_rule(centre: Centre) -> MissedRule:
    """The centre's rule for 过号."""
    return MissedRule(centre.settings.no_show_calls, timedelta(seconds=centre.settings.no_show_s))


def _check_free(tx: Connection, counter: int, staff_id: int) -> None:
    services.check_counter(tx, counter, staff_id)
    held = at_hand(tx, counter)
    if held is not None:
        raise CounterBusy(number=held.number)


def _calling(which: sa.ColumnElement[bool], leaving: Any, counter: int, now: datetime) -> sa.Executable:
    values = {"status": Status.CALLED, "counter_number": counter, "called_at": now, "calls": 1}
    return sa.update(ticket).where(which, ticket.c.status.in_(leaving)).values(values).returning(ticket.c.id)


def _held_by(tx: Connection, counter: int, staff_id: int, ticket_id: int | None) -> AtHand:
    services.check_counter(tx, counter, staff_id)
    held = at_hand(tx, counter)
    if held is None:
        raise NobodyAtHand
    if ticket_id is not None and held.id != ticket_id:
        raise NotAtHand(number=held.number)
    return held


def _move(
    tx: Connection,
    verb: Verb,
    counter: int,
    staff_id: int,
    now: datetime,
    ticket_id: int | None,
    **values: Any,
) -> None:
    held = _held_by(tx, counter, staff_id, ticket_id)
    moved = tx.execute(
        sa.update(ticket)
        .where(ticket.c.id == held.id, ticket.c.counter_number == counter, ticket.c.status.in_(sources(verb)))
        .values(status=target(verb), **values)
    )
    if moved.rowcount == 0:
        raise WrongStatus(number=held.number, status=held.status)
    _note(tx, held.id, verb, held.status, now, counter, staff_id)


def _note(
    tx: Connection,
    ticket_id: int,
    verb: Verb,
    left: Status,
    now: datetime,
    counter: int,
    staff_id: int,
    note: str = "",
) -> None:
    tx.execute(
        sa.insert(change).values(
            ticket_id=ticket_id,
            verb=verb,
            from_status=left,
            to_status=target(verb),
            at=now,
            counter_number=counter,
            staff_id=staff_id,
            note=note[:128],
        )
    )
