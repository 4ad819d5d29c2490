"""The ruler: a printer whose paper nobody knows tells its own width, and where it cuts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing import fonts
from printing.drawing.canvas import Canvas, Paper
from printing.drawing.layout import Block, Rule, stack
from printing.drawing.letterhead import foot, gap, rule, title
from printing.drawing.lettering import text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    read: str
    letters: str
    cut: str


_WORDS = {
    "zh": _Words(
        "量一量",
        "哪一条最长，而且数字看得全？把这个数填到电脑上。",
        "%s毫米的字",
        "纸应该在下面这条黑线后面切断。",
    ),
    "en": _Words(
        "Ruler",
        "Type the number of the longest line that is whole.",
        "%s mm",
        "The blade should cut below this line.",
    ),
}
STEPS_MM = range(40, 73, 8)
"""A head of 384 dots ends with 48, one of 512 with 64, one of 576 with 72: eight dots a millimetre."""

DOTS_A_MM = 8
_LETTERS_MM = (5, 9)
_THICK = 12  # dots; as on the test page, a dead element shows as a white gap


@dataclass(frozen=True)
class RulerSlip(Slip):
    """What is printed to learn how wide a printer prints. `printed` is local ("2026-11-21 09:05").

    It is drawn for the widest head: what a narrower one cannot print is missing at its right.
    """

    kind: ClassVar[str] = "ruler"

    printer: str
    printed: str
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls("tcp://192.168.1.50:9100", "2026-11-21 09:05")

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """Lines of known lengths, letters of known sizes, and the edge where the blade should fall."""
        words, room = _WORDS.get(self.lang, _WORDS["zh"]), self._read_room(paper)
        edge = Rule(paper.width_dots, height=_THICK + 8, weight=_THICK)
        yield stack(
            edge,
            title(words.title, paper),
            text(words.read, paper.small, room),
            gap(paper),
            Staircase(paper.width_dots, paper.small),
            rule(paper),
            *(text(words.letters % mm, paper.dots(mm), room) for mm in _LETTERS_MM),
            text(self.printer, paper.small, room),
            foot(self.printed, job, paper),
            text(words.cut, paper.small, room),
            edge,
        )

    @staticmethod
    def _read_room(paper: Paper) -> int:
        """What is to be read stays where the narrowest head prints too."""
        return min(paper.width_dots, 384)


@dataclass(frozen=True)
class Staircase:
    """A line for each of STEPS_MM that `width` holds, its number at its very end."""

    width: int
    size: int

    @property
    def height(self) -> int:
        return len(self._steps) * self._row

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for mm in self._steps:
            end, label = mm * DOTS_A_MM, str(mm)
            left = end - fonts.width(label, self.size, "bold")
            canvas.bar(x, y + self._row // 2 - 3, left - self.size // 4, 6)
            canvas.text(x + left, y + round(self._row * 0.8), label, self.size, "bold")
            y += self._row

    @property
    def _steps(self) -> list[int]:
        return [mm for mm in STEPS_MM if mm * DOTS_A_MM <= self.width]

    @property
    def _row(self) -> int:
        return round(self.size * 1.3)
