"""The list of devices, and the codes that nobody has used yet."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.devices.actions import is_valid
from kiosk.devices.rules import VALID_FOR, Kind, Way
from kiosk.devices.tables import device, enrolment_code

MOST_REVOKED = 20


class Device(Struct, frozen=True):
    """A device of the list; `enrolled_by` and the like are staff ids, `seen_at` is right to the hour."""

    id: int
    kind: Kind
    name: str
    way: Way
    enrolled_at: datetime
    enrolled_by: int | None
    address: str
    seen_at: datetime | None
    revoked_at: datetime | None


class OpenCode(Struct, frozen=True):
    """A code that still lets in a device; what it is nobody can tell any more."""

    kind: Kind
    name: str
    until: datetime


def devices(tx: Connection) -> tuple[Device, ...]:
    """Every device that is let in, and after them the last ones that were put out."""
    live = sa.select(device).where(device.c.revoked_at.is_(None)).order_by(device.c.kind, device.c.id)
    out = sa.select(device).where(device.c.revoked_at.is_not(None))
    rows = (*tx.execute(live), *tx.execute(out.order_by(device.c.revoked_at.desc()).limit(MOST_REVOKED)))
    return tuple(
        Device(
            row.id, Kind(row.kind), row.name, Way(row.way), row.enrolled_at, row.enrolled_by, row.address,
            row.seen_at, row.revoked_at,
        )
        for row in rows
    )  # fmt: skip


def device_called(tx: Connection, device_id: int) -> str:
    """What people call this device, also one that was put out; "" when there is none."""
    return tx.execute(sa.select(device.c.name).where(device.c.id == device_id)).scalar() or ""


def open_codes(tx: Connection, now: datetime) -> tuple[OpenCode, ...]:
    """The codes that are valid now."""
    found = sa.select(enrolment_code).where(*is_valid(now)).order_by(enrolment_code.c.id)
    return tuple(OpenCode(Kind(row.kind), row.name, row.made_at + VALID_FOR) for row in tx.execute(found))
