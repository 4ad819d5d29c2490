"""Logging in, in three steps so that the slow hash holds no transaction: attempt, check, success."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.clock import bounds
from kiosk.staff.passwords import hashed, is_right
from kiosk.staff.refusals import TooManyFailures, WrongPassword
from kiosk.staff.rules import LOCKED_FOR, locked_until
from kiosk.staff.tables import log_in_attempt, staff

LONGEST_TRIED = 1024
"""Letters of a password that are looked at; no kept one is that long."""


@cache
def _nobody() -> str:
    # checked when the name is unknown, so that an unknown name takes as long as a wrong password
    return hashed("").hash


@dataclass(frozen=True)
class Attempt:
    """One attempt, already counted as a failure. A name that is nobody's has neither `staff_id` nor hash."""

    id: int
    staff_id: int | None
    password_hash: str


def begin_attempt(tx: Connection, name: str, address: str, now: datetime) -> Attempt:
    """Count an attempt before its password is looked at: a hundred at once are a hundred failures.

    Raises TooManyFailures, and then counts nothing more, so a lock ends by itself.
    """
    key = sha256(name.encode()).hexdigest()[:32]
    after, before = bounds(now, LOCKED_FOR)
    at = log_in_attempt.c.at
    tx.execute(sa.delete(log_in_attempt).where(sa.or_(at <= after, at >= before)))
    locked = locked_until(*_failures(tx, key, address[:64]))
    if locked is not None and locked > now:
        raise TooManyFailures(minutes=-(-int((locked - now).total_seconds()) // 60))
    row = {"name_key": key, "address": address[:64], "is_success": False, "at": now}
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
    """The attempt was a right one: earlier failures no longer count."""
    tx.execute(sa.update(log_in_attempt).where(log_in_attempt.c.id == attempt.id).values(is_success=True))


def _failures(
    tx: Connection, key: str, address: str
) -> tuple[list[datetime], list[datetime], list[datetime]]:
    here: list[datetime] = []
    anywhere: list[datetime] = []
    with_any_name: list[datetime] = []
    mine = sa.or_(log_in_attempt.c.name_key == key, log_in_attempt.c.address == address)
    for row in tx.execute(sa.select(log_in_attempt).where(mine).order_by(log_in_attempt.c.id)):
        is_here, is_name = row.address == address, row.name_key == key
        if row.is_success:
            if is_here and is_name:
                here.clear()
            continue
        for found, counts in ((here, is_here and is_name), (anywhere, is_name), (with_any_name, is_here)):
            if counts:
                found.append(row.at)
    return here, anywhere, with_any_name
