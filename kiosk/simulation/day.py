"""What happens on a day in the hall, and what it adds up to. No database, no clock, no real chance."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import log
from random import Random

from msgspec import Struct

RATES = (
    (8.5, 9.0, 0.8),
    (9.0, 11.0, 1.5),
    (11.0, 12.0, 1.0),
    (12.0, 13.0, 0.35),
    (13.0, 14.0, 0.6),
    (14.0, 16.0, 1.25),
    (16.0, 17.0, 0.7),
)
"""From hour, to hour, how many come compared with other hours: peaks at 9 and 14, a dip at noon."""

TRADE = {
    "A": (30, 4.0),
    "B": (24, 6.0),
    "C": (8, 5.0),
    "D": (5, 8.0),
    "E": (6, 9.0),
    "F": (8, 7.0),
    "G": (3, 10.0),
    "H": (2, 10.0),
    "J": (4, 12.0),
    "K": (4, 8.0),
    "L": (3, 5.0),
    "M": (2, 9.0),
    "N": (1, 8.0),
}
"""The demo's services: how many of a hundred people want it, and the median minutes it takes."""

SPREAD = 0.5
"""Standard deviation of the logarithm of the service time."""

REASONS = {None: 65, "elder": 30, "disabled": 4, "veteran": 1}
WALK_S = (10.0, 40.0)
ABSENT, OF_THEM_BACK = 0.03, 0.5
BACK_S = (180.0, 900.0)


class Arrival(Struct, frozen=True):
    """One person: when she takes a number (seconds since local midnight), what for, and what then happens.

    Who does not come when called comes back after `back_s`, or never (None). `by_staff`: the number was
    taken by staff, whom no closed service stops.
    """

    at_s: float
    service: str
    priority: str | None
    walk_s: float
    serve_s: float
    comes: bool = True
    back_s: float | None = None
    by_staff: bool = False


class Wait(Struct, frozen=True):
    """One ticket afterwards: taken, first called (None: never), the head start of its priority.

    `hour` is that of its arrival, `wait_s` how long it waited as the figures count it.
    """

    service: str
    taken_at: datetime
    called_at: datetime | None
    head_start: timedelta
    hour: int
    wait_s: int | None


class Overtaking(Struct, frozen=True):
    """How many were overtaken within their own service, by how many minutes of arrival at most.

    `beyond` counts overtakings by more than the other's head start: there should be none.
    """

    people: int
    longest_min: float
    beyond: int


def synthetic_day(seed: str, people: int) -> tuple[Arrival, ...]:
    """The arrivals of a usual day, in order: `people` is the expected number. The same seed, the same day."""
    chance = Random(seed)  # noqa: S311 - no secret
    return tuple(_person(chance, at_s) for at_s in _arrival_times(chance, people))


def _arrival_times(chance: Random, people: int) -> list[float]:
    whole = sum((to - since) * rate for since, to, rate in RATES)
    times = []
    for since, to, rate in RATES:
        per_second = people * rate / whole / 3600
        at = since * 3600 + chance.expovariate(per_second)
        while at < to * 3600:
            times.append(at)
            at += chance.expovariate(per_second)
    return times


def _person(chance: Random, at_s: float) -> Arrival:
    (service,) = chance.choices(list(TRADE), [share for share, _ in TRADE.values()])
    (priority,) = chance.choices(list(REASONS), list(REASONS.values()))
    comes = chance.random() >= ABSENT
    back_s = chance.uniform(*BACK_S) if not comes and chance.random() < OF_THEM_BACK else None
    serve_s = chance.lognormvariate(log(TRADE[service][1] * 60), SPREAD)
    return Arrival(at_s, service, priority, chance.uniform(*WALK_S), serve_s, comes, back_s)


def overtaking(waits: Sequence[Wait]) -> Overtaking:
    """Who was called after somebody of the same service who had taken a number later."""
    overtaken, longest, beyond = 0, timedelta(), 0
    for early in waits:
        past = [late for late in waits if _is_past(late, early)]
        overtaken += bool(past)
        longest = max([longest, *(late.taken_at - early.taken_at for late in past)])
        beyond += sum(late.taken_at - early.taken_at > late.head_start for late in past)
    return Overtaking(overtaken, longest.total_seconds() / 60, beyond)


def _is_past(late: Wait, early: Wait) -> bool:
    if late.service != early.service or late.taken_at <= early.taken_at or late.called_at is None:
        return False
    return early.called_at is None or late.called_at < early.called_at
