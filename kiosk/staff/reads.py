"""Who is logged in."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.staff.rules import Role
from kiosk.staff.tables import staff


@dataclass(frozen=True)
class Staff:
    """A member of staff. `name` is the log-in name; a given password must be changed before anything else."""

    id: int
    name: str
    role: Role
    has_given_password: bool = False


def staff_of(tx: Connection, staff_id: int) -> Staff | None:
    """The member of staff with this id, None when there is none any more."""
    known = sa.select(staff.c.name, staff.c.role, staff.c.has_given_password).where(staff.c.id == staff_id)
    row = tx.execute(known).one_or_none()
    return None if row is None else Staff(staff_id, row.name, Role(row.role), row.has_given_password)


def staff_names(tx: Connection) -> dict[int, str]:
    """Log-in name by staff id."""
    return {row.id: row.name for row in tx.execute(sa.select(staff.c.id, staff.c.name))}
