"""On which dates an event is held: RFC 5545 rules, expanded on the centre's wall clock."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Any

from dateutil.rrule import DAILY, WEEKLY, YEARLY, rrule, rrulestr

from kiosk.events.refusals import BadRule

DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"


def _list_of(one: str) -> str:
    return f"(?:{one})(?:,(?:{one}))*"


OF_DAYS = {
    "INTERVAL": "[1-9][0-9]?",
    "COUNT": "[1-9][0-9]{0,2}|1000",
    "UNTIL": "[0-9]{8}",  # a date: a moment in UTC would end the day before, or after, on the centre's wall
    "BYDAY": _list_of(DAY),
    "WKST": DAY,
}
OF_MONTHS = OF_DAYS | {
    "BYDAY": _list_of(f"(?:[+-]?[1-5])?{DAY}"),
    "BYMONTHDAY": _list_of("[+-]?(?:[1-9]|[12][0-9]|3[01])"),
    "BYMONTH": _list_of("[1-9]|1[0-2]"),
    "BYSETPOS": _list_of("[+-]?[1-9][0-9]?"),
}
FREQUENCIES = {"DAILY": OF_DAYS, "WEEKLY": OF_DAYS, "MONTHLY": OF_MONTHS, "YEARLY": OF_MONTHS}
"""The parts that a rule may have and what stands in them: dateutil looks up the 99th Monday of a month and
fails. With BYMONTH a daily rule can ask for the 30th of February for ever.
"""

LONGEST_RULE = 200

EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)
"""No event is held before or after: an hour there may be none that Python counts."""

CYCLE = 400
"""Years after which the calendar repeats, weekdays and all: 146,097 days are whole weeks."""

LATE = 9200
"""Rules are expanded in the last whole cycle that Python counts (9226 stands for 2026). One that names no day
is followed to the end of time: 8 s from today on, 0.3 from there.
"""


def check_rule(rule: str, first_on: date) -> None:
    """Refuse a rule that is none, or that names no day at all. Raises BadRule."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    known = FREQUENCIES.get(parts.pop("FREQ", ""))
    if known is None or not parts.keys() <= known.keys() or len(rule) > LONGEST_RULE:
        raise BadRule
    if not all(re.fullmatch(known[name], value) for name, value in parts.items()):
        raise BadRule
    if next(iter(_late(_rule(rule, first_on), first_on)), None) is None:
        raise BadRule


def until_of(rule: str) -> date | None:
    """After which day a rule names none; None when it says nothing of the kind. Raises BadRule."""
    found = re.search(r"UNTIL=([0-9]{8})", rule.upper())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError as fault:
        raise BadRule from fault


def dates_between(rule: str, first_on: date, first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both included; an empty `rule` is held once, on `first_on`."""
    return list(takewhile(lambda on: on <= last, dates_from(rule, first_on, first, last)))


def dates_from(rule: str, first_on: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` on, one after the other, at least up to `last`; as many as are asked for."""
    first, last = max(first, EARLIEST), min(last, LATEST)
    if not rule:
        yield from [first_on] if first <= first_on <= LATEST else []
        return
    month = max(first, first_on).replace(day=1)
    while month <= last:
        yield from (on for on in _of_month(rule, first_on, month) if on >= first)
        month = _months_on(month, 1)


@lru_cache(maxsize=4096)
def _of_month(rule: str, first_on: date, month: date) -> tuple[date, ...]:
    """The dates of one month. Twenty events of which a year is shown are 240 of them, 100 bytes each."""
    until = _months_on(month, 1) - timedelta(days=1)
    if "COUNT=" in rule.upper():
        until = min(until, _last_of_count(rule, first_on))
    by = _years_to_late(month)
    begin, end = _years_on(max(month, first_on), by), _years_on(until, by)
    found = _started_near(rule, first_on, month, by).between(_midnight(begin), _midnight(end), inc=True)
    return tuple(_years_on(moment.date(), -by) for moment in found)


@lru_cache(maxsize=512)
def _last_of_count(rule: str, first_on: date) -> date:
    # COUNT is at most a thousand: all of them are gone through once in the life of a process
    last = max((moment.date() for moment in _late(_rule(rule, first_on), first_on)), default=None)
    return first_on if last is None else _years_on(last, -_years_to_late(first_on))


def _late(whole: Any, start: date) -> Any:
    """The same rule begun on `start` of the last cycle."""
    return _begun(whole, start, _years_to_late(start))


def _begun(whole: Any, start: date, by: int, **own: Any) -> Any:
    """The same rule begun on `start`, all of it `by` years later."""
    until = whole._until
    if until is not None and until.year + by <= date.max.year:
        own["until"] = until.replace(year=until.year + by)
    elif until is not None:
        own["until"] = None  # beyond the end of time
    return whole.replace(dtstart=_midnight(_years_on(start, by)), **own)


def _years_to_late(day: date) -> int:
    return LATE + day.year % CYCLE - day.year


def _years_on(day: date, by: int) -> date:
    """A whole number of cycles away: there is the same day, and a leap day too."""
    return day.replace(year=day.year + by)


def _started_near(rule: str, first_on: date, month: date, by: int) -> Any:
    """The same rule begun no more than one interval before `month`, so that its age costs nothing.

    It begins whole intervals after its own beginning; days that it takes from that day are said outright.
    All of it is `by` years later.
    """
    whole: Any = _rule(rule, first_on)  # it tells neither unit nor interval in the open
    unit, interval = whole._freq, whole._interval
    if month <= first_on:
        return _begun(whole, first_on, by, count=None)
    if unit in (DAILY, WEEKLY):
        step = timedelta(days=interval * (7 if unit == WEEKLY else 1))
        return _begun(whole, first_on + (month - first_on) // step * step, by, count=None)
    gone = (month.year - first_on.year) * 12 + month.month - first_on.month
    step_months = interval * (12 if unit == YEARLY else 1)
    start = _months_on(first_on.replace(day=1), gone // step_months * step_months)
    own: dict[str, int] = {}
    if "BYDAY=" not in rule.upper() and "BYMONTHDAY=" not in rule.upper():
        own["bymonthday"] = first_on.day
        if unit == YEARLY and "BYMONTH=" not in rule.upper():
            own["bymonth"] = first_on.month
    if unit == YEARLY:
        start = start.replace(month=1)
    return _begun(whole, start, by, count=None, **own)


def _months_on(month: date, by: int) -> date:
    years, rest = divmod(month.month - 1 + by, 12)
    return date(month.year + years, rest + 1, 1)


@lru_cache(maxsize=512)
def _rule(rule: str, first_on: date) -> rrule:
    try:
        read = rrulestr(rule, dtstart=_midnight(first_on))
    except (ValueError, KeyError, TypeError, IndexError) as fault:
        raise BadRule from fault
    if not isinstance(read, rrule):
        raise BadRule
    return read


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
