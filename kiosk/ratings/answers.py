"""A face for the answer to what a resident said: one for each round, with the same five grades as a visit."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import is_within
from kiosk.database.dialects import insert_missing
from kiosk.ratings.complaint import Answered, complain_of_answer
from kiosk.ratings.refusals import AnswerRated, TooLateToRate
from kiosk.ratings.rules import CONCERN, Grade, Source
from kiosk.ratings.tables import rating

ANSWER_FOR = timedelta(days=30)
"""So long after an answer its receipt takes a face: as long as it opens the concern anew."""


def rate_answer(
    tx: Connection, centre: Centre, asked: Asked, answer: Answered, grade: Grade, source: Source
) -> None:
    """Write the rating of an answer, once; a bad one becomes a complaint.

    Raises AnswerRated, TooLateToRate.
    """
    if not is_within(answer.at, asked.now, ANSWER_FOR):
        raise TooLateToRate
    row = {
        "subject": CONCERN, "subject_id": answer.concern_id, "round": answer.round, "grade": int(grade),
        "source": source, "service_day": answer.service_day, "service_code": "", "counter_number": None,
        "staff_id": answer.staff_id, "finished_at": answer.at, "at": asked.now, "entered_by": None,
    }  # fmt: skip
    if not insert_missing(tx, rating, row):
        raise AnswerRated
    if grade.is_bad:
        complain_of_answer(tx, centre, asked, answer)


def grade_of_answer(tx: Connection, concern_id: int, number: int) -> Grade | None:
    """Which face was pressed for this round of a concern; None while none was."""
    mine = sa.and_(rating.c.subject == CONCERN, rating.c.subject_id == concern_id, rating.c.round == number)
    found = tx.execute(sa.select(rating.c.grade).where(mine)).scalar()
    return None if found is None else Grade(found)
