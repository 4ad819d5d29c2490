"""The log of hours: whatever changes them without a scan of their own appends a row."""

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.checkin.tables import hours_change
from kiosk.database.prepared import Prepared

_NOTE = Prepared(
    sa.insert(hours_change),
    "sign_in_id", "manual_hours_id", "verb", "minutes", "reason", "at", "staff_id",
)  # fmt: skip


def note_hours(
    tx: Connection, asked: Asked, stay_id: int, verb: str, minutes: int | None, reason: str = ""
) -> None:
    """Append the row that tells of a stay's hours which no scan of their own has changed."""
    _note(tx, asked, {"sign_in_id": stay_id, "manual_hours_id": None}, verb, minutes, reason)


def note_manual(tx: Connection, asked: Asked, manual_id: int, verb: str, minutes: int, reason: str) -> None:
    """The same of hours that were written by hand."""
    _note(tx, asked, {"sign_in_id": None, "manual_hours_id": manual_id}, verb, minutes, reason)


def _note(
    tx: Connection, asked: Asked, of: dict[str, int | None], verb: str, minutes: int | None, reason: str
) -> None:
    said = {"verb": verb, "minutes": minutes, "reason": reason[:128]}
    _NOTE.all(tx, of | said | {"at": asked.now, "staff_id": asked.staff_id})
