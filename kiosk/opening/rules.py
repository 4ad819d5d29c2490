"""What hours may be, what becomes of a day, and which rules a centre may change by itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from zoneinfo import available_timezones

from msgspec import Struct

from kiosk.signs import text_faults

LONGEST_WORDS, LONGEST_WORDS_EN = 60, 120
"""Signs of the words of a day or a closing."""

LONGEST = {"words": LONGEST_WORDS, "words_en": LONGEST_WORDS_EN}

MOST_DAYS = 62
"""Days in a row that one form makes special; a longer leave is no leave."""

HELD_DAYS = 366
"""Special days that are older are left out at the next change; the history keeps them."""


class Span(NamedTuple):
    """From when to when, as a form gives it; None where a field is empty."""

    opens: time | None
    closes: time | None


def span_faults(spans: Sequence[Span]) -> dict[tuple[int, str], str]:
    """What is wrong with the hours of one day, by the span's number and its end: pair, order, overlap.

    An empty span is left out; a span may begin when the one before it ends, but not earlier.
    """
    faults: dict[tuple[int, str], str] = {}
    before: time | None = None
    for number, span in enumerate(spans):
        if span.opens is None and span.closes is None:
            continue
        if span.opens is None or span.closes is None:
            faults[number, "opens" if span.opens is None else "closes"] = "pair"
            continue
        if before is not None and span.opens <= before:
            faults[number, "opens"] = "overlap"
        if span.closes <= span.opens:
            faults[number, "closes"] = "order"
        before = span.closes if before is None else max(before, span.closes)
    return faults


class Week(NamedTuple):
    """The week, Monday first, each day a tuple of (opens, closes); the minutes of first and last numbers."""

    days: tuple[tuple[tuple[time, time], ...], ...]
    early_min: int
    last_min: int


def week_faults(week: Week) -> str:
    """The code of what is wrong with a week as a whole; empty when nothing is.

    `no_numbers`: the last number would be given before a day's last hours have begun.
    """
    for spans in week.days:
        if spans and _minutes(*spans[-1]) + week.early_min <= week.last_min:
            return "no_numbers"
    return ""


def _minutes(opens: time, closes: time) -> int:
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute


def until(spans: Iterable[tuple[time, time]], closes: time) -> tuple[tuple[time, time], ...]:
    """These hours when the day ends at `closes`, earlier or later; none when it ends before it begins."""
    kept = [(opens, ends) for opens, ends in spans if opens < closes]
    if not kept:
        return ()
    return (*kept[:-1], (kept[-1][0], closes))


LAST_MINUTE = time(23, 59)


def later(closes: time, now: time, minutes: int) -> time:
    """So many minutes after `closes`, or after `now` where that is past it; never beyond the day."""
    first = max(closes.hour * 60 + closes.minute, now.hour * 60 + now.minute)
    ends = min(first + minutes, LAST_MINUTE.hour * 60 + LAST_MINUTE.minute)
    return time(ends // 60, ends % 60)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Both included; none when `last` is earlier."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


SATURDAY = 5
WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")


class HolidayDay(Struct, frozen=True):
    """One day of the state's calendar: off, or a Saturday or Sunday that is worked for another day."""

    day: date
    name: str
    is_off: bool


class Holiday(Struct, frozen=True):
    """One holiday of a year with its days, the worked ones too."""

    name: str
    year: int
    days: tuple[HolidayDay, ...]

    @property
    def key(self) -> str:
        """Its name in an address, the same from year to year but for the year."""
        return f"{self.year}-{self.days[0].day:%m%d}"

    @property
    def first(self) -> date:
        """Its first day off, or its first day."""
        return next((one.day for one in self.days if one.is_off), self.days[0].day)

    @property
    def last(self) -> date:
        """Its last day off, or its last day."""
        return next((one.day for one in reversed(self.days) if one.is_off), self.days[-1].day)

    @property
    def worked(self) -> tuple[date, ...]:
        """The days that are worked for it."""
        return tuple(one.day for one in self.days if not one.is_off)

    @property
    def worked_as(self) -> Mapping[date, int]:
        """For each day that is worked the weekday (0 is Monday) that it makes up for, as far as can be told.

        Those are the last days off from Monday to Friday, one for each: the first ones are the holiday
        itself. The State Council only names the dates; a centre may decide otherwise.
        """
        off = [one.day.weekday() for one in self.days if one.is_off and one.day.weekday() < SATURDAY]
        made_up = off[-len(self.worked) :]
        return dict(zip(self.worked, (made_up + [0] * len(self.worked))[: len(self.worked)], strict=True))


