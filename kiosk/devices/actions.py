"""Letting a device in: a code of the office, one browser that gives it; and putting it out again."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.devices.known import doubt
from kiosk.devices.refusals import TooManyCodes, UnknownDevice
from kiosk.devices.rules import (
    BOX_NAME,
    CODE_DIGITS,
    LONGEST_NAME,
    MOST_CODES,
    MOST_WRONG,
    VALID_FOR,
    Kind,
    Way,
    code_key,
    digits_of,
    hash_of,
    new_code,
    new_token,
    start_token,
)
from kiosk.devices.tables import device, device_change, enrolment_code


class Enrolled(Struct, frozen=True):
    """A device that was let in just now; `token` is what it has to show, and nobody else ever sees it."""

    id: int
    kind: Kind
    token: str


def make_code(tx: Connection, centre: Centre, asked: Asked, kind: Kind, name: str = "") -> str:
    """Six digits that let in one device of `kind`, once, within VALID_FOR. Raises TooManyCodes."""
    valid = sa.select(enrolment_code.c.code_key).where(*is_valid(asked.now))
    taken = set(tx.execute(valid).scalars())
    if len(taken) >= MOST_CODES:
        raise TooManyCodes(most=MOST_CODES)
    code = new_code()
    while code_key(centre.secret, code) in taken:
        code = new_code()
    row = {
        "code_key": code_key(centre.secret, code),
        "kind": kind,
        "name": name[:LONGEST_NAME],
        "made_by": asked.staff_id,
        "made_at": asked.now,
    }
    code_id = tx.execute(sa.insert(enrolment_code).values(row).returning(enrolment_code.c.id)).scalar_one()
    _note(tx, "code", asked, code_id=code_id, note=kind)
    after = {"kind": str(kind), "name": name[:LONGEST_NAME]}
    changes.note(tx, asked, changes.Noted("device", f"code:{code_id}", after["name"], "code", None, after))
    return code


def is_valid(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions of a code that still lets somebody in."""
    after, before = bounds(now, VALID_FOR)
    made_at, columns = enrolment_code.c.made_at, enrolment_code.c
    return columns.used_at.is_(None), columns.wrong_tries < MOST_WRONG, made_at > after, made_at < before


def enrol(tx: Connection, centre: Centre, asked: Asked, typed: str, address: str = "") -> Enrolled | None:
    """Let in who gives a valid code. None when it is not: that has been counted, so commit it.

    A wrong one counts against every code that is valid, for nobody can say which of them was meant.
    """
    code = digits_of(typed)
    if len(code) != CODE_DIGITS:
        return None
    mine = enrolment_code.c.code_key == code_key(centre.secret, code)
    claim = sa.update(enrolment_code).where(mine, *is_valid(asked.now)).values(used_at=asked.now)
    claimed = tx.execute(claim.returning(*enrolment_code.c)).first()
    if claimed is None:
        _count_wrong(tx, asked, address)
        return None
    token, by = new_token(), Asked(asked.now, claimed.made_by)
    row = _row(by, Kind(claimed.kind), claimed.name, Way.CODE, token) | {"address": address}
    device_id = tx.execute(sa.insert(device).values(row).returning(device.c.id)).scalar_one()
    _note(tx, "enrol", by, device_id=device_id, code_id=claimed.id)
    _note_device(tx, by, "enrol", device_id, None)
    return Enrolled(device_id, Kind(claimed.kind), token)


def _count_wrong(tx: Connection, asked: Asked, address: str) -> None:
    more = {"wrong_tries": enrolment_code.c.wrong_tries + 1}
    counted = sa.update(enrolment_code).where(*is_valid(asked.now)).values(more)
    for code_id in tx.execute(counted.returning(enrolment_code.c.id)).scalars().all():
        _note(tx, "wrong", asked, code_id=code_id, note=address)


