"""On which dates an event is held: RFC 5545 rules, expanded on the centre's wall clock."""

import re
from datetime import date, datetime, time

from dateutil.rrule import rrule, rrulestr

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
    if not rule:
        return [first_on] if first <= first_on <= last else []
    found = _rule(rule, first_on).between(_midnight(first), _midnight(last), inc=True)
    return [moment.date() for moment in found]


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
