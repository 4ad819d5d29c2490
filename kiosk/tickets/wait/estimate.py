"""How long a person may wait, as a range: a small simulation of the line with the counters open now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heapreplace
from math import ceil, exp, floor, log, sqrt
from random import Random
from statistics import NormalDist

GAP_S = 10.0
"""Seconds between the end of one visit and the next call."""

RUNS, RUNS_AT_LEAST, DRAWS = 48, 12, 1500
"""Runs of the simulation, fewer for long lines: about 1,500 draws, 0.6 ms."""

LONGEST_LINE = 120
STEP_MIN, LONG_MIN, LONG_STEP_MIN = 5, 60, 10
FORGETS = 60
"""The memory of a service's pace: an older visit than the last sixty hardly counts."""

SHORTEST_S, LONGEST_S = 5.0, 3 * 3600.0
OWN_PACE_FROM = 8
"""Visits from which a service's own pace is used; before, that of all services together."""


@dataclass(frozen=True)
class Pace:
    """How long visits take: mean and variance of the logarithm of their seconds, over `visits` of them."""

    visits: int
    mean_log: float
    var_log: float

    def after(self, seconds: float) -> "Pace":
        """The pace after one more visit of so many seconds; recent ones weigh more."""
        value = log(min(max(seconds, SHORTEST_S), LONGEST_S))
        weight = 1 / min(self.visits + 1, FORGETS)
        off = value - self.mean_log
        spread = (1 - weight) * (self.var_log + weight * off * off)
        return Pace(self.visits + 1, self.mean_log + weight * off, spread)

    def without(self, seconds: float) -> "Pace":
        """The pace before `after(seconds)`: a step that was undone is no visit."""
        if self.visits <= 1:
            return NO_PACE
        value = log(min(max(seconds, SHORTEST_S), LONGEST_S))
        weight = 1 / min(self.visits, FORGETS)
        mean = (self.mean_log - weight * value) / (1 - weight)
        off = value - mean
        return Pace(self.visits - 1, mean, max(0.0, self.var_log / (1 - weight) - weight * off * off))


NO_PACE = Pace(0, 0.0, 0.0)


@dataclass(frozen=True)
class OpenCounter:
    """A counter that calls now: the services it serves and, if busy, with which service for how long."""

    number: int
    codes: frozenset[str]
    busy_with: str | None = None
    busy_s: float = 0.0

    def may_call(self, code: str, only_counter: int | None) -> bool:
        """Whether it may call such a ticket."""
        return self.number == only_counter if only_counter is not None else code in self.codes


@dataclass(frozen=True)
class Overtakers:
    """People still to come who will go first: how many a second, and by how many seconds of head start."""

    per_s: float
    lead_s: float


@dataclass(frozen=True)
class Estimate:
    """A range in whole minutes, never a single one; `low` 0 reads "within `high` minutes"."""

    low: int
    high: int


Place = tuple[str, int | None]
"""What a counter looks at in the line: the service, and the only counter that may call, if there is one."""


def estimate(
    ahead: Sequence[Place],
    mine: Place,
    desks: Sequence[OpenCounter],
    paces: Mapping[str, Pace],
    overtakers: Sequence[Overtakers] = (),
) -> Estimate | None:
    """The p50 to p80 of the wait for `mine` behind `ahead`; None when no open counter may call it.

    Behind more than LONGEST_LINE people no range is worth telling.
    """
    able = sum(desk.may_call(*mine) for desk in desks)
    if len(ahead) > LONGEST_LINE or not able:
        return None
    known = {code: pace for code, pace in paces.items() if pace.visits >= OWN_PACE_FROM}
    together = _together(paces)
    pace_of = {code: known.get(code, together) for code, _ in (*ahead, mine)}
    pace_of |= {d.busy_with: known.get(d.busy_with, together) for d in desks if d.busy_with}
    runs = max(RUNS_AT_LEAST, min(RUNS, DRAWS // (len(ahead) + 1)))
    draws = _Draws(pace_of)
    visit_s = exp(together.mean_log + together.var_log / 2) + GAP_S
    waits = sorted(
        wait + overtaking_s(wait, visit_s / able, overtakers)
        for wait in (_one_wait(ahead, mine, desks, draws) for _ in range(runs))
    )
    return rounded(waits[runs // 2], waits[(runs * 4) // 5])


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
