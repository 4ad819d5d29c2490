"""Putting slips on the spool, and the steps of a job: claim, report, recover."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.spool.rules import RETRY_AFTER, JobStatus, after_attempt
from kiosk.spool.tables import print_change, print_job
from printing.printers import Outcome
from printing.slips import Slip, pack
from printing.worker import Claimed

_INSERT_JOB = sa.insert(print_job).returning(print_job.c.id)


def print_slip(tx: Connection, slip: Slip, subject: str, now: datetime, expires_s: int) -> int:
    """Write a job for `slip` in the caller's transaction; returns its id. `subject` is e.g. "ticket:12"."""
    job = {
        "kind": slip.kind,
        "slip": pack(slip),
        "subject": subject,
        "status": JobStatus.QUEUED,
        "created_at": now,
        "due_at": now,
        "expires_at": now + timedelta(seconds=expires_s),
    }
    job_id: int = tx.execute(_INSERT_JOB, job).scalar_one()
    return job_id


def claim_job(tx: Connection, now: datetime) -> Claimed | None:
    """Take the oldest job that is due, as `sending`; those that waited too long expire first."""
    for job_id in (
        tx.execute(
            sa.update(print_job)
            .where(print_job.c.status == JobStatus.QUEUED, print_job.c.expires_at <= now)
            .values(status=JobStatus.EXPIRED)
            .returning(print_job.c.id)
        )
        .scalars()
        .all()
    ):
        _note(tx, job_id, JobStatus.EXPIRED, now)
    due = (
        sa.select(print_job.c.id)
        .where(print_job.c.status == JobStatus.QUEUED, print_job.c.due_at <= now)
        .order_by(print_job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = tx.execute(
        sa.update(print_job)
        .where(print_job.c.id == due.scalar_subquery(), print_job.c.status == JobStatus.QUEUED)
        .values(status=JobStatus.SENDING, tries=print_job.c.tries + 1)
        .returning(print_job.c.id, print_job.c.kind, print_job.c.slip)
    ).one_or_none()
    if job is None:
        return None
    _note(tx, job.id, JobStatus.SENDING, now)
    return Claimed(job.id, job.kind, job.slip)


def report_job(tx: Connection, job_id: int, outcome: Outcome, now: datetime) -> None:
    """Write down how a job's attempt ended; only a job that is `sending` can end."""
    status = after_attempt(outcome.state, outcome.accepted, outcome.is_hopeless)
    ended = tx.execute(
        sa.update(print_job)
        .where(print_job.c.id == job_id, print_job.c.status == JobStatus.SENDING)
        .values(status=status, due_at=now + RETRY_AFTER)
    )
    if ended.rowcount:
        _note(tx, job_id, status, now, outcome.accepted, outcome.note)


def recover_jobs(tx: Connection, now: datetime) -> int:
    """At start-up nobody is sending: a job left as `sending` may be on paper: it becomes `unconfirmed`."""
    left = (
        tx.execute(
            sa.update(print_job)
            .where(print_job.c.status == JobStatus.SENDING)
            .values(status=JobStatus.UNCONFIRMED)
            .returning(print_job.c.id)
        )
        .scalars()
        .all()
    )
    for job_id in left:
        _note(
            tx,
            job_id,
            JobStatus.UNCONFIRMED,
            now,
            note="the station was switched off while this slip was printing",
        )
    return len(left)


def _note(
    tx: Connection, job_id: int, to: JobStatus, now: datetime, accepted: int = 0, note: str = ""
) -> None:
    tx.execute(
        sa.insert(print_change).values(
            job_id=job_id, to_status=to, at=now, accepted=accepted, note=note[:200]
        )
    )
