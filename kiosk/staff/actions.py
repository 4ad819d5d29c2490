"""Accounts: opened, given a password, changed, closed. Each is one row of what was done, by whom and when."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.staff.passwords import Password
from kiosk.staff.refusals import LastAdmin, NameTaken, NameUnfit, UnknownStaff
from kiosk.staff.rules import LONGEST_NAME, Role, is_a_name
from kiosk.staff.sessions import Ended, end_sessions
from kiosk.staff.tables import staff, staff_change


class Done(StrEnum):
    """What was done about an account."""

    ADDED = "added"
    PASSWORD_GIVEN = "password_given"  # noqa: S105 - what was done, not one
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105
    ROLE = "role"
    DISABLED = "disabled"
    ENABLED = "enabled"
    LOGGED_OUT = "logged_out"


def add_staff(tx: Connection, asked: Asked, name: str, role: Role, password: Password) -> int:
    """Give somebody a log-in; returns its id. Raises NameUnfit, NameTaken."""
    if not is_a_name(name):
        raise NameUnfit(most=LONGEST_NAME)
    if tx.execute(sa.select(staff.c.id).where(staff.c.name == name)).scalar() is not None:
        raise NameTaken
    row = {
        "name": name,
        "password_hash": password.hash,
        "has_given_password": password.is_given,
        "role": role,
        "created_at": asked.now,
    }
    new_id: int = tx.execute(sa.insert(staff).values(row).returning(staff.c.id)).scalar_one()
    _note(tx, asked, new_id, Done.ADDED, None)
    return new_id


def set_password(tx: Connection, asked: Asked, staff_id: int, password: Password) -> None:
    """Put a new password in the place of the old one, and end all sessions. Raises UnknownStaff."""
    values = {"password_hash": password.hash, "has_given_password": password.is_given}
    was = _facts(tx, staff_id)
    _change(tx, staff_id, values)
    end_sessions(tx, staff_id, Ended.PASSWORD, asked.now)
    _note(tx, asked, staff_id, Done.PASSWORD_GIVEN if password.is_given else Done.PASSWORD_CHOSEN, was)


def set_role(tx: Connection, asked: Asked, staff_id: int, role: Role) -> None:
    """Let somebody do other things; the old role's sessions end. Raises UnknownStaff, LastAdmin."""
    rule = () if role == Role.ADMIN else (_is_not_the_last_admin(staff_id),)
    was = _facts(tx, staff_id)
    if _change(tx, staff_id, {"role": role}, staff.c.role != role, *rule):
        end_sessions(tx, staff_id, Ended.ROLE, asked.now)
        _note(tx, asked, staff_id, Done.ROLE, was)
    elif _now(tx, staff_id).role != role:
        raise LastAdmin


def disable(tx: Connection, asked: Asked, staff_id: int) -> None:
    """Close an account: what was done under it stays. Raises UnknownStaff, LastAdmin."""
    was = _facts(tx, staff_id)
    if _change(tx, staff_id, {"is_enabled": False}, staff.c.is_enabled, _is_not_the_last_admin(staff_id)):
        end_sessions(tx, staff_id, Ended.DISABLED, asked.now)
        _note(tx, asked, staff_id, Done.DISABLED, was)
    elif _now(tx, staff_id).is_enabled:
        raise LastAdmin


def enable(tx: Connection, asked: Asked, staff_id: int) -> None:
    """Open an account again. Raises UnknownStaff."""
    was = _facts(tx, staff_id)
    if _change(tx, staff_id, {"is_enabled": True}, ~staff.c.is_enabled):
        _note(tx, asked, staff_id, Done.ENABLED, was)


def log_out_everywhere(tx: Connection, asked: Asked, staff_id: int) -> int:
    """End every session of somebody; how many there were. Raises UnknownStaff."""
    was = _facts(tx, staff_id)
    ended = end_sessions(tx, staff_id, Ended.EVERYWHERE, asked.now)
    _note(tx, asked, staff_id, Done.LOGGED_OUT, was)
    return ended


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Give an account the role again that it had before `change`, open or close it again.

    Raises changes.UndoneAlready, changes.ChangedSince, changes.NotToBeUndone, LastAdmin.
    """
    changes.check_undoable(tx, change)
    was, staff_id = change.noted.before, int(change.noted.key)
    now = _facts(tx, staff_id)
    if was is None or was == now:
        raise changes.NotToBeUndone
    role, is_open = Role(was["role"]), bool(was["is_enabled"])
    stays_admin = role == Role.ADMIN and is_open
    rule = () if stays_admin else (_is_not_the_last_admin(staff_id),)
    if not _change(tx, staff_id, {"role": role, "is_enabled": is_open}, *rule):
        raise LastAdmin
    if role != now["role"] or not is_open:
        end_sessions(tx, staff_id, Ended.ROLE, asked.now)
    what = Done.ROLE if role != now["role"] else Done.ENABLED if is_open else Done.DISABLED
    _note(tx, asked, staff_id, what, now, change.id)


def _is_not_the_last_admin(staff_id: int) -> sa.ColumnElement[bool]:
    """The UPDATE's own condition: two admins who close each other's account at once leave one."""
    other = staff.alias("other")
    another = sa.exists().where(other.c.id != staff_id, other.c.role == Role.ADMIN, other.c.is_enabled)
    return sa.or_(staff.c.role != Role.ADMIN, ~staff.c.is_enabled, another)


def _change(tx: Connection, staff_id: int, values: dict[str, Any], *when: sa.ColumnElement[bool]) -> bool:
    changed = tx.execute(sa.update(staff).where(staff.c.id == staff_id, *when).values(values)).rowcount
    if not changed:
        _now(tx, staff_id)
    return changed > 0


def _now(tx: Connection, staff_id: int) -> Any:
    row = tx.execute(sa.select(staff.c.role, staff.c.is_enabled).where(staff.c.id == staff_id)).one_or_none()
    if row is None:
        raise UnknownStaff
    return row


def _facts(tx: Connection, staff_id: int) -> changes.Facts:
    """An account as the history keeps it: nothing of its password."""
    columns = (staff.c.name, staff.c.role, staff.c.is_enabled)
    row = tx.execute(sa.select(*columns).where(staff.c.id == staff_id)).one_or_none()
    if row is None:
        raise UnknownStaff
    return {"name": row.name, "role": str(row.role), "is_enabled": bool(row.is_enabled)}


def _note(
    tx: Connection,
    asked: Asked,
    staff_id: int,
    what: Done,
    was: changes.Facts | None,
    undoes: int | None = None,
) -> None:
    now = _facts(tx, staff_id)
    role = now["role"] if what in (Done.ADDED, Done.ROLE) else None
    verb = "undo" if undoes else "add" if what == Done.ADDED else str(what)
    changes.note(tx, asked, changes.Noted("staff", str(staff_id), now["name"], verb, was, now, undoes))
    row = {"staff_id": staff_id, "by_staff_id": asked.staff_id, "what": what, "role": role, "at": asked.now}
    tx.execute(sa.insert(staff_change).values(row))
