"""The test page: whether a printer prints all that slips need, seen at one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing import qr
from printing.canvas import Paper
from printing.layout import Beside, Block, QrBlock, Rule, Space, stack
from printing.lettering import Figure, text
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

    def layout(self, paper: Paper, job: str) -> Block:
        """Short, with all that can go wrong: both edges, large and small letters, a code."""
        room, words = paper.width_dots, _WORDS.get(self.lang, _WORDS["zh"])
        edge = Rule(room, height=_THICK + 8, weight=_THICK)
        code = qr.fitted(self.printer, room, paper.module)
        return stack(
            edge,
            text(self.centre, paper.small, room, even=True),
            text(words.title, paper.lead, room, "bold"),
            Space(12),
            Figure("A0123456789"[: 8 if paper.is_narrow else None], paper.big, paper.small),
            Space(12),
            text(words.ends, paper.body, room, even=True),
            text(words.scan, paper.body, room, even=True),
            Beside((((room - code.side) // 2, QrBlock(code)),)),
            text(self.printer, paper.small, room),
            text(f"{self.printed}  #{job}", paper.small, room),
            edge,
        )
