"""Who judges a bad rating: two who were not rated; where one alone may see it, that one asks another."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import RUNNING, Concern, Source, concern_of
from kiosk.concerns.tables import concern as concern_table
from kiosk.database.dialects import insert_missing
from kiosk.ratings.reads import Told, verdict_of
from kiosk.ratings.refusals import NotForJudging
from kiosk.ratings.rules import JUDGES
from kiosk.ratings.tables import rating_judge


class Other(Struct, frozen=True):
    """Somebody who could judge beside those who see it."""

    staff_id: int
    name: str


class Judging(Struct, frozen=True):
    """Whether a rating still wants somebody to judge it whom nobody has asked, and who that could be."""

    is_stuck: bool
    others: tuple[Other, ...] = ()


def judging(tx: Connection, concern: Concern, told: Told, day_start: datetime) -> Judging:
    """Where the verdict on a rating stands: stuck when all who see it have judged and two do not agree.

    `day_start` is the local midnight before now. Nobody who was there is among the others, nor an
    administrator, who has no business with what was said.
    """
    asked = _asked_for(tx, told.id)
    said = {one.staff_id for one in told.reviews}
    sees, others = set(asked), []
    for one in staff.accounts(tx):
        if not one.is_enabled or one.role not in JUDGES:
            continue
        if concern.sight(str(one.role), one.id, day_start).words:
            sees.add(one.id)
        elif one.id != concern.accused_id and one.id not in (*concern.barred, *asked):
            others.append(Other(one.id, one.name))
    is_stuck = verdict_of(told) is None and bool(said) and sees <= said
    return Judging(is_stuck, tuple(others) if is_stuck else ())


def ask_to_judge(
    tx: Connection, asked: Asked, concern: Concern, told: Told, staff_id: int, day_start: datetime
) -> None:
    """Show a bad rating to one more, who judges it and sees no telephone number. Raises NotForJudging."""
    if staff_id not in {one.staff_id for one in judging(tx, concern, told, day_start).others}:
        raise NotForJudging
    row = {"rating_id": told.id, "staff_id": staff_id, "asked_by": asked.staff_id or 0, "at": asked.now}
    insert_missing(tx, rating_judge, row)


def asked_to_judge(tx: Connection, staff_id: int) -> frozenset[int]:
    """The ratings that somebody was asked to judge."""
    mine = sa.select(rating_judge.c.rating_id).where(rating_judge.c.staff_id == staff_id)
    return frozenset(tx.execute(mine).scalars())


def _asked_for(tx: Connection, rating_id: int) -> frozenset[int]:
    found = sa.select(rating_judge.c.staff_id).where(rating_judge.c.rating_id == rating_id)
    return frozenset(tx.execute(found).scalars())


def unseen(tx: Connection, centre: Centre, asked: Asked) -> int:
    """How many running complaints of ratings nobody may see: whoever could was there or is closed."""
    mine = sa.and_(concern_table.c.source == Source.RATING, concern_table.c.owner_id.is_(None))
    ids = (
        tx.execute(sa.select(concern_table.c.id).where(mine, concern_table.c.state.in_(RUNNING)))
        .scalars()
        .all()
    )
    able = [one for one in staff.accounts(tx) if one.is_enabled] if ids else []
    day_start = centre.day_start(asked.now)
    found = (concern_of(tx, centre, one, asked.lang) for one in ids)
    return sum(not any(one.sight(str(who.role), who.id, day_start).words for who in able) for one in found)
