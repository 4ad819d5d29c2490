"""Single concerns by their number, for who sees counts alone: how many there are, and one with a reason."""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.concerns.reads import concerns_with
from kiosk.concerns.refusals import UnknownConcern
from kiosk.concerns.rules import RUNNING, State, Verb
from kiosk.concerns.sight import Sight
from kiosk.concerns.tables import concern, concern_change


def concern_called(tx: Connection, centre: Centre, asked: Asked, number: str) -> int:
    """The concern of this year with this number. Raises UnknownConcern."""
    mine = sa.and_(concern.c.year == centre.day(asked.now).year, concern.c.number == number)
    found: int | None = tx.execute(sa.select(concern.c.id).where(mine)).scalar()
    if found is None:
        raise UnknownConcern
    return found


def sights(
    tx: Connection, centre: Centre, asked: Asked, role: str, ids: Collection[int]
) -> dict[int, Sight]:  # fmt: skip
    """What whoever asks sees of these, for lists that other rooms keep of them."""
    since, who = centre.day_start(asked.now), asked.staff_id or 0
    found = concerns_with(tx, centre, asked.lang, ids)
    return {one.id: one.sight(role, who, since) for one in found}


REASON_HOLDS = timedelta(minutes=30)
"""For how long a reason that was written opens a single concern."""


def has_reason(tx: Connection, asked: Asked, concern_id: int) -> bool:
    """Whether who asks wrote down just now why they look."""
    after, before = bounds(asked.now, REASON_HOLDS)
    mine = sa.and_(
        concern_change.c.concern_id == concern_id,
        concern_change.c.staff_id == asked.staff_id,
        concern_change.c.verb == Verb.LOOK,
        concern_change.c.note != "",
        concern_change.c.at > after,
        concern_change.c.at < before,
    )
    return tx.execute(sa.select(concern_change.c.id).where(mine).limit(1)).first() is not None


class Counts(Struct, frozen=True):
    """How many: taken in this month, running, overdue, answered or over this month. Sealed ones count too."""

    taken: int
    running: int
    overdue: int
    answered: int


def counts(tx: Connection, centre: Centre, asked: Asked) -> Counts:
    """The figures of this month for who sees counts alone."""
    today = centre.day(asked.now)
    first = centre.local(asked.now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    running = concern.c.state.in_(RUNNING)
    late = sa.or_(sa.and_(concern.c.due_at.is_(None), concern.c.due_on < today), concern.c.due_at < asked.now)
    cells = (
        concern.c.taken_at >= first,
        running,
        sa.and_(running, concern.c.state != State.WAITING, late),
        concern.c.answered_at >= first,
    )
    row = tx.execute(sa.select(*(sa.func.count(sa.case((one, 1))) for one in cells))).one()
    return Counts(*(int(count) for count in row))
