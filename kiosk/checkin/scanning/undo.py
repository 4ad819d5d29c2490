"""Taking a scan back: within fifteen minutes, by staff, with a reason, as a row of its own."""

from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.refusals import NothingToUndo
from kiosk.checkin.rules import UNDO_WITHIN, Stay, Word
from kiosk.checkin.scanning.scan_log import write_undo
from kiosk.checkin.scanning.verdict import ScanForm, ScanRequest, Verdict, told
from kiosk.checkin.tables import hours_change, sign_in
from kiosk.checkin.tables import scan as scan_table
from kiosk.clock import is_within
from kiosk.events import ReasonMissing

_BY_ID = sa.select(scan_table).where(scan_table.c.id == sa.bindparam("id"))
_UNDO_OF = sa.select(scan_table.c.id).where(scan_table.c.undo_of == sa.bindparam("id"))


def undo_scan(tx: Connection, centre: Centre, asked: Asked, scan_id: int, reason: str) -> Verdict:
    """Take back a sign-in or a sign-out. Raises NothingToUndo, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    row = tx.execute(_BY_ID, {"id": scan_id}).one_or_none()
    if row is None or not row.did or tx.execute(_UNDO_OF, {"id": scan_id}).scalar() is not None:
        raise NothingToUndo
    if not is_within(row.recorded_at, asked.now, UNDO_WITHIN):
        raise NothingToUndo
    (_undo_in if row.did == "in" else _undo_out)(tx, row.sign_in_id)
    write_undo(tx, asked, row, reason.strip()[:128])
    request = ScanRequest(asked, ScanForm(""))
    return replace(told(tx, centre, row, request), word=Word.UNDONE, undo_id=None)


def _undo_in(tx: Connection, stay_id: int) -> None:
    undone = sa.update(sign_in).where(sign_in.c.id == stay_id, sign_in.c.status == Stay.INSIDE)
    if tx.execute(undone.values(status=Stay.UNDONE)).rowcount == 0:
        raise NothingToUndo  # they have left since: that comes first


def _undo_out(tx: Connection, stay_id: int) -> None:
    stay = tx.execute(sa.select(sign_in).where(sign_in.c.id == stay_id)).one()
    decided = sa.select(hours_change.c.id).where(hours_change.c.sign_in_id == stay_id)
    if tx.execute(_later_stay(stay)).first() or tx.execute(decided).first():
        raise NothingToUndo
    back = sa.update(sign_in).where(sign_in.c.id == stay_id, sign_in.c.status.in_((Stay.LEFT, Stay.PENDING)))
    values = {"status": Stay.INSIDE, "out_at": None, "minutes": None}
    if tx.execute(back.values(values)).rowcount == 0:
        raise NothingToUndo


def _later_stay(stay: Any) -> sa.Select[Any]:
    # a stay that is open again while a later one exists would overlap with it
    is_theirs = sa.or_(
        sign_in.c.person_id == stay.person_id, sign_in.c.registration_id == stay.registration_id
    )
    return sa.select(sign_in.c.id).where(
        is_theirs, sign_in.c.id > stay.id, sign_in.c.status != Stay.UNDONE
    )  # fmt: skip
