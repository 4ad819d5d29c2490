"""Putting one's name down for a day of an event (报名), at the station without a log-in or by staff."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import people, qr_codes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.refusals import (
    AlreadyHere,
    AlreadyRegistered,
    AlreadySignedIn,
    BadRegistration,
    EventCancelled,
    EventFull,
    EventOver,
    UnknownRegistration,
)
from kiosk.checkin.rules import Stay, Word
from kiosk.checkin.scanning.attendance import HAS_ROOM
from kiosk.checkin.scanning.resolve import one_day
from kiosk.checkin.tables import sign_in
from kiosk.database.prepared import Prepared
from kiosk.events import UnknownEvent
from kiosk.events.tables import registration

MOST_TOGETHER = 20
LONGEST_NAME = 16


class Registered(Struct, frozen=True):
    """A registration: the 24 digits for its slip, its number on the day's list; `already` if it was there."""

    id: int
    token: str
    number: int
    already: bool = False


_BY_TAP = sa.select(registration).where(registration.c.tap == sa.bindparam("tap"))
_BY_ID = Prepared(sa.select(registration).where(registration.c.id == sa.bindparam("id")))
_OF_PERSON = sa.select(registration).where(
    registration.c.event_day_id == sa.bindparam("day_id"),
    registration.c.person_id == sa.bindparam("person_id"),
    registration.c.cancelled_at.is_(None),
)
_WRITTEN = ("event_day_id", "number", "person_id", "name", "phone_tail", "people", "tap", "station",
            "staff_id", "created_at")  # fmt: skip
_NEXT = (
    sa.select(sa.func.coalesce(sa.func.max(registration.c.number), 0) + 1)
    .where(registration.c.event_day_id == sa.bindparam("day_id"))
    .scalar_subquery()
)


def _values() -> sa.Select[Any]:
    parameters: dict[str, Any] = {
        "number": _NEXT,
        "event_day_id": sa.bindparam("day_id", type_=sa.Integer),
        "people": sa.bindparam("people", type_=sa.Integer),
    }
    return sa.select(
        *(parameters.get(n, sa.bindparam(f"new_{n}", type_=registration.c[n].type)) for n in _WRITTEN)
    ).where(HAS_ROOM)


_INSERT = (
    sa.insert(registration)
    .from_select(_WRITTEN, _values())
    .returning(registration.c.id, registration.c.number)
)


class Registrant(Struct, frozen=True):
    """Who puts the name down: somebody of the register, or a name and four digits that may be left out.

    `together`: so many come on it.
    """

    person_id: int | None = None
    name: str = ""
    phone_tail: str = ""
    together: int = 1


def register(
    tx: Connection, centre: Centre, asked: Asked, event_day: int, tap: str, who: Registrant
) -> Registered:
    """Put a name down; the same `tap` gives the same registration.

    Of any number who want the last place one gets it. Raises UnknownEvent, EventCancelled, EventOver,
    EventFull, AlreadyRegistered, AlreadyHere, BadRegistration, people.UnknownPerson.
    """
    earlier = tx.execute(_BY_TAP, {"tap": tap}).one_or_none()
    if earlier is not None:
        return _registered(centre, earlier, already=True)
    day = one_day(tx, event_day)
    _check_day(day, asked.now)
    person_id, said = who.person_id, _checked(tx, who)
    _check_not_here(tx, event_day, person_id)
    if person_id is not None and (known := _of_person(tx, event_day, person_id)) is not None:
        raise AlreadyRegistered(number=known.number)
    row = {
        "new_tap": tap[:64],
        "new_station": asked.station[:32],
        "new_staff_id": asked.staff_id,
        "new_created_at": asked.now,
    }
    parameters = {"day_id": event_day, "capacity": day.capacity}
    written = tx.execute(_INSERT, row | said | parameters).one_or_none()
    if written is None:
        raise EventFull
    return Registered(written.id, centre.token(qr_codes.CodeKind.REGISTRATION, written.id, 0), written.number)


