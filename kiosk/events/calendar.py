"""Arranging events: adding, editing and ending them, cancelling one day, stalls. Each leaves a row."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import changes, services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.events.kinds import EventKind
from kiosk.events.recurrence import check_rule, dates_between, until_of
from kiosk.events.refusals import BadEvent, BadRule, ReasonMissing, UnknownEvent
from kiosk.events.schedule import day_times, make_days, need_day, open_stalls, shut_stalls, stall_codes
from kiosk.events.tables import event, event_change, event_day, registration, stall
from kiosk.signs import text_faults
from kiosk.words import mark

KIND = "event"
"""What the history of changes calls them."""

MOVED = mark("改期")
"""The reason that people read who put their name down for a day that the event left."""

ENDED = mark("不再举办")

STALL_LENGTHS = {"name": 64, "name_en": 96}
REASON_LENGTHS = {"reason": 128}
LENGTHS = {"title": 48, "title_en": 96, "about": 300, "about_en": 500, "place": 64, "place_en": 96}
RANGES = {
    "lasts_min": (5, 24 * 60),
    "capacity": (1, 10_000),
    "early_min": (0, 24 * 60),
    "grace_min": (0, 240),
    "points_per_hour": (0, 1000),
}

YEAR = timedelta(days=366)
BACK, AHEAD = YEAR, 10 * YEAR
"""How far from today an event may begin, and its repeating end: what lies outside is a slip of the finger."""


class EventPlan(Struct, frozen=True):
    """What a centre says of an event. `rule` is an RRULE (RFC 5545) with dates only, empty for once.

    `early_min` before the start signing in begins; until `grace_min` after the end minutes count.
    """

    kind: EventKind
    title: str
    place: str
    first_on: date
    starts: time
    lasts_min: int
    rule: str = ""
    title_en: str = ""
    about: str = ""
    about_en: str = ""
    place_en: str = ""
    team_id: int | None = None
    capacity: int | None = None
    early_min: int = 30
    grace_min: int = 30
    points_per_hour: int = 10


def plan_faults(plan: EventPlan, today: date, before: EventPlan | None = None) -> dict[str, str]:
    """Which fields are wrong: name → "empty", "pictures", "long", "range", "rule" or "years".

    `before` is what the event has been: a date that it has had for years is kept as it is.
    """
    wrong = {name: "empty" for name in ("title", "place") if not getattr(plan, name).strip()}
    wrong |= text_faults({name: getattr(plan, name) for name in LENGTHS}, LENGTHS)
    for name, (least, most) in RANGES.items():
        value = getattr(plan, name)
        if value is not None and not least <= value <= most:
            wrong[name] = "range"
    return wrong | _faults_of_days(plan, today, before)


def _faults_of_days(plan: EventPlan, today: date, before: EventPlan | None) -> dict[str, str]:
    is_new = before is None or before.first_on != plan.first_on
    if is_new and not today - BACK <= plan.first_on <= today + AHEAD:
        return {"first_on": "years"}
    try:
        if plan.rule:
            check_rule(plan.rule, plan.first_on)
            until = until_of(plan.rule)
            if until is not None and until > today + AHEAD and (before is None or before.rule != plan.rule):
                return {"until": "years"}
    except BadRule:
        return {"rule": "rule"}
    return {}


def add_event(tx: Connection, centre: Centre, asked: Asked, plan: EventPlan) -> int:
    """Write an event down; its next weeks are on the calendar at once. Returns the id. Raises BadEvent."""
    said = _checked(plan, centre.day(asked.now))
    event_id: int = tx.execute(sa.insert(event).values(said).returning(event.c.id)).scalar_one()
    _note(tx, asked, event_id, "add")
    _note_event(tx, asked, event_id, "add", None)
    make_days(tx, centre, asked.now)
    return event_id


def edit_event(tx: Connection, centre: Centre, asked: Asked, event_id: int, plan: EventPlan) -> None:
    """Change an event. Days that have begun stay as they were; coming ones move along.

    A coming day that the event leaves is cancelled, with the reason 改期 when somebody has put their name
    down. Places that were set for one day stay until the event's own are changed. Raises BadEvent,
    UnknownEvent.
    """
    was = _facts(tx, event_id)
    _edit(tx, centre, asked, event_id, plan)
    _note_event(tx, asked, event_id, "edit", was)


def put_back(tx: Connection, centre: Centre, asked: Asked, change: changes.Change) -> None:
    """Make an event, or a day of it, as it was before `change`; coming days move along.

    Raises changes.UndoneAlready, changes.ChangedSince, changes.NotToBeUndone for one that was added, ended
    or given a stall, and BadEvent.
    """
    noted, was, now = change.noted, change.noted.before or {}, change.noted.after or {}
    changes.check_undoable(tx, change)
    event_id, _, on = noted.key.partition(":")
    if on and was:
        _put_day(tx, centre, asked, change)
    elif not was or was["is_ended"] or now["is_ended"] or was["stalls"] != now["stalls"]:
        raise changes.NotToBeUndone
    else:
        before = _facts(tx, int(event_id))
        _edit(tx, centre, asked, int(event_id), _plan_in(was))
        _note_event(tx, asked, int(event_id), "undo", before, change.id)


def _edit(tx: Connection, centre: Centre, asked: Asked, event_id: int, plan: EventPlan) -> None:
    going_on = sa.select(event).where(event.c.id == event_id, event.c.ended_at.is_(None))
    before = tx.execute(going_on).one_or_none()
    if before is None:
        raise UnknownEvent
    said = _checked(plan, centre.day(asked.now), plan_of(tx, event_id))
    tx.execute(sa.update(event).where(event.c.id == event_id).values(said))
    _note(tx, asked, event_id, "edit")
    if before.capacity != plan.capacity:
        _give_places(tx, event_id, plan.capacity, asked.now)
    one = tx.execute(going_on).one()
    for row in _coming(tx, event_id, asked.now):
        if dates_between(one.rule, one.first_on, row.held_on, row.held_on):
            _move_day(tx, centre, one, row)
        else:
            _drop_day(tx, row, asked.now)
    make_days(tx, centre, asked.now)


def end_event(tx: Connection, asked: Asked, event_id: int) -> None:
    """Hold it no more: coming days are cancelled, everything that was stays. Raises UnknownEvent."""
    ended = sa.update(event).where(event.c.id == event_id, event.c.ended_at.is_(None))
    was = _facts(tx, event_id)
    if tx.execute(ended.values(ended_at=asked.now)).rowcount == 0:
        raise UnknownEvent
    _note(tx, asked, event_id, "end")
    _note_event(tx, asked, event_id, "end", was)
    for row in _coming(tx, event_id, asked.now):
        _drop_day(tx, row, asked.now, ENDED)


def reason_faults(reason: str) -> dict[str, str]:
    """What is wrong with the words on a day that is not held, which the station shows: codes by field."""
    return text_faults({"reason": reason}, REASON_LENGTHS) if reason.strip() else {"reason": "empty"}


def cancel_day(tx: Connection, centre: Centre, asked: Asked, event_id: int, on: date, reason: str) -> int:
    """Do not hold the event on one day; the station shows why. Returns the day's id.

    Raises UnknownEvent, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    day_id = need_day(tx, centre, event_id, on)
    was = _day_facts(tx, day_id)
    _cancel(tx, event_id, day_id, on, reason.strip()[:128], asked.now)
    _note(tx, asked, event_id, "cancel_day", reason, day_id)
    _note_day(tx, asked, day_id, "cancel_day", was)
    return day_id


