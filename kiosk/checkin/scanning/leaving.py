"""Ending stays: by a scan, by a scan that was late, by going on to another shift."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.checkin.hours.log import note_hours
from kiosk.checkin.rules import LEAVING_WITHIN, TURN_AFTER, Direction, Stay, Times, stay_after
from kiosk.checkin.tables import sign_in
from kiosk.database.prepared import Prepared

_END = Prepared(
    sa.update(sign_in)
    .where(
        sign_in.c.id == sa.bindparam("stay_id"),
        sign_in.c.status == sa.bindparam("from", type_=sa.String),
    )
    .values(
        status=sa.bindparam("to", type_=sa.String),
        out_at=sa.bindparam("left_at", type_=sign_in.c.out_at.type),
        minutes=sa.bindparam("counted", type_=sa.Integer),
    )
)


def leave(tx: Connection, stay: Any, at: datetime, *, is_doubtful: bool = False) -> tuple[Stay, int]:
    """End a stay at `at`: where it stands then and its minutes. It never ends before it began."""
    out_at = max(at, stay.in_at)
    to, minutes = stay_after(
        _times(stay), stay.in_at, out_at, is_doubtful=is_doubtful or stay.is_doubtful
    )  # fmt: skip
    if not stay.counts_hours:
        to = Stay.LEFT  # nobody's hours: nothing to look at
    ended = {"stay_id": stay.id, "to": to, "left_at": out_at, "counted": minutes}
    _END.all(tx, ended | {"from": Stay.INSIDE})
    return to, minutes


def leave_others(tx: Connection, stays: Sequence[Any], at: datetime) -> None:
    """Who begins a shift has left the one before, nobody knows when: a person looks at its minutes."""
    for stay in stays:
        _, minutes = leave(tx, stay, at, is_doubtful=True)
        note_hours(tx, Asked(at), stay.id, "moved_on", minutes)


def leave_after_closing(tx: Connection, stay: Any, at: datetime) -> None:
    """Somebody signs out of a stay that the night has closed: when they left is known now, the rest waits."""
    ended = {"stay_id": stay.id, "to": Stay.PENDING, "left_at": max(at, stay.in_at), "counted": stay.minutes}
    _END.all(tx, ended | {"from": Stay.PENDING})
    note_hours(tx, Asked(at), stay.id, "left_late", stay.minutes)


def still_inside(
    stays: Sequence[Any], wanted: int | None, direction: Direction, at: datetime
) -> Any:  # fmt: skip
    """The stay on another shift that a scan ends before anything begins; None when there is none.

    Whoever scans after the end of the shift they are on wants to leave it, whatever is open by then; to go on
    they scan again, or say that they come. So it is with an event that was cancelled around them.
    """
    inside = [stay for stay in stays if stay.status == Stay.INSIDE]
    if direction == Direction.IN or wanted in {stay.event_day_id for stay in inside}:
        return None
    for stay in inside:
        is_leaving = stay.counts_hours and (direction == Direction.OUT or at > stay.ends_at)
        if is_leaving or stay.cancelled_at is not None:
            return stay
    return None


def was_closed(stays: Sequence[Any], direction: Direction, at: datetime) -> Any:
    """The last stay, when the night has closed it so lately that a scan is still the way out of it."""
    last = _last_shift(stays)
    if last is None or last.status != Stay.PENDING or direction == Direction.IN:
        return None
    is_closed = last.out_at == max(last.ends_at, last.in_at)
    return last if is_closed and last.ends_at <= at <= last.ends_at + LEAVING_WITHIN else None


def has_just_left(stays: Sequence[Any], wanted: int | None, direction: Direction, at: datetime) -> Any:
    """The last stay, when its shift is over and they signed out of it minutes ago: they ask if it worked."""
    last = _last_shift(stays)
    if last is None or last.out_at is None or wanted is not None or direction == Direction.IN:
        return None
    return last if last.ends_at < at and timedelta() <= at - last.out_at < TURN_AFTER else None


def _last_shift(stays: Sequence[Any]) -> Any:
    return next((stay for stay in reversed(stays) if stay.counts_hours), None)


def _times(stay: Any) -> Times:
    return Times(stay.starts_at, stay.starts_at, stay.ends_at, timedelta(minutes=stay.grace_min))
