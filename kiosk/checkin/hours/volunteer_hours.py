"""Hours and points: what was served, by whom, for which team. Totals are computed, never kept."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import changes, people
from kiosk.asked import Asked
from kiosk.checkin.hours.log import note_hours, note_manual
from kiosk.checkin.hours.totals import is_of_days
from kiosk.checkin.refusals import AlreadyConfirmed, BadHours, BadMinutes, UnknownHours
from kiosk.checkin.rules import Stay, Times, points
from kiosk.checkin.tables import hours_change, manual_hours, sign_in
from kiosk.events import ReasonMissing
from kiosk.events.tables import event, event_day
from kiosk.people.tables import person, team
from kiosk.signs import text_faults

KIND = "hours"
"""What the history of changes calls them."""

LONGEST_TEXTS = {"what": 48, "reason": 128}
MOST_MANUAL = 24 * 60
"""Minutes of one manual row at most: a day."""


class HoursRow(Struct, frozen=True):
    """One line of the record of service, for staff. `team` organised it.

    `staff_id` wrote the row by hand or confirmed it, with `reason`; None where the scans alone tell. A row by
    hand has a `manual_id` and neither `in_at` nor `out_at`. Only what lies between `counts_from` and
    `counts_until` counts.
    """

    person_id: int
    name: str
    team_id: int | None
    team: str
    what: str
    place: str
    on: date
    minutes: int
    points: int
    in_at: datetime | None = None
    out_at: datetime | None = None
    manual_id: int | None = None
    reason: str = ""
    staff_id: int | None = None
    counts_from: datetime | None = None
    counts_until: datetime | None = None


class Why(StrEnum):
    """Why a person must look at a stay."""

    CLOCK = "clock"
    FORGOTTEN = "closed"
    LATE = "left_late"
    MOVED_ON = "moved_on"
    TOLD_LATE = "told_late"


class Pending(Struct, frozen=True):
    """A stay that a coordinator must look at (待核): `minutes` is what the rules suggest, `most` the cap."""

    sign_in_id: int
    person_id: int
    name: str
    what: str
    on: date
    in_at: datetime
    out_at: datetime
    minutes: int
    most: int
    is_doubtful: bool
    why: Why


def _confirmed(column: sa.Column[Any], name: str) -> sa.Label[Any]:
    """What the row says by which a coordinator decided about a stay; none when the scans alone tell."""
    of_stay = (hours_change.c.sign_in_id == sign_in.c.id) & (hours_change.c.verb == "confirm")
    return sa.select(column).where(of_stay).scalar_subquery().label(name)


_LAST_VERB = (
    sa.select(hours_change.c.verb)
    .where(hours_change.c.sign_in_id == sign_in.c.id)
    .order_by(hours_change.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("last_verb")
)
_STAYS = (
    sa.select(
        _confirmed(hours_change.c.staff_id, "staff_id"), _confirmed(hours_change.c.reason, "reason"),
        sign_in, person.c.name, event.c.team_id, sa.func.coalesce(team.c.name, "").label("team"),
        event.c.title, event.c.place, event_day.c.held_on, event_day.c.points_per_hour,
        event_day.c.opens_at, event_day.c.starts_at, event_day.c.ends_at, event_day.c.grace_min,
    )
    .select_from(sign_in.join(event_day).join(event).outerjoin(team).join(person))
    .where(sign_in.c.counts_hours)
    .order_by(event_day.c.held_on, sign_in.c.id)
)  # fmt: skip
_MANUAL = (
    sa.select(manual_hours, person.c.name, sa.func.coalesce(team.c.name, "").label("team"))
    .select_from(manual_hours.join(person).outerjoin(team))
    .where(manual_hours.c.withdrawn_at.is_(None))
    .order_by(manual_hours.c.served_on, manual_hours.c.id)
)


def hours_rows(tx: Connection, first: date, last: date, person_id: int | None = None) -> tuple[HoursRow, ...]:
    """Every line of service from `first` to `last`, by date; `person_id`: of one person alone."""
    stays = _STAYS.where(sign_in.c.status == Stay.LEFT, is_of_days(first, last))
    manual = _MANUAL.where(manual_hours.c.served_on.between(first, last))
    if person_id is not None:
        stays = stays.where(sign_in.c.person_id == person_id)
        manual = manual.where(manual_hours.c.person_id == person_id)
    rows = [_of_stay(row) for row in tx.execute(stays)] + [_of_manual(row) for row in tx.execute(manual)]
    return tuple(sorted(rows, key=lambda row: row.on))


_IS_PENDING = sa.and_(sign_in.c.status == Stay.PENDING, sign_in.c.counts_hours)
_IS_THIS = sa.and_(sign_in.c.id == sa.bindparam("stay_id"), sign_in.c.status == Stay.PENDING)
_PENDING = _STAYS.add_columns(_LAST_VERB).where(_IS_PENDING)
_ONE_PENDING = _STAYS.where(_IS_THIS)
_CONFIRM = sa.update(sign_in).where(_IS_THIS).values(status=Stay.LEFT, minutes=sa.bindparam("counted"))


def pending(tx: Connection, most: int | None = None, skipped: int = 0) -> tuple[Pending, ...]:
    """What waits for a coordinator, the oldest first: `most` after `skipped`."""
    return tuple(_pending(row) for row in tx.execute(_PENDING.limit(most).offset(skipped)))


def pending_count(tx: Connection) -> int:
    """How much waits for a coordinator."""
    count: int = tx.execute(sa.select(sa.func.count()).select_from(sign_in).where(_IS_PENDING)).scalar_one()
    return count


def confirm(tx: Connection, asked: Asked, sign_in_id: int, minutes: int, reason: str = "") -> None:
    """Decide how many minutes of a 待核 stay count; other than suggested, or none, wants a reason.

    Raises AlreadyConfirmed, BadMinutes, ReasonMissing.
    """
    row = tx.execute(_ONE_PENDING, {"stay_id": sign_in_id}).one_or_none()
    if row is None:
        raise AlreadyConfirmed
    if not 0 <= minutes <= _times(row).cap:
        raise BadMinutes(most=_times(row).cap)
    if minutes != row.minutes and not reason.strip():
        raise ReasonMissing
    if not tx.execute(_CONFIRM, {"stay_id": sign_in_id, "counted": minutes}).rowcount:
        raise AlreadyConfirmed
    note_hours(tx, asked, sign_in_id, "confirm", minutes, reason.strip())
    said = {"on": str(row.held_on), "what": row.title}
    was = said | {"minutes": row.minutes, "is_confirmed": False, "reason": ""}
    now = said | {"minutes": minutes, "is_confirmed": True, "reason": reason.strip()}
    changes.note(tx, asked, changes.Noted(KIND, f"stay:{sign_in_id}", row.name, "confirm", was, now))


class HandWritten(Struct, frozen=True):
    """Hours that no scan has seen: whose, when, how many minutes of what, and why they are written."""

    person_id: int
    on: date
    minutes: int
    what: str
    reason: str
    team_id: int | None = None
    points_per_hour: int = 10


AGO = timedelta(days=3660)
"""Hours of so long ago, ten years, are still written by hand; of longer ago they are a slip of the finger."""


def add_manual(tx: Connection, asked: Asked, hours: HandWritten, *, tap: str) -> int:
    """Write hours that no scan has seen, with who says so and why; the same `tap` writes them once.

    Raises people.UnknownPerson, people.UnknownTeam, BadMinutes, BadHours, ReasonMissing.
    """
    known = tx.execute(sa.select(manual_hours.c.id).where(manual_hours.c.tap == tap)).scalar()
    if known is not None:
        return int(known)
    _check_manual(tx, asked, hours)
    row = {
        "person_id": hours.person_id, "team_id": hours.team_id, "served_on": hours.on,
        "minutes": hours.minutes, "points_per_hour": hours.points_per_hour, "what": hours.what.strip(),
        "reason": hours.reason.strip()[:128],
        "staff_id": asked.staff_id, "at": asked.now, "tap": tap,
    }  # fmt: skip
    manual_id: int = tx.execute(sa.insert(manual_hours).values(row).returning(manual_hours.c.id)).scalar_one()
    note_manual(tx, asked, manual_id, "add", hours.minutes, hours.reason.strip())
    _note_by_hand(tx, asked, manual_id, "add", hours.reason.strip())
    return manual_id


def withdraw_manual(tx: Connection, asked: Asked, manual_id: int, reason: str) -> None:
    """Take a manual row back; it stays, and counts no more. Raises UnknownHours, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    theirs = sa.update(manual_hours).where(
        manual_hours.c.id == manual_id, manual_hours.c.withdrawn_at.is_(None)
    )
    minutes = tx.execute(
        theirs.values(withdrawn_at=asked.now).returning(manual_hours.c.minutes)
    ).scalar_one_or_none()
    if minutes is None:
        raise UnknownHours
    note_manual(tx, asked, manual_id, "withdraw", minutes, reason.strip())
    _note_by_hand(tx, asked, manual_id, "withdraw", reason.strip())