def hold_day(tx: Connection, centre: Centre, asked: Asked, event_day_id: int) -> None:
    """Hold a cancelled day after all, at the event's present times; one that had begun keeps its own.

    Its places stay as they were. Raises UnknownEvent.
    """
    was = _day_facts(tx, event_day_id)
    _hold(tx, centre, asked, event_day_id)
    _note_day(tx, asked, event_day_id, "hold_day", was)


def _hold(tx: Connection, centre: Centre, asked: Asked, event_day_id: int) -> None:
    row = tx.execute(sa.select(event_day).where(event_day.c.id == event_day_id)).one()
    if row.starts_at > asked.now:
        one = tx.execute(sa.select(event).where(event.c.id == row.event_id)).one()
        _set_day(tx, row, day_times(centre, one, row.held_on), is_held=True)
    else:
        times = {name: getattr(row, name) for name in ("opens_at", "ends_at")}
        _set_day(
            tx, row, times, is_held=True
        )  # who is inside has begun by them: nobody's hours are rewritten
    _note(tx, asked, row.event_id, "hold_day", day_id=event_day_id)


def set_capacity(tx: Connection, asked: Asked, event_day_id: int, capacity: int | None) -> None:
    """Change the places of one day; who is in stays in. Raises UnknownEvent, BadEvent."""
    if capacity is not None and not 1 <= capacity <= RANGES["capacity"][1]:
        raise BadEvent
    was = _day_facts(tx, event_day_id)
    _set_places(tx, asked, event_day_id, capacity)
    _note_day(tx, asked, event_day_id, "capacity", was)


