"""How long a person may wait, as a range: a small simulation of the line with the counters open now."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from heapq import heapify, heappop, heapreplace
from math import ceil, exp, floor, log, sqrt
from random import Random
from statistics import NormalDist

from msgspec import Struct
from msgspec.structs import replace

GAP_S = 10.0
"""Seconds between the end of one visit and the next call."""

RUNS, RUNS_AT_LEAST, DRAWS = 48, 12, 1500
"""Runs of the simulation, fewer for long lines: about 1,500 draws, 0.6 ms."""

LONGEST_LINE = 120
NO_WAIT_S = 60.0
"""Less is no wait: a call takes as long to be heard and followed."""

STEP_MIN, LONG_MIN, LONG_STEP_MIN = 5, 60, 10
FORGETS = 60
"""The memory of a service's pace: an older visit than the last sixty hardly counts."""

SHORTEST_S, LONGEST_S = 5.0, 3 * 3600.0
OWN_PACE_FROM = 8
"""Visits from which a service's own pace is used; before, that of all services together."""

DAY_UNSEEN, OWN_UNSEEN = 6, 20
"""Visits that say nothing, mixed into those of a day and into a service's own of it: a visit's logarithm
spreads by 0.5, a day's by 0.2, so six visits weigh as much as knowing nothing of the day."""


class Pace(Struct, frozen=True):
    """How long visits take: mean and variance of the logarithm of their seconds, over `visits` of them."""

    visits: int
    mean_log: float
    var_log: float

    def after(self, seconds: float) -> "Pace":
        """The pace after one more visit of so many seconds; recent ones weigh more."""
        value = _log_of(seconds)
        weight = 1 / min(self.visits + 1, FORGETS)
        off = value - self.mean_log
        spread = (1 - weight) * (self.var_log + weight * off * off)
        return Pace(self.visits + 1, self.mean_log + weight * off, spread)

    def usual_min(self) -> int:
        """What half of the visits take at most, in whole minutes and at least one."""
        return max(1, round(exp(self.mean_log) / 60))

    def without(self, seconds: float) -> "Pace":
        """The pace before `after(seconds)`: a step that was undone is no visit."""
        if self.visits <= 1:
            return NO_PACE
        value = _log_of(seconds)
        weight = 1 / min(self.visits, FORGETS)
        mean = (self.mean_log - weight * value) / (1 - weight)
        off = value - mean
        return Pace(self.visits - 1, mean, max(0.0, self.var_log / (1 - weight) - weight * off * off))


NO_PACE = Pace(0, 0.0, 0.0)


class Learned(Struct, frozen=True):
    """A service's pace, and apart from it the day `on`: how it began that day, and its own visits.

    `dawn_log` is the mean of `dawn_visits` before that day, `today_log` that of its `today` visits.
    """

    pace: Pace = NO_PACE
    on: date | None = None
    dawn_visits: int = 0
    dawn_log: float = 0.0
    today: int = 0
    today_log: float = 0.0

    def after(self, seconds: float, day: date) -> "Learned":
        """What is known after one more visit on `day`."""
        begun = self if self.on == day else Learned(self.pace, day, self.pace.visits, self.pace.mean_log)
        today, value = begun.today + 1, _log_of(seconds)
        mean = begun.today_log + (value - begun.today_log) / today
        return replace(begun, pace=self.pace.after(seconds), today=today, today_log=mean)

    def without(self, seconds: float) -> "Learned":
        """What was known before `after(seconds, …)`: a step that was undone is no visit."""
        today = max(0, self.today - 1)
        mean = self.today_log + (self.today_log - _log_of(seconds)) / today if today else 0.0
        return replace(self, pace=self.pace.without(seconds), today=today, today_log=mean)


def of_today(learned: Mapping[str, Learned], day: date) -> dict[str, Pace]:
    """Every service's pace as the visits of `day` show it.

    A slow day (a network that is down, somebody new) is slow for all services: a few visits of each tell it
    long before sixty of one do. What one service has of its own besides counts less until it is seen often.
    """
    seen = [one for one in learned.values() if one.on == day and one.dawn_visits >= OWN_PACE_FROM]
    visits = sum(one.today for one in seen)
    off = sum(one.today * (one.today_log - one.dawn_log) for one in seen) / (visits + DAY_UNSEEN)
    return {code: replace(one.pace, mean_log=_mean_today(one, day, off)) for code, one in learned.items()}


def _mean_today(one: Learned, day: date, off: float) -> float:
    if one.on != day:
        return one.pace.mean_log + off
    if one.dawn_visits < OWN_PACE_FROM:
        return one.pace.mean_log
    own = one.today_log - one.dawn_log - off
    return one.dawn_log + off + own * one.today / (one.today + OWN_UNSEEN)


def _log_of(seconds: float) -> float:
    return log(min(max(seconds, SHORTEST_S), LONGEST_S))


class OpenCounter(Struct, frozen=True):
    """A counter that calls now: the services it serves and, if busy, with which service for how long."""

    number: int
    codes: frozenset[str]
    busy_with: str | None = None
    busy_s: float = 0.0

    def may_call(self, code: str, only_counter: int | None) -> bool:
        """Whether it may call such a ticket."""
        return self.number == only_counter if only_counter is not None else code in self.codes


class Overtakers(Struct, frozen=True):
    """People still to come who will go first: how many a second, and by how many seconds of head start."""

    per_s: float
    lead_s: float