def _note_by_hand(tx: Connection, asked: Asked, manual_id: int, verb: str, reason: str) -> None:
    of = sa.select(manual_hours, person.c.name).join_from(manual_hours, person)
    row = tx.execute(of.where(manual_hours.c.id == manual_id)).one()
    said = {"on": str(row.served_on), "what": row.what, "minutes": row.minutes, "reason": row.reason}
    counts = row.withdrawn_at is None
    now = said | {"reason": reason, "counts": counts}
    was = None if counts else said | {"counts": True}
    changes.note(tx, asked, changes.Noted(KIND, f"manual:{manual_id}", row.name, verb, was, now))


def _check_manual(tx: Connection, asked: Asked, hours: HandWritten) -> None:
    people.person_of(tx, hours.person_id)
    if hours.team_id is not None:
        people.team_of(tx, hours.team_id)
    if not 1 <= hours.minutes <= MOST_MANUAL:
        raise BadMinutes(most=MOST_MANUAL)
    today, slack = (
        asked.now.date(),
        timedelta(days=1),
    )  # the caller's "today" is the centre's, `now` is in UTC
    wrong = manual_faults(hours.what, hours.reason, hours.on, today + slack)
    if wrong.keys() == {"reason"}:
        raise ReasonMissing
    if wrong:
        raise BadHours


