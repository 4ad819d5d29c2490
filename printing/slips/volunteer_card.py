"""A volunteer's card as a slip: whose it is, and a code that is scanned on coming and on leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing import qr
from printing.drawing.around import Fact, around, fact
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, QrBlock, Stack, stack
from printing.drawing.letterhead import fitting, foot, gap, head
from printing.drawing.lettering import text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    renewed: str
    use: str
    lost: str


_WORDS = {
    "zh": _Words(
        "志愿者卡", "新卡", "来了扫一扫签到，走时再扫一扫。", "请收好。丢了找工作人员换新卡，旧卡就停用。"
    ),
    "en": _Words(
        "Volunteer card",
        "New card",
        "Scan it when you come and when you leave.",
        "Lost it? Ask the staff for a new one; this one then stops working.",
    ),
}


@dataclass(frozen=True)
class VolunteerCardSlip(Slip):
    """A card for the purse. The volunteer carries it, so the whole name stands on it; never a phone.

    `printed` is already local ("2026-11-21 09:05"); a renewed card says so, because the older one is void.
    """

    kind: ClassVar[str] = "volunteer_card"

    centre: str
    name: str
    teams: tuple[str, ...]
    qr: str
    printed: str
    is_renewed: bool = False
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            name="某某某",
            teams=("理发服务队", "电动车维修队"),
            qr="200004212345678901234597",
            printed="2026-11-21 09:05",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The name in the largest letters, and a code that still reads when a third of it is worn off."""
        top, bottom = self._top(paper), foot(self.printed, job, paper)
        for code in self._codes(paper):
            yield stack(top, around(code, self._facts(paper), paper.width_dots), bottom)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _codes(self, paper: Paper) -> Iterator[QrBlock]:
        largest = qr.fitted(self.qr, paper.width_dots, paper.module, qr.TOUGH)
        for module in range(largest.module, qr.MIN_MODULE - 1, -1):
            yield QrBlock(largest._replace(module=module))

    def _top(self, paper: Paper) -> Stack:
        room, size = paper.width_dots, fitting(self.name, paper.big, paper.lead, paper.width_dots)
        separator = ", " if self.lang == "en" else "、"
        return stack(
            head(self.centre, paper, self._words.renewed if self.is_renewed else ""),
            text(self._words.title, paper.body, room),
            text(self.name, size, room, "bold", even=True),
            text(separator.join(self.teams), paper.body, room, even=True),
            gap(paper),
        )

    def _facts(self, paper: Paper) -> list[Fact]:
        use = fact(self._words.use, paper.body, "bold")
        return [use] if paper.is_least else [use, fact(self._words.lost, paper.small)]