def _set_places(tx: Connection, asked: Asked, event_day_id: int, capacity: int | None) -> None:
    changed = sa.update(event_day).where(event_day.c.id == event_day_id).values(capacity=capacity)
    event_id: int = tx.execute(changed.returning(event_day.c.event_id)).scalar_one()
    _note(tx, asked, event_id, "capacity", str(capacity or ""), event_day_id)


class NewStall(Struct, frozen=True):
    """A stall to be: the letter of its numbers, what it is called, and the counters it stands at."""

    code: str
    name: str
    counters: tuple[int, ...]
    name_en: str = ""


def stall_faults(name: str, name_en: str, code: str) -> dict[str, str]:
    """What is wrong with the words of a stall to be: codes by field."""
    faults = text_faults({"name": name, "name_en": name_en}, STALL_LENGTHS)
    faults |= {} if name.strip() else {"name": "empty"}
    return faults | ({} if code.isascii() and code.isalpha() and len(code) == 1 else {"code": "one_letter"})


def add_stall(tx: Connection, asked: Asked, event_id: int, wanted: NewStall) -> None:
    """Give an event a stall that takes numbers (理发 …) on its days.

    Raises UnknownEvent, services.CodeTaken, services.UnknownCounter.
    """
    one = tx.execute(sa.select(event).where(event.c.id == event_id)).one_or_none()
    if one is None:
        raise UnknownEvent
    was = _facts(tx, event_id)
    timed = services.TimedService(wanted.code, wanted.name, wanted.name_en, one.place, one.place_en)
    code = services.add_timed_service(tx, timed, wanted.counters)
    tx.execute(sa.insert(stall).values(event_id=event_id, service_code=code))
    for row in _coming(tx, event_id, asked.now, begun=True):
        if row.cancelled_at is None:
            open_stalls(tx, event_id, row.held_on, row.opens_at, row.ends_at)
    _note(tx, asked, event_id, "stall", f"{wanted.code} {wanted.name}")
    _note_event(tx, asked, event_id, "stall", was)


def days_to_drop(tx: Connection, event_id: int, now: datetime) -> tuple[int, ...]:
    """The ids of the days that ending the event would cancel."""
    return tuple(row.id for row in _coming(tx, event_id, now) if row.cancelled_at is None)


def plan_of(tx: Connection, event_id: int) -> EventPlan:
    """An event as it was last said. Raises UnknownEvent."""
    row = tx.execute(sa.select(event).where(event.c.id == event_id)).one_or_none()
    if row is None:
        raise UnknownEvent
    said = {name: getattr(row, name) for name in EventPlan.__struct_fields__}
    return EventPlan(**said | {"kind": EventKind(row.kind)})


def _checked(plan: EventPlan, today: date, before: EventPlan | None = None) -> dict[str, Any]:
    if plan_faults(plan, today, before):
        raise BadEvent
    return asdict(plan) | {"rule": plan.rule.upper()}


def _coming(tx: Connection, event_id: int, now: datetime, *, begun: bool = False) -> Iterable[Any]:
    later = event_day.c.ends_at > now if begun else event_day.c.starts_at > now
    return tx.execute(sa.select(event_day).where(event_day.c.event_id == event_id, later)).all()


def _move_day(tx: Connection, centre: Centre, one: Any, row: Any) -> None:
    """Give a day its event's present times; one that had fallen out of the plan is back in it."""
    is_held = row.cancelled_at is None or row.cancelled_reason in ("", MOVED)
    _set_day(tx, row, day_times(centre, one, row.held_on), is_held=is_held)


def _set_day(tx: Connection, row: Any, times: dict[str, Any], *, is_held: bool) -> None:
    values = dict(times)
    if is_held:
        values |= {"cancelled_at": None, "cancelled_reason": ""}
        open_stalls(tx, row.event_id, row.held_on, times["opens_at"], times["ends_at"])
    tx.execute(sa.update(event_day).where(event_day.c.id == row.id).values(values))


