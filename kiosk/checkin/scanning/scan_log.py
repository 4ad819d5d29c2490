"""One answer and one row for every press: the same nonce and a bounce are told again and change nothing."""

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.rules import BOUNCE_WITHIN, Word, is_doubtful, is_told_late
from kiosk.checkin.scanning.attendance import Answer, ScanMoment
from kiosk.checkin.scanning.verdict import ScanRequest, Verdict, told, verdict
from kiosk.checkin.tables import scan as scan_table
from kiosk.clock import is_within
from kiosk.database.prepared import Prepared

LONGEST_NONCE = 64


def code_key(centre: Centre, code: str) -> str:
    """The keyed hash by which a code is known again; without the centre's secret it says nothing."""
    return hmac.new(centre.secret, f"scan:{code.strip()}".encode(), sha256).hexdigest()[:32]


_BY_NONCE = Prepared(sa.select(scan_table).where(scan_table.c.nonce == sa.bindparam("nonce")))
_LAST_OF_CODE = Prepared(
    sa.select(scan_table)
    .where(scan_table.c.code_key == sa.bindparam("key"))
    .order_by(scan_table.c.id.desc())
    .limit(1)
)
_CLOCK = Prepared(sa.select(scan_table.c.clock_at).order_by(scan_table.c.id.desc()).limit(1))
_WRITE = Prepared(
    sa.insert(scan_table).returning(scan_table.c.id),
    *(column.key for column in scan_table.c if not column.primary_key),
)
_NOTHING: dict[str, Any] = {
    "code_key": "", "direction": "", "did": "", "hint": "", "number": "", "minutes": None,
    "event_day_id": None, "person_id": None, "registration_id": None, "sign_in_id": None, "ticket_id": None,
    "undo_of": None, "reason": "",
}  # fmt: skip


def answer(
    tx: Connection, centre: Centre, request: ScanRequest, act: Callable[[ScanMoment], Answer]
) -> Verdict:
    """Answer a press once: a nonce or a bounce again says what it said; else `act(moment)` and write it."""
    request = _named(request, request.form.nonce[:LONGEST_NONCE])
    known = _BY_NONCE.first(tx, {"nonce": request.form.nonce})
    if known is not None:
        if known.code_key == request.code_key and known.how == request.how:
            return replace(told(tx, centre, known, request), is_replay=True)
        # one nonce for two codes: the page is broken; a stranger's green answer must not be repeated
        request = _named(request, "")
        return write_row(tx, centre, request, Answer(Word.MISREAD), _moment(tx, request)[1])
    last = _LAST_OF_CODE.first(tx, {"key": request.code_key}) if request.code_key else None
    if last is not None and _is_bounce(last, request):
        return replace(told(tx, centre, last, request), is_bounce=True)
    moment, clock_at = _moment(tx, request)
    return write_row(tx, centre, request, act(moment), clock_at, moment)


def _named(request: ScanRequest, nonce: str) -> ScanRequest:
    return replace(request, form=replace(request.form, nonce=nonce))


def _is_bounce(last: Any, request: ScanRequest) -> bool:
    is_same = (
        last.station == request.asked.station
        and last.direction == request.form.direction
        and last.how == request.how
    )
    elsewhere = request.form.wanted is not None and last.event_day_id not in (None, request.form.wanted)
    return is_same and not elsewhere and is_within(last.recorded_at, request.asked.now, BOUNCE_WITHIN)


def _moment(tx: Connection, request: ScanRequest) -> tuple[ScanMoment, datetime]:
    """When it happened, and the latest time ever recorded: a clock that fell back is not followed."""
    newest = _newest(tx)
    at = min(request.form.happened_at or request.asked.now, request.asked.now)
    doubtful = is_doubtful(request.form.happened_at or request.asked.now, request.asked.now, newest)
    if doubtful and newest is not None and request.asked.now < newest:
        at = newest
    is_late = is_told_late(at, request.asked.now)
    return ScanMoment(at, doubtful, is_late), max(request.asked.now, newest or request.asked.now)


def _newest(tx: Connection) -> datetime | None:
    last = _CLOCK.first(tx, {})
    return last.clock_at if last is not None else None


def write_row(
    tx: Connection,
    centre: Centre,
    request: ScanRequest,
    found: Answer,
    clock_at: datetime,
    moment: ScanMoment | None = None,
) -> Verdict:
    at = moment.at if moment else request.asked.now
    row = _NOTHING | {
        "nonce": request.form.nonce or None,
        "station": request.asked.station[:32],
        "staff_id": request.asked.staff_id,
        "how": request.how,
        "code_key": request.code_key,
        "direction": request.form.direction,
        "verdict": found.word,
        "did": found.did,
        "hint": found.hint,
        "number": found.number,
        "minutes": found.minutes,
        "event_day_id": found.day.id if found.day is not None else None,
        "person_id": found.bearer.person.id if found.bearer.person else None,
        "registration_id": found.bearer.registration.id if found.bearer.registration else None,
        "sign_in_id": found.stay_id,
        "ticket_id": found.ticket.id if found.ticket else None,
        "happened_at": at,
        "recorded_at": request.asked.now,
        "clock_at": clock_at,
    }
    scan_id: int = _WRITE.first(tx, row).id
    return verdict(found, at, request, scan_id if found.did else None)


def trust_clock(tx: Connection, asked: Asked) -> None:
    """Staff say that the box's clock is right again: scans are believed from now on."""
    row = {
        "nonce": None,
        "station": asked.station,
        "staff_id": asked.staff_id,
        "how": "clock",
        "verdict": "clock",
    }
    moments = {"happened_at": asked.now, "recorded_at": asked.now, "clock_at": asked.now}
    _WRITE.all(tx, row | _NOTHING | moments)


def write_undo(tx: Connection, asked: Asked, row: Any, reason: str) -> None:
    """Append the row that takes `row` back; its code is not a bounce of the old answer any more."""
    clock_at = _newest(tx) or asked.now
    kept = ("code_key", "number", "event_day_id", "person_id", "registration_id", "sign_in_id")
    said = {name: getattr(row, name) for name in kept} | {"undo_of": row.id, "reason": reason}
    moments = {"happened_at": asked.now, "recorded_at": asked.now, "clock_at": max(clock_at, asked.now)}
    who = {"nonce": None, "station": asked.station[:32], "staff_id": asked.staff_id, "how": "undo"}
    _WRITE.all(tx, _NOTHING | said | moments | who | {"verdict": Word.UNDONE})
