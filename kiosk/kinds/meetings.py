"""A meeting's points as concerns, and what has become of those of the meeting before."""

from collections.abc import Iterable

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns, events
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Kind, Said, Source, State, TakenIn
from kiosk.concerns.tables import concern
from kiosk.events.tables import event_day, meeting_point
from kiosk.kinds.refusals import UnknownPoint

_LONGEST_ABOUT = 120


class Made(Struct, frozen=True):
    """What was made from something: the concern, where it stands, and what was answered."""

    concern_id: int
    number: str
    state: State
    reply: str


class Point(Struct, frozen=True):
    """A point of a meeting with the concern that was made from it, if one was."""

    id: int
    text: str
    made: Made | None


def point_source(point_id: int) -> str:
    """The name of what was made from a point: one concern at most."""
    return f"point:{point_id}"


def take_point_in(tx: Connection, centre: Centre, asked: Asked, day_id: int, point_id: int) -> TakenIn:
    """Make a suggestion of a point, once. Raises UnknownPoint, UnknownCategory (the centre offers none)."""
    text = next((one.text for one in events.meeting_points(tx, day_id) if one.id == point_id), None)
    if text is None:
        raise UnknownPoint
    offered = concerns.categories(tx, asked.lang)
    fit = [one for one in offered if one.kind == Kind.SUGGESTION] or list(offered)
    if not fit:
        raise concerns.UnknownCategory
    said = Said(
        fit[0].code, point_source(point_id), Source.MEETING, words=text, about=text[:_LONGEST_ABOUT],
        source_ref=point_source(point_id), kind=Kind.SUGGESTION,
    )  # fmt: skip
    return concerns.take_in(tx, centre, asked, said)


def made_from_points(tx: Connection, point_ids: Iterable[int]) -> dict[int, Made]:
    """What was made from these points, by their ids."""
    refs = {point_source(one): one for one in point_ids}
    mine = sa.and_(concern.c.source == Source.MEETING, concern.c.source_ref.in_(refs))
    return {
        refs[row.source_ref]: Made(row.id, row.number, State(row.state), row.reply)
        for row in tx.execute(sa.select(concern).where(mine))
    }


def points_of_last_time(tx: Connection, day_id: int) -> tuple[Point, ...]:
    """The points of the meeting before this one, of the same series, with what became of them."""
    here = sa.select(event_day.c.event_id, event_day.c.held_on).where(event_day.c.id == day_id).subquery()
    before = (
        sa.select(event_day.c.id)
        .join(here, sa.and_(event_day.c.event_id == here.c.event_id, event_day.c.held_on < here.c.held_on))
        .where(sa.exists().where(meeting_point.c.event_day_id == event_day.c.id))
        .order_by(event_day.c.held_on.desc())
        .limit(1)
    )
    last = tx.execute(before).scalar()
    points = events.meeting_points(tx, last) if last is not None else ()
    made = made_from_points(tx, [one.id for one in points])
    return tuple(Point(one.id, one.text, made.get(one.id)) for one in points)
