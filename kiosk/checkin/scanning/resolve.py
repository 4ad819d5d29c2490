"""Whose code it is, at which event they are, and where they stand there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.checkin.rules import Stay, Times, Word
from kiosk.checkin.tables import sign_in
from kiosk.database.prepared import Prepared
from kiosk.events import EventKind
from kiosk.events.tables import event, event_day, registration
from kiosk.people import Person, masked

LOOK_BACK = timedelta(hours=36)
"""So long ago a stay may have ended that still matters for a new one: an event lasts a day at most."""

NEAR = timedelta(hours=18)
"""How far off an event may be that "too early" or "too late" tells of."""

LONGEST = timedelta(hours=48)
"""Until a day ends after it opened, at most: a day before its start, and a day long (`events.calendar`)."""


class Bearer(Struct, frozen=True):
    """Who stands there: somebody on the register, somebody who put their name down, or both.

    `people` is how many come on one registration. Without person and registration it is somebody who is
    only counted.
    """

    person: Person | None = None
    registration: Any = None
    people: int = 1

    @property
    def name(self) -> str:
        """The full name, for staff; empty when there is none."""
        return self.person.name if self.person else self.registration.name if self.registration else ""

    @property
    def masked(self) -> str:
        """The name as everybody may see it."""
        return masked(self.name) if self.name else ""


class DayChoice(Struct, frozen=True):
    """The day that an attempt is for, or the word that says why there is none; then `day` may name one."""

    day: Any = None
    word: Word | None = None


_DAY = sa.select(
    event_day, event.c.kind, event.c.title, event.c.title_en, event.c.place, event.c.place_en,
    event.c.team_id, registration.c.id.label("registered_id"), registration.c.number,
).select_from(
    event_day.join(event).outerjoin(
        registration,
        sa.and_(
            registration.c.event_day_id == event_day.c.id,
            registration.c.person_id == sa.bindparam("person_id", type_=sa.Integer),
            registration.c.cancelled_at.is_(None),
        ),
    )
)  # fmt: skip
"""A day, its event, and the registration of :person_id there."""

_ONE_DAY = Prepared(_DAY.where(event_day.c.id == sa.bindparam("day_id")))

_NEAR = Prepared(
    _DAY.where(
        event_day.c.ends_at > sa.bindparam("after"),
        event_day.c.opens_at < sa.bindparam("before"),
        # says nothing new, but by way of the index no day of the coming weeks is read
        event_day.c.ends_at < sa.bindparam("longest"),
    ).order_by(event_day.c.starts_at, event_day.c.id)
)

_STAYS = Prepared(
    sa.select(
        sign_in, event_day.c.starts_at, event_day.c.ends_at, event_day.c.grace_min, event_day.c.cancelled_at
    )
    .join_from(sign_in, event_day)
    .where(
        sa.or_(
            sign_in.c.person_id == sa.bindparam("person_id", type_=sa.Integer),
            sign_in.c.registration_id == sa.bindparam("registration_id", type_=sa.Integer),
        ),
        sa.or_(
            sign_in.c.status == Stay.INSIDE,
            sign_in.c.in_at > sa.bindparam("since", type_=sign_in.c.in_at.type),
            sign_in.c.out_at > sa.bindparam("since", type_=sign_in.c.in_at.type),
        ),
        sign_in.c.status != Stay.UNDONE,
    )
    .order_by(sign_in.c.in_at, sign_in.c.id)
)


def stays_of(tx: Connection, bearer: Bearer, at: datetime) -> Sequence[Any]:
    """The bearer's stays that still matter, in order of time; none for who is only counted."""
    if bearer.person is None and bearer.registration is None:
        return ()
    parameters = _parameters(bearer) | {"since": at - LOOK_BACK}
    parameters["registration_id"] = bearer.registration.id if bearer.registration else None
    return _STAYS.all(tx, parameters)


def choose_day(
    tx: Connection, bearer: Bearer, wanted: int | None, stays: Sequence[Any], at: datetime
) -> DayChoice:
    """The day an attempt is for: the one on the slip, the one the desk is set to, or the likeliest now."""
    own = bearer.registration.event_day_id if bearer.registration else None
    if own is not None and wanted is not None and own != wanted:
        return DayChoice(one_day(tx, own), Word.WRONG_EVENT)
    if (own or wanted) is not None:
        day = one_day(tx, own or wanted, bearer)
        return DayChoice(day, None if day is not None else Word.WRONG_EVENT)
    near = {"after": at - NEAR, "before": at + NEAR, "longest": at + NEAR + LONGEST}
    parameters = _parameters(bearer) | near
    return _likeliest(bearer, _NEAR.all(tx, parameters), stays, at)


def one_day(tx: Connection, day_id: int | None, bearer: Bearer | None = None) -> Any:
    """One day with its event; None when there is none."""
    return _ONE_DAY.first(tx, _parameters(bearer or Bearer()) | {"day_id": day_id})


def times_of(day: Any) -> Times:
    """A day's times for the rules."""
    return Times(day.opens_at, day.starts_at, day.ends_at, timedelta(minutes=day.grace_min))


def _parameters(bearer: Bearer) -> dict[str, Any]:
    return {"person_id": bearer.person.id if bearer.person else None}


def _likeliest(bearer: Bearer, days: Sequence[Any], stays: Sequence[Any], at: datetime) -> DayChoice:
    """Where they are inside; else what is open now, own registration and own team first; else when it is."""
    inside = {stay.event_day_id for stay in stays if stay.status == Stay.INSIDE}
    for day in reversed(days):
        if day.id in inside and at <= day.ends_at + timedelta(minutes=day.grace_min):
            return DayChoice(day)
    teams = bearer.person.team_ids if bearer.person else ()
    is_open = [day for day in days if day.opens_at <= at <= day.ends_at and day.cancelled_at is None]
    if is_open:
        return DayChoice(min(is_open, key=lambda day: (day.registered_id is None, day.team_id not in teams)))
    return _not_now([day for day in days if day.id in inside], days, at)


def _not_now(inside: Sequence[Any], days: Sequence[Any], at: datetime) -> DayChoice:
    if inside:
        return DayChoice(inside[-1])
    coming = [day for day in days if day.opens_at > at and day.cancelled_at is None]
    if coming:
        return DayChoice(coming[0], Word.TOO_EARLY)
    over = [day for day in days if day.ends_at < at and day.cancelled_at is None]
    return DayChoice(over[-1], Word.TOO_LATE) if over else DayChoice(None, Word.WRONG_EVENT)


def counts_hours(bearer: Bearer, day: Any) -> bool:
    """Whether a stay of this bearer counts as voluntary service."""
    return bearer.person is not None and day.kind == EventKind.SHIFT
