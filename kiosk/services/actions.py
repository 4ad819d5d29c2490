"""Opening, pausing and closing: counters by their clerks, services by the centre."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.services.reads import check_counter
from kiosk.services.refusals import UnknownCounter, UnknownPause, UnknownService
from kiosk.services.rules import Pause
from kiosk.services.tables import counter, counter_change, service, service_change

EMPTY = {"opened_by": None, "opened_at": None, "pause": "", "paused_at": None}


def open_counter(tx: Connection, asked: Asked, number: int) -> None:
    """Sit down at a counter. A colleague's open counter is taken over, as at a change of shift.

    Raises UnknownCounter.
    """
    taken = tx.execute(
        sa.update(counter)
        .where(counter.c.number == number, counter.c.retired_at.is_(None))
        .values(opened_by=asked.staff_id, opened_at=asked.now, pause="", paused_at=None)
    )
    if taken.rowcount == 0:
        raise UnknownCounter
    _note(tx, asked, number, "open")


def close_counter(tx: Connection, asked: Asked, number: int) -> None:
    """Leave a counter. Raises what `check_counter` raises."""
    check_counter(tx, number, asked.staff_id)
    _leave(tx, number)
    _note(tx, asked, number, "close")


def pause_counter(tx: Connection, asked: Asked, number: int, pause: str) -> None:
    """Call nobody for a while; the board says so. Raises UnknownPause and what `check_counter` raises."""
    check_counter(tx, number, asked.staff_id)
    if pause not in tuple(Pause):
        raise UnknownPause
    tx.execute(sa.update(counter).where(counter.c.number == number).values(pause=pause, paused_at=asked.now))
    _note(tx, asked, number, "pause", pause)


def go_on(tx: Connection, asked: Asked, number: int) -> None:
    """End a pause; without one nothing changes. Raises what `check_counter` raises."""
    check_counter(tx, number, asked.staff_id)
    ended = tx.execute(
        sa.update(counter)
        .where(counter.c.number == number, counter.c.pause != "")
        .values(pause="", paused_at=None)
    )
    if ended.rowcount:
        _note(tx, asked, number, "go_on")


def close_counters_of(tx: Connection, before: datetime, now: datetime) -> None:
    """Close every counter that was opened before `before` and forgotten."""
    forgotten = sa.select(counter.c.number, counter.c.opened_by).where(counter.c.opened_at < before)
    for number, staff_id in tx.execute(forgotten).all():
        _leave(tx, number)
        _note(tx, Asked(now, staff_id), number, "close", "day_closed")


def leave_counters(tx: Connection, now: datetime, staff_id: int) -> list[int]:
    """Close every counter of somebody who may serve no longer; their numbers."""
    left = sa.update(counter).where(counter.c.opened_by == staff_id).values(EMPTY).returning(counter.c.number)
    numbers = sorted(tx.execute(left).scalars())
    for number in numbers:
        _note(tx, Asked(now, staff_id), number, "close", "account_changed")
    return numbers


def close_service(tx: Connection, asked: Asked, code: str, reason: str, reason_en: str, day: date) -> None:
    """Take no more tickets for a service on `day`; the station shows the reason. Raises UnknownService."""
    _set_closed(tx, code, reason or "今天已停止取号", reason_en, day, asked.now)
    _note_service(tx, asked, code, "close", reason)


def reopen_service(tx: Connection, asked: Asked, code: str) -> None:
    """Take tickets again for a service that was closed early. Raises UnknownService."""
    _set_closed(tx, code, "", "", None, None)
    _note_service(tx, asked, code, "reopen", "")


def _set_closed(
    tx: Connection, code: str, reason: str, reason_en: str, day: date | None, now: datetime | None
) -> None:
    words = {"closed_reason": reason[:128], "closed_reason_en": reason_en[:128]}
    changed = tx.execute(
        sa.update(service).where(service.c.code == code).values(words | {"closed_on": day, "closed_at": now})
    )
    if changed.rowcount == 0:
        raise UnknownService


def _leave(tx: Connection, number: int) -> None:
    tx.execute(sa.update(counter).where(counter.c.number == number).values(EMPTY))


def _note(tx: Connection, asked: Asked, number: int, verb: str, note: str = "") -> None:
    row = {"counter_number": number, "verb": verb, "staff_id": asked.staff_id, "at": asked.now, "note": note}
    tx.execute(sa.insert(counter_change), row)


def _note_service(tx: Connection, asked: Asked, code: str, verb: str, note: str) -> None:
    row = {
        "service_code": code,
        "verb": verb,
        "staff_id": asked.staff_id,
        "at": asked.now,
        "note": note[:128],
    }
    tx.execute(sa.insert(service_change), row)