def by_holiday(days: Iterable[HolidayDay]) -> tuple[Holiday, ...]:
    """Holidays in the order of their first days. A name that comes twice in a year far apart is two."""
    found: dict[str, list[list[HolidayDay]]] = {}
    for one in sorted(days, key=lambda one: one.day):
        groups = found.setdefault(one.name, [])
        if groups and (one.day - groups[-1][-1].day).days <= FAR_APART_DAYS:
            groups[-1].append(one)
        else:
            groups.append([one])
    holidays = [
        Holiday(name, next((one for one in group if one.is_off), group[0]).day.year, tuple(group))
        for name, groups in found.items()
        for group in groups
    ]
    return tuple(sorted(holidays, key=lambda one: one.first))


FAR_APART_DAYS = 45
"""Longest between two days of one holiday: a Sunday worked for the spring festival lies three weeks off."""


class RuleKind(StrEnum):
    """How a rule is asked for in a form."""

    TEXT = "text"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"
    PERIODS = "periods"
    SERVICE = "service"
    ZONE = "zone"


EDITABLE: Mapping[str, RuleKind] = {
    "centre_name": RuleKind.TEXT,
    "centre_name_en": RuleKind.TEXT,
    "time_zone": RuleKind.ZONE,
    "guard_s": RuleKind.NUMBER,
    "no_show_calls": RuleKind.NUMBER,
    "no_show_s": RuleKind.NUMBER,
    "slow_s": RuleKind.NUMBER,
    "rejoin_after": RuleKind.NUMBER,
    "estimate_after": RuleKind.NUMBER,
    "numbers_a_minute": RuleKind.NUMBER,
    "plea_s": RuleKind.NUMBER,
    "idle_s": RuleKind.NUMBER,
    "long_wait_min": RuleKind.NUMBER,
    "long_visit_min": RuleKind.NUMBER,
    "long_pause_min": RuleKind.NUMBER,
    "scan_keep_days": RuleKind.NUMBER,
    "phone_tickets": RuleKind.TICK,
    "when_not_printing": RuleKind.CHOICE,
    "volume": RuleKind.NUMBER,
    "quiet_hours": RuleKind.PERIODS,
    "quiet_volume": RuleKind.NUMBER,
    "loud_hours": RuleKind.PERIODS,
    "loud_volume": RuleKind.NUMBER,
    "call_twice": RuleKind.TICK,
    "advice_service": RuleKind.SERVICE,
    "wait_promise_min": RuleKind.NUMBER,
    "figures_by_clerk": RuleKind.TICK,
}
"""The rules beside the hours, in the order of the page."""


@cache
def zones() -> tuple[str, ...]:
    """Every time zone that is named after a place, in alphabetical order. Read once: 600 files."""
    named = (name for name in available_timezones() if name.partition("/")[0] in _CONTINENTS)
    return tuple(sorted(named))


_CONTINENTS = frozenset(
    (
        *("Africa", "America", "Antarctica", "Arctic", "Asia"),
        *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
    )
)


def words_faults(values: Mapping[str, str], longest: Mapping[str, int] = LONGEST) -> dict[str, str]:
    """What is wrong with words for screens and slips: field → code. Those that are not there are right."""
    return text_faults(values, longest)


def is_past(day: date, now: datetime) -> bool:
    """Whether a special day is so old that it is left out."""
    return (now.date() - day).days > HELD_DAYS
