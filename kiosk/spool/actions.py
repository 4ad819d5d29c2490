"""Putting slips on the spool, and the steps of a job: the worker's and a person's. Each is one `_move`."""

import json
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.spool.refusals import JobMoved, JobNotWaiting, UnknownJob
from kiosk.spool.rules import MOVES, RETRY_AFTER, JobStatus, Step, step_after
from kiosk.spool.setups import setup_of
from kiosk.spool.tables import print_change, print_job
from printing.press import Pressed, Setup
from printing.slips import Slip, kinds, pack
from printing.worker import Claimed

_INSERT_JOB = sa.insert(print_job).returning(print_job.c.id)


def print_slip(
    tx: Connection, slip: Slip, subject: str, now: datetime, expires_s: int, setup_id: int | None = None
) -> int:
    """Write a job for `slip` in the caller's transaction; returns its id. `subject` is e.g. "ticket:12".

    `setup_id` prints it on a printer that is only being tried.
    """
    return _put(tx, slip.kind, pack(slip), subject, now, expires_s, setup_id)


def _put(
    tx: Connection,
    kind: str,
    packed: str,
    subject: str,
    now: datetime,
    expires_s: int,
    setup_id: int | None = None,
) -> int:
    job = {
        "kind": kind,
        "slip": packed,
        "subject": subject,
        "status": JobStatus.QUEUED,
        "created_at": now,
        "due_at": now,
        "expires_at": now + timedelta(seconds=expires_s),
        "setup_id": setup_id,
    }
    job_id: int = tx.execute(_INSERT_JOB, job).scalar_one()
    return job_id


_WAITING = sa.select(print_job.c.id).where(print_job.c.status == JobStatus.QUEUED)


