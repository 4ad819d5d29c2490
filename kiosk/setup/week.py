"""A week as the setup asks for it: which days are alike, from when to when, with a break at noon."""

from collections.abc import Mapping, Sequence
from datetime import time

from msgspec import Struct

from kiosk.opening_hours import Hours

Span = tuple[time | None, time | None]
NO_SPAN: Span = (None, None)


class Days(Struct, frozen=True):
    """Weekdays that are alike (1 is Monday), and when they are open; afternoon None: open in one piece."""

    days: tuple[int, ...]
    morning: Span = NO_SPAN
    afternoon: Span = NO_SPAN


USUAL = (
    Days((1, 2, 3, 4, 5), (time(8, 30), time(12)), (time(13, 30), time(17, 30))),
    Days(()),
)
"""What most centres have."""


def days_of(hours: Hours) -> tuple[Days, Days] | None:
    """A week as two kinds of days; None for one that this form cannot show."""
    kinds: dict[tuple[Span, ...], list[int]] = {}
    for weekday, periods in enumerate(hours.week, 1):
        if periods:
            spans = tuple((one.opens, one.closes) for one in periods)
            kinds.setdefault(spans, []).append(weekday)
    if len(kinds) > 2 or any(len(spans) > 2 for spans in kinds):
        return None
    first, second, *_ = [
        *(Days(tuple(days), *spans) for spans, days in kinds.items()), Days(()), Days(())
    ]  # fmt: skip
    return first, second


def faults(kinds: Sequence[Days]) -> Mapping[str, str]:
    """What is wrong: codes ("choice", "time", "order", "twice_day") by field: `days0`, `opens0`, `closes0`,
    `opens_again0`, `closes_again0`, and the same with 1 for the other kind of days.
    """
    found: dict[str, str] = {}
    if not any(kind.days for kind in kinds):
        found["days0"] = "choice"
    if set(kinds[0].days) & set(kinds[1].days):
        found["days1"] = "twice_day"
    for at, kind in enumerate(kinds):
        if kind.days:
            found |= {f"{name}{at}": code for name, code in _faults_of(kind).items()}
    return found


def _faults_of(kind: Days) -> dict[str, str]:
    named = (("opens", "closes", kind.morning), ("opens_again", "closes_again", kind.afternoon))
    missing = {
        name: "time"
        for first, last, span in named
        for name, value in ((first, span[0]), (last, span[1]))
        if value is None and (span != NO_SPAN or first == "opens")
    }
    if missing:
        return missing
    times = [moment for span in (kind.morning, kind.afternoon) for moment in span if moment is not None]
    wrong = (at for at in range(1, len(times)) if times[at - 1] >= times[at])
    names = ("opens", "closes", "opens_again", "closes_again")
    return {names[at]: "order" for at in wrong}


def week_text(kinds: Sequence[Days]) -> str:
    """A right one as `opening_hours.parse_hours` reads it."""
    parts = []
    for kind in kinds:
        spans = [span for span in (kind.morning, kind.afternoon) if span != NO_SPAN]
        said = " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans if opens and closes)
        parts += [(day, f"{day} {said}") for day in kind.days]
    return "; ".join(text for _, text in sorted(parts))
