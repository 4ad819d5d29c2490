"""What a rating is: five grades, chips by grade, for how long it can be given, and what its figures may say.

Grades as in 国办发〔2019〕51号; the two lowest are bad. Shares stand beside their n and their Wilson range,
since 10 of 10 is anything from 72 to 100 %.
"""

from datetime import date, timedelta
from enum import IntEnum, StrEnum
from math import sqrt

from msgspec import Struct

LIVE_FOR = timedelta(seconds=60)
"""So long after its window has finished a visit a tablet takes a face: then the next person stands there."""

BY_CODE_FOR = timedelta(days=7)
"""So long a slip or its page takes one."""

THANKED_FOR = timedelta(seconds=30)
"""So long a tablet says thank you and asks why."""

MORE_FOR = timedelta(minutes=5)
"""So long after the face its chips can follow."""

LONGEST_WORDS = 200

WORDS_KEPT = timedelta(days=730)
"""Then what somebody wrote is emptied; grade and chips stay for ever."""


class Grade(IntEnum):
    """非常不满意 … 非常满意."""

    VERY_BAD = 1
    BAD = 2
    FAIR = 3
    GOOD = 4
    VERY_GOOD = 5

    @property
    def is_bad(self) -> bool:
        """Whether somebody must look into it."""
        return self <= Grade.BAD


class Source(StrEnum):
    """Where the face was pressed; paper is typed in by staff."""

    TABLET = "tablet"
    PHONE = "phone"
    STATION = "station"
    PAPER = "paper"


class Verdict(StrEnum):
    """What two people found about a bad one: it is so, it was meant otherwise, nobody can tell."""

    TRUE = "true"
    MISTAKEN = "mistaken"
    UNCLEAR = "unclear"


VERDICT_BY = 2
"""People who must say the same."""

JUDGES = ("secretary", "manager", "clerk", "desk")
"""Roles that may judge: never an administrator, who has no business with what was said."""

CHIPS_VERSION = 1
"""Raised when a chip is added or goes: a rating keeps the version that was shown."""

GOOD_CHIPS = ("quick", "patient", "clear", "one_trip", "pleasant", "helped")
BAD_CHIPS = ("slow", "manner", "unclear", "many_trips", "more_papers", "not_done")


def chips_for(grade: Grade) -> tuple[str, ...]:
    """What can be said beside a grade; none beside the one in the middle would hide what was good."""
    return BAD_CHIPS if grade.is_bad else GOOD_CHIPS


CHIPS = (*GOOD_CHIPS, *BAD_CHIPS)

HEADINGS = {
    "quick": "efficiency", "slow": "efficiency", "one_trip": "efficiency", "many_trips": "efficiency",
    "clear": "competence", "unclear": "competence", "helped": "competence", "not_done": "competence",
    "more_papers": "competence", "patient": "attitude", "manner": "attitude", "pleasant": "attitude",
}  # fmt: skip
"""The official headings of an offline rating: 效率, 能力, 态度."""

FEWEST, FEW = 10, 30
"""Under the first only counts are told, under the second a share with its range."""

Z = 1.96
"""95 %."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % range of a share, after Wilson 1927: (least, most), 0 to 1. Raises ValueError without n."""
    if n <= 0 or not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    share, z2 = hits / n, Z * Z
    middle = share + z2 / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # 0 of n and n of n end in 0 and 1 exactly; computed, they miss it by a rounding
    least = 0.0 if hits == 0 else (middle - reach) / (1 + z2 / n)
    most = 1.0 if hits == n else (middle + reach) / (1 + z2 / n)
    return least, most


class Share(Struct, frozen=True):
    """`hits` of `n`, as it may be told."""

    hits: int
    n: int

    @property
    def percent(self) -> int | None:
        """The share; None where counts alone are told."""
        return None if self.n < FEWEST else round(100 * self.hits / self.n)

    @property
    def between(self) -> tuple[int, int] | None:
        """Its range in percent; None where no share is told."""
        if self.n < FEWEST:
            return None
        least, most = wilson(self.hits, self.n)
        return round(100 * least), round(100 * most)

    @property
    def is_few(self) -> bool:
        """Whether the share stands on little: 样本少."""
        return self.n < FEW

    def differs_from(self, other: "Share") -> bool:
        """Whether two shares may be compared: their ranges do not overlap."""
        if self.between is None or other.between is None:
            return False
        (least, most), (others_least, others_most) = self.between, other.between
        return least > others_most or most < others_least


