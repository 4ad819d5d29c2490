"""The board's strip: who waits for what, as many services as it holds at a time, and which windows pause.

No name is cut. What does not fit comes on the next page, which turns by the clock alone: each board of a hall
shows the same one, and none needs a script for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import east_asian_width

TURN_S = 12
"""A page stands so long: four names and their numbers are read twice."""

MOST_PAGES = 3
"""Whoever looks up sees her own within half a minute; of more pages the groups are shown instead."""

ROOM = 4.0
"""Lines of short names that the strip has room for; the called numbers need the rest of the picture."""

COLUMNS = (4, 3)
"""Columns of short names, and of longer ones."""

IN_FOUR, IN_THREE, IN_SMALL, IN_ALL = 7, 11, 13, 40
"""Characters in a line: of four columns, of three, of three in small letters, and over all of them."""

TWO_LINES, SMALL_LINE, MARGIN = 1.6, 0.65, 0.2
"""The height of a name of two lines, and of each line and the margin of one in small letters."""

IN_NOTICE, NOTICE_MARGIN = 35, 1
"""Characters in a line of a notice, and what stands around it, in lines of the strip."""

LATIN = 0.5
"""The width of a Latin letter against a Chinese character."""


@dataclass(frozen=True)
class Waiting:
    """A service and how many wait for it; `is_long` when its name needs the small letters."""

    name: str
    count: int
    is_long: bool


@dataclass(frozen=True)
class Strip:
    """What the strip shows at a moment: the page `number` of `pages`, both counted as people do."""

    waiting: tuple[Waiting, ...]
    columns: int
    number: int
    pages: int


@dataclass(frozen=True)
class Counted:
    """What stands in the strip when it has room for all of it: a name, and how many wait."""

    name: str
    count: int


@dataclass(frozen=True)
class Beside:
    """What takes room from the strip: what is said of windows that pause, and a notice above it."""

    pauses: Iterable[str] = ()
    notice: str = ""

    @property
    def lines(self) -> float:
        """How much of the strip's room it takes."""
        paused = -(-sum(map(_width, self.pauses)) // IN_ALL)
        told = NOTICE_MARGIN + -(-_width(self.notice) // IN_NOTICE) if self.notice else 0
        return paused + told


def strip(
    counts: Sequence[Counted], by_group: Callable[[], Sequence[Counted]], beside: Beside, at: datetime
) -> Strip:
    """The page that stands at this moment.

    `by_group` is asked for the sums of groups when the services would take more than MOST_PAGES.
    """
    room = ROOM - beside.lines
    columns, every = _pages(counts, room)
    if len(every) > MOST_PAGES:
        columns, every = _pages(by_group(), room)
    number = page_at(at, len(every))
    return Strip(every[number], columns, number + 1, len(every))


def page_at(at: datetime, pages: int) -> int:
    """Which of so many pages stands at this moment, from 0."""
    return int(at.timestamp() // TURN_S) % pages


def in_runs(numbers: Iterable[int]) -> str:
    """Numbers of counters as people say them: 1、3、20–25."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run))


def _waiting(one: Counted) -> Waiting:
    return Waiting(one.name, one.count, _width(one.name) > 2 * IN_THREE)


def _pages(counts: Sequence[Counted], room: float) -> tuple[int, list[tuple[Waiting, ...]]]:
    columns = COLUMNS[0] if all(_width(one.name) <= IN_FOUR for one in counts) else COLUMNS[1]
    cells = [_waiting(one) for one in counts]
    found: list[list[Waiting]] = [[]]
    left = room
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        height = max(_height(cell) for cell in row)
        if height > left and found[-1]:
            found.append([])
            left = room
        found[-1] += row
        left -= height
    return columns, [tuple(page) for page in found]


def _height(cell: Waiting) -> float:
    if cell.is_long:
        return MARGIN + SMALL_LINE * -(-_width(cell.name) // IN_SMALL)
    return 1 if _width(cell.name) <= IN_THREE else TWO_LINES


def _width(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WF" else LATIN for sign in text)
