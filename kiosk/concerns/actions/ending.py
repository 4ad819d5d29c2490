"""Since when concerns are over: what is kept of whom and of what was said counts from there."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kiosk.concerns.rules import State
from kiosk.concerns.tables import concern, concern_change

ENDED = (State.DONE, State.DECLINED, State.WITHDRAWN)


def ended_before(before: datetime) -> sa.Select[tuple[int]]:
    """The ids of those that came to their end before then; what was merged ends with what it is part of."""
    parent = concern.alias("parent")
    parents = sa.select(parent.c.id).where(_is_over(parent, before))
    is_part = sa.and_(concern.c.state == State.MERGED, concern.c.merged_into.in_(parents))
    return sa.select(concern.c.id).where(sa.or_(_is_over(concern, before), is_part))


def _is_over(one: Any, before: datetime) -> sa.ColumnElement[bool]:
    change = concern_change.alias()
    came = sa.and_(
        change.c.concern_id == one.c.id,
        change.c.to_state == one.c.state,
        change.c.from_state.is_distinct_from(change.c.to_state),
    )
    since = sa.select(sa.func.max(change.c.at)).where(came).correlate(one).scalar_subquery()
    return sa.and_(one.c.state.in_(ENDED), sa.func.coalesce(since, one.c.taken_at) < before)
