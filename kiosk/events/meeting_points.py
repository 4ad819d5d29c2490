"""What is raised at a meeting (居民议事, 倾听666): one row a point, in people's own words.

A row's id is stable and `meeting_points` reads them in order: the requests (诉求) take them from there.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.events.refusals import EmptyMeetingPoint, UnknownEvent
from kiosk.events.tables import event_day, meeting_point


class MeetingPoint(Struct, frozen=True):
    """One point; `raised_by` may be empty."""

    id: int
    text: str
    raised_by: str
    at: datetime


_OF_DAY = (
    sa.select(meeting_point.c.id, meeting_point.c.text, meeting_point.c.raised_by, meeting_point.c.at)
    .where(meeting_point.c.event_day_id == sa.bindparam("day_id"))
    .order_by(meeting_point.c.id)
)


def raise_meeting_point(
    tx: Connection, asked: Asked, event_day_id: int, text: str, raised_by: str, *, tap: str
) -> int:
    """Write down a point; the same `tap` writes it once. Returns its id. Raises EmptyMatter, UnknownEvent."""
    known = tx.execute(sa.select(meeting_point.c.id).where(meeting_point.c.tap == tap)).scalar()
    if known is not None:
        return int(known)
    if not text.strip():
        raise EmptyMeetingPoint
    if tx.execute(sa.select(event_day.c.id).where(event_day.c.id == event_day_id)).scalar() is None:
        raise UnknownEvent
    said = {"text": text.strip()[:500], "raised_by": raised_by.strip()[:48], "staff_id": asked.staff_id}
    row = said | {"event_day_id": event_day_id, "at": asked.now, "tap": tap}
    point_id: int = tx.execute(
        sa.insert(meeting_point).values(row).returning(meeting_point.c.id)
    ).scalar_one()
    return point_id


def meeting_points(tx: Connection, event_day_id: int) -> tuple[MeetingPoint, ...]:
    """The points of one meeting, in the order in which they were raised."""
    return tuple(MeetingPoint(*row) for row in tx.execute(_OF_DAY, {"day_id": event_day_id}))
