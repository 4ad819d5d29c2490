"""Who is logged in."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.staff.rules import Role
from kiosk.staff.tables import staff


@dataclass(frozen=True)
class Staff:
    """A member of staff. `name` is the log-in name."""

    id: int
    name: str
    role: Role


_BY_ID = Prepared(
    sa.select(staff.c.id, staff.c.name, staff.c.role).where(staff.c.id == sa.bindparam("staff_id"))
)


def staff_of(tx: Connection, staff_id: int) -> Staff | None:
    """The member of staff with this id, None when there is none any more."""
    row = _BY_ID.first(tx, {"staff_id": staff_id})
    return None if row is None else Staff(row.id, row.name, Role(row.role))


def staff_names(tx: Connection) -> dict[int, str]:
    """Log-in name by staff id."""
    return {row.id: row.name for row in tx.execute(sa.select(staff.c.id, staff.c.name))}
