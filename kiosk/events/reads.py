"""Every event there is, for whoever arranges them: its plan, who organises it, its coming dates."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.events.calendar import EventPlan
from kiosk.events.kinds import EventKind
from kiosk.events.recurrence import LATEST, dates_from
from kiosk.events.refusals import UnknownEvent
from kiosk.events.schedule import Stall, stalls_of
from kiosk.events.tables import event, event_change, event_day
from kiosk.people.tables import team
from kiosk.words import Lang

LOOKED_THROUGH = timedelta(days=800)
"""So far ahead the next dates are looked for: the 29th of February is never further off, but for 2100."""


class Listed(Struct, frozen=True):
    """An event as its organiser knows it. `ended_at` is None while it is held."""

    id: int
    plan: EventPlan
    organiser: str
    stalls: tuple[Stall, ...]
    ended_at: datetime | None = None


class Edited(Struct, frozen=True):
    """How often an event, or a day of it, was changed since it was added, and when last."""

    times: int
    at: datetime


_EVENTS = (
    sa.select(event, sa.func.coalesce(team.c.name, "").label("organiser"))
    .join_from(event, team, isouter=True)
    .order_by(event.c.ended_at.is_not(None), event.c.id)
)


def all_events(tx: Connection, lang: Lang) -> tuple[Listed, ...]:
    """Those that are held first, each in the order in which they were added."""
    stalls = stalls_of(tx, lang)
    return tuple(_listed(row, stalls) for row in tx.execute(_EVENTS))


def event_of(tx: Connection, event_id: int, lang: Lang) -> Listed:
    """One event. Raises UnknownEvent."""
    row = tx.execute(_EVENTS.where(event.c.id == event_id)).one_or_none()
    if row is None:
        raise UnknownEvent
    return _listed(row, stalls_of(tx, lang))


_EDITS = sa.select(event_change.c.event_id, sa.func.count(), sa.func.max(event_change.c.at)).group_by(
    event_change.c.event_id
)


_VERSION = sa.select(
    sa.select(sa.func.max(event_change.c.id)).scalar_subquery(),
    sa.select(sa.func.max(event_day.c.id)).scalar_subquery(),
)


def version(tx: Connection) -> tuple[object, ...]:
    """Differs whenever an event or one of its days does."""
    return tuple(tx.execute(_VERSION).one())


def edits(tx: Connection) -> dict[int, Edited]:
    """What became of every event since it was added, by its id."""
    return {event_id: Edited(count - 1, at) for event_id, count, at in tx.execute(_EDITS)}


def next_dates(plan: EventPlan, first: date, most: int = 6) -> list[date]:
    """The plan's dates from `first` on, as many as `most`. Raises BadRule."""
    start = min(max(first, plan.first_on), LATEST - LOOKED_THROUGH)
    return list(islice(dates_from(plan.rule, plan.first_on, start, start + LOOKED_THROUGH), most))


def _listed(row: Any, stalls: dict[int, tuple[Stall, ...]]) -> Listed:
    said = {name: getattr(row, name) for name in EventPlan.__struct_fields__}
    plan = EventPlan(**said | {"kind": EventKind(row.kind)})
    return Listed(row.id, plan, row.organiser, stalls.get(row.id, ()), row.ended_at)
