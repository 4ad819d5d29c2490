"""The told range against what people then waited, on days of every kind: how often it held, its score."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count

from kiosk import demo
from kiosk.simulation import synthetic_day
from kiosk.simulation.day import Arrival
from kiosk.tickets.wait.estimate import (
    GAP_S,
    Estimate,
    Learned,
    OpenCounter,
    Overtakers,
    Place,
    estimate,
    of_today,
)
from script.benches._hall import say

DAYS, LEARNING = 6, 5
"""Days of a kind that are measured, each after so many usual days."""

KINDS = {
    "quiet": (40, 4, 1.0), "usual": (120, 3, 1.0), "full": (200, 4, 1.0),
    "40 % slower": (130, 4, 1.4), "40 % quicker": (200, 4, 0.6),
}  # fmt: skip
"""People expected, counters, and how long a visit takes compared with a usual day."""

HEAD_S = {code: minutes * 60.0 for code, _, _, minutes in demo.PRIORITIES}
LATELY_S = 45 * 60.0
FIRST = date(2026, 3, 2)
PACES = dict[str, Learned]


@dataclass
class _Ticket:
    person: Arrival
    rank_s: float
    told: Estimate | None = None


def run() -> None:
    """Print, for each kind of day, how often the range held and what it scored."""
    for kind, (people, counters, slower) in KINDS.items():
        held: list[float] = []
        scores: list[float] = []
        for nth in range(DAYS):
            paces: PACES = {}
            for day in range(LEARNING):
                _Day(
                    synthetic_day(f"usual-{nth}-{day}", 100), 4, 1.0, paces, FIRST + timedelta(days=day)
                ).play()
            measured = _Day(
                synthetic_day(f"{kind}-{nth}", people),
                counters,
                slower,
                paces,
                FIRST + timedelta(days=LEARNING),
            )
            waits = measured.play()
            held.append(sum(told.is_held(wait) for told, wait in waits) / len(waits))
            scores += [_score(told, wait) for told, wait in waits]
        say(
            "told",
            f"{kind} days: held, %",
            round(100 * sum(held) / DAYS, 1),
            {"aimed at": 75},
            worst_day=round(100 * min(held), 1),
            score_min=round(sum(scores) / len(scores), 2),
            people=len(scores),
        )


def _score(told: Estimate, wait_min: float) -> float:
    """The interval score of a range from the median to the eightieth hundredth: the smaller the better."""
    return told.high - told.low + 2 * max(0.0, told.low - wait_min) + 5 * max(0.0, wait_min - told.high)


class _Day:
    """A day in the hall without a database: who waits, which counters are busy, what each was told."""

    def __init__(
        self, arrivals: tuple[Arrival, ...], counters: int, slower: float, paces: PACES, day: date
    ) -> None:
        self._counters = {number: frozenset(demo.SKILLS[number]) for number in range(1, counters + 1)}
        self._slower, self._paces, self._day = slower, paces, day
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._serial = count()
        self._line: list[_Ticket] = []
        self._busy: dict[int, tuple[str, float]] = {}
        self._came: list[tuple[float, float]] = []
        self._waits: list[tuple[Estimate, float]] = []
        self._now = 0.0
        for person in arrivals:
            self._at(person.at_s, lambda person=person: self._arrive(person))  # type: ignore[misc]

    def play(self) -> list[tuple[Estimate, float]]:
        """What each was told, and the minutes until the call."""
        while self._agenda:
            self._now, _, happens = heappop(self._agenda)
            happens()
        return self._waits

    def _at(self, seconds: float, happens: Callable[[], None]) -> None:
        heappush(self._agenda, (seconds, next(self._serial), happens))

    def _arrive(self, person: Arrival) -> None:
        head_s = HEAD_S[person.priority] if person.priority else 0.0
        ticket = _Ticket(person, self._now - head_s)
        desks = [OpenCounter(n, codes, *self._busy_for(n)) for n, codes in self._counters.items()]
        rivals = frozenset().union(*(codes for codes in self._counters.values() if person.service in codes))
        ahead: list[Place] = [
            (one.person.service, None)
            for one in sorted(self._line, key=lambda one: one.rank_s)
            if one.rank_s <= ticket.rank_s and one.person.service in rivals
        ]
        if sum(pace.pace.visits for pace in self._paces.values()) >= 20:
            overtakers = self._overtakers(head_s)
            ticket.told = estimate(
                ahead, (person.service, None), desks, of_today(self._paces, self._day), overtakers
            )
        self._came.append((self._now, head_s))
        self._line.append(ticket)
        self._call()

    def _busy_for(self, number: int) -> tuple[str | None, float]:
        code, since = self._busy.get(number, (None, self._now))
        return code, self._now - since

    def _overtakers(self, head_s: float) -> list[Overtakers]:
        lately = [lead for at, lead in self._came if at > self._now - LATELY_S and lead > head_s]
        return [Overtakers(lately.count(lead) / LATELY_S, lead - head_s) for lead in sorted(set(lately))]

    def _call(self) -> None:
        for number, codes in self._counters.items():
            able = [one for one in self._line if one.person.service in codes]
            if number in self._busy or not able:
                continue
            first = min(able, key=lambda one: one.rank_s)
            self._line.remove(first)
            if first.told is not None:
                self._waits.append((first.told, (self._now - first.person.at_s) / 60))
            self._busy[number] = first.person.service, self._now
            lasts = first.person.walk_s + first.person.serve_s * self._slower
            self._at(self._now + lasts, lambda n=number: self._finish(n))  # type: ignore[misc]

    def _finish(self, number: int) -> None:
        code, since = self._busy[number]
        known = self._paces.get(code, Learned())
        self._paces[code] = known.after(self._now - since, self._day)
        self._at(self._now + GAP_S, lambda: self._free(number))

    def _free(self, number: int) -> None:
        del self._busy[number]
        self._call()
