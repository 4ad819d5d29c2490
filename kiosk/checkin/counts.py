"""How many: registered, signed in, inside; and the last scans of a desk."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.rules import Stay
from kiosk.checkin.scanning.verdict import ScanForm, ScanRequest, Verdict, told
from kiosk.checkin.tables import hours_change, sign_in
from kiosk.checkin.tables import scan as scan_table
from kiosk.database.prepared import Prepared
from kiosk.events.tables import event_change, event_day, registration


class Counts(Struct, frozen=True):
    """People of one day of an event, always counted anew."""

    registered: int
    signed_in: int
    inside: int


def _people(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    of_day = table.c.event_day_id == sa.bindparam("day_id")
    return sa.select(sa.func.coalesce(sa.func.sum(table.c.people), 0)).where(of_day, *where).scalar_subquery()


_COUNTS = Prepared(
    sa.select(
        _people(registration, registration.c.cancelled_at.is_(None)),
        _people(sign_in, sign_in.c.status != Stay.UNDONE, sign_in.c.is_first),
        _people(sign_in, sign_in.c.status == Stay.INSIDE),
    )
)
_LAST = Prepared(
    sa.select(scan_table)
    .where(scan_table.c.station == sa.bindparam("station"), scan_table.c.how != "clock")
    .order_by(scan_table.c.id.desc())
    .limit(sa.bindparam("most"))
)
_UNDONE = sa.select(scan_table.c.undo_of).where(scan_table.c.undo_of.in_(sa.bindparam("ids", expanding=True)))


def _newest(table: sa.Table) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)).scalar_subquery()


_SHOWN = sa.or_(
    event_day.c.held_on.between(sa.bindparam("first"), sa.bindparam("last")),
    event_day.c.id == sa.bindparam("chosen", type_=sa.Integer),
)
_DESK_VERSION = Prepared(
    sa.select(
        _newest(scan_table),
        _newest(hours_change),
        _newest(event_change),
        sa.select(sa.func.coalesce(sa.func.sum(registration.c.people), 0))
        .select_from(registration.join(event_day))
        .where(_SHOWN, registration.c.cancelled_at.is_(None))
        .scalar_subquery(),
        sa.select(sa.func.count())
        .select_from(event_day)
        .where(_SHOWN, event_day.c.ends_at > sa.bindparam("now", type_=event_day.c.ends_at.type))
        .scalar_subquery(),
    )
)


def counts(tx: Connection, event_day: int) -> Counts:
    """How many put their name down, came, and are there now; who came twice came once."""
    return Counts(*_COUNTS.first(tx, {"day_id": event_day}))


def desk_version(tx: Connection, centre: Centre, now: datetime, chosen: int | None) -> str:
    """Differs whenever anything does that a desk shows: one question, asked by each desk every second."""
    today = centre.day(now)
    span = {"first": today - timedelta(days=1), "last": today, "chosen": chosen, "now": now}
    parts = _DESK_VERSION.first(tx, span)
    return ".".join(str(part) for part in (*parts, chosen or 0, f"{today:%y%m%d}"))


def last_scans(tx: Connection, centre: Centre, asked: Asked, most: int = 10) -> tuple[Verdict, ...]:
    """What one desk's scans were answered, newest first, for staff; those that were taken back say so."""
    rows = _LAST.all(tx, {"station": asked.station, "most": most})
    undone = set(tx.execute(_UNDONE, {"ids": [row.id for row in rows]}).scalars())
    request = ScanRequest(asked, ScanForm(""))
    return tuple(told(tx, centre, row, request, is_undone=row.id in undone) for row in rows)
