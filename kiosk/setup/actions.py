"""Beginning a centre, and noting which steps are done."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database.dialects import insert_missing
from kiosk.setup.answers import Answers
from kiosk.setup.centre import write_first_card, write_name, write_week
from kiosk.setup.furnish import offer, set_counters
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


def answer(
    tx: Connection, centre: Centre, asked: Asked, answers: Answers, passwords: Mapping[str, staff.Password]
) -> None:
    """Do all that the pages would have done, in one transaction; `passwords` are those of the staff, by name.

    Raises BegunAlready.
    """
    if has_admin(tx):
        raise BegunAlready
    for one in answers.staff:
        staff.add_staff(tx, asked, one.name, one.role, passwords[one.name])
    write_name(tx, centre, asked, {"name": answers.centre_name, "name_en": answers.centre_name_en})
    write_week(tx, centre, asked, answers.opening_hours)
    set_counters(tx, asked, answers.counters)
    offer(tx, asked, answers.services)
    steps = [Step.CENTRE, Step.HOURS, Step.COUNTERS, Step.SERVICES, Step.STAFF]
    if answers.card is not None:
        write_first_card(tx, asked, answers.card)
        steps.append(Step.CARD)
    for step in steps:
        note_done(tx, asked, step)


def note_done(tx: Connection, asked: Asked, step: Step) -> None:
    """Somebody has looked at a step and gone on; the newest counts."""
    row = {"name": step, "done_at": asked.now, "staff_id": asked.staff_id}
    if not insert_missing(tx, setup_step, row):
        tx.execute(sa.update(setup_step).where(setup_step.c.name == step).values(row))
