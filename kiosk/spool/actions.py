"""Putting slips on the spool, and the steps of a job: the worker's and a person's. Each is one `move`."""

import json
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.database.prepared import Prepared
from kiosk.settings import Settings
from kiosk.spool.moving import NAMED, OF_ID, move, moving
from kiosk.spool.reads import IS_DUE, due_at, slip_state
from kiosk.spool.refusals import (
    JobMoved,
    JobNotWaiting,
    PasswordGone,
    PasswordPrinted,
    PasswordsNotPrinted,
    PrintedOften,
    UnknownJob,
)
from kiosk.spool.rules import FINAL, MOVES, RETRY_AFTER, JobStatus, Step, step_after
from kiosk.spool.secret import is_secret, kept_password, leaves_none_behind, slip_of, subject_of, told_of
from kiosk.spool.setups import setup_in_use, setup_of
from kiosk.spool.tables import print_change, print_job
from printing.printer_process import Printed, Setup
from printing.slips import Slip, kinds, pack
from printing.worker import Claimed

MOST_AGAIN = 10
"""So often a day staff print again what was printed for one ticket, card or registration."""

_INSERT_JOB = Prepared(
    sa.insert(print_job).returning(print_job.c.id),
    "kind", "slip", "subject", "status", "created_at", "due_at", "expires_at", "setup_id", "box",
)  # fmt: skip


def print_slip(
    tx: Connection, slip: Slip, subject: str, now: datetime, settings: Settings, setup_id: int | None = None
) -> int:
    """Write a job for `slip` in the caller's transaction; returns its id. `subject` is e.g. "ticket:12".

    It comes out of the box of `settings`, whose own printer stands where the person does.

    `setup_id` prints it on a printer that is only being tried. A secret slip goes by `print_password`.
    """
    if slip.is_secret:
        raise ValueError(f"a slip of kind {slip.kind} must not be written down")
    return _put(tx, _Packed(slip.kind, pack(slip), subject, setup_id), settings, now)


def print_password(tx: Connection, key: str, now: datetime, settings: Settings) -> int:
    """Write the job of a slip that `keep_password` keeps under `key`; the row tells whose it is, no more.

    Raises PasswordsNotPrinted where slips are looked at on the disk or nothing is printed, PasswordPrinted
    for a second press, PasswordGone for what is not kept any more.
    """
    if not leaves_none_behind(setup_in_use(tx, settings)):
        raise PasswordsNotPrinted
    if slip_state(tx, subject_of(key)) is not None:
        raise PasswordPrinted
    slip = kept_password(key, now)
    if slip is None:
        raise PasswordGone
    return _put(tx, _Packed(slip.kind, told_of(slip), subject_of(key), None), settings, now)


class _Packed(NamedTuple):
    kind: str
    slip: str
    subject: str
    setup_id: int | None


def _put(tx: Connection, packed: _Packed, settings: Settings, now: datetime) -> int:
    job = {
        "kind": packed.kind,
        "slip": packed.slip,
        "subject": packed.subject,
        "status": JobStatus.QUEUED,
        "created_at": now,
        "due_at": now,
        "expires_at": now + timedelta(seconds=settings.slip_expires_s),
        "setup_id": packed.setup_id,
        "box": settings.box,
    }
    job_id: int = _INSERT_JOB.first(tx, job).id
    return job_id


_OF_BOX = print_job.c.box == sa.bindparam("box")
_WAITING = sa.select(print_job.c.id).where(print_job.c.status == JobStatus.QUEUED, _OF_BOX)
_TOO_OLD = Prepared(_WAITING.where(print_job.c.expires_at <= sa.bindparam("now")))
_DUE = _WAITING.where(IS_DUE).order_by(print_job.c.id).limit(1).with_for_update(skip_locked=True)
_CLAIMED = moving(print_job.c.id == _DUE.scalar_subquery(), tries=print_job.c.tries + 1)


