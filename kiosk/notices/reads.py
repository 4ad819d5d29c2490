"""Notices for the screens and the slip.

Boards and phones ask what stands several times a second, so that is kept from one commit to the next.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.database.remembered import Remembered
from kiosk.notices.refusals import UnknownNotice
from kiosk.notices.rules import Notice, NoticePlan, Place
from kiosk.notices.tables import notice

_ALL = sa.select(notice)
_STANDING = Prepared(
    _ALL.where(notice.c.ended_at.is_(None), notice.c.until_at > sa.bindparam("now")).order_by(
        notice.c.position, notice.c.id
    )
)
_OF_ID = Prepared(_ALL.where(notice.c.id == sa.bindparam("id")))


def notices_standing(tx: Connection, now: datetime) -> tuple[Notice, ...]:
    """Those that stand or are to come, in their sequence."""
    return tuple(_notice(row) for row in _STANDING.all(tx, {"now": now}))


_NOTICES = Remembered(notices_standing)


def cached_standing(tx: Connection, now: datetime) -> tuple[Notice, ...]:
    """The same as it was at the last commit of this process, or a quarter of a second ago at most.

    Some may be over meanwhile: `Notice.is_at` says so.
    """
    return _NOTICES.at(tx, now)


def shown_at(
    tx: Connection, place: Place, now: datetime, service: str | None = None, *, of_all: bool = True
) -> tuple[Notice, ...]:
    """What stands there now, in its sequence: for `service`, and (`of_all`) for everybody."""
    for_whom = {service, None} if of_all else {service}
    known = cached_standing(tx, now)
    return tuple(one for one in known if one.is_at(place, now) and one.plan.service in for_whom)


def on_board(tx: Connection, now: datetime) -> tuple[Notice, ...]:
    """What stands on the board now: those for one service too, for all of its people are in the hall."""
    return tuple(one for one in cached_standing(tx, now) if one.is_at(Place.BOARD, now))


def first_for(tx: Connection, place: Place, now: datetime, service: str) -> Notice | None:
    """The one notice for who has come for this service; one of its own goes before one for everybody."""
    found = shown_at(tx, place, now, service)
    return min(found, key=lambda one: one.plan.service is None, default=None)


def notice_of(tx: Connection, notice_id: int) -> Notice:
    """One notice. Raises UnknownNotice."""
    row = _OF_ID.first(tx, {"id": notice_id})
    if row is None:
        raise UnknownNotice
    return _notice(row)


def notices_over(tx: Connection, now: datetime, most: int = 30) -> tuple[Notice, ...]:
    """Those that no longer stand, the latest first."""
    is_past = sa.or_(notice.c.ended_at.is_not(None), notice.c.until_at <= now)
    latest = _ALL.where(is_past).order_by(notice.c.until_at.desc(), notice.c.id.desc()).limit(most)
    return tuple(_notice(row) for row in tx.execute(latest))


def _notice(row: Any) -> Notice:
    places = frozenset(_where(row))
    plan = NoticePlan(row.zh, row.en, row.from_at, row.until_at, places, row.is_spoken, row.service_code)
    return Notice(row.id, plan, row.ended_at)


def _where(row: Any) -> Iterable[Place]:
    return (place for place in Place if getattr(row, f"on_{place}"))
