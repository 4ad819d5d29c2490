"""The queue as the hall sees it: who is called where, who was called last, what is to be spoken."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.database.prepared import Prepared
from kiosk.tickets.reads.counter import WaitingCount, waiting_counts
from kiosk.tickets.rules import AT_HAND, CALLS, Status, Verb
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.wait.queue_cache import versions
from kiosk.words import Lang

SPOKEN_FOR = timedelta(minutes=2)
"""A call older than this is not announced any more: after a long outage nobody is there to hear it."""

MOST_SPOKEN = 200
RECENT = 40
"""Calls looked through for the last six tickets: recalls of one ticket are several calls."""


class Called(Struct, frozen=True):
    """A call on the board; `id` is the change that made it, or the ticket's for one before a counter.

    `is_again` is a call of somebody who had been called there before: 重呼.
    """

    id: int
    ticket_id: int
    number: str
    counter: int
    at: datetime
    is_serving: bool = False
    is_again: bool = False


class BoardNow(Struct, frozen=True):
    """All that the board shows, `announcements` only what came after the version it asked with.

    `v` and `other` are `queue_cache.versions` of the same moment.
    """

    v: int
    other: int
    called: tuple[Called, ...]
    last: tuple[Called, ...]
    waiting: tuple[WaitingCount, ...]
    announcements: tuple[Called, ...]


def board_now(tx: Connection, centre: Centre, since: int | None, now: datetime, lang: Lang) -> BoardNow:
    """The board's content. `since` is the version it has; None for a board that has just been loaded."""
    v, other = versions(tx)
    announcements: tuple[Called, ...] = ()
    if since is not None and since < v:
        announcements = tuple(reversed(_calls(tx, _TO_SPEAK, now - SPOKEN_FOR, since, MOST_SPOKEN)))
    calls = _calls(tx, _SHOWN, centre.day_start(now), 0, RECENT)
    newest = {call.ticket_id: call for call in reversed(calls)}
    return BoardNow(
        v=v,
        other=other,
        called=_before_counters(tx, centre, now),
        last=tuple(sorted(newest.values(), key=lambda call: -call.id))[:6],
        waiting=waiting_counts(tx, centre, now, lang),
        announcements=announcements,
    )


_IS_AT_HAND = sa.or_(*(ticket.c.status == status for status in AT_HAND))
_BEFORE_COUNTERS = Prepared(
    sa.select(
        ticket.c.id,
        ticket.c.number,
        ticket.c.counter_number,
        ticket.c.called_at,
        (ticket.c.status == Status.SERVING).label("is_serving"),
    )
    .where(ticket.c.service_day == sa.bindparam("day"), _IS_AT_HAND)
    .order_by(ticket.c.called_at.desc())
)
_begun = change.alias()
_CALLS = (
    sa.select(
        change.c.id,
        change.c.ticket_id,
        ticket.c.number,
        change.c.counter_number.label("counter"),
        change.c.at,
        (change.c.verb == Verb.RECALL).label("is_again"),
    )
    .join_from(change, ticket)
    .where(
        change.c.to_status == Status.CALLED,
        sa.or_(*(change.c.verb == verb for verb in CALLS)),
        ticket.c.status != Status.WAITING,  # an undone call, or a turn that comes again
        change.c.at > sa.bindparam("after"),
        change.c.id > sa.bindparam("since"),
    )
    .order_by(change.c.at.desc(), change.c.id.desc())
    .limit(sa.bindparam("most"))
)
_SHOWN = Prepared(  # a trial that is over would stand in the hall until the first resident is called
    _CALLS.where(~ticket.c.is_trial | _IS_AT_HAND)
)
_TO_SPEAK = Prepared(  # who is served at once stands there already: one press is one moment
    _CALLS.where(
        ~sa.exists().where(
            _begun.c.ticket_id == change.c.ticket_id, _begun.c.verb == Verb.START, _begun.c.at == change.c.at
        )
    )
)


def _before_counters(tx: Connection, centre: Centre, now: datetime) -> tuple[Called, ...]:
    rows = _BEFORE_COUNTERS.all(tx, {"day": centre.day(now)})
    return tuple(Called(row[0], *row) for row in rows)


def _calls(tx: Connection, which: Prepared, after: datetime, since: int, most: int) -> tuple[Called, ...]:
    rows = which.all(tx, {"after": after, "since": since, "most": most})
    return tuple(
        Called(row.id, row.ticket_id, row.number, row.counter, row.at, is_again=row.is_again) for row in rows
    )