class Counted(Struct, frozen=True):
    """Ratings of some visits: how many of each grade, from 1 to 5, and how many visits were finished."""

    grades: tuple[int, int, int, int, int]
    visits: int

    @property
    def n(self) -> int:
        """Ratings."""
        return sum(self.grades)

    @property
    def bad(self) -> int:
        """Those of the two lowest grades."""
        return sum(self.grades[:2])

    @property
    def good(self) -> Share:
        """好评率: the three upper grades of all."""
        return Share(sum(self.grades[2:]), self.n)

    @property
    def very_good(self) -> Share:
        """很满意率: the two upper ones."""
        return Share(sum(self.grades[3:]), self.n)

    @property
    def rated(self) -> Share:
        """评价率: without it the others say nothing."""
        return Share(min(self.n, self.visits), self.visits)


FEWEST_BAD = 3
"""So many bad ones in a month at least, else whose visits they were is not told whether there was one."""


class OwnMonth(Struct, frozen=True):
    """A month of somebody's own ratings, as they may be told of it: `counted` is None under FEWEST."""

    first: date
    counted: Counted | None

    @property
    def good(self) -> Share | None:
        """好评率; None while so few are bad that one of them could be guessed."""
        return self.counted.good if self.counted and self.counted.bad >= FEWEST_BAD else None


def own_month(first: date, counted: Counted) -> OwnMonth:
    """The month that begins on `first`, without what would tell who pressed."""
    return OwnMonth(first, counted if counted.n >= FEWEST else None)


def months_told(today: date, count: int) -> tuple[date, ...]:
    """First days of the newest `count` months of which the rated may know: a whole month lies between."""
    months = [month_before(month_before(today))]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return tuple(months)


def month_before(day: date) -> date:
    """The first day of the month before the one of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


OWNERS = ("secretary", "manager", "street", "clerk", "desk")
"""Roles that a complaint about a visit can go to, the first that has somebody who was not there."""


VISIT, CONCERN = "visit", "concern"
"""What a rating is about: a ticket, or the answer to what a resident said."""


def source_ref(subject: str, subject_id: int, round_: int = 0) -> str:
    """What a complaint says it came from: one a visit, whatever is said of it later, and one an answer."""
    return f"{subject}:{subject_id}" if subject == VISIT else f"{subject}:{subject_id}:{round_}"


def chosen_owner(free: "list[tuple[int, str]]", first: int | None, has: "dict[int, int]") -> int | None:
    """Who of `free`, (staff id, role) of those who were not there, takes a complaint on.

    `first` if free, whom the centre named; else of the first role in OWNERS who `has` the fewest.
    """
    ids = {staff_id for staff_id, _ in free}
    if first in ids:
        return first
    ranked = [
        (OWNERS.index(role), has.get(staff_id, 0), staff_id) for staff_id, role in free if role in OWNERS
    ]
    return min(ranked)[2] if ranked else None


BURST, BURST_WITHIN = 5, timedelta(seconds=60)
"""So many alike at one window, each so soon after its visit, one after the other: marked, never removed."""


def bursts(ratings: "list[tuple[int, Grade, timedelta]]") -> frozenset[int]:
    """The ids of those that came in a burst, of one window's in their order: (id, grade, after its visit)."""
    marked: set[int] = set()
    run: list[int] = []
    before: Grade | None = None
    for rating_id, grade, after in ratings:
        is_on = after <= BURST_WITHIN and grade == before
        run = [*run, rating_id] if is_on else ([rating_id] if after <= BURST_WITHIN else [])
        before = grade if after <= BURST_WITHIN else None
        if len(run) >= BURST:
            marked.update(run)
    return frozenset(marked)
