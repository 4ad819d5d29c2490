"""What the date alone does: pauses end, and an answer that nobody spoke to is closed as such."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.actions.moving import Step, move
from kiosk.concerns.actions.undoing import forget_befores
from kiosk.concerns.actions.verbs import resume
from kiosk.concerns.rules import KEEP_PARTY_DAYS, KEEP_WORDS_DAYS, LAPSE_DAYS, State, Verb
from kiosk.concerns.tables import concern, concern_change, concern_party

NO_WORD = "none"
"""In place of the resident's word on an answer: never counted as solved."""


def forget(tx: Connection, asked: Asked) -> None:
    """Forget whose a concern was half a year after its end, and what was said after two years."""
    forget_befores(tx, asked)
    ended = sa.func.coalesce(concern.c.answered_at, concern.c.taken_at)
    over = concern.c.state.in_((State.DONE, State.DECLINED, State.MERGED, State.WITHDRAWN))
    whose = sa.select(concern.c.id).where(over, ended < asked.now - timedelta(days=KEEP_PARTY_DAYS))
    tx.execute(sa.delete(concern_party).where(concern_party.c.concern_id.in_(whose)))
    old = sa.and_(over, ended < asked.now - timedelta(days=KEEP_WORDS_DAYS))
    said = sa.or_(concern.c.words != "", concern.c.about != "", concern.c.reply != "")
    tx.execute(
        sa.update(concern_change)
        .where(concern_change.c.concern_id.in_(sa.select(concern.c.id).where(old, said)))
        .values(note="")
    )
    tx.execute(sa.update(concern).where(old, said).values(words="", about="", reply=""))


def look_after(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Resume what rested until today or before, close answers of a week ago; how many moved."""
    today = centre.day(asked.now)
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
