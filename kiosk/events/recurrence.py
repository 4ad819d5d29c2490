"""On which dates an event is held: RFC 5545 rules, expanded on the centre's wall clock."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Any

from dateutil.rrule import DAILY, WEEKLY, YEARLY, rrule, rrulestr

from kiosk.events.refusals import BadRule

FREQUENCIES = {
    "DAILY": {"INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"},
    "WEEKLY": {"INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"},
    "MONTHLY": {"INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"},
    "YEARLY": {"INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"},
}
"""The parts that a rule may have. With BYMONTH a daily rule can ask for the 30th of February for ever."""

MOST_COUNT = 1000
LONGEST_RULE = 200


def check_rule(rule: str, first_on: date) -> None:
    """Refuse a rule that is none, or that names no day at all. Raises BadRule."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    known = FREQUENCIES.get(parts.pop("FREQ", ""))
    if known is None or not parts.keys() <= known or len(rule) > LONGEST_RULE:
        raise BadRule
    for name, most in (("INTERVAL", 99), ("COUNT", MOST_COUNT)):
        if name in parts and not (re.fullmatch(r"[0-9]{1,4}", parts[name]) and 0 < int(parts[name]) <= most):
            raise BadRule
    if "UNTIL" in parts and not re.fullmatch(r"[0-9]{8}", parts["UNTIL"]):
        raise BadRule  # a date: a moment in UTC would end the day before, or after, on the centre's wall
    if next(iter(_rule(rule, first_on)), None) is None:
        raise BadRule


def dates_between(rule: str, first_on: date, first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both included; an empty `rule` is held once, on `first_on`."""
    return list(takewhile(lambda on: on <= last, dates_from(rule, first_on, first, last)))


def dates_from(rule: str, first_on: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` on, one after the other, at least up to `last`; as many as are asked for."""
    if not rule:
        yield from [first_on] if first <= first_on else []
        return
    month = max(first, first_on).replace(day=1)
    while month <= last:
        yield from (on for on in _of_month(rule, first_on, month) if on >= first)
        month = _months_on(month, 1)


@lru_cache(maxsize=4096)
def _of_month(rule: str, first_on: date, month: date) -> tuple[date, ...]:
    """The dates of one month. Twenty events of which a year is shown are 240 of them, 100 bytes each."""
    kept = _started_near(rule, first_on, month)
    until = _months_on(month, 1) - timedelta(days=1)
    if "COUNT=" in rule.upper():
        until = min(until, _last_of_count(rule, first_on))
    found = kept.between(_midnight(max(month, first_on)), _midnight(until), inc=True)
    return tuple(moment.date() for moment in found)


@lru_cache(maxsize=512)
def _last_of_count(rule: str, first_on: date) -> date:
    # COUNT is at most a thousand: all of them are gone through once in the life of a process
    return max((moment.date() for moment in _rule(rule, first_on)), default=first_on)


def _started_near(rule: str, first_on: date, month: date) -> Any:
    """The same rule begun no more than one interval before `month`, so that its age costs nothing.

    It begins whole intervals after its own beginning; days that it takes from that day are said outright.
    """
    whole: Any = _rule(rule, first_on)  # it tells neither unit nor interval in the open
    unit, interval = whole._freq, whole._interval
    if month <= first_on:
        return whole if "COUNT=" not in rule.upper() else whole.replace(count=None)
    if unit in (DAILY, WEEKLY):
        step = timedelta(days=interval * (7 if unit == WEEKLY else 1))
        return whole.replace(count=None, dtstart=_midnight(first_on + (month - first_on) // step * step))
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
    return whole.replace(count=None, dtstart=_midnight(start), **own)


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
