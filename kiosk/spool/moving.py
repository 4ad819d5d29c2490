"""The one way a print job goes from a status to the next: one conditional UPDATE, and a row for it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.spool.rules import FINAL, MOVES, JobStatus, Step
from kiosk.spool.secret import is_over
from kiosk.spool.tables import print_change, print_job


def moving(is_it: sa.ColumnElement[bool], **values: Any) -> Prepared:
    """The UPDATE that moves the job which `is_it` and sets `values` besides; `move` knows the rest."""
    return Prepared(
        sa.update(print_job)
        .where(is_it, print_job.c.status == sa.bindparam("at_status"))
        .values(status=sa.bindparam("then_status"), steps=print_job.c.steps + 1, **values)
        .returning(
            print_job.c.id,
            print_job.c.kind,
            print_job.c.slip,
            print_job.c.subject,
            print_job.c.setup_id,
            print_job.c.box,
        )
    )


OF_ID = print_job.c.id == sa.bindparam("job_id")
NAMED = moving(OF_ID)
"""The job with the id `job_id`."""

_NOTE = Prepared(
    sa.insert(print_change),
    "job_id", "step", "from_status", "to_status", "at", "accepted", "mm", "staff_id", "note", "box",
)  # fmt: skip
_NOTHING_TOLD = {"accepted": 0, "mm": 0, "staff_id": None, "note": ""}


def move(
    tx: Connection,
    moved: Prepared,
    parameters: dict[str, Any],
    way: tuple[JobStatus, Step],
    now: datetime,
    told: dict[str, Any] | None = None,
) -> Any:
    """The job that `moved` finds takes this `way`: where it stands, and the step.

    Returns id, kind, slip, subject, setup_id and box, or None where nothing stands so.

    `told` are columns of `print_change`: accepted, mm, staff_id, note.
    """
    status, step = way
    to = MOVES[way]
    job = moved.first(tx, parameters | {"at_status": status, "then_status": to})
    if job is not None:
        row = {
            "job_id": job.id, "box": job.box, "step": step, "from_status": status, "to_status": to, "at": now
        }  # fmt: skip
        _NOTE.all(tx, _NOTHING_TOLD | row | (told or {}))
        if to in FINAL:
            is_over(job.subject)
    return job
