"""What the figures are: waits and their shares, counts of a day, and how several become one.

docs/figures.md says each in words; nothing here divides by nothing, and few are never a rate.
"""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from statistics import median
from typing import Any, NamedTuple

from msgspec import Struct, field

FEW = 10
"""Of fewer there are counts and no rates: one of three is no third of anything."""

LONGEST_S = 16 * 3600
"""Nothing in a hall lasts so long; a clock was set meanwhile, and nobody knows how long it took."""

LONGEST_SPAN = timedelta(days=5 * 366)


class By(StrEnum):
    """By what figures are told apart."""

    SERVICE = "service"
    GROUP = "group"
    COUNTER = "counter"
    HOUR = "hour"
    WEEKDAY = "weekday"
    DAY = "day"
    CHANNEL = "channel"
    PRIORITY = "priority"
    OUTCOME = "outcome"
    CLERK = "clerk"


class Channel(StrEnum):
    """Where a number was taken: at a touchscreen, by staff for somebody, on a resident's own phone."""

    STATION = "station"
    STAFF = "staff"
    PHONE = "phone"


class End(StrEnum):
    """What became of a case; OPEN while nothing has."""

    OPEN = ""
    SERVED = "served"
    TRANSFERRED = "transferred"
    LEFT = "left"
    MISSED = "missed"
    CLOSED = "closed"


class Span(NamedTuple):
    """The days that figures are of, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days of the calendar."""
        return (self.last - self.first).days + 1

    @property
    def fault(self) -> str:
        """What is wrong with it: "order", "long" or nothing."""
        if self.last < self.first:
            return "order"
        return "long" if self.last - self.first > LONGEST_SPAN else ""


def month_of(day: date) -> Span:
    """The month that `day` is in."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def month_before(day: date) -> Span:
    """The month before the one that `day` is in."""
    return month_of(day.replace(day=1) - timedelta(days=1))


class Waits(Struct, frozen=True):
    """How long people waited, whole seconds, the shortest first."""

    seconds: Sequence[int] = ()

    @classmethod
    def of(cls, seconds: Iterable[int]) -> "Waits":
        """The same, put in their places."""
        return cls(sorted(seconds))

    def __len__(self) -> int:
        return len(self.seconds)

    @property
    def median_s(self) -> float | None:
        """Half of the people waited no longer; of an even number the mean of the two in the middle."""
        return median(self.seconds) if self.seconds else None

    @property
    def p90_s(self) -> int | None:
        """Nine of ten waited no longer: the wait at place ceil(0.9 n)."""
        return self.seconds[ceil(len(self.seconds) * 0.9) - 1] if self.seconds else None

    @property
    def mean_s(self) -> float | None:
        """All waits together, shared out evenly."""
        return sum(self.seconds) / len(self.seconds) if self.seconds else None

    @property
    def longest_s(self) -> int | None:
        """The longest of all."""
        return self.seconds[-1] if self.seconds else None

    def within(self, limit_s: int) -> int:
        """How many waited no longer than this."""
        return bisect_right(self.seconds, limit_s)


class Cell(Struct, frozen=True):
    """What some cases add up to; docs/figures.md has the formula of each field.

    Those in `_s` are seconds added up, over as many cases as the field in `_n` says. `waits` are packed.
    """

    tickets: int = 0
    cases: int = 0
    served: int = 0
    transferred: int = 0
    left: int = 0
    missed_out: int = 0
    closed: int = 0
    misses: int = 0
    missed_n: int = 0
    recalls: int = 0
    recalled_n: int = 0
    holds: int = 0
    held_n: int = 0
    hold_n: int = 0
    hold_s: int = 0
    walk_n: int = 0
    walk_s: int = 0
    serve_n: int = 0
    serve_s: int = 0
    told: int = 0
    in_range: int = 0
    unsure: int = 0
    open_s: int = 0
    pause_s: int = 0
    busy_s: int = 0
    waits: Waits = field(default_factory=Waits)

    @property
    def idle_s(self) -> int:
        """How long counters were open, not paused, and nobody stood there."""
        return max(0, self.open_s - self.pause_s - self.busy_s)

    @property
    def walk_mean_s(self) -> float | None:
        """From the call to the start, on average; None of few."""
        return mean(self.walk_s, self.walk_n)

    @property
    def serve_mean_s(self) -> float | None:
        """From the start to the end, without holds, on average; None of few."""
        return mean(self.serve_s, self.serve_n)

    @property
    def hold_mean_s(self) -> float | None:
        """A case that was put on hold, all its holds together, on average; None of few."""
        return mean(self.hold_s, self.hold_n)

    @property
    def is_few(self) -> bool:
        """Whether so few waited that nothing but counts is told."""
        return len(self.waits) < FEW

    @property
    def known_waits(self) -> Waits:
        """The waits, none of few: their median and the rest say nothing."""
        return Waits() if self.is_few else self.waits

    def promise_share(self, promise_min: int) -> float | None:
        """The share of waits within the centre's promise, 0 to 1; None of few."""
        return share(self.waits.within(promise_min * 60), len(self.waits))

    @property
    def told_share(self) -> float | None:
        """How often the range that was told held, 0 to 1; None of few."""
        return share(self.in_range, self.told)

    @property
    def idle_share(self) -> float | None:
        """How much of the time that counters were open and not paused nobody stood there."""
        there = self.open_s - self.pause_s
        return self.idle_s / there if there > 0 else None


