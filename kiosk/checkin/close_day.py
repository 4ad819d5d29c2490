"""By night: who forgot to sign out is signed out at the planned end, and old scans forget who it was."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes, people, spool, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.hours.log import note_hours
from kiosk.checkin.hours.volunteer_hours import KIND
from kiosk.checkin.rules import Stay
from kiosk.checkin.scanning.resolve import times_of
from kiosk.checkin.tables import scan as scan_table
from kiosk.checkin.tables import sign_in
from kiosk.events import make_days
from kiosk.events.tables import event_day, registration

STEADY_DAYS = 3

_FORGOTTEN = (
    sa.select(
        sign_in.c.id, sign_in.c.in_at, sign_in.c.counts_hours,
        event_day.c.opens_at, event_day.c.starts_at, event_day.c.ends_at, event_day.c.grace_min,
    )
    .join_from(sign_in, event_day)
    .where(sign_in.c.status == Stay.INSIDE, event_day.c.ends_at < sa.bindparam("now"))
)  # fmt: skip
_CLOSE = (
    sa.update(sign_in)
    .where(sign_in.c.id == sa.bindparam("stay_id"), sign_in.c.status == Stay.INSIDE)
    .values(status=sa.bindparam("to"), out_at=sa.bindparam("left_at"), minutes=sa.bindparam("counted"))
)


def close_events(tx: Connection, centre: Centre, now: datetime) -> int:
    """The whole night's work: forgotten sign-outs, retention, the coming weeks' days. Doing it twice is once.

    Returns how many were signed out.
    """
    closed = close_forgotten(tx, now)
    if is_steady(tx, centre, now):
        before = now - timedelta(days=centre.settings.scan_keep_days)
        forget_old(tx, before)
        forget_changes(tx, before)
        spool.forget_slips(tx, before)
        tickets.forget_digits(tx, centre.day(before))
    make_days(tx, centre, now)
    return closed


def is_steady(tx: Connection, centre: Centre, now: datetime) -> bool:
    """Whether the box has lived through the last days: a clock that jumped ahead must forget nothing."""
    return all(tickets.is_day_closed(tx, centre, now - timedelta(days=ago)) for ago in range(STEADY_DAYS))


def close_forgotten(tx: Connection, now: datetime) -> int:
    """Sign out, at the planned end, everybody whose event and grace are over; a shift's hours become 待核."""
    closed = 0
    for row in tx.execute(_FORGOTTEN, {"now": now}).all():
        if row.ends_at + timedelta(minutes=row.grace_min) < now:
            closed += _close(tx, row, now)
    return closed


def _close(tx: Connection, row: Any, now: datetime) -> int:
    out_at = max(row.ends_at, row.in_at)
    minutes = times_of(row).minutes(row.in_at, out_at)
    to = Stay.PENDING if row.counts_hours else Stay.LEFT
    done = tx.execute(_CLOSE, {"stay_id": row.id, "to": to, "left_at": out_at, "counted": minutes})
    if done.rowcount:
        note_hours(tx, Asked(now), row.id, "closed", minutes)
    return int(done.rowcount)


def forget_old(tx: Connection, before: datetime) -> int:
    """Take out of everything older than `before` who it was; how many there were, stays.

    Volunteers' hours are their record of service and keep their names. Returns how many rows it touched.
    """
    of_visit = sa.and_(~sign_in.c.counts_hours, sign_in.c.status != Stay.INSIDE)
    forgotten = (
        _emptied(scan_table, scan_table.c.recorded_at < before, _EMPTY_SCAN),
        _emptied(registration, registration.c.created_at < before, _EMPTY_REGISTRATION),
        _emptied(sign_in, sa.and_(sign_in.c.in_at < before, of_visit), {"person_id": None}),
    )
    return sum(tx.execute(statement).rowcount for statement in forgotten)


SAYS_WHO = {
    people.PERSON: ("name", "phone"),
    people.TEAM: ("contact",),
    KIND: ("reason",),
}
"""What the history of changes forgets of people and their hours: what they were once called, and why."""


def forget_changes(tx: Connection, before: datetime) -> None:
    """Take out of the history of changes that are older than `before` whom they were about."""
    for kind, fields in SAYS_WHO.items():
        changes.forget(tx, before, kind, fields)


_EMPTY_SCAN = dict.fromkeys(("person_id", "registration_id", "sign_in_id", "ticket_id")) | {"code_key": ""}
_EMPTY_REGISTRATION = {"person_id": None, "name": "", "phone_tail": None}


def _emptied(table: sa.Table, is_old: sa.ColumnElement[bool], values: dict[str, Any]) -> sa.Update:
    says_who = sa.or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
    return sa.update(table).where(is_old, says_who).values(values)
