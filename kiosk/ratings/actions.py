"""Rating a visit, saying why, and looking into a bad one: rows that are only ever added."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database.dialects import insert_missing
from kiosk.ratings.complaint import complain, complaint_of, tell_owner
from kiosk.ratings.reads import Finish, Told, can_say_more, given, rating_of
from kiosk.ratings.refusals import (
    AlreadyRated,
    NotBad,
    NotByTheRated,
    SaidAlready,
)
from kiosk.ratings.rules import (
    CHIPS_VERSION,
    LONGEST_WORDS,
    VISIT,
    Grade,
    Source,
    Verdict,
    chips_for,
)
from kiosk.ratings.tables import rating, rating_review, rating_word


class Said(Struct, frozen=True):
    """What stands beside a face: chips of its side, and words. Both may be empty."""

    chips: tuple[str, ...] = ()
    words: str = ""


NOTHING_SAID = Said()


class Face(Struct, frozen=True):
    """A face that was pressed, where, and what was said with it."""

    grade: Grade
    source: Source
    said: Said = NOTHING_SAID


def rate(tx: Connection, centre: Centre, asked: Asked, visit: Finish, face: Face) -> int:
    """Write the first rating of a visit; its id. A constraint decides, of two who press at once one is kept.

    A bad one becomes a complaint in the same transaction.

    Raises AlreadyRated, NotByTheRated (paper that the rated types in).
    """
    if face.source == Source.PAPER and visit.staff_id is not None and visit.staff_id == asked.staff_id:
        raise NotByTheRated
    written = _write(tx, asked, visit, face, 0)
    if face.grade.is_bad:
        complain(tx, centre, asked, visit, face.said.words[:LONGEST_WORDS])
    return written


def rate_again(tx: Connection, centre: Centre, asked: Asked, visit: Finish, face: Face) -> int:
    """追评: one word more, once, beside the first one, which stays. Raises AlreadyRated.

    Bad, it becomes a complaint unless the first one did; whoever has that reads its words.
    """
    written, words = _write(tx, asked, visit, face, 1), face.said.words[:LONGEST_WORDS]
    if face.grade.is_bad and complaint_of(tx, visit.ticket_id) is None:
        complain(tx, centre, asked, visit, words)
    else:
        tell_owner(tx, centre, asked, visit.ticket_id, words)
    return written


def _write(tx: Connection, asked: Asked, visit: Finish, face: Face, round_: int) -> int:
    row = {
        "subject": VISIT, "subject_id": visit.ticket_id, "round": round_, "grade": int(face.grade),
        "source": face.source, "service_day": visit.service_day, "service_code": visit.service_code,
        "counter_number": visit.counter, "staff_id": visit.staff_id, "finished_at": visit.at, "at": asked.now,
        "entered_by": asked.staff_id if face.source == Source.PAPER else None,
    }  # fmt: skip
    if not insert_missing(tx, rating, row):
        raise AlreadyRated
    mine = next(one for one in given(tx, visit.ticket_id) if one.round == round_)
    if face.said != NOTHING_SAID:
        _say(tx, mine.id, face.grade, face.said, asked.now)
    return mine.id


def say_more(tx: Connection, centre: Centre, asked: Asked, ticket_id: int, said: Said) -> None:
    """Add to the newest rating of a visit why, once, for MORE_FOR. Raises AlreadyRated."""
    newest = next(reversed(given(tx, ticket_id)), None)
    if newest is None or not can_say_more(newest, asked.now):
        raise AlreadyRated
    _say(tx, newest.id, newest.grade, said, asked.now)
    tell_owner(tx, centre, asked, ticket_id, said.words[:LONGEST_WORDS])


def _say(tx: Connection, rating_id: int, grade: Grade, said: Said, now: datetime) -> None:
    offered = chips_for(grade)
    row = {
        "rating_id": rating_id,
        "chips": " ".join(chip for chip in offered if chip in said.chips),
        "chips_version": CHIPS_VERSION,
        "words": said.words[:LONGEST_WORDS],
        "at": now,
    }
    if not insert_missing(tx, rating_word, row):
        raise AlreadyRated


def review(tx: Connection, asked: Asked, rating_id: int, verdict: Verdict, note: str) -> Told:
    """What one of staff found of a bad rating, for good; it holds when a second person says the same.

    Raises UnknownRating (also to whose visit it was), NotBad, SaidAlready.
    """
    staff_id = asked.staff_id or 0
    found = rating_of(tx, rating_id, staff_id)
    if not found.grade.is_bad:
        raise NotBad
    row = {
        "rating_id": rating_id, "verdict": verdict, "staff_id": staff_id, "note": note[:LONGEST_WORDS],
        "at": asked.now,
    }  # fmt: skip
    if not insert_missing(tx, rating_review, row):
        raise SaidAlready
    return rating_of(tx, rating_id, staff_id)


def empty_words(tx: Connection, before: datetime) -> int:
    """Take away the words that stand beside ratings given before; how many. Grades and chips stay."""
    old = sa.and_(rating_word.c.at < before, rating_word.c.words != "")
    return tx.execute(sa.update(rating_word).where(old).values(words="")).rowcount