COUNTS = tuple(name for name in Cell.__struct_fields__ if name != "waits")
"""The fields that are added up."""

NOTHING = Cell()


def counted(counts: Sequence[int], waits: Waits | None = None) -> Cell:
    """A cell of counts in their places in COUNTS, and its waits."""
    by_name: dict[str, Any] = dict(zip(COUNTS, map(int, counts), strict=True))
    return Cell(**by_name, waits=waits or Waits())


def share(part: int, of: int) -> float | None:
    """`part` of `of`, 0 to 1; None of fewer than FEW."""
    return part / of if of >= FEW else None


def mean(total_s: int, count: int) -> float | None:
    """Seconds shared out evenly; None of fewer than FEW."""
    return total_s / count if count >= FEW else None


def values(cell: Cell, promise_min: int) -> dict[str, int | float | None]:
    """Every figure of a cell by name, as programs get them: seconds, shares from 0 to 1; None: too few."""
    waits = cell.known_waits
    return {
        "tickets": cell.tickets,
        "cases": cell.cases,
        "served": cell.served,
        "transferred": cell.transferred,
        "left": cell.left,
        "missed_out": cell.missed_out,
        "closed": cell.closed,
        "misses": cell.misses,
        "recalls": cell.recalls,
        "holds": cell.holds,
        "waits": len(cell.waits),
        "wait_median_s": waits.median_s,
        "wait_p90_s": waits.p90_s,
        "wait_mean_s": waits.mean_s,
        "wait_longest_s": waits.longest_s,
        "in_promise": cell.waits.within(promise_min * 60),
        "promise_share": cell.promise_share(promise_min),
        "walk_mean_s": cell.walk_mean_s,
        "serve_mean_s": cell.serve_mean_s,
        "hold_mean_s": cell.hold_mean_s,
        "told": cell.told,
        "in_range": cell.in_range,
        "told_share": cell.told_share,
        "unsure": cell.unsure,
        "open_s": cell.open_s,
        "pause_s": cell.pause_s,
        "busy_s": cell.busy_s,
        "idle_s": cell.idle_s,
        "idle_share": cell.idle_share,
    }


def merged(cells: Iterable[Cell]) -> Cell:
    """All of them as one."""
    known = tuple(cells)
    if len(known) == 1:
        return known[0]
    counts = {name: sum(getattr(one, name) for one in known) for name in COUNTS}
    return Cell(**counts, waits=Waits.of(s for one in known for s in one.waits.seconds))


def packed(waits: Waits) -> bytes:
    """The waits as four bytes each, the low one first."""
    return _in_file(array("I", waits.seconds)).tobytes()


def unpacked(parts: Iterable[bytes]) -> Waits:
    """What `packed` made of several days, as one."""
    seconds = array("I")
    for part in parts:
        seconds.frombytes(part)
    return Waits(sorted(_in_file(seconds)))


def _in_file(seconds: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        seconds.byteswap()
    return seconds
