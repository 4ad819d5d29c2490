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
    """The last `most` slips that ended after `since`, the newest first."""
    last = sa.select(sa.func.max(print_change.c.id)).where(print_change.c.job_id == print_job.c.id)
    query = (
        sa.select(print_job.c.id, print_job.c.status, sa.func.coalesce(print_change.c.note, ""))
        .outerjoin(print_change, print_change.c.id == last.scalar_subquery())
        .where(print_job.c.created_at > since, print_job.c.status.in_(FINAL))
        .order_by(print_job.c.id.desc())
        .limit(most)
    )
    return tuple(Ended(job_id, JobStatus(status), note) for job_id, status, note in tx.execute(query))


def waiting_slips(tx: Connection) -> int:
    """How many slips are waiting or printing."""
    open_ones = sa.select(sa.func.count()).select_from(print_job).where(print_job.c.status.not_in(FINAL))
    return tx.execute(open_ones).scalar_one()
