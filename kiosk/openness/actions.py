"""Writing a sentence, releasing it, taking it down: a row each."""

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.database.dialects import insert_missing
from kiosk.openness.reads import may_be_open, sentence_of
from kiosk.openness.refusals import (
    AlreadyReleased,
    ConcernNotOpen,
    NotByTheWriter,
    NothingToTell,
    PrivateWords,
)
from kiosk.openness.rules import Plan, Stand
from kiosk.openness.tables import open_sentence, open_step


def write(tx: Connection, asked: Asked, plan: Plan) -> int:
    """Write a sentence, which nobody sees in the hall yet; its id.

    Raises NothingToTell, PrivateWords, ConcernNotOpen.
    """
    if not plan.is_whole:
        raise NothingToTell
    if plan.is_private:
        raise PrivateWords
    if not may_be_open(tx, plan.concern_id):
        raise ConcernNotOpen
    row = {**asdict(plan), "staff_id": asked.staff_id, "at": asked.now}
    return int(tx.execute(sa.insert(open_sentence).values(row).returning(open_sentence.c.id)).scalar_one())


def release(tx: Connection, asked: Asked, sentence_id: int) -> None:
    """Let the hall see it. Raises UnknownSentence, NotByTheWriter, ConcernNotOpen, AlreadyReleased."""
    found = sentence_of(tx, sentence_id)
    if found.staff_id == asked.staff_id:
        raise NotByTheWriter
    if not may_be_open(tx, found.concern_id):
        raise ConcernNotOpen
    if found.stand != Stand.WRITTEN or not _step(tx, asked, sentence_id, Stand.RELEASED):
        raise AlreadyReleased


def take_down(tx: Connection, asked: Asked, sentence_id: int) -> None:
    """Let nobody see it any more, at once and for good; twice is once. Raises UnknownSentence."""
    sentence_of(tx, sentence_id)
    _step(tx, asked, sentence_id, Stand.DOWN)


def _step(tx: Connection, asked: Asked, sentence_id: int, stand: Stand) -> bool:
    row = {"sentence_id": sentence_id, "stand": stand, "staff_id": asked.staff_id, "at": asked.now}
    return insert_missing(tx, open_step, row)