def _give_places(tx: Connection, event_id: int, capacity: int | None, now: datetime) -> None:
    """The event's own places are others now: every coming day has them, cancelled ones too."""
    coming = sa.update(event_day).where(event_day.c.event_id == event_id, event_day.c.starts_at > now)
    tx.execute(coming.values(capacity=capacity))


def _drop_day(tx: Connection, row: Any, now: datetime, reason: str = MOVED) -> None:
    """Take a day out of the plan, with a reason where somebody counts on it or may be there already."""
    if row.cancelled_at is not None:
        return
    coming = registration.c.cancelled_at.is_(None) & (registration.c.event_day_id == row.id)
    expected = tx.execute(sa.select(registration.c.id).where(coming).limit(1)).scalar()
    is_known = expected is not None or row.opens_at <= now
    _cancel(tx, row.event_id, row.id, row.held_on, reason if is_known else "", now)


def _cancel(tx: Connection, event_id: int, day_id: int, on: date, reason: str, now: datetime) -> None:
    said = {"cancelled_at": now, "cancelled_reason": reason}
    tx.execute(sa.update(event_day).where(event_day.c.id == day_id).values(said))
    shut_stalls(tx, event_id, on)


def _facts(tx: Connection, event_id: int) -> changes.Facts:
    """An event as the history keeps it: what was said of it, its stalls, whether it is held no more."""
    said = {name: _plain(value) for name, value in asdict(plan_of(tx, event_id)).items()}
    ended = tx.execute(sa.select(event.c.ended_at).where(event.c.id == event_id)).scalar()
    return said | {"stalls": sorted(stall_codes(tx, event_id)), "is_ended": ended is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, date | EventKind) else value


def _plan_in(facts: changes.Facts) -> EventPlan:
    said = {name: facts[name] for name in EventPlan.__struct_fields__}
    times = {"first_on": date.fromisoformat(said["first_on"]), "starts": time.fromisoformat(said["starts"])}
    return EventPlan(**said | times | {"kind": EventKind(said["kind"])})


def _day_facts(tx: Connection, day_id: int) -> changes.Facts:
    row = tx.execute(sa.select(event_day).where(event_day.c.id == day_id)).one_or_none()
    if row is None:
        raise UnknownEvent
    return {
        "on": str(row.held_on),
        "is_held": row.cancelled_at is None,
        "reason": row.cancelled_reason,
        "capacity": row.capacity,
    }


def _put_day(tx: Connection, centre: Centre, asked: Asked, change: changes.Change) -> None:
    event_id, _, on = change.noted.key.partition(":")
    was, day_id = change.noted.before or {}, need_day(tx, centre, int(event_id), date.fromisoformat(on))
    before = _day_facts(tx, day_id)
    if before != change.noted.after:
        raise changes.ChangedSince  # the event itself was changed, and its days with it
    if was["capacity"] != before["capacity"]:
        _set_places(tx, asked, day_id, was["capacity"])
    if was["is_held"] and not before["is_held"]:
        _hold(tx, centre, asked, day_id)
    elif before["is_held"] and not was["is_held"]:
        _cancel(tx, int(event_id), day_id, date.fromisoformat(on), was["reason"], asked.now)
    _note_day(tx, asked, day_id, "undo", before, change.id)


def _note_event(
    tx: Connection,
    asked: Asked,
    event_id: int,
    verb: str,
    was: changes.Facts | None,
    undoes: int | None = None,
) -> None:
    now = _facts(tx, event_id)
    changes.note(tx, asked, changes.Noted(KIND, str(event_id), now["title"], verb, was, now, undoes))


def _note_day(
    tx: Connection, asked: Asked, day_id: int, verb: str, was: changes.Facts, undoes: int | None = None
) -> None:
    of_day = sa.select(event.c.id, event.c.title).join_from(event_day, event).where(event_day.c.id == day_id)
    one, now = tx.execute(of_day).one(), _day_facts(tx, day_id)
    key, name = f"{one.id}:{now['on']}", f"{one.title} {now['on']}"
    changes.note(tx, asked, changes.Noted(KIND, key, name, verb, was, now, undoes))


def _note(
    tx: Connection, asked: Asked, event_id: int, verb: str, note: str = "", day_id: int | None = None
) -> None:
    row = {"event_id": event_id, "event_day_id": day_id, "verb": verb, "note": note[:200]}
    tx.execute(sa.insert(event_change), row | {"staff_id": asked.staff_id, "at": asked.now})
