"""When the centre is open: weekdays, the break at noon, days off, and when numbers begin and end."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

WEEK = 7
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


@dataclass(frozen=True)
class Period:
    """From when to when, on the wall clock; the second excluded."""

    opens: time
    closes: time


@dataclass(frozen=True)
class OpeningMoment:
    """The phase at one moment; `opens` is the next local opening, `reason` why the day is off."""

    phase: Phase
    opens: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Hours:
    """The week, Monday first; an empty week is always open. `days_off` hold their reasons."""

    week: tuple[tuple[Period, ...], ...] = ()
    days_off: Mapping[date, str] | None = None

    def on(self, day: date) -> tuple[Period, ...]:
        """The periods of one day."""
        if not self.week or day in (self.days_off or {}):
            return ()
        return self.week[day.weekday()]

    def closes_at(self, day: date) -> time | None:
        """When the day ends; None when it is off or never ends."""
        periods = self.on(day)
        return periods[-1].closes if periods else None

    def at(self, local: datetime, early: timedelta, last: timedelta) -> OpeningMoment:
        """Whether numbers are given at `local` (an aware or naive wall-clock time).

        They begin `early` before each opening and end `last` before the day's closing.
        """
        if not self.week:
            return (
                OpeningMoment(Phase.OPEN) if local.date() not in (self.days_off or {}) else self._off(local)
            )
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
        return OpeningMoment(Phase.OVER, self._next_opening(local))

    def _off(self, local: datetime) -> OpeningMoment:
        reason = (self.days_off or {}).get(local.date(), "")
        return OpeningMoment(Phase.DAY_OFF, self._next_opening(local), reason)

    def _next_opening(self, local: datetime) -> datetime | None:
        for ahead in range(1, LOOK_AHEAD_DAYS):
            day = local + timedelta(days=ahead)
            if periods := self.on(day.date()):
                return _on(day, periods[0].opens)
        return None


def _on(local: datetime, at: time) -> datetime:
    return datetime.combine(local.date(), at, local.tzinfo)


def parse_hours(week: str, days_off: str = "") -> Hours:
    """Read "1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00" (1 is Monday) and "2026-10-01 国庆节; …".

    Raises BadHours.
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


def _day_off(part: str) -> tuple[date, str]:
    day, _, reason = part.partition(" ")
    try:
        return date.fromisoformat(day), reason.strip()
    except ValueError as fault:
        raise BadOpeningHours(part) from fault
