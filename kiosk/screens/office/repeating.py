"""How often an event is held: the few choices of the form, and the RFC 5545 rule behind each."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import lang, say
from kiosk.words import mark

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH_WORDS = {1: mark("第一个"), 2: mark("第二个"), 3: mark("第三个"), 4: mark("第四个"), -1: mark("最后一个")}


class Repeat(StrEnum):
    """What the form offers. OWN is a rule that came from elsewhere and is kept as it is."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHT = "fortnight"
    DATE = "date"
    NTH = "nth"
    OWN = "own"


class Repeating(Struct, frozen=True):
    """A choice with its details: `days` are of a week, `until` is the last possible date."""

    repeat: Repeat
    days: tuple[str, ...] = ()
    until: date | None = None


def rule_of(chosen: Repeating, first_on: date, own: str = "") -> str:
    """The rule of a choice; empty for once. A week without a chosen day has that of `first_on`."""
    days = ",".join(day for day in WEEKDAYS if day in chosen.days) or WEEKDAYS[first_on.weekday()]
    nth, weekday = _nth(first_on), WEEKDAYS[first_on.weekday()]
    rules = {
        Repeat.ONCE: "",
        Repeat.DAILY: "FREQ=DAILY",
        Repeat.WEEKLY: f"FREQ=WEEKLY;BYDAY={days}",
        Repeat.FORTNIGHT: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}",
        Repeat.DATE: f"FREQ=MONTHLY;BYMONTHDAY={first_on.day}",
        Repeat.NTH: f"FREQ=MONTHLY;BYDAY={nth}{weekday}",
        Repeat.OWN: own,
    }
    rule = rules[chosen.repeat]
    has_end = chosen.until and chosen.repeat not in (Repeat.ONCE, Repeat.OWN)
    return f"{rule};UNTIL={chosen.until:%Y%m%d}" if has_end else rule


def repeating_of(rule: str, first_on: date) -> Repeating:
    """The choice behind a rule; OWN when it is none of the form's."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
    days = tuple(parts.get("BYDAY", "").split(",")) if parts.get("FREQ") == "WEEKLY" else ()
    try:
        until = date.fromisoformat(parts["UNTIL"]) if "UNTIL" in parts else None
    except ValueError:
        return Repeating(Repeat.OWN)
    for repeat in Repeat:
        chosen = Repeating(repeat, days, until)
        if repeat != Repeat.OWN and rule_of(chosen, first_on) == rule:
            return chosen
    return Repeating(Repeat.OWN)


def rule_text(rule: str, first_on: date) -> str:
    """How often, in the reader's words."""
    chosen = repeating_of(rule, first_on)
    words = _WORDS[chosen.repeat](chosen, first_on)
    until = say(mark("，到%(day)s为止"), day=f"{chosen.until}") if chosen.until else ""
    return words + until


def _nth(first_on: date) -> int:
    nth = (first_on.day - 1) // 7 + 1
    return nth if nth < 5 else -1  # not every month has a fifth Saturday; every one has a last


def _weekly(words: str, chosen: Repeating, first_on: date) -> str:
    names = [say(DAY_WORDS[WEEKDAYS.index(day)]) for day in chosen.days]
    return say(words, days=say(mark("、")).join(names))


def _nth_text(first_on: date) -> str:
    day = say(DAY_WORDS[first_on.weekday()])
    return say(mark("每月%(nth)s%(day)s"), nth=say(NTH_WORDS[_nth(first_on)]), day=day)


def _ordinal(number: int) -> str:
    if lang() != "en":
        return str(number)
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number < 14 else ends.get(number % 10, 'th')}"


_WORDS = {
    Repeat.ONCE: lambda chosen, first_on: say(mark("只办一次")),
    Repeat.DAILY: lambda chosen, first_on: say(mark("每天")),
    Repeat.WEEKLY: lambda chosen, first_on: _weekly(mark("每周的%(days)s"), chosen, first_on),
    Repeat.FORTNIGHT: lambda chosen, first_on: _weekly(mark("每两周的%(days)s"), chosen, first_on),
    Repeat.DATE: lambda chosen, first_on: say(mark("每月%(day)s日"), day=_ordinal(first_on.day)),
    Repeat.NTH: lambda chosen, first_on: _nth_text(first_on),
    Repeat.OWN: lambda chosen, first_on: say(mark("按自己的规则")),
}
