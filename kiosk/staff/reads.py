"""Who works here, and what was done about their accounts."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.staff.refusals import NotAllowed, UnknownStaff
from kiosk.staff.rules import SERVING, Role
from kiosk.staff.tables import staff, staff_change, staff_session


class Staff(Struct, frozen=True):
    """A member of staff. `name` is the log-in name; a given password must be changed before anything else."""

    id: int
    name: str
    role: Role
    has_given_password: bool = False


class Account(Struct, frozen=True):
    """An account as the office sees it. `logged_in_at` is the last log-in, None when there was none."""

    id: int
    name: str
    role: Role
    is_enabled: bool
    has_given_password: bool
    created_at: datetime
    logged_in_at: datetime | None

    @property
    def may_serve(self) -> bool:
        """Whether this account may sit at a counter."""
        return self.is_enabled and self.role in SERVING


def check_serves(tx: Connection, staff_id: int) -> None:
    """Raise NotAllowed unless this account may sit at a counter, and keep it so until `tx` ends.

    Whoever closes the account meanwhile waits, and then finds the counter that was opened.
    """
    mine = sa.select(staff.c.id).where(staff.c.id == staff_id, staff.c.is_enabled, staff.c.role.in_(SERVING))
    if tx.execute(mine.with_for_update(read=True)).scalar() is None:
        raise NotAllowed


class Change(Struct, frozen=True):
    """One thing that was done about an account. `by` is a log-in name, empty for a command on the box."""

    what: str
    role: Role | None
    by: str
    at: datetime


def staff_of(tx: Connection, staff_id: int) -> Staff | None:
    """The member of staff with this id, None when there is none any more."""
    known = sa.select(staff.c.name, staff.c.role, staff.c.has_given_password).where(staff.c.id == staff_id)
    row = tx.execute(known).one_or_none()
    return None if row is None else Staff(staff_id, row.name, Role(row.role), row.has_given_password)


def staff_names(tx: Connection) -> dict[int, str]:
    """Log-in name by staff id."""
    return {row.id: row.name for row in tx.execute(sa.select(staff.c.id, staff.c.name))}


def accounts(tx: Connection) -> tuple[Account, ...]:
    """Every account; those that are closed come last."""
    asked = _accounts().order_by(staff.c.is_enabled.desc(), staff.c.name)
    return tuple(_account(row) for row in tx.execute(asked))


def account_of(tx: Connection, staff_id: int) -> Account:
    """One account. Raises UnknownStaff."""
    return _one(tx, staff.c.id == staff_id)


def account_called(tx: Connection, name: str) -> Account:
    """The account with this log-in name. Raises UnknownStaff."""
    return _one(tx, staff.c.name == name)


def changes_of(tx: Connection, staff_id: int, most: int = 20) -> tuple[Change, ...]:
    """What was done about an account, the newest first."""
    by = staff.alias("by")
    asked = (
        sa.select(staff_change.c.what, staff_change.c.role, by.c.name, staff_change.c.at)
        .outerjoin(by, by.c.id == staff_change.c.by_staff_id)
        .where(staff_change.c.staff_id == staff_id)
        .order_by(staff_change.c.id.desc())
        .limit(most)
    )
    return tuple(
        Change(row.what, Role(row.role) if row.role else None, row.name or "", row.at)
        for row in tx.execute(asked)
    )


def password_hash_of(tx: Connection, staff_id: int) -> str:
    """What is kept of somebody's password. Raises UnknownStaff."""
    kept = tx.execute(sa.select(staff.c.password_hash).where(staff.c.id == staff_id)).scalar()
    if kept is None:
        raise UnknownStaff
    return str(kept)


def _one(tx: Connection, which: sa.ColumnElement[bool]) -> Account:
    row = tx.execute(_accounts().where(which)).one_or_none()
    if row is None:
        raise UnknownStaff
    return _account(row)


def _accounts() -> sa.Select[tuple[object, ...]]:
    last = (
        sa.select(sa.func.max(staff_session.c.begun_at, type_=staff_session.c.begun_at.type))
        .where(staff_session.c.staff_id == staff.c.id)
        .scalar_subquery()
    )
    return sa.select(
        staff.c.id,
        staff.c.name,
        staff.c.role,
        staff.c.is_enabled,
        staff.c.has_given_password,
        staff.c.created_at,
        last.label("logged_in_at"),
    )


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    fields = row._asdict()
    return Account(**(fields | {"role": Role(fields["role"])}))
