"""The test page: whether a printer prints all that slips need, seen at one look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing.canvas import Paper
from printing.drawing.layout import Beside, Block, Rule, codes, stack
from printing.drawing.letterhead import foot, head, title
from printing.drawing.lettering import text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    ends: str
    scan: str


_WORDS = {
    "zh": _Words("测试页", "上下两条黑线，左右两头都要打全。", "下面的码要能扫出来。"),
    "en": _Words("Test page", "Both black lines must reach from edge to edge.", "The code must scan."),
}
_THICK = 12  # dots: a dead element of the head shows as a white gap


@dataclass(frozen=True)
class TrialSlip(Slip):
    """What is printed to try a printer. `printer` is its address, `printed` is local ("2026-11-21 09:05")."""

    kind: ClassVar[str] = "trial"

    centre: str
    printer: str
    printed: str
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls("邻里社区党群服务中心", "tcp://192.168.1.50:9100", "2026-11-21 09:05")

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """Short, with all that can go wrong: both edges, large and small letters, a code."""
        words, room = _WORDS.get(self.lang, _WORDS["zh"]), paper.width_dots
        edge = Rule(room, height=_THICK + 8, weight=_THICK)
        for code in codes(self.printer, paper):
            yield stack(
                edge,
                head(self.centre, paper),
                title(words.title, paper),
                text(words.ends, paper.body, room, even=True),
                text(words.scan, paper.body, room, even=True),
                Beside((((room - code.height) // 2, code),)),
                text(self.printer, paper.small, room),
                foot(self.printed, job, paper),
                edge,
            )
