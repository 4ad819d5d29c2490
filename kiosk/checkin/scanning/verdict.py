"""The answer to a scan, as a screen gets it: told at once, and told again from its row."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from kiosk import people, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.registration import registration_row
from kiosk.checkin.rules import UNDO_WITHIN, Direction, Hint, Word
from kiosk.checkin.scanning.attendance import Answer
from kiosk.checkin.scanning.resolve import Bearer, one_day
from kiosk.clock import is_within


class Verdict(Struct, frozen=True):
    """The answer to a scan.

    `person_full` is empty unless staff asked. `number` is a registration's or a ticket's; `minutes` count
    after a sign-out of a shift; `reason` tells why the day was cancelled. `undo_id` names the scan while it
    can be undone. `is_replay`: this nonce was answered before; `is_bounce`: the scanner read the same code
    again. Both change nothing.
    """

    word: Word
    at: datetime
    event_day_id: int | None = None
    event: str = ""
    place: str = ""
    opens_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    person_masked: str = ""
    person_full: str = ""
    number: str = ""
    minutes: int | None = None
    did: str = ""
    reason: str = ""
    hint: Hint = Hint.NONE
    ticket: tickets.TicketView | None = None
    undo_id: int | None = None
    is_replay: bool = False
    is_bounce: bool = False


class ScanForm(Struct, frozen=True):
    """What comes with a scan: its one name however often it is sent, the day of an event that the desk is
    set to (None for the likeliest), which way, and when it happened if it is told late."""

    nonce: str
    wanted: int | None = None
    direction: Direction = Direction.EITHER
    happened_at: datetime | None = None


class ScanRequest(Struct, frozen=True):
    """A scan as it is written down: who asked, what came with it, how, and the keyed hash of its code."""

    asked: Asked
    form: ScanForm
    how: str = "code"
    code_key: str = ""


def verdict(found: Answer, at: datetime, request: ScanRequest, undo_id: int | None) -> Verdict:
    day, is_english = found.day, request.asked.lang == "en"
    about_day = {} if day is None else {
        "event_day_id": day.id,
        "event": (is_english and day.title_en) or day.title,
        "place": (is_english and day.place_en) or day.place,
        "reason": day.cancelled_reason if day.cancelled_at is not None else "",
        "opens_at": day.opens_at, "starts_at": day.starts_at, "ends_at": day.ends_at,
    }  # fmt: skip
    return Verdict(
        found.word, at, **about_day,
        person_masked=found.bearer.masked,
        person_full=found.bearer.name if request.asked.staff_id is not None else "",
        number=found.number, minutes=found.minutes, did=found.did, hint=found.hint,
        ticket=found.ticket, undo_id=undo_id,
    )  # fmt: skip


def told(
    tx: Connection, centre: Centre, row: Any, request: ScanRequest, *, is_undone: bool = False
) -> Verdict:
    """What a row of `scan` answered, for whoever asks now; `is_undone` when it was taken back since."""
    bearer = Bearer(
        people.person_of(tx, row.person_id) if row.person_id else None,
        registration_row(tx, row.registration_id) if row.registration_id else None,
    )
    day = one_day(tx, row.event_day_id) if row.event_day_id else None
    ticket = None
    if row.ticket_id:
        ticket = tickets.ticket_view(tx, centre, row.ticket_id, request.asked.lang, request.asked.now)
    found = Answer(
        Word(row.verdict),
        bearer,
        day,
        row.did,
        row.sign_in_id,
        row.minutes,
        row.number,
        Hint(row.hint),
        ticket,
    )
    can_undo = bool(row.did) and not is_undone and is_within(row.recorded_at, request.asked.now, UNDO_WITHIN)
    return verdict(found, row.happened_at, request, row.id if can_undo else None)
