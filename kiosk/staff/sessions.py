"""Where somebody is logged in: a row for each log-in, known by the hash of a token that the browser has."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.clock import is_within
from kiosk.database.prepared import Prepared
from kiosk.staff.reads import Staff
from kiosk.staff.rules import IDLE, LONGEST, NOTED_EVERY, Role, place_of
from kiosk.staff.tables import staff, staff_session

MOST_READ = 1000


class Ended(StrEnum):
    """Why a session ended before its time. One that was left, or got too old, has no row of its end."""

    LOG_OUT = "log_out"
    AGAIN = "again"
    EVERYWHERE = "everywhere"
    PASSWORD = "password"  # noqa: S105 - the reason, not one
    ROLE = "role"
    DISABLED = "disabled"


class Session(Struct, frozen=True):
    """A log-in that holds. `used_at` is when the last press was noted, `NOTED_EVERY` late at most."""

    id: int
    staff: Staff
    used_at: datetime

    def is_to_note(self, now: datetime) -> bool:
        """Whether it is time to note that it is used."""
        return not is_within(self.used_at, now, NOTED_EVERY)


_HELD = Prepared(
    sa.select(
        staff_session.c.id,
        staff_session.c.begun_at,
        staff_session.c.used_at,
        staff.c.id.label("staff_id"),
        staff.c.name,
        staff.c.role,
        staff.c.has_given_password,
    )
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(
        staff_session.c.token_hash == sa.bindparam("token_hash"),
        staff_session.c.ended_at.is_(None),
        staff.c.is_enabled,
    )
)


def begin_session(tx: Connection, staff_id: int, address: str, now: datetime) -> str:
    """Log somebody in at `address`; returns the token (256 bits), which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    row = {"token_hash": _hash(token), "staff_id": staff_id, "address": place_of(address), "begun_at": now}
    tx.execute(sa.insert(staff_session).values(used_at=now, **row))
    return token


def session_of(tx: Connection, token: str, now: datetime) -> Session | None:
    """The session that this token opens; None when it has ended, was left for too long or is too old.

    One from the future was begun while the clock was wrong: it would hold until then. A press from the future
    is one: a clock that is set back throws nobody out.
    """
    row = _HELD.first(tx, {"token_hash": _hash(token)})
    if row is None:
        return None
    role = Role(row.role)
    if not is_within(row.begun_at, now, LONGEST) or now - row.used_at >= IDLE[role]:
        return None
    return Session(row.id, Staff(row.staff_id, row.name, role, row.has_given_password), row.used_at)


def note_use(tx: Connection, session: Session, now: datetime) -> None:
    """Somebody has pressed something: the time without use begins anew."""
    mine = (staff_session.c.id == session.id, staff_session.c.used_at == session.used_at)
    tx.execute(sa.update(staff_session).where(*mine, staff_session.c.ended_at.is_(None)).values(used_at=now))


def end_session(tx: Connection, token: str, why: Ended, now: datetime) -> bool:
    """End the session that this token opens; whether there was one."""
    return _end(tx, staff_session.c.token_hash == _hash(token), why, now) > 0


def end_sessions(tx: Connection, staff_id: int, why: Ended, now: datetime) -> int:
    """End all sessions of somebody, whatever has a token of them; how many had not ended yet."""
    return _end(tx, staff_session.c.staff_id == staff_id, why, now)


def known_addresses(tx: Connection, now: datetime, lately: timedelta) -> frozenset[str]:
    """Where staff have been logged in within `lately`; the newest thousand log-ins are looked at."""
    columns = staff_session.c
    mine = (columns.used_at > now - lately, columns.address != "")
    newest = sa.select(columns.address).where(*mine).order_by(columns.id.desc()).limit(MOST_READ)
    return frozenset(tx.execute(newest).scalars())


def forget_addresses(tx: Connection, now: datetime, keep_days: int) -> int:
    """Take out of sessions older than `keep_days` where they were; who and when stay. Returns how many."""
    old = sa.and_(staff_session.c.begun_at < now - timedelta(days=keep_days), staff_session.c.address != "")
    return tx.execute(sa.update(staff_session).where(old).values(address="")).rowcount


def _end(tx: Connection, which: sa.ColumnElement[bool], why: Ended, now: datetime) -> int:
    ended = {"ended_at": now, "ended_by": why}
    return tx.execute(
        sa.update(staff_session).where(which, staff_session.c.ended_at.is_(None)).values(ended)
    ).rowcount


def _hash(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