def claim_job(tx: Connection, now: datetime, settings: Settings) -> Claimed | None:
    """Take this box's oldest job that is due, as `sending`; those that waited too long expire first.

    A job is printed on the printer in use, unless it tries another one.
    """
    for old in _TOO_OLD.all(tx, {"now": now, "box": settings.box}):
        move(tx, NAMED, {"job_id": old.id}, (JobStatus.QUEUED, Step.EXPIRE), now)
    job = move(tx, _CLAIMED, due_at(now, settings.box), (JobStatus.QUEUED, Step.CLAIM), now)
    if job is None:
        return None
    tried = None if job.setup_id is None else setup_of(tx, job.setup_id)
    setup = tried or setup_in_use(tx, settings)
    return Claimed(job.id, job.kind, _to_print(job, setup), setup)


def _to_print(job: Any, setup: Setup) -> str:
    """The packed slip. A secret one that is gone, or that this printer would keep, is not drawn: it fails."""
    if not is_secret(job.kind):
        return str(job.slip)
    kept = slip_of(job.subject) if leaves_none_behind(setup) else None
    return FORGOTTEN if kept is None else kept


_ATTEMPTED = moving(OF_ID, due_at=sa.bindparam("again_at"))


def report_job(tx: Connection, job_id: int, printed: Printed, now: datetime) -> None:
    """Write down how a job's attempt ended; only a job that is `sending` can end."""
    outcome = printed.outcome
    step = step_after(outcome.state, outcome.accepted, outcome.is_hopeless)
    may_be_on_paper = step in (Step.PRINT, Step.DOUBT)
    told = {
        "accepted": outcome.accepted,
        "note": outcome.note[:200],
        "mm": printed.mm if may_be_on_paper else 0,
    }
    parameters = {"job_id": job_id, "again_at": now + RETRY_AFTER}
    move(tx, _ATTEMPTED, parameters, (JobStatus.SENDING, step), now, told)


_WAITING_SECRET = sa.select(print_job.c.id, print_job.c.subject).where(
    print_job.c.status == JobStatus.QUEUED, _OF_BOX, print_job.c.subject.startswith(subject_of(""))
)
_LEFT = sa.select(print_job.c.id).where(print_job.c.status == JobStatus.SENDING, _OF_BOX)


def recover_jobs(tx: Connection, now: datetime, settings: Settings) -> int:
    """When a box starts it sends nothing: its jobs left as `sending` may be on paper: `unconfirmed` now.

    Those of other boxes may be printing at this very moment. A secret slip that waited is forgotten: it ends.
    """
    left = tx.execute(_LEFT, {"box": settings.box}).scalars().all()
    told = {"note": "the station was switched off while this slip was printing"}
    for job_id in left:
        move(tx, NAMED, {"job_id": job_id}, (JobStatus.SENDING, Step.DOUBT), now, told)
    for job in tx.execute(_WAITING_SECRET, {"box": settings.box}):
        if slip_of(job.subject) is None:
            told = {"note": "the station was switched off, and kept this slip nowhere"}
            move(tx, NAMED, {"job_id": job.id}, (JobStatus.QUEUED, Step.EXPIRE), now, told)
    return len(left)


def cancel_job(tx: Connection, asked: Asked, job_id: int) -> None:
    """Take a waiting slip back. Raises UnknownJob, JobNotWaiting."""
    by = {"staff_id": asked.staff_id}
    if move(tx, NAMED, {"job_id": job_id}, (JobStatus.QUEUED, Step.CANCEL), asked.now, by) is None:
        _status_of(tx, job_id)
        raise JobNotWaiting


_WRITTEN_WITH = Prepared(
    sa.select(print_job.c.id, print_job.c.status)
    .where(print_job.c.subject == sa.bindparam("subject"), print_job.c.created_at == sa.bindparam("at"))
    .order_by(print_job.c.id.desc())
    .limit(1)
)


def take_back_slip(tx: Connection, asked: Asked, subject: str, at: datetime) -> JobStatus | None:
    """Take back the slip of this subject that was written at this moment, while it still waits.

    Returns where it stands then: cancelled, or on its way to paper or beyond; None when there is none.
    """
    job = _WRITTEN_WITH.first(tx, {"subject": subject, "at": at})
    if job is None:
        return None
    by = {"staff_id": asked.staff_id}
    taken = move(tx, NAMED, {"job_id": job.id}, (JobStatus.QUEUED, Step.CANCEL), asked.now, by)
    return JobStatus.CANCELLED if taken is not None else _status_of(tx, job.id)


