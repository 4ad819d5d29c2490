"""The board's strip: who waits for what, as many services as it holds at a time, and which windows pause.

No name is cut. What does not fit comes on the next page, which turns by the clock alone: each board of a hall
shows the same one, and none needs a script for it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from unicodedata import east_asian_width

from msgspec import Struct
from msgspec.structs import replace

TURN_S = 12
"""A page stands so long: four names and their numbers are read twice."""

MOST_PAGES = 3
"""Whoever looks up sees her own within half a minute; of more pages the groups are shown instead."""

NOTICE, NOTICE_MORE, PAUSES = 1.3, 0.7, 0.7
"""What a notice of one line takes, a further line of it, and a line of pauses; in lines of names."""

IN_NOTICE, IN_PAUSES = 35, 40
"""Characters in a line of a notice, and of pauses."""

SMALL, SMALL_LINE = 0.65, 0.72
"""Letters and lines of a name that is longer than a page; all others are read at five metres."""

DIGIT = 0.6
"""The width of a digit of a count; each column has room for two."""

LATIN = 0.5
"""The width of a Latin letter against a Chinese character."""


class Shape(Struct, frozen=True):
    """The strip on a picture of some shape: `room` is counted in lines of names.

    `columns` are (how many, characters of a name in one), the most first; over all of them go `whole`.
    """

    room: float
    columns: tuple[tuple[int, int], ...]
    whole: int


def shape_of(width: int, height: int) -> Shape:
    """The strip on a picture of so many pixels; board.css lays it out by the same shapes, in the same units.

    A wide one has three lines below the calls; a squarer one gives half of what it has more to them. A tall
    one has its calls above each other, larger letters, and the rest of its height for the strip.
    """
    units = max(WIDE_UNITS, WIDTH_UNITS * height / width)
    if height > width:
        return Shape(max(2.0, (units - TALL_CALLS) / TALL_LINE), ((2, 5), (1, 12)), 12)
    return Shape(3 + (units - WIDE_UNITS) / 2 / LINE, ((3, 5), (2, 8)), 19)


WIDTH_UNITS, WIDE_UNITS = 1218, 685
"""A picture is 1,218 units wide; one of 16 to 9 is 685 high: millimetres of a 55-inch television."""

LINE, TALL_LINE, TALL_CALLS = 56, 96, 1340
"""Units of a line, of one on a tall picture, and what there stands above the strip."""


class Waiting(Struct, frozen=True):
    """A service and how many wait for it.

    `is_whole` when its name goes over all columns, `is_small` when it is longer than a page with that.
    """

    name: str
    count: int
    is_whole: bool
    is_small: bool


class Strip(Struct, frozen=True):
    """What the strip shows at a moment: the page `number` of `pages`, both counted as people do."""

    waiting: tuple[Waiting, ...]
    columns: int
    number: int
    pages: int


class Counted(Struct, frozen=True):
    """What stands in the strip when it has room for all of it: a name, and how many wait."""

    name: str
    count: int


class Beside(Struct, frozen=True):
    """What takes room from the strip: what is said of windows that pause, and a notice above it."""

    pauses: Iterable[str] = ()
    notice: str = ""

    @property
    def lines(self) -> float:
        """How much of the strip's room it takes."""
        paused = -(-sum(map(_width, self.pauses)) // IN_PAUSES) * PAUSES
        more = -(-_width(self.notice) // IN_NOTICE) - 1
        return paused + (NOTICE + more * NOTICE_MORE if self.notice else 0)


def strip(
    counts: Sequence[Counted],
    by_group: Callable[[], Sequence[Counted]],
    beside: Beside,
    at: datetime,
    shape: Shape,
) -> Strip:
    """The page that stands at this moment.

    `by_group` is asked for the sums of groups when the services would take more than MOST_PAGES.
    """
    shape = replace(shape, room=max(1.0, shape.room - beside.lines))
    columns, every = _pages(counts, shape)
    if len(every) > MOST_PAGES:
        columns, every = _pages(by_group(), shape)
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


def _pages(counts: Sequence[Counted], shape: Shape) -> tuple[int, list[tuple[Waiting, ...]]]:
    widest = max(map(_cell, counts), default=0)
    columns, letters = next((one for one in shape.columns if widest <= one[1]), shape.columns[-1])
    found: list[list[Waiting]] = [[]]
    left, free = shape.room, 0  # free: cells of the row that is begun
    for one in counts:
        is_whole = _cell(one) > letters
        if free and not is_whole:
            found[-1].append(_waiting(one, shape, is_whole=False))
            free -= 1
            continue
        cell = _waiting(one, shape, is_whole=is_whole)
        height = _height(cell, shape)
        if height > left and found[-1]:
            found.append([])
            left = shape.room
        found[-1].append(cell)
        left -= height
        free = 0 if is_whole else columns - 1
    return columns, [tuple(page) for page in found]


def _waiting(one: Counted, shape: Shape, *, is_whole: bool) -> Waiting:
    lines = -(-_width(one.name) // shape.whole)
    return Waiting(one.name, one.count, is_whole, is_whole and lines > shape.room)


def _height(cell: Waiting, shape: Shape) -> float:
    if not cell.is_whole:
        return 1
    if cell.is_small:
        return SMALL_LINE * -(-_width(cell.name) // (shape.whole / SMALL))
    return -(-_width(cell.name) // shape.whole)


def _cell(one: Counted) -> float:
    return _width(one.name) + DIGIT * max(0, len(str(one.count)) - 2)


def _width(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WF" else LATIN for sign in text)
