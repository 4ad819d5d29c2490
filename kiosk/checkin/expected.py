"""Who has put the name down for some days: to be told, and to be found at the desk."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.events.tables import event_day, registration
from kiosk.people.tables import person

TAIL = 4
"""Digits of a phone that a registration keeps."""

MOST_FOUND = 20


class Expected(Struct, frozen=True):
    """One registration, for staff. `name` and `phone` may be empty; `phone` may be its last four digits."""

    registration_id: int
    event_day_id: int
    on: date
    number: int
    name: str
    phone: str
    people: int


_NAME = sa.func.coalesce(person.c.name, registration.c.name)
_EXPECTED = (
    sa.select(
        registration.c.id,
        registration.c.event_day_id,
        event_day.c.held_on,
        registration.c.number,
        _NAME,
        sa.func.coalesce(person.c.phone, registration.c.phone_tail, ""),
        registration.c.people,
    )
    .select_from(registration.join(event_day).outerjoin(person))
    .where(registration.c.cancelled_at.is_(None))
    .where(registration.c.event_day_id.in_(sa.bindparam("days", expanding=True)))
    .order_by(event_day.c.held_on, registration.c.number)
)


def expected(tx: Connection, event_days: Sequence[int]) -> tuple[Expected, ...]:
    """Everybody who has put the name down for one of these days, by day and number."""
    return tuple(Expected(*row) for row in tx.execute(_EXPECTED, {"days": list(event_days)}))


def find_expected(tx: Connection, event_days: Sequence[int], wanted: str) -> tuple[Expected, ...]:
    """Those of these days who are not on the register, by a part of the name or the phone's last digits."""
    text = " ".join(wanted.split())
    digits = "".join(sign for sign in text if sign in "0123456789")
    is_theirs = registration.c.name.contains(text, autoescape=True)
    if len(digits) >= TAIL:
        is_theirs = sa.or_(is_theirs, registration.c.phone_tail == digits[-TAIL:])
    query = _EXPECTED.where(registration.c.person_id.is_(None), is_theirs).limit(MOST_FOUND)
    return tuple(Expected(*row) for row in tx.execute(query, {"days": list(event_days)}))
