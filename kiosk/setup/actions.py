"""Beginning a centre, and noting which steps are done."""

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import staff
from kiosk.asked import Asked
from kiosk.database.dialects import insert_missing
from kiosk.setup.reads import has_admin
from kiosk.setup.refusals import BegunAlready
from kiosk.setup.rules import Step
from kiosk.setup.tables import setup_step


def make_admin(tx: Connection, asked: Asked, name: str, password: staff.Password) -> int:
    """The first administrator; its id. Of two who do it at once one does: writes come one after the other.

    Raises BegunAlready, staff.NameUnfit, staff.NameTaken.
    """
    if has_admin(tx):
        raise BegunAlready
    return staff.add_staff(tx, asked, name, staff.Role.ADMIN, password)


def note_done(tx: Connection, asked: Asked, step: Step) -> None:
    """Somebody has looked at a step and gone on; the newest counts."""
    row = {"name": step, "done_at": asked.now, "staff_id": asked.staff_id}
    if not insert_missing(tx, setup_step, row):
        tx.execute(sa.update(setup_step).where(setup_step.c.name == step).values(row))
