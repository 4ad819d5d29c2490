"""The slip for a resident who goes home to fetch papers: what to fetch, until when, and the way back in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing.around import Fact, fact, run_around, with_code
from printing.drawing.canvas import Paper
from printing.drawing.checklist import checklist, running
from printing.drawing.layout import Block, Stack, beside, codes, stack
from printing.drawing.letterhead import badge, foot, gap, head, number, title
from printing.drawing.lettering import Figure, text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    bring: str
    by: str
    where: str
    scan: str


_WORDS = {
    "zh": _Words("回来继续办", "请带回来", "请在{}回来", "到{}", "不用重新取号，扫一下这张小票就行。"),
    "en": _Words(
        "Come back to finish",
        "Please bring",
        "Return {}",
        "at {}",
        "No new number needed: just scan this slip.",
    ),
}
_ASIDE = 80  # em dots


@dataclass(frozen=True)
class ComeBackSlip(Slip):
    """What a resident takes home. `printed` is already local ("2026-11-21 09:05"); `qr` is the code's text.

    `by` and `where` are finished phrases in `lang` ("今天17:30前", "by 17:30 today"); `note` is in the
    clerk's own words.
    """

    kind: ClassVar[str] = "come_back"

    centre: str
    number: str
    service: str
    bring: tuple[str, ...]
    by: str
    where: str
    qr: str
    printed: str
    note: str = ""
    reprint: bool = False
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            number="A012",
            service="养老保险资格认证",
            bring=("身份证（原件）", "户口本（首页和本人页）", "1寸照片（1张）"),
            by="今天17:30前",
            where="1号、2号窗口",
            qr="100004212345678901234597",
            printed="2026-11-21 09:05",
            note="照片要近半年拍的。",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """What to fetch in the middle, and under it until when, where to, and the code that leads back."""
        top, bottom = self._top(paper), foot(self.printed, job, paper)
        if not paper.is_least:
            yield from with_code(top, self.qr, self._way_back(paper), bottom, paper)
            return
        fetch = f"{running(self._words.bring, self.bring)}  {self.note}".strip()
        below = stack(*(each.within(paper.width_dots) for each in self._way_back(paper)), bottom)
        for code in codes(self.qr, paper):
            yield stack(top, run_around(code, fetch, paper.body, paper.width_dots), below)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        room = paper.width_dots
        start = head(self.centre, paper, badge(self.reprint, self.lang))
        service = text(self.service, paper.lead, room, "bold", even=True)
        if paper.is_least:
            return stack(start, self._title_beside_number(paper), service)
        return stack(
            start,
            title(self._words.title, paper),
            gap(paper, 6),
            number(self.number, paper, room),
            gap(paper, 4),
            service,
            checklist(self._words.bring, self.bring, paper),
            text(self.note, paper.body, room),
            gap(paper),
        )

    def _title_beside_number(self, paper: Paper) -> Block:
        """For the tightest way: a number under 120 dots, because nobody calls it before it is scanned."""
        figure = Figure(self.number, _ASIDE, paper.small)
        start = figure.width + paper.small // 2
        return beside(figure, start, text(self._words.title, paper.lead, paper.width_dots - start, "bold"))

    def _way_back(self, paper: Paper) -> list[Fact]:
        said = ((self._words.by, self.by), (self._words.where, self.where))
        facts = [fact(words.format(it) if it else "", paper.body, "bold") for words, it in said]
        return facts if paper.is_least else [*facts, fact(self._words.scan, paper.small)]
