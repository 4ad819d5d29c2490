"""Who came to events and how long volunteers served, beside the queue; counted anew, since hours are
confirmed later.
"""

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import checkin
from kiosk.checkin.tables import sign_in
from kiosk.events.tables import event_day
from kiosk.figures.rules import Span


class Attendance(Struct, frozen=True):
    """Days of events that took place, people who signed in, and confirmed minutes of service."""

    event_days: int
    people: int
    served_times: int
    minutes: int


_SIGNED_IN = (
    sa.select(
        sa.func.count(sign_in.c.event_day_id.distinct()), sa.func.coalesce(sa.func.sum(sign_in.c.people), 0)
    )
    .select_from(sign_in.join(event_day))
    .where(
        event_day.c.held_on.between(sa.bindparam("first"), sa.bindparam("last")),
        sign_in.c.is_first,
        sign_in.c.status != "undone",
    )
)


def attendance_of(tx: Connection, span: Span) -> Attendance:
    """Of the days of `span`: who came twice on a day came once; only hours that count are told."""
    days, people = tx.execute(_SIGNED_IN, {"first": span.first, "last": span.last}).one()
    served = checkin.hours_report(tx, (span.first, span.last), checkin.TotalBy.MONTH).whole
    return Attendance(days, int(people), served.times, served.minutes)
