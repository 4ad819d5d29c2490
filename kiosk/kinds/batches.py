"""任务: what the street asks for, many at once with one date; and the 通报, printed of the same rows."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Kind, Said, Source, State
from kiosk.concerns.tables import concern
from kiosk.database.dialects import insert_missing
from kiosk.kinds.refusals import BadBatch, UnknownBatch
from kiosk.kinds.rules import LONGEST_SENTENCE, LONGEST_TITLE, MOST_FIX_DAYS, MOST_TASKS
from kiosk.kinds.tables import batch

ENDED = (State.ANSWERED, State.DONE, State.DECLINED)


class NewBatch(Struct, frozen=True):
    """Tasks as they come: their title, who tells them, until when, a line each, and their category."""

    title: str
    told_by: str
    due_on: date
    lines: tuple[str, ...]
    category: str
    tap: str


class Batch(Struct, frozen=True):
    """Tasks that came together, and how many of them are done."""

    id: int
    title: str
    told_by: str
    due_on: date
    at: datetime
    count: int
    ended: int
    in_time: int


class Task(Struct, frozen=True):
    """One task of a batch."""

    concern_id: int
    number: str
    about: str
    state: State
    due_on: date
    owner_id: int | None
    answered_at: datetime | None
    reply: str


def add_batch(tx: Connection, centre: Centre, asked: Asked, new: NewBatch) -> int:
    """Take all in, each with the batch's date; the same `tap` does it once. Raises BadBatch."""
    days = (new.due_on - centre.day(asked.now)).days
    if not 0 < len(new.title) <= LONGEST_TITLE or len(new.told_by) > LONGEST_NAME_OF_TELLER:
        raise BadBatch
    if not 0 <= days <= MOST_FIX_DAYS or not 0 < len(new.lines) <= MOST_TASKS:
        raise BadBatch
    if any(len(line) > LONGEST_SENTENCE for line in new.lines):
        raise BadBatch
    row = {"title": new.title, "told_by": new.told_by, "due_on": new.due_on, "tap": new.tap}
    is_new = insert_missing(tx, batch, {**row, "at": asked.now, "staff_id": asked.staff_id})
    batch_id = int(tx.execute(sa.select(batch.c.id).where(batch.c.tap == new.tap)).scalar_one())
    for place, line in enumerate(new.lines if is_new else ()):
        ref = f"batch:{batch_id}:{place}"
        said = Said(
            new.category, ref, Source.STREET, about=line, source_ref=ref, kind=Kind.TASK, due_on=new.due_on,
            has_slip=False,
        )  # fmt: skip
        concerns.take_in(tx, centre, asked, said)
    return batch_id


LONGEST_NAME_OF_TELLER = 32


def batches(tx: Connection, centre: Centre, most: int = 50) -> tuple[Batch, ...]:
    """The newest batches first."""
    rows = tx.execute(sa.select(batch).order_by(batch.c.id.desc()).limit(most)).all()
    return tuple(_batch(tx, centre, row) for row in rows)


def batch_of(tx: Connection, centre: Centre, batch_id: int) -> Batch:
    """One batch. Raises UnknownBatch."""
    row = tx.execute(sa.select(batch).where(batch.c.id == batch_id)).first()
    if row is None:
        raise UnknownBatch
    return _batch(tx, centre, row)


def tasks_of(tx: Connection, batch_id: int) -> tuple[Task, ...]:
    """The tasks of a batch, in its order."""
    mine = sa.and_(concern.c.source == Source.STREET, concern.c.source_ref.like(f"batch:{batch_id}:%"))
    rows = tx.execute(sa.select(concern).where(mine).order_by(concern.c.id))
    return tuple(_task(row) for row in rows)


def _task(row: Any) -> Task:
    return Task(
        row.id, row.number, row.about, State(row.state), row.due_on, row.owner_id, row.answered_at, row.reply
    )


def _batch(tx: Connection, centre: Centre, row: Any) -> Batch:
    tasks = tasks_of(tx, row.id)
    ended = [one for one in tasks if one.state in ENDED]
    in_time = [one for one in ended if one.answered_at and centre.day(one.answered_at) <= row.due_on]
    return Batch(row.id, row.title, row.told_by, row.due_on, row.at, len(tasks), len(ended), len(in_time))
