"""The receipt for a resident's request: that it was taken in, when an answer comes, and how to ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing.around import Fact, fact, with_code
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, Stack, stack
from printing.drawing.letterhead import badge, foot, gap, head, number, title
from printing.drawing.lettering import text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    answer: str
    where: str
    keep: str


_WORDS = {
    "zh": _Words("已收到您的{}", "答复时间", "答复方式", "请收好这张小票，扫它就能查答复。"),
    "en": _Words("Received: {}", "Answer", "How", "Keep this slip: scan it to see the answer."),
}
_CODE = re.compile(r"(?<![0-9])[0-9]{24}$")


@dataclass(frozen=True)
class ReceiptSlip(Slip):
    """What a resident holds until the answer comes; never what was asked, nor who asked: others may find it.

    `concern` says what it is (建议, 投诉, 需求, 求助, 心愿), `by` and `where` when and how an answer comes:
    finished phrases in `lang`. `taken` is already local ("2026-11-21 09:05"). `qr` is the code's text; its 24
    digits are printed as well, to be told over the telephone.
    """

    kind: ClassVar[str] = "receipt"

    centre: str
    number: str
    concern: str
    by: str
    where: str
    qr: str
    taken: str
    reprint: bool = False
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            number="S021",
            concern="建议",
            by="11月28日（周六）前",
            where="打电话告诉您，也可以到服务台问",
            qr="400004212345678901234597",
            taken="2026-11-21 09:05",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The number large, as on a ticket; when the answer comes beside the code."""
        return with_code(self._top(paper), self.qr, self._facts(paper), self._bottom(paper, job), paper)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        return stack(
            head(self.centre, paper, badge(self.reprint, self.lang)),
            title(self._words.title.format(self.concern), paper),
            gap(paper, 6),
            number(self.number, paper, paper.width_dots),
            gap(paper, 4),
        )

    def _facts(self, paper: Paper) -> list[Fact]:
        words = self._words
        facts = [
            fact(self.by, paper.body, "bold", "" if paper.is_bare else words.answer, paper.small),
            fact(self.where, paper.body, "regular", "" if paper.is_bare else words.where, paper.small),
        ]
        return facts if paper.is_least else [*facts, fact(self._words.keep, paper.small)]

    def _bottom(self, paper: Paper, job: str) -> Stack:
        return stack(
            text(_digits(self.qr), paper.small, paper.width_dots, even=True), foot(self.taken, job, paper)
        )


def _digits(code: str) -> str:
    """The code's 24 digits in fours, as they are read aloud; empty when it does not end with them."""
    found = _CODE.search(code)
    return " ".join(re.findall("....", found[0])) if found else ""
