"""When the centre is open: weekdays, the break at noon, days off, and when numbers begin and end."""

import itertools
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct, field

from kiosk.words import NO_WORDS, Own

WEEK = 7
DAY_NAMES = (
    Own("星期一", "Monday"),
    Own("星期二", "Tuesday"),
    Own("星期三", "Wednesday"),
    Own("星期四", "Thursday"),
    Own("星期五", "Friday"),
    Own("星期六", "Saturday"),
    Own("星期日", "Sunday"),
)
LOOK_AHEAD_DAYS = 31


class BadOpeningHours(ValueError):
    """The text is not opening hours; the message says which part."""


class Phase(StrEnum):
    """What part of its day the centre is in."""

    OPEN = "open"
    BEFORE = "before"
    BREAK = "break"
    OVER = "over"
    DAY_OFF = "day_off"


class Period(Struct, frozen=True):
    """From when to when, on the wall clock; the second excluded."""

    opens: time
    closes: time


class SpecialDay(Struct, frozen=True):
    """A day with hours of its own, and why; without a period it is off.

    `like` is the weekday (0 is Monday) as which a Saturday or Sunday is worked: services that have days of
    their own follow it, and without periods of its own the day has that weekday's hours.
    """

    periods: tuple[Period, ...] = ()
    words: Own = NO_WORDS
    like: int | None = None

    @property
    def is_off(self) -> bool:
        """Whether there is no service at all."""
        return not self.periods and self.like is None

    @property
    def follows(self) -> int | None:
        """The weekday whose hours it has; None where it has hours of its own, or none."""
        return None if self.periods else self.like


class Closing(Struct, frozen=True):
    """No numbers on one day from when staff said so: of one group, or of all where `group` is empty."""

    group: str
    on: date
    words: Own


class OpeningMoment(Struct, frozen=True):
    """The phase at one moment; `opens` is the next local opening, `reason` why the day is as it is."""

    phase: Phase
    opens: datetime | None = None
    reason: Own = NO_WORDS


class Hours(Struct, frozen=True):
    """The week, Monday first; an empty week is always open. `days` are those that are not like the week."""

    week: tuple[tuple[Period, ...], ...] = ()
    days: Mapping[date, SpecialDay] = field(default_factory=dict)

    def on(self, day: date) -> tuple[Period, ...]:
        """The periods of one day; none also where the centre is always open."""
        special = self.days.get(day)
        if special is not None and special.follows is None:
            return special.periods
        return self.of_weekday(day.weekday() if special is None else special.like or 0)

    def of_weekday(self, weekday: int) -> tuple[Period, ...]:
        """The periods of a weekday, 0 is Monday."""
        return self.week[weekday] if self.week else ()

    def within(self, centre: "Hours", today: date) -> "Hours":
        """This week on the centre's special days too, from `today` on: open when both are."""
        near = (today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS))
        days = {day: self._within(centre, day) for day in near if day in centre.days}
        return Hours(self.week, days)

    def _within(self, centre: "Hours", day: date) -> SpecialDay:
        special = centre.days[day]
        own = self.of_weekday(day.weekday() if special.like is None else special.like)
        if not centre.is_always_open_on(day):
            own = _both(own, centre.on(day))
        return SpecialDay(own, special.words)

    def is_always_open_on(self, day: date) -> bool:
        """Whether this day has no hours because the centre has none."""
        return not self.week and (day not in self.days or self.days[day].follows is not None)

    def closes_at(self, day: date) -> time | None:
        """When the day ends; None when it is off or never ends."""
        periods = self.on(day)
        return periods[-1].closes if periods else None

    def at(self, local: datetime, early: timedelta, last: timedelta) -> OpeningMoment:
        """Whether numbers are given at `local` (an aware or naive wall-clock time).

        They begin `early` before each opening and end `last` before the day's closing.
        """
        if self.is_always_open_on(local.date()):
            return OpeningMoment(Phase.OPEN)
        periods = self.on(local.date())
        if not periods:
            return self._off(local)
        for period in periods:
            if local < _on(local, period.opens) - early:
                return OpeningMoment(
                    Phase.BEFORE if period is periods[0] else Phase.BREAK, _on(local, period.opens)
                )
            ends = _on(local, period.closes) - (last if period is periods[-1] else timedelta())
            if local < ends:
                return OpeningMoment(Phase.OPEN)
        return OpeningMoment(Phase.OVER, self._next_opening(local), self._why(local))

    def _off(self, local: datetime) -> OpeningMoment:
        return OpeningMoment(Phase.DAY_OFF, self._next_opening(local), self._why(local))

    def _why(self, local: datetime) -> Own:
        special = self.days.get(local.date())
        return NO_WORDS if special is None else special.words

    def _next_opening(self, local: datetime) -> datetime | None:
        for ahead in range(1, LOOK_AHEAD_DAYS):
            day = local + timedelta(days=ahead)
            if self.is_always_open_on(day.date()):
                return _on(day, time())
            if periods := self.on(day.date()):
                return _on(day, periods[0].opens)
        return None