def claim_job(tx: Connection, now: datetime, in_use: Setup) -> Claimed | None:
    """Take the oldest job that is due, as `sending`; those that waited too long expire first.

    A job is printed on the printer `in_use`, unless it tries another one.
    """
    _expire(tx, now)
    due = (
        _WAITING.where(print_job.c.due_at <= now)
        .order_by(print_job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = _move(
        tx, print_job.c.id == due.scalar_subquery(), Step.CLAIM, JobStatus.QUEUED, now,
        tries=print_job.c.tries + 1,
    )  # fmt: skip
    if job is None:
        return None
    tried = None if job.setup_id is None else setup_of(tx, job.setup_id)
    return Claimed(job.id, job.kind, job.slip, tried or in_use)


def _expire(tx: Connection, now: datetime) -> None:
    for job_id in tx.execute(_WAITING.where(print_job.c.expires_at <= now)).scalars().all():
        _move(tx, print_job.c.id == job_id, Step.EXPIRE, JobStatus.QUEUED, now)


def report_job(tx: Connection, job_id: int, pressed: Pressed, now: datetime) -> None:
    """Write down how a job's attempt ended; only a job that is `sending` can end."""
    outcome = pressed.outcome
    step = step_after(outcome.state, outcome.accepted, outcome.is_hopeless)
    may_be_on_paper = step in (Step.PRINT, Step.DOUBT)
    _move(
        tx, print_job.c.id == job_id, step, JobStatus.SENDING, now,
        due_at=now + RETRY_AFTER,
        told={
            "accepted": outcome.accepted,
            "note": outcome.note[:200],
            "mm": pressed.mm if may_be_on_paper else 0,
        },
    )  # fmt: skip


def recover_jobs(tx: Connection, now: datetime) -> int:
    """At start-up nobody is sending: a job left as `sending` may be on paper: it becomes `unconfirmed`."""
    left = (
        tx.execute(sa.select(print_job.c.id).where(print_job.c.status == JobStatus.SENDING)).scalars().all()
    )
    told = {"note": "the station was switched off while this slip was printing"}
    for job_id in left:
        _move(tx, print_job.c.id == job_id, Step.DOUBT, JobStatus.SENDING, now, told=told)
    return len(left)


def cancel_job(tx: Connection, job_id: int, staff_id: int, now: datetime) -> None:
    """Take a waiting slip back. Raises UnknownJob, JobNotWaiting."""
    by = {"staff_id": staff_id}
    if _move(tx, print_job.c.id == job_id, Step.CANCEL, JobStatus.QUEUED, now, told=by) is None:
        _status_of(tx, job_id)
        raise JobNotWaiting


def cancel_all(tx: Connection, staff_id: int, now: datetime) -> None:
    """Take every waiting slip back: the printer that they waited for is not used any more."""
    for job_id in tx.execute(_WAITING.where(print_job.c.setup_id.is_(None))).scalars().all():
        is_it = print_job.c.id == job_id
        _move(tx, is_it, Step.CANCEL, JobStatus.QUEUED, now, told={"staff_id": staff_id})


def note_told(tx: Connection, job_id: int, staff_id: int, now: datetime) -> None:
    """Staff have told the owner of a missing slip its number. Raises UnknownJob, JobMoved."""
    _by_person(tx, print_job.c.id == job_id, Step.TELL, job_id, staff_id, now)


def note_again(tx: Connection, job_id: int, after: int, staff_id: int, now: datetime) -> None:
    """Claim the one reprint that a page offers; the caller then puts a new job on the spool.

    `after` is the job's count of steps that the page showed. Raises UnknownJob, and JobMoved for a second
    press, which must not print a second time.
    """
    is_it = sa.and_(print_job.c.id == job_id, print_job.c.steps == after)
    _by_person(tx, is_it, Step.AGAIN, job_id, staff_id, now)


def print_again(tx: Connection, job_id: int, now: datetime, expires_s: int) -> int:
    """The same slip as a new job, marked 补打 where such a slip has the mark. Raises UnknownJob."""
    job = tx.execute(sa.select(print_job).where(print_job.c.id == job_id)).one_or_none()
    if job is None:
        raise UnknownJob
    return _put(tx, job.kind, _marked(job.kind, job.slip), job.subject, now, expires_s, job.setup_id)


def _marked(kind: str, packed: str) -> str:
    made_of = kinds().get(kind)
    if made_of is None or "reprint" not in {field.name for field in fields(made_of)}:
        return packed
    return json.dumps(json.loads(packed) | {"reprint": True}, ensure_ascii=False, separators=(",", ":"))


def _by_person(
    tx: Connection, is_it: sa.ColumnElement[bool], step: Step, job_id: int, staff_id: int, now: datetime
) -> None:
    status, by = _status_of(tx, job_id), {"staff_id": staff_id}
    if (status, step) not in MOVES or _move(tx, is_it, step, status, now, told=by) is None:
        raise JobMoved


def _status_of(tx: Connection, job_id: int) -> JobStatus:
    status = tx.execute(sa.select(print_job.c.status).where(print_job.c.id == job_id)).scalar()
    if status is None:
        raise UnknownJob
    return JobStatus(status)


_RETURNED = (print_job.c.id, print_job.c.kind, print_job.c.slip, print_job.c.setup_id)


def _move(
    tx: Connection,
    is_it: sa.ColumnElement[bool],
    step: Step,
    status: JobStatus,
    now: datetime,
    told: dict[str, Any] | None = None,
    **values: Any,
) -> Any:
    """The job that `is_it` and stands at `status` takes `step`, and a row tells of it; None without one."""
    to = MOVES[status, step]
    moved = tx.execute(
        sa.update(print_job)
        .where(is_it, print_job.c.status == status)
        .values(status=to, steps=print_job.c.steps + 1, **values)
        .returning(*_RETURNED)
    ).one_or_none()
    if moved is not None:
        row = {"job_id": moved.id, "step": step, "from_status": status, "to_status": to, "at": now}
        tx.execute(sa.insert(print_change), row | {"accepted": 0, "note": ""} | (told or {}))
    return moved
