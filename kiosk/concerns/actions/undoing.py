"""撤销: a careless step is taken back within ten minutes, unless the resident was told."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.clock import is_within
from kiosk.concerns.actions.moving import Hand, Step, note, standing
from kiosk.concerns.refusals import CannotUndo, ToldAlready, UndoTooLate
from kiosk.concerns.rules import UNDO_WITHIN, State, Told, Verb
from kiosk.concerns.snapshot import put_back
from kiosk.concerns.tables import concern, concern_change

IN_PERSON = (Told.PHONE, Told.HERE, Told.DOOR)
"""Ways of telling after which the resident knows it."""


def undoable(tx: Connection, hand: Hand, concern_id: int) -> Verb | None:
    """The step that this person could take back now."""
    last = _last(tx, concern_id)
    is_mine = last.staff_id == hand.asked.staff_id or hand.is_lead
    is_new = is_within(last.at, hand.asked.now, UNDO_WITHIN)
    can = is_mine and is_new and _is_kept(last) and last.told not in IN_PERSON
    return Verb(last.verb) if can else None


def _is_kept(last: Any) -> bool:
    """Whether it is known how it stood. A bad re-check has opened it anew: that is no step of its own."""
    return last.before is not None and last.reason != "recheck"


def undo(tx: Connection, hand: Hand, concern_id: int) -> None:
    """Let it stand as before the last step, with its clocks; both stay in the log.

    Raises CannotUndo, UndoTooLate, ToldAlready, UnknownConcern.
    """
    tx.execute(sa.select(concern.c.id).where(concern.c.id == concern_id).with_for_update())
    at, last = standing(tx, concern_id), _last(tx, concern_id)
    if not _is_kept(last) or (last.staff_id != hand.asked.staff_id and not hand.is_lead):
        raise CannotUndo(number=at.number)
    if last.told in IN_PERSON:
        raise ToldAlready(number=at.number)
    if not is_within(last.at, hand.asked.now, UNDO_WITHIN):
        raise UndoTooLate(number=at.number)
    before = json.loads(last.before)
    put_back(tx, at.id, before)
    tx.execute(sa.update(concern_change).where(concern_change.c.id == last.id).values(before=None))
    stood = State(last.from_state)
    note(tx, hand.asked, at, Step(Verb.UNDO, {"round": before["concern"]["round"]}, reason=last.verb), stood)
    for child in tx.execute(sa.select(concern).where(concern.c.merged_into == at.id)).all():
        if last.verb in (Verb.ANSWER, Verb.SETTLE):
            note(tx, hand.asked, child, Step(Verb.UNDO, note=at.number), State(child.state))


def forget_befores(tx: Connection, asked: Asked) -> None:
    """Forget how things stood before steps that can no longer be taken back."""
    old = sa.and_(concern_change.c.before.is_not(None), concern_change.c.at < asked.now - UNDO_WITHIN)
    tx.execute(sa.update(concern_change).where(old).values(before=None))


def _last(tx: Connection, concern_id: int) -> Any:
    """The newest row that tells of a step; a look at the telephone number is none."""
    mine = sa.and_(concern_change.c.concern_id == concern_id, concern_change.c.verb != Verb.LOOK)
    newest = sa.select(concern_change).where(mine).order_by(concern_change.c.id.desc()).limit(1)
    return tx.execute(newest).one()