def _on(local: datetime, at: time) -> datetime:
    return datetime.combine(local.date(), at, local.tzinfo)


def _both(ours: tuple[Period, ...], theirs: tuple[Period, ...]) -> tuple[Period, ...]:
    found = (
        Period(max(one.opens, other.opens), min(one.closes, other.closes)) for one in ours for other in theirs
    )
    return tuple(one for one in found if one.opens < one.closes)


def parse_hours(week: str, days_off: str = "") -> Hours:
    """Read "1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00" (1 is Monday) and "2026-10-01 国庆节; …".

    Raises BadOpeningHours.
    """
    days: list[tuple[Period, ...]] = [()] * WEEK
    for part in _parts(week):
        found = re.fullmatch(r"([1-7])(?:-([1-7]))?((?: +\d\d:\d\d-\d\d:\d\d)+)", part)
        if not found:
            raise BadOpeningHours(part)
        first, last = int(found[1]), int(found[2] or found[1])
        for weekday in range(first - 1, last):
            days[weekday] = _periods(found[3].split(), part)
    return Hours(tuple(days) if any(days) else (), dict(_day_off(part) for part in _parts(days_off)))


def week_text(week: tuple[tuple[Period, ...], ...]) -> str:
    """A week as `parse_hours` reads it; days that follow each other and are alike stand together."""
    parts = []
    for periods, alike in itertools.groupby(enumerate(week, 1), key=lambda numbered: numbered[1]):
        days = [number for number, _ in alike]
        if periods:
            which = str(days[0]) if len(days) == 1 else f"{days[0]}-{days[-1]}"
            parts.append(f"{which} {periods_text(periods)}")
    return "; ".join(parts)


def periods_text(periods: tuple[Period, ...]) -> str:
    """Hours of one day: "08:30-12:00 13:30-17:30"."""
    return " ".join(f"{period.opens:%H:%M}-{period.closes:%H:%M}" for period in periods)


def parse_periods(text: str) -> tuple[Period, ...]:
    """The same read back. Raises BadOpeningHours."""
    return _periods(text.split(), text)


def are_periods(text: str) -> bool:
    """Whether `parse_periods` reads it: hours of one day in their sequence, or nothing."""
    if not re.fullmatch(r"(\d\d:\d\d-\d\d:\d\d( +|$))*", text):
        return False
    try:
        parse_periods(text)
    except BadOpeningHours:
        return False
    return True


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _periods(spans: list[str], part: str) -> tuple[Period, ...]:
    try:
        ends = [[time.fromisoformat(end) for end in span.split("-")] for span in spans]
    except ValueError as fault:
        raise BadOpeningHours(part) from fault
    moments = [moment for span in ends for moment in span]
    if any(one >= other for one, other in itertools.pairwise(moments)):
        raise BadOpeningHours(part)
    return tuple(Period(*span) for span in ends)


def _day_off(part: str) -> tuple[date, SpecialDay]:
    day, _, reason = part.partition(" ")
    try:
        return date.fromisoformat(day), SpecialDay(words=Own(reason.strip()))
    except ValueError as fault:
        raise BadOpeningHours(part) from fault