class Estimate(Struct, frozen=True):
    """A range in whole minutes, never a single one.

    `low` 0 reads "within `high` minutes", `high` 0 "no wait".
    """

    low: int
    high: int

    def is_held(self, wait_min: float) -> bool:
        """Whether so long a wait is what was told, or less."""
        return wait_min <= max(self.high, NO_WAIT_S / 60)


NO_WAIT = Estimate(0, 0)
NOTHING_STATED: Mapping[str, float] = {}

Place = tuple[str, int | None]
"""What a counter looks at in the line: the service, and the only counter that may call, if there is one."""


def estimate(
    ahead: Sequence[Place],
    mine: Place,
    desks: Sequence[OpenCounter],
    paces: Mapping[str, Pace],
    overtakers: Sequence[Overtakers] = (),
    stated: Mapping[str, float] = NOTHING_STATED,
) -> Estimate | None:
    """The p50 to p80 of the wait for `mine` behind `ahead`; None when no open counter may call it.

    `stated` are the seconds that the centre itself says of a service: believed until enough visits are seen.
    Behind more than LONGEST_LINE people no range is worth telling.
    """
    able = sum(desk.may_call(*mine) for desk in desks)
    if len(ahead) > LONGEST_LINE or not able:
        return None
    known = {code: pace for code, pace in paces.items() if pace.visits >= OWN_PACE_FROM}
    together = _together(paces)
    known = {code: Pace(0, _log_of(s), together.var_log) for code, s in stated.items()} | known
    pace_of = {code: known.get(code, together) for code, _ in (*ahead, mine)}
    pace_of |= {d.busy_with: known.get(d.busy_with, together) for d in desks if d.busy_with}
    runs = max(RUNS_AT_LEAST, min(RUNS, DRAWS // (len(ahead) + 1)))
    draws = _Draws(pace_of)
    visit_s = exp(together.mean_log + together.var_log / 2) + GAP_S
    waits = sorted(
        wait + overtaking_s(wait, visit_s / able, overtakers)
        for wait in (_one_wait(ahead, mine, desks, draws) for _ in range(runs))
    )
    p50_s, p80_s = waits[runs // 2], waits[(runs * 4) // 5]
    # not with somebody ahead, who can see them sitting there
    return NO_WAIT if not ahead and p80_s < NO_WAIT_S else rounded(p50_s, p80_s)


def overtaking_s(wait_s: float, turn_s: float, overtakers: Sequence[Overtakers]) -> float:
    """Seconds more, for those who come after the tap and are called first.

    Left out, 64 % of the ranges of people without priority held on full days with three counters, not 75.
    """
    return sum(one.per_s * min(wait_s, one.lead_s) * turn_s for one in overtakers)


def rounded(p50_s: float, p80_s: float) -> Estimate:
    """Seconds as a range that a person can use: steps of 5 minutes, of 10 beyond an hour."""
    step = STEP_MIN if p80_s <= LONG_MIN * 60 else LONG_STEP_MIN
    low = floor(p50_s / 60 / step) * step
    high = max(ceil(p80_s / 60 / step) * step, low + step)
    return Estimate(low, high)


def _together(paces: Mapping[str, Pace]) -> Pace:
    visits = sum(pace.visits for pace in paces.values()) or 1
    mean = sum(pace.visits * pace.mean_log for pace in paces.values()) / visits
    spread = sum(p.visits * (p.var_log + (p.mean_log - mean) ** 2) for p in paces.values()) / visits
    return Pace(visits, mean, spread)


@cache
def _normals() -> tuple[float, ...]:
    # evenly spread over the distribution and shuffled once: the same line always gets the same estimate
    values = [NormalDist().inv_cdf((i + 0.5) / 1021) for i in range(1021)]
    Random(7).shuffle(values)  # noqa: S311 - no secret
    return tuple(values)


class _Draws:
    """Visits of random length, one after the other."""

    def __init__(self, paces: Mapping[str, Pace]) -> None:
        self._shape = {code: (pace.mean_log, sqrt(pace.var_log)) for code, pace in paces.items()}
        self._next = 0

    def seconds(self, code: str) -> float:
        mean, spread = self._shape[code]
        self._next = (self._next + 1) % len(_normals())
        return exp(mean + spread * _normals()[self._next])


def _one_wait(ahead: Sequence[Place], mine: Place, desks: Sequence[OpenCounter], draws: _Draws) -> float:
    free = [(_free_in(desk, draws), place, desk) for place, desk in enumerate(desks)]
    heapify(free)
    line: list[Place | None] = [*ahead, mine]
    first, last = 0, len(line) - 1
    while free:
        at, place, desk = free[0]
        while line[first] is None:
            first += 1
        found = next((i for i in range(first, last + 1) if (who := line[i]) and desk.may_call(*who)), None)
        if found == last:
            return at
        if found is None:
            heappop(free)
            continue
        called, line[found] = line[found], None
        heapreplace(free, (at + draws.seconds(called[0] if called else "") + GAP_S, place, desk))
    return 0.0


def _free_in(desk: OpenCounter, draws: _Draws) -> float:
    if desk.busy_with is None:
        return 0.0
    whole = draws.seconds(desk.busy_with)
    # who has been there longer than the draw is taken to need a third of it still
    return max(whole - desk.busy_s, whole / 3) + GAP_S
