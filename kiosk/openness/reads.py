"""Sentences for the hall: those to release, those that are seen, and of what one may be written."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.concerns import State
from kiosk.concerns.tables import concern, concern_category
from kiosk.database import in_lang
from kiosk.openness.refusals import UnknownSentence
from kiosk.openness.rules import Stand, Tells
from kiosk.openness.tables import open_sentence, open_step
from kiosk.words import Lang


class Sentence(Struct, frozen=True):
    """What residents said and what became of it, in staff's words. `at` is when it was written."""

    id: int
    concern_id: int
    number: str
    tells: Tells
    said: str
    done: str
    staff_id: int
    at: datetime
    stand: Stand
    released_at: datetime | None


class Offer(Struct, frozen=True):
    """A concern of which a sentence may be written."""

    id: int
    number: str
    category: str
    about: str
    reply: str


_RELEASED, _DOWN = open_step.alias("released"), open_step.alias("down")
_IS_OPEN = sa.and_(
    concern.c.is_sealed.is_(False), concern.c.state.in_((State.ANSWERED, State.DONE, State.DECLINED))
)
"""What is sealed, taken back or opened anew later goes from the hall by itself."""

_ALL = (
    sa.select(
        open_sentence, concern.c.number, _RELEASED.c.at.label("released_at"), _DOWN.c.at.label("down_at")
    )
    .join_from(open_sentence, concern, concern.c.id == open_sentence.c.concern_id)
    .outerjoin(
        _RELEASED,
        sa.and_(_RELEASED.c.sentence_id == open_sentence.c.id, _RELEASED.c.stand == Stand.RELEASED),
    )
    .outerjoin(_DOWN, sa.and_(_DOWN.c.sentence_id == open_sentence.c.id, _DOWN.c.stand == Stand.DOWN))
)


def sentences(tx: Connection, most: int = 60) -> tuple[Sentence, ...]:
    """All, the newest first, with what became of them."""
    newest = _ALL.order_by(open_sentence.c.id.desc()).limit(most)
    return tuple(_sentence(row) for row in tx.execute(newest))


def released(
    tx: Connection, between: tuple[datetime, datetime], tells: Tells, most: int
) -> tuple[Sentence, ...]:
    """Those that the hall may see and that were released between, the newest first."""
    since, until = between
    seen = sa.and_(
        _RELEASED.c.at >= since, _RELEASED.c.at < until, _DOWN.c.at.is_(None), open_sentence.c.tells == tells
    )
    newest = _ALL.where(seen, _IS_OPEN).order_by(_RELEASED.c.at.desc(), open_sentence.c.id.desc()).limit(most)
    return tuple(_sentence(row) for row in tx.execute(newest))


def sentence_of(tx: Connection, sentence_id: int) -> Sentence:
    """One sentence. Raises UnknownSentence."""
    row = tx.execute(_ALL.where(open_sentence.c.id == sentence_id)).first()
    if row is None:
        raise UnknownSentence
    return _sentence(row)


def may_be_open(tx: Connection, concern_id: int) -> bool:
    """Whether the hall may hear of this concern: answered, and never sealed, taken back or merged."""
    mine = sa.select(concern.c.id).where(concern.c.id == concern_id, _IS_OPEN)
    return tx.execute(mine).first() is not None


def offers(tx: Connection, lang: Lang, most: int = 40) -> tuple[Offer, ...]:
    """Concerns that were answered lately and have no sentence yet, the newest first."""
    told = sa.select(open_sentence.c.concern_id)
    found = (
        sa.select(
            concern.c.id, concern.c.number, concern.c.about, concern.c.reply,
            in_lang(lang, concern_category.c.name).label("category"),
        )
        .join_from(concern, concern_category, concern.c.category_code == concern_category.c.code)
        .where(_IS_OPEN, concern.c.id.not_in(told))
        .order_by(concern.c.answered_at.desc(), concern.c.id.desc())
        .limit(most)
    )  # fmt: skip
    return tuple(Offer(row.id, row.number, row.category, row.about, row.reply) for row in tx.execute(found))


def _sentence(row: Any) -> Sentence:
    stand = Stand.DOWN if row.down_at else Stand.RELEASED if row.released_at else Stand.WRITTEN
    return Sentence(
        row.id, row.concern_id, row.number, Tells(row.tells), row.said, row.done, row.staff_id, row.at, stand,
        row.released_at,
    )  # fmt: skip