def manual_faults(what: str, reason: str, on: date | None, today: date) -> dict[str, str]:
    """What is wrong with words and day of a row by hand: codes by field; a day that is None was no date."""
    texts = {"what": what.strip(), "reason": reason.strip()}
    faults = text_faults(texts, LONGEST_TEXTS) | {name: "empty" for name, text in texts.items() if not text}
    if on is not None and not today - AGO <= on <= today:
        faults["on"] = "done_on"
    return faults


def _times(row: Any) -> Times:
    return Times(row.opens_at, row.starts_at, row.ends_at, timedelta(minutes=row.grace_min))


def _of_stay(row: Any) -> HoursRow:
    return HoursRow(
        row.person_id, row.name, row.team_id, row.team, row.title, row.place, row.held_on,
        row.minutes, points(row.points_per_hour, row.minutes), row.in_at, row.out_at,
        reason=row.reason or "", staff_id=row.staff_id,
        counts_from=row.starts_at, counts_until=row.ends_at + timedelta(minutes=row.grace_min),
    )  # fmt: skip


def _of_manual(row: Any) -> HoursRow:
    return HoursRow(
        row.person_id, row.name, row.team_id, row.team, row.what, "", row.served_on,
        row.minutes, points(row.points_per_hour, row.minutes),
        manual_id=row.id, reason=row.reason, staff_id=row.staff_id,
    )  # fmt: skip


def _pending(row: Any) -> Pending:
    return Pending(
        row.id, row.person_id, row.name, row.title, row.held_on, row.in_at, row.out_at, row.minutes,
        _times(row).cap, row.is_doubtful, _why(row),
    )  # fmt: skip


def _why(row: Any) -> Why:
    if row.last_verb in list(Why):
        return Why(row.last_verb)
    return Why.CLOCK if row.is_doubtful else Why.LATE
