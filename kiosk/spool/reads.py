"""What became of a slip."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.spool.rules import JobStatus
from kiosk.spool.tables import print_job

_STATE = (
    sa.select(print_job.c.status, print_job.c.created_at)
    .where(print_job.c.subject == sa.bindparam("subject"))
    .order_by(print_job.c.id.desc())
    .limit(1)
)
_DUE = (
    sa.select(print_job.c.id)
    .where(print_job.c.status == JobStatus.QUEUED, print_job.c.due_at <= sa.bindparam("now"))
    .limit(1)
)


def slip_state(tx: Connection, subject: str) -> tuple[JobStatus, datetime] | None:
    """Where the newest job of this subject stands and when it was written; None when there never was one."""
    row = tx.execute(_STATE, {"subject": subject}).one_or_none()
    return None if row is None else (JobStatus(row.status), row.created_at)


def was_printed_since(tx: Connection, subject: str, since: datetime) -> bool:
    """Whether a slip of this subject was put on the spool after `since`: a double tap prints once."""
    query = sa.select(print_job.c.id).where(print_job.c.subject == subject, print_job.c.created_at > since)
    return tx.execute(query.limit(1)).scalar() is not None


def has_due_job(tx: Connection, now: datetime) -> bool:
    """Whether a claim would find something; asked first, so that an idle worker writes nothing."""
    return tx.execute(_DUE, {"now": now}).scalar() is not None
