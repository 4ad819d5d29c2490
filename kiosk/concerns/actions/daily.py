"""What the date alone does: pauses end, and an answer that nobody spoke to is closed as such."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.actions.ending import ended_before
from kiosk.concerns.actions.moving import Step, move, standing
from kiosk.concerns.actions.undoing import forget_befores
from kiosk.concerns.actions.verbs import resume
from kiosk.concerns.rules import (
    EXTEND_DAYS,
    KEEP_PARTY_DAYS,
    KEEP_WORDS_DAYS,
    LAPSE_DAYS,
    State,
    Unit,
    Verb,
    What,
)
from kiosk.concerns.tables import concern, concern_change, concern_clock, concern_party, concern_pause
from kiosk.opening import Workdays, workdays

NO_WORD = "none"
"""In place of the resident's word on an answer: never counted as solved."""


def forget(tx: Connection, asked: Asked) -> None:
    """Forget whose a concern was half a year after its end, and what was said after two years.

    Kind, category, place, clocks and outcome stay, with the steps and who of staff did them.
    """
    forget_befores(tx, asked)
    whose = ended_before(asked.now - timedelta(days=KEEP_PARTY_DAYS))
    tx.execute(sa.delete(concern_party).where(concern_party.c.concern_id.in_(whose)))
    old = ended_before(asked.now - timedelta(days=KEEP_WORDS_DAYS))
    for table in (concern_change, concern_pause):
        of_old = sa.and_(table.c.note != "", table.c.concern_id.in_(old))
        tx.execute(sa.update(table).where(of_old).values(note=""))
    said = sa.or_(*(column != "" for column in (concern.c.words, concern.c.about, concern.c.reply)))
    left = sa.or_(said, concern.c.station != "", concern.c.ticket_id.is_not(None))
    nothing = {"words": "", "about": "", "reply": "", "station": "", "ticket_id": None}
    tx.execute(sa.update(concern).where(left, concern.c.id.in_(old)).values(nothing))


def recount(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Count the working days of every promise that runs by the calendar as it is now; how many have moved.

    A rest and an extension count for as many working days as before. Whoever holds the receipt is told.
    """
    days = workdays(tx)
    running = sa.and_(concern_clock.c.met_at.is_(None), concern_clock.c.unit == Unit.WORKDAY)
    found = sa.select(concern_clock, concern.c.has_extension).join_from(concern_clock, concern)
    moved = 0
    for row in tx.execute(found.where(running).order_by(concern_clock.c.id)).all():
        start = centre.day(row.started_at)
        on = days.after(start, row.length)
        if row.what == What.ANSWER:
            on = days.after(on, _put_off_by(tx, days, row, start) + EXTEND_DAYS * row.has_extension)
        if on != row.due_on:
            tx.execute(sa.update(concern_clock).where(concern_clock.c.id == row.id).values(due_on=on))
        if row.what == What.ANSWER:
            moved += _say_when(tx, asked, row.concern_id, (on, days.is_provisional(on)))
    return moved


def _put_off_by(tx: Connection, days: Workdays, row: Any, start: date) -> int:
    """How many working days this promise has rested, by the rests that are over."""
    mine = sa.and_(concern_pause.c.concern_id == row.concern_id, concern_pause.c.ended_on.is_not(None))
    rests = tx.execute(sa.select(concern_pause).where(mine, concern_pause.c.since_on >= start))
    return sum(days.between(rest.since_on, rest.ended_on) for rest in rests)


def _say_when(tx: Connection, asked: Asked, concern_id: int, due: tuple[date, bool]) -> bool:
    """Write the new date of an answer, with a row where it is another day; whether it is."""
    at, (on, is_provisional) = standing(tx, concern_id), due
    if (at.due_on, at.is_provisional) == due:
        return False
    values = {"due_on": on, "is_provisional": is_provisional}
    if at.due_on == on:
        tx.execute(sa.update(concern).where(concern.c.id == concern_id).values(values))
        return False
    move(tx, asked, at, Step(Verb.RECOUNT, values, note=f"{at.due_on} → {on}"))
    return True


def look_after(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Resume what rested until today or before, close answers of a week ago; how many moved.

    Promises are counted anew too, should the calendar have changed.
    """
    today = centre.day(asked.now)
    recount(tx, centre, asked)
    over = sa.and_(concern.c.state == State.WAITING, concern.c.resume_on <= today)
    rested = tx.execute(sa.select(concern.c.id).where(over)).scalars().all()
    for concern_id in rested:
        resume(tx, centre, asked, concern_id)
    before = centre.day_start(asked.now) - timedelta(days=LAPSE_DAYS)
    old = sa.and_(
        concern.c.state == State.ANSWERED, concern.c.answered_at < before, concern.c.recheck_on.is_(None)
    )
    silent = tx.execute(sa.select(concern).where(old)).all()
    for at in silent:
        move(tx, asked, at, Step(Verb.LAPSE, {"solved": NO_WORD}))
    return len(rested) + len(silent)