def cancel_registration(tx: Connection, registration_id: int, now: datetime) -> None:
    """Give the place back. The second time does nothing. Raises UnknownRegistration, AlreadySignedIn."""
    registration_row(tx, registration_id)
    came = (sign_in.c.registration_id == registration_id) & (sign_in.c.status != Stay.UNDONE)
    if tx.execute(sa.select(sign_in.c.id).where(came).limit(1)).scalar() is not None:
        raise AlreadySignedIn
    tx.execute(
        sa.update(registration)
        .where(registration.c.id == registration_id, registration.c.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )


def renew_registration(tx: Connection, centre: Centre, registration_id: int, revision: int) -> str:
    """A new code for a slip that was lost; the old one answers that it was. Returns the new 24 digits.

    `revision` is the one that the page showed: pressing twice renews once. Raises UnknownRegistration.
    """
    registration_row(tx, registration_id)
    tx.execute(
        sa.update(registration)
        .where(registration.c.id == registration_id, registration.c.revision == revision)
        .values(revision=revision + 1)
    )
    return registration_token(tx, centre, registration_id)


def registration_row(tx: Connection, registration_id: int) -> Any:
    """The row of a registration. Raises UnknownRegistration."""
    row = _BY_ID.first(tx, {"id": registration_id})
    if row is None:
        raise UnknownRegistration
    return row


def registration_token(tx: Connection, centre: Centre, registration_id: int) -> str:
    """The 24 digits of its newest slip. Raises UnknownRegistration."""
    row = registration_row(tx, registration_id)
    return centre.token(qr_codes.CodeKind.REGISTRATION, row.id, row.revision)


def registration_by_code(tx: Connection, centre: Centre, code: str) -> tuple[Word | None, Any]:
    """The registration behind a code, and the word when it does not count any more.

    Raises tokens.Misread, tokens.Forged.
    """
    token = qr_codes.parse(code)
    row = None
    if token.kind == qr_codes.CodeKind.REGISTRATION:
        row = _BY_ID.first(tx, {"id": token.serial})
    is_newest = qr_codes.verify(token, row.revision if row else 0, centre.secret)
    if row is None:
        return Word.UNKNOWN, None
    if not is_newest:
        return Word.REVOKED, row
    return (Word.CANCELLED if row.cancelled_at is not None else None), row


def _registered(centre: Centre, row: Any, *, already: bool) -> Registered:
    token = centre.token(qr_codes.CodeKind.REGISTRATION, row.id, row.revision)
    return Registered(row.id, token, row.number, already)


def _check_day(day: Any, now: datetime) -> None:
    if day is None:
        raise UnknownEvent
    if day.cancelled_at is not None:
        raise EventCancelled(reason=day.cancelled_reason)
    if day.ends_at < now:
        raise EventOver


def _checked(tx: Connection, who: Registrant) -> dict[str, Any]:
    name, phone_tail, together = who.name, who.phone_tail, who.together
    is_tail = re.fullmatch(r"([0-9]{4})?", phone_tail, re.ASCII)
    if not is_tail or not 1 <= together <= MOST_TOGETHER or len(name) > LONGEST_NAME:
        raise BadRegistration
    if who.person_id is not None:
        people.person_of(tx, who.person_id)
        name, phone_tail, together = "", "", 1  # the register knows them
    return {
        "new_person_id": who.person_id,
        "new_name": " ".join(name.split()),
        "new_phone_tail": phone_tail or None,
        "people": together,
    }


def _of_person(tx: Connection, day_id: int, person_id: int) -> Any:
    return tx.execute(_OF_PERSON, {"day_id": day_id, "person_id": person_id}).one_or_none()


def _check_not_here(tx: Connection, day_id: int, person_id: int | None) -> None:
    came = sa.and_(
        sign_in.c.event_day_id == day_id, sign_in.c.person_id == person_id, sign_in.c.status != Stay.UNDONE
    )
    if person_id is not None and tx.execute(sa.select(sign_in.c.id).where(came)).first() is not None:
        raise AlreadyHere
