"""The verbs at a counter. Each works in the caller's transaction and appends one row to `change`."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database.prepared import Prepared
from kiosk.tickets.reads.heard import heard
from kiosk.tickets.refusals import NobodyWaiting, NotHeardYet, PapersElsewhere, TooEarlyToMiss
from kiosk.tickets.rules import ASIDE, Hold, MissedRule, Status, Verb
from kiosk.tickets.saying import LONGEST_REASON, detail_of, write_detail
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.transition import (
    STANDING,
    By,
    Standing,
    at_hand_of,
    called_by,
    check_free,
    find,
    find_of_today,
    move,
    person_before,
    standing_of,
)
from kiosk.tickets.visit import NOTHING_SAID, Detail, Ended
from kiosk.tickets.wait.service_time import note_pace

_FIRST = Prepared(
    STANDING.where(
        ticket.c.service_day == sa.bindparam("day"),
        ticket.c.status == Status.WAITING,
        called_by(sa.bindparam("counter")),
    )
    .order_by(ticket.c.rank_at, ticket.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=ticket)
)
"""Locked where the database has row locks; without it PostgreSQL answered "nobody" 401 times in 1,600."""


def call_next(tx: Connection, centre: Centre, asked: Asked, counter: int) -> int:
    """Call who has waited longest for this counter's services; returns the ticket's id.

    Raises NobodyWaiting, CounterBusy and what `services.check_calling` raises.
    """
    services.check_calling(tx, counter, asked.staff_id)
    check_free(tx, counter)
    first = _FIRST.first(tx, {"day": centre.day(asked.now), "counter": counter})
    if first is None:
        raise NobodyWaiting
    _call(tx, standing_of(first), Verb.CALL_NEXT, By.of(asked, counter))
    return int(first.id)


def call_ticket(
    tx: Connection, centre: Centre, asked: Asked, counter: int, ticket_id: int, reason: str
) -> None:
    """Call one ticket out of order; `reason` is kept with the change.

    Raises CalledElsewhere when another clerk was faster, WrongStatus, CounterBusy, PapersElsewhere,
    UnknownTicket, and TicketOver for a ticket of another day: somebody else may hold its number today.
    """
    services.check_calling(tx, counter, asked.staff_id)
    check_free(tx, counter)
    at = find_of_today(tx, centre, ticket_id, asked.now)
    check_papers(tx, at, counter)
    _call(tx, at, Verb.CALL, By.of(asked, counter), reason)


def serve_now(
    tx: Connection, centre: Centre, asked: Asked, counter: int, ticket_id: int, reason: str
) -> None:
    """The same for somebody who stands at the counter already: called and begun in one press.

    One undo puts the ticket back into the line. Raises what `call_ticket` raises.
    """
    at = find(tx, ticket_id)
    call_ticket(tx, centre, asked, counter, ticket_id, reason)
    called = find(tx, ticket_id)
    move(tx, called, Verb.START, By.of(asked, counter), undo_to=at, hold="", lacks="")


def _call(tx: Connection, at: Standing, verb: Verb, by: By, reason: str = "") -> None:
    move(tx, at, verb, by, reason, counter_number=by.counter, called_at=by.now, calls=1)


def check_papers(tx: Connection, at: Standing, counter: int) -> None:
    """Refuse a ticket whose papers lie at another counter where somebody sits. Raises PapersElsewhere."""
    if at.hold != Hold.KEPT or at.status not in (Status.HELD, Status.WAITING):
        return
    where = at.counter_number if at.status == Status.HELD else at.only_counter
    if where not in (None, counter) and services.is_open(tx, where):
        raise PapersElsewhere(number=at.number, counter=where)


def recall(tx: Connection, asked: Asked, counter: int, ticket_id: int | None = None) -> None:
    """Call the person before the counter once more. It counts in `calls` and is no new call.

    `ticket_id`, here and below, is the ticket that the clerk's page showed: a stale page is refused.
    """
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    move(tx, at, Verb.RECALL, By.of(asked, counter), calls=at.calls + 1)


def start(tx: Connection, asked: Asked, counter: int, ticket_id: int | None = None) -> None:
    """The person has come: walking time ends, serving begins."""
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    move(tx, at, Verb.START, By.of(asked, counter), hold="", lacks="")


def finish(
    tx: Connection, asked: Asked, counter: int, ticket_id: int | None = None, ended: Ended = NOTHING_SAID
) -> None:
    """The service is done; what came of it may be `ended`. Raises BadOutcome."""
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    detail = detail_of(tx, at.service_code, ended)
    write_detail(tx, move(tx, at, Verb.FINISH, By.of(asked, counter)), detail)
    note_pace(tx, at, asked.now)


def call_next_if_any(tx: Connection, centre: Centre, asked: Asked, counter: int) -> int | None:
    """Call who is next, if anybody waits: the second half of a press that has finished a visit."""
    try:
        return call_next(tx, centre, asked, counter)
    except NobodyWaiting:
        return None


def cancel(
    tx: Connection, asked: Asked, counter: int, ticket_id: int | None = None, reason: str = ""
) -> None:
    """The person left without service; `ticket_id` may also be somebody who waits or is aside.

    `reason` is a LeftBecause, or words.
    """
    services.check_counter(tx, counter, asked.staff_id)
    named = find(tx, ticket_id) if ticket_id is not None else None
    if named is None or named.status not in (Status.WAITING, *ASIDE):
        named = person_before(tx, counter, ticket_id)
    detail = Detail(reason=reason.strip()[:LONGEST_REASON])
    write_detail(tx, move(tx, named, Verb.CANCEL, By.of(asked, counter)), detail)


def mark_no_show(
    tx: Connection,
    centre: Centre,
    asked: Asked,
    counter: int,
    ticket_id: int | None = None,
    reason: str = "",
) -> None:
    """The person was called and did not come; `reason` is a MissedBecause, or words.

    Raises TooEarlyToMiss before the centre's calls and seconds, NotHeardYet before they were said aloud.
    """
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    if at.status == Status.CALLED and at.called_at is not None:
        rule = missed_rule(centre)
        known = heard(tx, at.id, at.calls, asked.now)
        calls = rule.calls_left(at.calls)
        if calls == 0 and rule.unheard(known):
            raise NotHeardYet(number=at.number)
        seconds = rule.seconds_left(known.since or asked.now, asked.now, is_slow=at.is_slow)
        if calls or seconds:
            raise TooEarlyToMiss(calls=calls, seconds=seconds)
    detail = Detail(reason=reason.strip()[:LONGEST_REASON])
    write_detail(tx, move(tx, at, Verb.NO_SHOW, By.of(asked, counter)), detail)
    note_pace(tx, at, asked.now)


def close_counter(tx: Connection, asked: Asked, counter: int) -> None:
    """Leave a counter; who was kept for it alone may be called by others.

    Raises CounterBusy while somebody stands there, and what `check_counter` raises.
    """
    services.check_counter(tx, counter, asked.staff_id)
    check_free(tx, counter)
    services.close_counter(tx, asked, counter)
    release_kept_for(tx, counter)


def leave_counters(tx: Connection, now: datetime, staff_id: int) -> None:
    """Close the counters of somebody who may serve no longer, at `now`.

    Whoever stands there stays in hand and is finished by the colleague who opens the counter next.
    """
    for counter in services.leave_counters(tx, now, staff_id):
        release_kept_for(tx, counter)


def release_kept_for(tx: Connection, counter: int) -> None:
    """Let every counter with the skill call those who waited for this one alone: nobody is stranded."""
    waiting = sa.and_(ticket.c.only_counter == counter, ticket.c.status == Status.WAITING)
    tx.execute(sa.update(ticket).where(waiting).values(only_counter=None))


def pause_counter(tx: Connection, asked: Asked, counter: int, pause: str) -> None:
    """Call nobody for a while. Raises CounterBusy while somebody stands there, services.UnknownPause."""
    check_free(tx, counter)
    services.pause_counter(tx, asked, counter, pause)


_NEWEST_AT = Prepared(
    sa.select(sa.func.max(change.c.id).label("id")).where(change.c.counter_number == sa.bindparam("counter"))
)


def counter_version(tx: Connection, counter: int) -> int:
    """The newest change this counter made, 0 before the first; a form that names an older one is stale."""
    return _NEWEST_AT.first(tx, {"counter": counter}).id or 0


def missed_rule(centre: Centre) -> MissedRule:
    """The centre's rule for 过号."""
    settings = centre.settings
    after, more = (timedelta(seconds=s) for s in (settings.no_show_s, settings.slow_s))
    return MissedRule(settings.no_show_calls, after, more)