_WAITING_FOR_CHOSEN = _WAITING.where(print_job.c.setup_id.is_(None))


def cancel_all(tx: Connection, asked: Asked, settings: Settings) -> None:
    """Take every waiting slip of this box back: the printer that they waited for is not used any more."""
    for job_id in tx.execute(_WAITING_FOR_CHOSEN, {"box": settings.box}).scalars().all():
        way, by = (JobStatus.QUEUED, Step.CANCEL), {"staff_id": asked.staff_id}
        move(tx, NAMED, {"job_id": job_id}, way, asked.now, by)


def note_told(tx: Connection, asked: Asked, job_id: int) -> None:
    """Staff have told the owner of a missing slip its number. Raises UnknownJob, JobMoved."""
    _by_person(tx, asked, NAMED, {"job_id": job_id}, Step.TELL)


_UNTOUCHED = moving(sa.and_(OF_ID, print_job.c.steps == sa.bindparam("after")))


def note_again(tx: Connection, asked: Asked, job_id: int, after: int) -> None:
    """Claim the one reprint that a page offers; the caller then puts a new job on the spool.

    `after` is the job's count of steps that the page showed. Raises UnknownJob, PrintedOften, and JobMoved
    for a second press, which must not print a second time; PasswordPrinted for what is printed once.
    """
    _check_often(tx, asked.now, job_id)
    _check_no_secret(tx, job_id)
    _by_person(tx, asked, _UNTOUCHED, {"job_id": job_id, "after": after}, Step.AGAIN)


def _check_often(tx: Connection, now: datetime, job_id: int) -> None:
    subject = sa.select(print_job.c.subject).where(print_job.c.id == job_id).scalar_subquery()
    again = (
        sa.select(sa.func.count())
        .select_from(print_change.join(print_job, print_job.c.id == print_change.c.job_id))
        .where(print_job.c.subject == subject, print_change.c.step == Step.AGAIN)
        .where(print_change.c.at > now - timedelta(days=1))
    )
    if tx.execute(again).scalar_one() >= MOST_AGAIN:
        raise PrintedOften(most=MOST_AGAIN)


def _check_no_secret(tx: Connection, job_id: int) -> None:
    kind = tx.execute(sa.select(print_job.c.kind).where(print_job.c.id == job_id)).scalar()
    if kind is not None and is_secret(kind):
        raise PasswordPrinted


def print_again(tx: Connection, job_id: int, now: datetime, settings: Settings) -> int:
    """The same slip as a new job of this box, marked 补打 where such a slip is. Raises UnknownJob."""
    job = tx.execute(sa.select(print_job).where(print_job.c.id == job_id)).one_or_none()
    if job is None or job.slip == FORGOTTEN:
        raise UnknownJob
    again = _Packed(job.kind, _marked(job.kind, job.slip), job.subject, job.setup_id)
    return _put(tx, again, settings, now)


FORGOTTEN = "{}"
"""What is left of a slip that named somebody, when the centre's days are over."""


def forget_slips(tx: Connection, before: datetime) -> None:
    """Empty the slips written before `before`: names and telephones stood on them."""
    is_old = sa.and_(print_job.c.created_at < before, print_job.c.status.in_(FINAL))
    tx.execute(sa.update(print_job).where(is_old, print_job.c.slip != FORGOTTEN).values(slip=FORGOTTEN))


def _marked(kind: str, packed: str) -> str:
    made_of = kinds().get(kind)
    if made_of is None or "reprint" not in {field.name for field in fields(made_of)}:
        return packed
    return json.dumps(json.loads(packed) | {"reprint": True}, ensure_ascii=False, separators=(",", ":"))


def _by_person(tx: Connection, asked: Asked, moved: Prepared, parameters: dict[str, int], step: Step) -> None:
    status, by = _status_of(tx, parameters["job_id"]), {"staff_id": asked.staff_id}
    if (status, step) not in MOVES or move(tx, moved, parameters, (status, step), asked.now, by) is None:
        raise JobMoved


def _status_of(tx: Connection, job_id: int) -> JobStatus:
    status = tx.execute(sa.select(print_job.c.status).where(print_job.c.id == job_id)).scalar()
    if status is None:
        raise UnknownJob
    return JobStatus(status)
