"""Taking a ticket: number, first change and print job in one transaction."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.database.dialects import insert_for
from kiosk.database.prepared import Prepared
from kiosk.qr_codes import CodeKind
from kiosk.services import Service, service_of
from kiosk.spool import has_printer, print_slip
from kiosk.tickets.actions.admission import why_not
from kiosk.tickets.reads.ticket import TicketView, priority_of, wait_now
from kiosk.tickets.rules import LIVE, Status, Taken, Tap, arrived_behind, number_text, rank_at
from kiosk.tickets.slips import ticket_slip, ticket_subject
from kiosk.tickets.tables import change, last_number, ticket
from kiosk.tickets.wait.estimate import Estimate
from kiosk.words import Lang


def take(tx: Connection, centre: Centre, tap: Tap, lang: Lang, now: datetime) -> Taken:
    """Give the resident a ticket, or the one that this tap (or the guard time) has given already.

    A phone that has a number still gets that one. The guard time is one visit's: `tap.left_at` ends it.

    Staff (`tap.staff_id`) may take one for somebody whenever the station gives none.
    Raises UnknownService, BadTap and what `intake.why_not` returns.
    """
    centre = centre.as_of(tx)
    earlier = _earlier(tx, centre, tap, now)
    if earlier is not None:
        return Taken(earlier.id, centre.token(CodeKind.TICKET, earlier.id, earlier.revision), already=True)
    service = service_of(tx, tap.service, lang, centre.day(now))
    if tap.staff_id is None and (refusal := why_not(tx, centre, service, now)) is not None:
        raise refusal
    return _issue(tx, centre, tap, service, lang, now)


def _issue(tx: Connection, centre: Centre, tap: Tap, service: Service, lang: Lang, now: datetime) -> Taken:
    arrived = _arrived(tx, centre, now)
    next_number = _trial_number if tap.is_trial else _next_number
    number = next_number(tx, centre, service.letter, now)
    reason = priority_of(tx, tap.priority, lang) if tap.priority else None
    rank = rank_at(arrived, timedelta(minutes=reason.head_start_min if reason else 0))
    wait = wait_now(tx, centre, service.code, rank, now)
    ticket_id = _write(tx, centre, tap, _Given(number, rank, wait.estimate, lang), now)
    token = centre.token(CodeKind.TICKET, ticket_id, 0)
    if not tap.by_phone and has_printer(tx, centre.settings):
        # from what was written just now: reading it back was 0.07 ms of a ticket
        view = TicketView(
            ticket_id, token, number, service.code, service.name, service.place, Status.WAITING,
            wait.ahead, wait.estimate, now, tap.for_someone_else, reason.name if reason else "",
            has_phone=tap.phone_tail is not None,
        )  # fmt: skip
        slip = ticket_slip(tx, centre, view, lang, now)
        print_slip(tx, slip, ticket_subject(ticket_id), now, centre.settings)
    return Taken(ticket_id, token, already=False)


_SAME_TAP = Prepared(sa.select(ticket.c.id, ticket.c.revision).where(ticket.c.tap == sa.bindparam("tap")))
_JUST_TAKEN = Prepared(
    sa.select(ticket.c.id, ticket.c.revision)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ticket.c.status == Status.WAITING,
        ticket.c.service_code == sa.bindparam("service"),
        ticket.c.station == sa.bindparam("station"),
        ~ticket.c.is_trial,
        ticket.c.taken_at > sa.bindparam("after"),
        ticket.c.taken_at < sa.bindparam("before"),
    )
    .order_by(ticket.c.id.desc())
    .limit(1)
)
_OF_PHONE = (
    sa.select(ticket.c.id, ticket.c.revision)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ticket.c.status.in_(LIVE),
        ticket.c.station == sa.bindparam("station"),
    )
    .limit(1)
)
_INSERT_TICKET = Prepared(
    sa.insert(ticket).returning(ticket.c.id),
    "service_day", "number", "service_code", "status", "taken_at", "rank_at", "tap", "station",
    "priority_code", "phone_tail", "for_someone_else", "taken_by_staff",
    "estimate_low_min", "estimate_high_min", "is_trial", "lang",
)  # fmt: skip
_INSERT_CHANGE = Prepared(
    sa.insert(change), "ticket_id", "verb", "to_status", "at", "staff_id", "service_code"
)


@cache
def _raise_number(dialect: str) -> Prepared:
    first = insert_for(dialect, last_number).values(
        service_day=sa.bindparam("day"), letter=sa.bindparam("of"), last=1
    )
    raised = first.on_conflict_do_update(
        index_elements=["service_day", "letter"], set_={"last": last_number.c.last + 1}
    )
    return Prepared(raised.returning(last_number.c.last))


def _earlier(tx: Connection, centre: Centre, tap: Tap, now: datetime) -> Any:
    same_tap = _SAME_TAP.first(tx, {"tap": tap.tap})
    if same_tap is None and tap.by_phone:
        return tx.execute(_OF_PHONE, {"day": centre.day(now), "station": tap.station}).first()
    if same_tap is not None or tap.another or not tap.station:
        return same_tap
    after, before = bounds(now, timedelta(seconds=centre.settings.guard_s))
    if tap.left_at is not None and tap.left_at <= now:  # else the clock was set back
        after = max(after, tap.left_at)
    guarded = {
        "day": centre.day(now),
        "service": tap.service,
        "station": tap.station,
        "after": after,
        "before": before,
    }
    return _JUST_TAKEN.first(tx, guarded)


_FURTHEST_EVER = Prepared(
    # from the index alone: whoever arrives or comes back into the line has written such a row
    sa.select(sa.func.max(change.c.at).label("at")).where(change.c.to_status == Status.WAITING)
)
_FURTHEST = Prepared(
    sa.select(ticket.c.id, ticket.c.taken_at)
    .where(ticket.c.service_day == sa.bindparam("day"))
    .order_by(ticket.c.taken_at.desc(), ticket.c.id.desc())
    .limit(1)
)
_TAKEN_SINCE = Prepared(
    sa.select(sa.func.count().label("people")).where(
        ticket.c.service_day == sa.bindparam("day"), ticket.c.id > sa.bindparam("furthest")
    )
)


def _arrived(tx: Connection, centre: Centre, now: datetime) -> datetime:
    """When somebody came, for the line: now, or just behind who came before while the clock was ahead."""
    ever = _FURTHEST_EVER.first(tx, {}).at
    if ever is None or ever <= now:
        return now
    furthest = _FURTHEST.first(tx, {"day": centre.day(now)})
    if furthest is None or furthest.taken_at <= now:
        return now
    people = _TAKEN_SINCE.first(tx, {"day": centre.day(now), "furthest": furthest.id}).people
    return arrived_behind(furthest.taken_at, people)


def _next_number(tx: Connection, centre: Centre, letter: str, now: datetime) -> str:
    parameters = {"day": centre.day(now), "of": letter}
    return number_text(letter, _raise_number(tx.dialect.name).first(tx, parameters).last)


def _trial_number(tx: Connection, centre: Centre, letter: str, now: datetime) -> str:
    """A000, then A999, A998, …: the day's first resident has A001 all the same."""
    of_day = (ticket.c.service_day == centre.day(now), ticket.c.is_trial)
    taken = tx.execute(sa.select(ticket.c.number).where(*of_day)).scalars().all()
    before = sum(number.rstrip("0123456789") == letter for number in taken)
    return number_text(letter, -before % 1000)


class _Given(NamedTuple):
    number: str
    rank: datetime
    told: Estimate | None
    lang: Lang


def _write(tx: Connection, centre: Centre, tap: Tap, given: _Given, now: datetime) -> int:
    row = {
        "service_day": centre.day(now),
        "number": given.number,
        "service_code": tap.service,
        "status": Status.WAITING,
        "taken_at": now,
        "rank_at": given.rank,
        "tap": tap.tap,
        "station": tap.station,
        "priority_code": tap.priority,
        "phone_tail": tap.phone_tail,
        "for_someone_else": tap.for_someone_else,
        "taken_by_staff": tap.staff_id is not None,
        "estimate_low_min": given.told.low if given.told else None,
        "estimate_high_min": given.told.high if given.told else None,
        "is_trial": tap.is_trial,
        "lang": given.lang,
    }
    ticket_id: int = _INSERT_TICKET.first(tx, row).id
    taken = {"ticket_id": ticket_id, "verb": "take", "to_status": Status.WAITING, "at": now}
    _INSERT_CHANGE.all(tx, taken | {"staff_id": tap.staff_id, "service_code": tap.service})
    return ticket_id
