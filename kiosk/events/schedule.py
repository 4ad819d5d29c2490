"""The calendar: which days an event is held on, and the row that each day becomes when it is needed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import services
from kiosk.centre import Centre
from kiosk.database import in_lang
from kiosk.database.dialects import insert_all_missing
from kiosk.events.kinds import EventKind
from kiosk.events.recurrence import dates_between
from kiosk.events.refusals import UnknownEvent
from kiosk.events.tables import event, event_day, stall
from kiosk.people.tables import team
from kiosk.services.tables import service
from kiosk.words import Lang

WEEKDAYS = "一二三四五六日"

AHEAD = timedelta(days=35)
"""So far ahead days are written by the nightly jobs; later ones are computed until somebody needs one."""


class Stall(Struct, frozen=True):
    """A stall of an event: the service whose numbers it gives."""

    code: str
    name: str


class EventDay(Struct, frozen=True):
    """One day of an event in one language. `id` is None while nobody has needed its row (see `need_day`).

    `on` is the date on the centre's wall, the moments are aware; `cancelled` holds the reason, empty if held.
    """

    id: int | None
    event_id: int
    kind: EventKind
    title: str
    about: str
    on: date
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    place: str
    organiser: str
    capacity: int | None
    cancelled: str = ""
    stalls: tuple[Stall, ...] = ()
    grace_min: int = 0

    @property
    def over_at(self) -> datetime:
        """Until then it stands in the lists: it may end on the day after, and people leave a little later."""
        return self.ends_at + timedelta(minutes=self.grace_min)

    @property
    def counts_hours(self) -> bool:
        """Whether signing out matters: volunteers' hours are counted."""
        return self.kind == EventKind.SHIFT


@cache
def _events(lang: Lang) -> sa.Select[Any]:
    names = [in_lang(lang, event.c[name]).label(f"{name}_shown") for name in ("title", "about", "place")]
    organiser = sa.func.coalesce(in_lang(lang, team.c.name), "").label("organiser")
    return sa.select(event, *names, organiser).join_from(event, team, isouter=True)


@cache
def _stalls(lang: Lang) -> sa.Select[Any]:
    name = in_lang(lang, service.c.name)
    return sa.select(stall.c.event_id, stall.c.service_code, name).join_from(stall, service).order_by(
        stall.c.service_code
    )  # fmt: skip


_ROWS = sa.select(event_day).where(
    event_day.c.held_on.between(sa.bindparam("first"), sa.bindparam("last"))
)  # fmt: skip
_WRITTEN = _ROWS.with_only_columns(event_day.c.event_id, event_day.c.held_on)
_ROW = sa.select(event_day).where(event_day.c.id == sa.bindparam("id"))


def days_between(tx: Connection, centre: Centre, first: date, last: date, lang: Lang) -> tuple[EventDay, ...]:
    """Every day of every event from `first` to `last`, both included, by time; cancelled ones too."""
    rows = {(row.event_id, row.held_on): row for row in tx.execute(_ROWS, {"first": first, "last": last})}
    written: dict[int, set[date]] = {}
    for event_id, on in rows:
        written.setdefault(event_id, set()).add(on)
    stalls = stalls_of(tx, lang)
    found = []
    for one in tx.execute(_events(lang)):
        dates = written.get(one.id, set())
        if one.ended_at is None:
            dates.update(dates_between(one.rule, one.first_on, first, last))
        found += [_day(one, rows.get((one.id, on)) or _planned(centre, one, on), stalls) for on in dates]
    held = [day for day in found if day is not None]
    return tuple(sorted(held, key=lambda day: (day.starts_at, day.event_id)))


def days_from(
    tx: Connection, centre: Centre, now: datetime, last: date, lang: Lang
) -> tuple[EventDay, ...]:  # fmt: skip
    """From what began yesterday and still goes on at `now` to `last`, by time."""
    first = centre.day(now)
    found = days_between(tx, centre, first - timedelta(days=1), last, lang)
    return tuple(day for day in found if day.on >= first or now <= day.over_at)


def today(tx: Connection, centre: Centre, now: datetime, lang: Lang) -> tuple[EventDay, ...]:
    """Today's events and those of yesterday that go on past midnight, by time.

    Each has its row and so an id, once `make_days` has run this night.
    """
    return days_from(tx, centre, now, centre.day(now), lang)


def day_of(tx: Connection, event_day_id: int, lang: Lang) -> EventDay:
    """One day of an event, with its stalls. Raises UnknownEvent."""
    row = tx.execute(_ROW, {"id": event_day_id}).one_or_none()
    if row is None:
        raise UnknownEvent
    one = tx.execute(_events(lang).where(event.c.id == row.event_id)).one()
    day = _day(one, row, stalls_of(tx, lang))
    if day is None:
        raise UnknownEvent
    return day


def need_day(tx: Connection, centre: Centre, event_id: int, on: date) -> int:
    """The id of an event's day, written if it was not; its stalls take people then. Raises UnknownEvent."""
    known = _ROWS.where(event_day.c.event_id == event_id)
    row = tx.execute(known, {"first": on, "last": on}).one_or_none()
    if row is not None:
        return int(row.id)
    one = tx.execute(sa.select(event).where(event.c.id == event_id)).one_or_none()
    if one is None or one.ended_at is not None or on not in dates_between(one.rule, one.first_on, on, on):
        raise UnknownEvent
    _write_days(tx, centre, [(one, on)])
    return int(tx.execute(known, {"first": on, "last": on}).one().id)


