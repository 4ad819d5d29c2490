"""What the holder of a receipt does: says whether it is solved, says more, takes it back."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.actions.moving import Step, move, standing
from kiosk.concerns.clocks import due_of, meet_clocks, put_off, put_off_clock, run_again, start_clock
from kiosk.concerns.refusals import STATE_NAMES, NotAgain, SaidEnough, WrongState
from kiosk.concerns.rules import (
    LONGEST_REPLY,
    MOST_SAID_A_DAY,
    Due,
    Solved,
    State,
    Verb,
    What,
    may_reopen,
)
from kiosk.concerns.tables import concern, concern_category, concern_change, concern_party, concern_pause

SAID = (Verb.SAY_MORE, Verb.SUM_UP)
"""Rows whose lines tell what the resident said."""


def say_solved(tx: Connection, centre: Centre, asked: Asked, concern_id: int, solved: Solved) -> None:
    """解决了 closes it; 一半 and 没有 open it anew with the same owner. Said twice it is said once.

    Raises UnknownConcern, WrongState, NotAgain.
    """
    at = standing(tx, concern_id)
    if at.solved == solved and at.state in (State.DONE, State.OPEN):
        return
    if solved == Solved.YES:
        move(tx, asked, at, Step(Verb.AGREE, {"solved": solved}, reason=solved))
        meet_clocks(tx, asked, at.id, *What)
        return
    answered = at.answered_at or _of_parent(tx, at, concern.c.answered_at)
    if answered is None:  # merged into what still waits for its answer: two promises would run
        raise WrongState(number=at.number, state=STATE_NAMES[State(at.state)])
    if not may_reopen(centre.day(answered), centre.day(asked.now)):
        raise NotAgain
    reopen(tx, centre, asked, at, Step(Verb.REOPEN, {"solved": solved}, reason=solved))


def reopen(tx: Connection, centre: Centre, asked: Asked, at: Any, step: Step) -> None:
    """A new round for the same owner, with a new promise; what was answered before stays in the log."""
    category = tx.execute(
        sa.select(concern_category).where(concern_category.c.code == at.category_code)
    ).one()
    due, number = due_of(tx, centre, asked, category.length, category.unit), at.round + 1
    anew = {
        "round": number, "due_on": due.on, "due_at": due.at, "is_provisional": due.is_provisional,
        "has_extension": False, "merged_into": None, "recheck_on": None, "answered_at": None,
        "owner_id": at.owner_id if at.merged_into is None else _of_parent(tx, at, concern.c.owner_id),
    }  # fmt: skip
    move(tx, asked, at, Step(step.verb, {**step.values, **anew}, step.reason, step.note))
    start_clock(tx, asked, at.id, (What.ANSWER, number, category.length, category.unit), due)


def say_more(tx: Connection, centre: Centre, asked: Asked, concern_id: int, words: str) -> None:
    """我还有话说: a line for the owner; without words, that somebody should speak to the resident.

    It resumes what was paused. Raises UnknownConcern, WrongState, SaidEnough.
    """
    at = standing(tx, concern_id)
    if _lines_of_a_day(tx, asked, at.id) >= MOST_SAID_A_DAY:
        raise SaidEnough
    values = end_pause(tx, centre, asked, at) if at.state == State.WAITING else {}
    move(tx, asked, at, Step(Verb.SAY_MORE, values, note=words[:LONGEST_REPLY]))


def _lines_of_a_day(tx: Connection, asked: Asked, concern_id: int) -> int:
    change = concern_change.c
    query = sa.select(sa.func.count()).where(
        change.concern_id == concern_id,
        change.verb == Verb.SAY_MORE,
        change.at > asked.now - timedelta(days=1),
    )
    return tx.execute(query).scalar_one()


def end_pause(tx: Connection, centre: Centre, asked: Asked, at: Any) -> dict[str, Any]:
    """End the pause of a waiting concern; what its row says of the promise then."""
    running = sa.and_(concern_pause.c.concern_id == at.id, concern_pause.c.ended_on.is_(None))
    pause, today = tx.execute(sa.select(concern_pause).where(running)).one(), centre.day(asked.now)
    tx.execute(sa.update(concern_pause).where(running).values(ended_on=today))
    due = put_off(tx, Due(at.due_on, at.due_at, at.is_provisional), pause.since_on, today)
    put_off_clock(tx, at.id, due)
    return {
        "due_on": due.on, "due_at": due.at, "is_provisional": due.is_provisional, "resume_on": None,
    }  # fmt: skip


def withdraw(tx: Connection, centre: Centre, asked: Asked, concern_id: int) -> None:
    """撤回: the words and whose they were are wiped, the count stays. Raises UnknownConcern, WrongState."""
    at = standing(tx, concern_id)
    if at.state == State.WITHDRAWN:
        return
    if at.state == State.WAITING:
        end_pause(tx, centre, asked, at)
    _let_go(tx, asked, at)
    wiped = {"words": "", "about": "", "recheck_on": None, "resume_on": None}
    move(tx, asked, at, Step(Verb.WITHDRAW, wiped))
    meet_clocks(tx, asked, at.id, *What)
    tx.execute(sa.delete(concern_party).where(concern_party.c.concern_id == at.id))
    said = sa.and_(concern_change.c.concern_id == at.id, concern_change.c.verb.in_(SAID))
    tx.execute(sa.update(concern_change).where(said).values(note=""))
    mine = concern_change.c.concern_id == at.id
    tx.execute(sa.update(concern_change).where(mine).values(before=None))


def _let_go(tx: Connection, asked: Asked, at: Any) -> None:
    """Let the oldest of those that were merged into what is withdrawn go on in its place, with the others."""
    mine = concern.c.merged_into == at.id
    children = tx.execute(sa.select(concern).where(mine).order_by(concern.c.id)).all()
    if not children:
        return
    first, *others = children
    move(tx, asked, first, Step(Verb.UNMERGE, {"merged_into": None, "owner_id": at.owner_id}))
    run_again(tx, first.id, first.round)
    ids = [one.id for one in others]
    tx.execute(sa.update(concern).where(concern.c.id.in_(ids)).values(merged_into=first.id))


def _of_parent(tx: Connection, at: Any, column: sa.Column[Any]) -> Any:
    if at.merged_into is None:
        return None
    return tx.execute(sa.select(column).where(concern.c.id == at.merged_into)).scalar()
