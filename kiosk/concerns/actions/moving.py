"""One step of a concern: a conditional UPDATE along MOVES, and one appended row."""

from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.concerns.refusals import (
    STATE_NAMES,
    MovedMeanwhile,
    NotYours,
    RatingStays,
    UnknownConcern,
    WrongState,
)
from kiosk.concerns.rules import LONGEST_NOTE, UNDOABLE, State, Verb, is_open_to, target
from kiosk.concerns.snapshot import snapshot
from kiosk.concerns.tables import concern, concern_change


class Step(Struct, frozen=True):
    """What goes with a verb: new values of the concern, why, a line of words, and how it was told."""

    verb: Verb
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    note: str = ""
    told: str = ""
    before: str | None = None
    """How it stood, where its rest was ended before: else a step taken back would leave it without one."""


class Hand(Struct, frozen=True):
    """Who does it: `is_lead` for the secretary, whose word decides; others act on what is theirs."""

    asked: Asked
    is_lead: bool = False

    def check_owner(self, at: Any) -> None:
        """Raise NotYours unless it is theirs, nobody's, or they lead."""
        if not self.is_lead and at.owner_id not in (None, self.asked.staff_id):
            raise NotYours(number=at.number)


def standing(tx: Connection, concern_id: int) -> Any:
    """The concern's row. Raises UnknownConcern."""
    row = tx.execute(sa.select(concern).where(concern.c.id == concern_id)).first()
    if row is None:
        raise UnknownConcern
    return row


def move(tx: Connection, asked: Asked, at: Any, step: Step) -> State:
    """Do it, if the concern still stands as `at` (its row) says; where it stands then.

    Raises WrongState, RatingStays, MovedMeanwhile.
    """
    if not is_open_to(at.source, step.verb):
        raise RatingStays(number=at.number)
    to = target(State(at.state), step.verb)
    if to is None:
        raise WrongState(number=at.number, state=STATE_NAMES[State(at.state)])
    same = sa.and_(concern.c.id == at.id, concern.c.state == at.state, concern.c.round == at.round)
    same = sa.and_(same, concern.c.owner_id.is_not_distinct_from(at.owner_id))
    can_undo = step.verb in UNDOABLE and asked.staff_id is not None
    before = (step.before or snapshot(tx, at)) if can_undo else None
    moved = tx.execute(sa.update(concern).where(same).values({"state": to, **step.values}))
    if not moved.rowcount:
        raise MovedMeanwhile(number=at.number)
    note(tx, asked, at, step, to, before)
    return to


def note(tx: Connection, asked: Asked, at: Any, step: Step, to: State, before: str | None = None) -> None:
    """Append the row that tells of it; `before` is how it stood, for a step that can be taken back."""
    row = {
        "concern_id": at.id, "verb": step.verb, "from_state": at.state, "to_state": to,
        "round": step.values.get("round", at.round), "at": asked.now, "staff_id": asked.staff_id,
        "reason": step.reason, "note": step.note[: LONGEST_NOTE + 100], "told": step.told, "before": before,
    }  # fmt: skip
    tx.execute(sa.insert(concern_change), row)
