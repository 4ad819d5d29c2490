"""Blocks made of letters: lines of text, a big number, framed tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from printing.drawing import fonts, wrapping
from printing.drawing.canvas import Canvas, line_height
from printing.drawing.layout import Beside, Block, Stack

CAP = 0.76  # height of a digit over the em in Noto Sans CJK Bold, rounded up
ASCENT = 0.88  # where the baseline lies below the top of a Chinese character
_TAG_PADDING = 10
_TAG_GAP = 10


@dataclass(frozen=True)
class Lines:
    """Text already cut into lines."""

    lines: tuple[str, ...]
    size: int
    weight: fonts.Weight = "regular"

    @property
    def height(self) -> int:
        return len(self.lines) * line_height(self.size)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for line in self.lines:
            canvas.text(x, y + _baseline(self.size), line, self.size, self.weight)
            y += line_height(self.size)


@dataclass(frozen=True)
class Figure:
    """A number to be seen from afar, small words before and after it on the same baseline.

    Only as high as its digits: the rows that a line of text keeps for descenders would be wasted.
    """

    figure: str
    size: int
    small: int
    before: str = ""
    after: str = ""

    @property
    def height(self) -> int:
        return max(round(self.size * CAP), self.small)

    @property
    def width(self) -> int:
        words = self._words()
        gaps = (len(words) - 1) * (self.small // 4)
        return sum(fonts.width(word, size, weight) for word, size, weight in words) + gaps

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        baseline = y + self.height
        for word, size, weight in self._words():
            canvas.text(x, baseline, word, size, weight)
            x += fonts.width(word, size, weight) + self.small // 4

    def _words(self) -> list[tuple[str, int, fonts.Weight]]:
        words: list[tuple[str, int, fonts.Weight]] = [
            (self.before, self.small, "regular"),
            (self.figure, self.size, "bold"),
            (self.after, self.small, "regular"),
        ]
        return [word for word in words if word[0]]


@dataclass(frozen=True)
class Tag:
    """A short word in a frame; a `solid` one is white on black."""

    word: str
    size: int
    solid: bool = False

    @property
    def height(self) -> int:
        return line_height(self.size) + 10

    @property
    def width(self) -> int:
        return fonts.width(self.word, self.size, "bold") + 2 * _TAG_PADDING

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        frame = line_height(self.size) + 2
        canvas.frame(x, y + 4, self.width, frame, frame if self.solid else 2, radius=6)
        ink = 0 if self.solid else 1
        canvas.text(x + _TAG_PADDING, y + 5 + _baseline(self.size), self.word, self.size, "bold", ink)


def text(
    content: str, size: int, room: int, weight: fonts.Weight = "regular", even: bool = False
) -> Lines | None:
    """`content` cut to lines at most `room` dots wide; None when there is none. `even` balances the lines."""
    if not content.strip():
        return None
    return Lines(_cut(content, size, room, weight, even, fonts.face(weight)), size, weight)


def begun(content: str, size: int, room: int, rows: int) -> tuple[Lines | None, str]:
    """As much of `content` as `rows` lines of `room` dots hold, None when that is nothing, and the rest."""
    lines, rest = wrapping.beginning(
        _clean(content), room, rows, lambda piece: fonts.width(piece, size, "regular")
    )
    return Lines(tuple(lines), size) if lines else None, rest


def narrowest(content: str, size: int, weight: fonts.Weight = "regular") -> int:
    """The least room in which no word of `content` is cut."""
    return _widest(content, size, weight, fonts.face(weight))


def _clean(content: str) -> str:
    """Without what a pasted name brings along: tabs, and letters put together from two marks."""
    return unicodedata.normalize("NFC", content.replace("\t", " ")).strip()


# A slip tries many ways and most of its lines stay what they are. The typeface is part of the key.
@lru_cache(maxsize=4096)
def _cut(
    content: str, size: int, room: int, weight: fonts.Weight, even: bool, _face: fonts.Face
) -> tuple[str, ...]:
    cut = wrapping.balanced if even else wrapping.lines
    return tuple(cut(_clean(content), room, lambda piece: fonts.width(piece, size, weight)))


@lru_cache(maxsize=4096)
def _widest(content: str, size: int, weight: fonts.Weight, _face: fonts.Face) -> int:
    return wrapping.widest(_clean(content), lambda piece: fonts.width(piece, size, weight))


def tags(words: Sequence[str], size: int, room: int) -> Stack | None:
    """`words` as framed tags, as many beside one another as `room` dots hold; None without words."""
    rows: list[list[tuple[int, Block]]] = []
    used = 0
    for tag in (Tag(word, size) for word in words if word):
        if not rows or used + tag.width > room:
            rows.append([])
            used = 0
        rows[-1].append((used, tag))
        used += tag.width + _TAG_GAP
    return Stack(tuple(Beside(tuple(row)) for row in rows)) if rows else None


def _baseline(size: int) -> int:
    return (line_height(size) - size) // 2 + round(size * ASCENT)
