"""Whether more numbers were taken than people can have tapped."""

from collections import Counter
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.clock import bounds
from kiosk.database.prepared import Prepared
from kiosk.tickets.rules import MINUTE, Status, busiest_minute
from kiosk.tickets.tables import change, ticket

TOLD_FOR = timedelta(minutes=10)
MOST_READ = 2000
"""Numbers looked at: of a flood that is still going on, the newest."""

_TAKEN = Prepared(
    # from the index of what became of tickets and when
    sa.select(change.c.at, ticket.c.station)
    .join(ticket, ticket.c.id == change.c.ticket_id)
    .where(
        change.c.to_status == Status.WAITING,
        change.c.at > sa.bindparam("after"),
        change.c.at < sa.bindparam("before"),
        change.c.verb == "take",
        change.c.staff_id.is_(None),
    )
    .order_by(change.c.at.desc())
    .limit(MOST_READ)
)


class Rush(Struct, frozen=True):
    """So many `numbers` in the minute that began `at`; most of them, `of_station`, at one `station`."""

    numbers: int
    at: datetime
    station: str
    of_station: int


def rush(tx: Connection, now: datetime, most: int) -> Rush | None:
    """The busiest minute of the last ten, when residents took more than `most` numbers in it."""
    after, before = bounds(now, TOLD_FOR)
    taken = _TAKEN.all(tx, {"after": after, "before": before})
    if len(taken) <= most:
        return None
    numbers, at = busiest_minute(sorted(one.at for one in taken))
    if numbers <= most:
        return None
    stations = Counter(one.station for one in taken if at <= one.at < at + MINUTE)
    ((station, of_station),) = stations.most_common(1)
    return Rush(numbers, at, station, of_station)
