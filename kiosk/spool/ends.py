"""How the last slips ended, for whoever looks after the printer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.spool.rules import FINAL, JobStatus
from kiosk.spool.tables import print_change, print_job


@dataclass(frozen=True)
class Ended:
    """One slip that is over, and what was noted at its end."""

    job_id: int
    status: JobStatus
    note: str


def last_slips(tx: Connection, since: datetime, most: int) -> tuple[Ended, ...]:
    """The last `most` slips of those put on the spool after `since` that are over, the newest first."""
    note = (
        sa.select(print_change.c.note)
        .where(print_change.c.job_id == print_job.c.id)
        .order_by(print_change.c.id.desc())
        .limit(1)
    )
    query = (
        sa.select(print_job.c.id, print_job.c.status, sa.func.coalesce(note.scalar_subquery(), ""))
        .where(print_job.c.created_at > since, print_job.c.status.in_(FINAL))
        .order_by(print_job.c.id.desc())
        .limit(most)
    )
    return tuple(Ended(job_id, JobStatus(status), note) for job_id, status, note in tx.execute(query))


def waiting_slips(tx: Connection) -> int:
    """How many slips are waiting or printing."""
    open_ones = sa.select(sa.func.count()).select_from(print_job).where(print_job.c.status.not_in(FINAL))
    return tx.execute(open_ones).scalar_one()
