"""Logging in, in three steps so that the slow hash holds no transaction: attempt, check, success."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from math import ceil

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.clock import bounds
from kiosk.database.prepared import Prepared
from kiosk.staff.passwords import hashed, is_right
from kiosk.staff.refusals import AskedTooSoon, TooManyFailures, TriedElsewhere, WrongPassword
from kiosk.staff.rules import (
    AT_BOX,
    AT_HOME_FOR,
    ELSEWHERE_WAIT,
    FAILURES_COUNT_FOR,
    FREE_ANYWHERE,
    TOLD_AT_BOX,
    Failures,
    open_again_at,
    place_of,
)
from kiosk.staff.tables import log_in_attempt, staff, staff_session

LONGEST_TRIED = 1024
"""Letters of a password that are looked at; no kept one is that long."""


@cache
def _nobody() -> str:
    # checked when the name is unknown, so that an unknown name takes as long as a wrong password
    return hashed("").hash


class Attempt(Struct, frozen=True):
    """One attempt, already counted as a failure. A name that is nobody's has neither `staff_id` nor hash."""

    id: int
    staff_id: int | None
    password_hash: str


def begin_attempt(tx: Connection, name: str, address: str, now: datetime, *, is_box: bool = False) -> Attempt:
    """Count an attempt before its password is looked at: a hundred at once are a hundred failures.

    Raises TooManyFailures, and then counts nothing more, so a wait ends by itself. On the box itself
    (`is_box`) nobody waits, and what is tried there slows nobody elsewhere: `guessed_at_box` tells of it.
    """
    key, place = sha256(name.encode()).hexdigest()[:32], AT_BOX if is_box else place_of(address)
    after, before = bounds(now, FAILURES_COUNT_FOR)
    at = log_in_attempt.c.at
    tx.execute(sa.delete(log_in_attempt).where(sa.or_(at <= after, at >= before)))
    if not is_box:
        _refuse_too_many(tx, key, place, name, now)
    row = {"name_key": key, "address": place, "is_success": False, "at": now}
    attempt_id = tx.execute(sa.insert(log_in_attempt).values(row).returning(log_in_attempt.c.id)).scalar_one()
    mine = sa.select(staff.c.id, staff.c.password_hash).where(staff.c.name == name, staff.c.is_enabled)
    known = tx.execute(mine).one_or_none()
    return Attempt(attempt_id, known.id, known.password_hash) if known else Attempt(attempt_id, None, "")


def check_password(attempt: Attempt, password: str) -> int:
    """The staff id when the password is right (about 0.2 s: within `turn()`). Raises WrongPassword."""
    fits = is_right(password[:LONGEST_TRIED], attempt.password_hash or _nobody())
    if attempt.staff_id is None or not fits:
        raise WrongPassword
    return attempt.staff_id


def note_success(tx: Connection, attempt: Attempt) -> None:
    """The attempt was a right one: earlier failures no longer count.

    Raises WrongPassword when the password was changed, or the account closed, while it was looked at.
    """
    mine = (
        staff.c.id == attempt.staff_id,
        staff.c.password_hash == attempt.password_hash,
        staff.c.is_enabled,
    )
    if tx.execute(sa.select(staff.c.id).where(*mine)).scalar() is None:
        raise WrongPassword
    tx.execute(sa.update(log_in_attempt).where(log_in_attempt.c.id == attempt.id).values(is_success=True))


def guessed_at_box(tx: Connection, now: datetime) -> datetime | None:
    """When a wrong password was last given at the box itself, if there were TOLD_AT_BOX within the hour."""
    after, before = bounds(now, FAILURES_COUNT_FOR)
    wrong = _WRONG_AT_BOX.all(tx, {"after": after, "before": before})
    return wrong[0].at if len(wrong) == TOLD_AT_BOX else None


_WRONG_AT_BOX = Prepared(
    sa.select(log_in_attempt.c.at)
    .where(
        log_in_attempt.c.address == AT_BOX,
        ~log_in_attempt.c.is_success,
        log_in_attempt.c.at > sa.bindparam("after"),
        log_in_attempt.c.at < sa.bindparam("before"),
    )
    .order_by(log_in_attempt.c.id.desc())
    .limit(TOLD_AT_BOX)
)


def _refuse_too_many(tx: Connection, key: str, place: str, name: str, now: datetime) -> None:
    failures = _failures(tx, key, place)
    _refuse_before(open_again_at(failures), now, TooManyFailures, AskedTooSoon)
    if len(failures.anywhere) >= FREE_ANYWHERE and not _is_at_home(tx, name, place, now):
        _refuse_before(failures.anywhere[-1] + ELSEWHERE_WAIT, now, TriedElsewhere, TriedElsewhere)


def _refuse_before(
    at: datetime | None, now: datetime, by_minutes: type[TooManyFailures], by_seconds: type[TooManyFailures]
) -> None:
    if at is None or at <= now:
        return
    wait_s = ceil((at - now).total_seconds())
    raise (by_seconds if wait_s < 60 else by_minutes)(wait_s)


def _is_at_home(tx: Connection, name: str, place: str, now: datetime) -> bool:
    after, _ = bounds(now, AT_HOME_FOR)
    seen = (
        sa.select(staff_session.c.id)
        .join(staff, staff.c.id == staff_session.c.staff_id)
        .where(staff.c.name == name, staff_session.c.address == place, staff_session.c.begun_at > after)
        .limit(1)
    )
    return tx.execute(seen).scalar() is not None


def _failures(tx: Connection, key: str, place: str) -> Failures:
    here: list[datetime] = []
    anywhere: list[datetime] = []
    with_any_name: list[datetime] = []
    mine = sa.or_(log_in_attempt.c.name_key == key, log_in_attempt.c.address == place)
    elsewhere = log_in_attempt.c.address != AT_BOX
    for row in tx.execute(sa.select(log_in_attempt).where(mine, elsewhere).order_by(log_in_attempt.c.id)):
        is_here, is_name = row.address == place, row.name_key == key
        if row.is_success:
            if is_here and is_name:
                here.clear()
            continue
        for found, counts in ((here, is_here and is_name), (anywhere, is_name), (with_any_name, is_here)):
            if counts:
                found.append(row.at)
    return Failures(here, with_any_name, anywhere)