def make_days(tx: Connection, centre: Centre, now: datetime) -> None:
    """Write the days of the coming weeks that have no row yet."""
    first = centre.day(now)
    span = {"first": first, "last": first + AHEAD}
    have = {(event_id, on) for event_id, on in tx.execute(_WRITTEN, span)}
    going_on = tx.execute(sa.select(event).where(event.c.ended_at.is_(None))).all()
    _write_days(tx, centre, [
        (one, on)
        for one in going_on
        for on in dates_between(one.rule, one.first_on, span["first"], span["last"])
        if (one.id, on) not in have
    ])  # fmt: skip


def _write_days(tx: Connection, centre: Centre, days: list[tuple[Any, date]]) -> None:
    """Write the rows of these days of events, and open their stalls; of two who try one writes.

    All at once: one by one a new weekly event's five weeks took three statements a day.
    """
    rows = [{"event_id": one.id, "held_on": on} | day_values(centre, one, on) for one, on in days]
    if not rows:
        return
    insert_all_missing(tx, event_day, rows)
    have_stalls = set(tx.execute(sa.select(stall.c.event_id)).scalars())
    for row in rows:
        if row["event_id"] in have_stalls:
            open_stalls(tx, row["event_id"], row["held_on"], row["opens_at"], row["ends_at"])


def day_values(centre: Centre, one: Any, on: date) -> dict[str, Any]:
    """What a new day's row keeps of its event."""
    return day_times(centre, one, on) | {"capacity": one.capacity}


def day_times(centre: Centre, one: Any, on: date) -> dict[str, Any]:
    """A day's moments, reckoned on the centre's wall clock, and what its minutes are worth.

    Its places are not among them: they may be the day's own.
    """
    starts_at = datetime.combine(on, one.starts, centre.zone).astimezone(UTC)
    return {
        "opens_at": starts_at - timedelta(minutes=one.early_min),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=one.lasts_min),
        "grace_min": one.grace_min,
        "points_per_hour": one.points_per_hour,
    }


def open_stalls(tx: Connection, event_id: int, on: date, opens_at: datetime, closes_at: datetime) -> None:
    """Let the event's stalls take people on this day."""
    for code in stall_codes(tx, event_id):
        services.offer(tx, code, on, opens_at, closes_at)


def shut_stalls(tx: Connection, event_id: int, on: date) -> None:
    """Let the event's stalls take nobody on this day."""
    for code in stall_codes(tx, event_id):
        services.withdraw(tx, code, on)


def stall_codes(tx: Connection, event_id: int) -> Iterable[str]:
    """The letters of an event's stalls."""
    return tx.execute(sa.select(stall.c.service_code).where(stall.c.event_id == event_id)).scalars().all()


class _Planned(Struct, frozen=True):
    """A day without a row; it answers like one."""

    id: None
    held_on: date
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    grace_min: int
    points_per_hour: int
    capacity: int | None
    cancelled_at: None = None
    cancelled_reason: str = ""


def _planned(centre: Centre, one: Any, on: date) -> _Planned:
    return _Planned(id=None, held_on=on, **day_values(centre, one, on))


def _day(one: Any, row: Any, stalls: dict[int, tuple[Stall, ...]]) -> EventDay | None:
    """None for a day that fell out of the plan: cancelled, and without a reason to tell anybody."""
    if row.cancelled_at is not None and not row.cancelled_reason:
        return None
    return EventDay(
        row.id, one.id, EventKind(one.kind), one.title_shown, one.about_shown, row.held_on,
        row.opens_at, row.starts_at, row.ends_at, one.place_shown, one.organiser, row.capacity,
        row.cancelled_reason, stalls.get(one.id, ()), row.grace_min,
    )  # fmt: skip


def stalls_of(tx: Connection, lang: Lang) -> dict[int, tuple[Stall, ...]]:
    """The stalls of each event that has some, by its id."""
    found: dict[int, tuple[Stall, ...]] = {}
    for event_id, code, name in tx.execute(_stalls(lang)):
        found[event_id] = (*found.get(event_id, ()), Stall(code, name))
    return found


def when_text(centre: Centre, day: EventDay, lang: Lang) -> str:
    """A day of an event as people say it: 11月21日（周六）9:00–11:00."""
    begins, hours = centre.local(day.starts_at), hours_text(centre, day, lang)
    if lang == "en":
        return f"{begins:%a} {begins.day} {begins:%b}, {hours}"
    return f"{begins.month}月{begins.day}日（周{WEEKDAYS[begins.weekday()]}）{hours}"


def hours_text(centre: Centre, day: EventDay, lang: Lang) -> str:
    """From when to when: 9:00–11:00, or 22:00–第二天2:00."""
    begins, ends = centre.local(day.starts_at), centre.local(day.ends_at)
    text = f"{begins.hour}:{begins:%M}–{{}}{ends.hour}:{ends:%M}{{}}"
    if begins.date() == ends.date():
        return text.format("", "")
    return text.format("", " next day") if lang == "en" else text.format("第二天", "")
