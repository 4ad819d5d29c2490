"""What became of slips: of one, of the last ones, and of those that somebody is missing."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.clock import bounds
from kiosk.database.prepared import Prepared
from kiosk.settings import Settings
from kiosk.spool.rules import ALERT_FOR, MISSING, MOVES, RETRY_AFTER, JobStatus, Step, needs_person
from kiosk.spool.secret import is_secret
from kiosk.spool.tables import print_change, print_job
from kiosk.words import Lang

_STATE = Prepared(
    sa.select(print_job.c.status, print_job.c.created_at)
    .where(print_job.c.subject == sa.bindparam("subject"))
    .order_by(print_job.c.id.desc())
    .limit(1)
)
IS_DUE = sa.or_(
    print_job.c.due_at <= sa.bindparam("now"),
    print_job.c.due_at > sa.bindparam("latest"),  # written by a clock that was ahead: no try waits so long
)
_DUE = Prepared(
    sa.select(print_job.c.id)
    .where(
        print_job.c.status == JobStatus.QUEUED,
        IS_DUE,
        print_job.c.box == sa.bindparam("box"),
    )
    .limit(1)
)
NAMES = ("number", "post", "event", "name")
"""Fields of slips by which people call one."""

RECENT = 20
LOOKED_THROUGH = 1000
"""Jobs, counted back from the newest, among which a missing slip is looked for: some of an hour's rush."""


@dataclass(frozen=True)
class Job:
    """A slip on its way, as staff see it. `title` is what people call it: the number, the post, the event.

    `steps` is what the form of 补打 names; `is_missed` says that staff should look after its owner. What no
    page shows is left out of `repr`, by which pages tell whether there is anything new.
    """

    id: int
    kind: str
    subject: str
    title: str
    lang: Lang
    status: JobStatus
    steps: int = field(repr=False)
    created_at: datetime
    note: str = field(repr=False)
    is_missed: bool

    @property
    def can_cancel(self) -> bool:
        """Whether it can still be taken back."""
        return (self.status, Step.CANCEL) in MOVES

    @property
    def can_again(self) -> bool:
        """Whether it can be printed again: only once it is over, and never a secret."""
        return (self.status, Step.AGAIN) in MOVES and not is_secret(self.kind)

    @property
    def can_tell(self) -> bool:
        """Whether its owner may have to be told."""
        return self.is_missed and (self.status, Step.TELL) in MOVES


def slip_state(tx: Connection, subject: str) -> tuple[JobStatus, datetime] | None:
    """Where the newest job of this subject stands and when it was written; None when there never was one."""
    row = _STATE.first(tx, {"subject": subject})
    return None if row is None else (JobStatus(row.status), row.created_at)


def was_just_printed(tx: Connection, subject: str, now: datetime, settings: Settings) -> bool:
    """Whether a slip of this subject was put on the spool within the guard time: a double tap prints once."""
    after, before = bounds(now, timedelta(seconds=settings.guard_s))
    at = print_job.c.created_at
    query = sa.select(print_job.c.id).where(print_job.c.subject == subject, at > after, at < before)
    return tx.execute(query.limit(1)).scalar() is not None


def due_at(now: datetime, box: str) -> dict[str, object]:
    """The parameters of IS_DUE for the jobs of `box`."""
    return {"now": now, "latest": bounds(now, RETRY_AFTER)[1], "box": box}


def has_due_job(tx: Connection, now: datetime, box: str) -> bool:
    """Whether a claim of `box` would find something; asked first, so that an idle worker writes nothing."""
    return _DUE.first(tx, due_at(now, box)) is not None


_OF_JOB = print_change.c.job_id == print_job.c.id
_LATER = print_job.alias("later")
_NOTE = (
    sa.select(print_change.c.note)
    .where(_OF_JOB, print_change.c.note != "")
    .order_by(print_change.c.id.desc())
    .limit(1)
    .correlate(print_job)
    .scalar_subquery()
)
_IS_SETTLED = sa.or_(
    sa.exists()
    .where(_OF_JOB, sa.or_(print_change.c.step == Step.TELL, print_change.c.step == Step.AGAIN))
    .correlate(print_job),
    sa.exists().where(_LATER.c.subject == print_job.c.subject, _LATER.c.id > print_job.c.id),
)
"""Its owner was told, or has got another slip since."""

_JOBS = sa.select(
    print_job, sa.func.coalesce(_NOTE, "").label("note"), _IS_SETTLED.label("is_settled")
).order_by(print_job.c.id.desc())
_OF_BOX = print_job.c.box == sa.bindparam("box")
_RECENT = _JOBS.where(_OF_BOX).limit(RECENT)
_MISSING = Prepared(_JOBS.where(
    _OF_BOX,
    sa.or_(*(print_job.c.status == one for one in (*MISSING, JobStatus.QUEUED, JobStatus.SENDING))),
    # without this ten years of slips that were not confirmed would be looked through at every poll
    print_job.c.id > sa.select(sa.func.max(print_job.c.id) - LOOKED_THROUGH).scalar_subquery(),
    print_job.c.created_at > sa.bindparam("since"),
))  # fmt: skip


def recent_jobs(tx: Connection, settings: Settings, now: datetime) -> tuple[Job, ...]:
    """The last twenty of this box, newest first."""
    return tuple(_job(row, now) for row in tx.execute(_RECENT, {"box": settings.box}))


def missed_jobs(tx: Connection, settings: Settings, now: datetime) -> tuple[Job, ...]:
    """The slips of this box that somebody is missing now, oldest first."""
    rows = _MISSING.all(tx, {"since": now - ALERT_FOR, "box": settings.box})
    # a slip is unpacked only when it is told: during an outage most of two hundred still wait in peace
    return tuple(_job(row, now) for row in reversed(rows) if _is_missed(row, now))


def job_of(tx: Connection, job_id: int, now: datetime) -> Job | None:
    """One job; None when there is none of this id."""
    row = tx.execute(_JOBS.where(print_job.c.id == job_id)).one_or_none()
    return None if row is None else _job(row, now)


def _job(row: Any, now: datetime) -> Job:
    status = JobStatus(row.status)
    slip = json.loads(row.slip)
    return Job(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        title=str(next((slip[name] for name in NAMES if slip.get(name)), "")),
        lang="en" if slip.get("lang") == "en" else "zh",
        status=status,
        steps=row.steps,
        created_at=row.created_at,
        note=row.note,
        is_missed=_is_missed(row, now),
    )


def _is_missed(row: Any, now: datetime) -> bool:
    is_settled = bool(row.is_settled)
    return row.setup_id is None and needs_person(
        JobStatus(row.status), row.tries, row.created_at, now, is_settled
    )
