"""Opening and closing: counters by their clerks, services by the centre."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.services.reads import check_counter
from kiosk.services.refusals import UnknownCounter, UnknownService
from kiosk.services.tables import counter, counter_change, service


def open_counter(tx: Connection, number: int, staff_id: int, now: datetime) -> None:
    """Sit down at a counter. A colleague's open counter is taken over, as at a change of shift.

    Raises UnknownCounter.
    """
    taken = tx.execute(
        sa.update(counter).where(counter.c.number == number).values(opened_by=staff_id, opened_at=now)
    )
    if taken.rowcount == 0:
        raise UnknownCounter
    _note(tx, number, "open", staff_id, now)


def close_counter(tx: Connection, number: int, staff_id: int, now: datetime) -> None:
    """Leave a counter. Raises what `check_counter` raises."""
    check_counter(tx, number, staff_id)
    tx.execute(sa.update(counter).where(counter.c.number == number).values(opened_by=None, opened_at=None))
    _note(tx, number, "close", staff_id, now)


def close_service(tx: Connection, code: str, reason: str, reason_en: str, now: datetime) -> None:
    """Take no more tickets for a service today; the station shows the reason. Raises UnknownService."""
    closed = tx.execute(
        sa.update(service)
        .where(service.c.code == code)
        .values(closed_reason=reason, closed_reason_en=reason_en, closed_at=now)
    )
    if closed.rowcount == 0:
        raise UnknownService


def _note(tx: Connection, number: int, verb: str, staff_id: int, now: datetime) -> None:
    tx.execute(sa.insert(counter_change).values(counter_number=number, verb=verb, staff_id=staff_id, at=now))