def enrol_first(tx: Connection, asked: Asked, address: str) -> Enrolled | None:
    """Let in a browser at the box itself, so long as no station has ever been: one conditional write."""
    token = new_token()
    values = _row(asked, Kind.STATION, BOX_NAME, Way.FIRST, token) | {"address": address}
    never = ~sa.exists().where(device.c.kind == Kind.STATION)
    row = sa.select(*(sa.literal(value, device.c[name].type) for name, value in values.items())).where(never)
    first = sa.insert(device).from_select(list(values), row).returning(device.c.id)
    device_id = tx.execute(first).scalar()
    if device_id is None:
        return None
    _note(tx, "enrol", asked, device_id=device_id, note=Way.FIRST)
    _note_device(tx, asked, "enrol", device_id, None)
    return Enrolled(device_id, Kind.STATION, token)


def add_with_start(tx: Connection, asked: Asked, kind: Kind, name: str) -> Enrolled:
    """A device that a browser is by its start address, for one that forgets its cookies.

    `token` is the secret of that address; what the browser shows afterwards is `start_token` of it.
    """
    secret = new_token()
    row = _row(asked, kind, name, Way.START, start_token(secret))
    device_id = tx.execute(sa.insert(device).values(row).returning(device.c.id)).scalar_one()
    _note(tx, "enrol", asked, device_id=device_id, note=Way.START)
    _note_device(tx, asked, "enrol", device_id, None)
    return Enrolled(device_id, kind, secret)


def rename(tx: Connection, asked: Asked, device_id: int, name: str) -> None:
    """Call a device something else. Raises UnknownDevice."""
    _rename(tx, asked, device_id, name)


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Call a device again what it was called before `change`. Who was put out is let in by a new code.

    Raises changes.UndoneAlready, changes.ChangedSince, changes.NotToBeUndone.
    """
    changes.check_undoable(tx, change)
    was, now = change.noted.before, change.noted.after
    if was is None or now is None or was["is_let_in"] != now["is_let_in"]:
        raise changes.NotToBeUndone
    _rename(tx, asked, int(change.noted.key), was["name"], change.id)


def _rename(tx: Connection, asked: Asked, device_id: int, name: str, undoes: int | None = None) -> None:
    was = _facts(tx, device_id)
    tx.execute(sa.update(device).where(device.c.id == device_id).values(name=name[:LONGEST_NAME]))
    _note(tx, "rename", asked, device_id=device_id, note=was["name"])
    _note_device(tx, asked, "rename" if undoes is None else "undo", device_id, was, undoes)


def revoke(tx: Connection, asked: Asked, device_id: int) -> None:
    """Put a device out from the next thing that it asks; done twice it is done once. Raises UnknownDevice."""
    was, live = _facts(tx, device_id), (device.c.id == device_id, device.c.revoked_at.is_(None))
    if tx.execute(sa.update(device).where(*live).values(revoked_at=asked.now)).rowcount:
        _note(tx, "revoke", asked, device_id=device_id)
        _note_device(tx, asked, "revoke", device_id, was)


def note_seen(tx: Connection, device_id: int, address: str, now: datetime) -> None:
    """Write that a device is there, and where. That is no change of it: what is remembered stays right."""
    tx.execute(sa.update(device).where(device.c.id == device_id).values(seen_at=now, address=address[:64]))


def _row(asked: Asked, kind: Kind, name: str, way: Way, token: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name[:LONGEST_NAME],
        "way": way,
        "token_hash": hash_of(token),
        "enrolled_at": asked.now,
        "enrolled_by": asked.staff_id,
        "seen_at": asked.now,
    }


def _facts(tx: Connection, device_id: int) -> changes.Facts:
    """A device as the history keeps it: nothing of its token."""
    row = tx.execute(sa.select(device).where(device.c.id == device_id)).one_or_none()
    if row is None:
        raise UnknownDevice
    said = {"kind": str(row.kind), "name": row.name, "way": str(row.way)}
    return said | {"is_let_in": row.revoked_at is None}


def _note_device(
    tx: Connection,
    asked: Asked,
    verb: str,
    device_id: int,
    was: changes.Facts | None,
    undoes: int | None = None,
) -> None:
    now = _facts(tx, device_id)
    changes.note(tx, asked, changes.Noted("device", str(device_id), now["name"], verb, was, now, undoes))


def _note(tx: Connection, verb: str, asked: Asked, **about: Any) -> None:
    row = {"verb": verb, "staff_id": asked.staff_id, "at": asked.now} | about
    tx.execute(sa.insert(device_change).values(row))
    doubt(tx)
