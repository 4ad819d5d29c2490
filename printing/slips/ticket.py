"""The ticket's slip: the number, where to wait, what to bring, and the code that finds the ticket again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing import fonts
from printing.drawing.around import Fact, fact, run_around, with_code
from printing.drawing.canvas import Paper
from printing.drawing.checklist import checklist, running
from printing.drawing.layout import Block, Space, Stack, beside, codes, stack
from printing.drawing.letterhead import badge, foot, gap, head, number, rule
from printing.drawing.lettering import Figure, Tag, tags, text
from printing.slips import Slip


class _Words(NamedTuple):
    ahead: str
    people: str
    wait_at: str
    bring: str
    scan: str
    for_someone_else: str


_WORDS = {
    "zh": _Words("前面还有", "人", "请在这里等", "请带好", "手机扫码看排队", "替别人办"),
    "en": _Words("Ahead", "", "Please wait at", "Please bring", "Scan to follow", "For someone else"),
}
_COUNT = 72  # em dots of the people ahead
_APART = 24


@dataclass(frozen=True)
class TicketSlip(Slip):
    """What a resident takes along. `taken` is already local ("2026-11-21 09:05"); `qr` is the code's text.

    `estimate`, `where`, `missed` and `notice` are finished phrases in `lang`; `ahead` is the people in front.
    """

    kind: ClassVar[str] = "ticket"

    centre: str
    number: str
    service: str
    ahead: int
    where: str
    materials: tuple[str, ...]
    missed: str
    qr: str
    taken: str
    priority: str = ""
    estimate: str = ""
    for_someone_else: bool = False
    notice: str = ""
    reprint: bool = False
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            number="A012",
            service="养老保险资格认证",
            ahead=3,
            where="一楼叫号区",
            materials=("本人身份证原件", "手机", "替别人办：两人的身份证和近照"),
            missed="过号不作废。回来后请工作人员扫一下这张小票。",
            qr="100004212345678901234597",
            taken="2026-11-21 09:05",
            priority="70岁以上优先",
            estimate="约10到20分钟",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The number first; where to wait beside the code; what to bring at the end, to be ticked."""
        top, bottom = self._top(paper), self._bottom(paper, job)
        if not paper.is_least:
            yield from with_code(top, self.qr, self._facts(paper), bottom, paper)
            return
        facts = self._all_facts
        for code in codes(self.qr, paper):
            yield stack(top, run_around(code, facts, paper.body, paper.width_dots), bottom)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    @property
    def _marks(self) -> list[str]:
        marks = (self.priority, self._words.for_someone_else if self.for_someone_else else "")
        return [mark for mark in marks if mark]

    def _top(self, paper: Paper) -> Stack:
        room = paper.width_dots
        return stack(
            *self._head_and_number(paper, badge(self.reprint, self.lang)),
            gap(paper, 4),
            text(self.service, paper.lead, room, "bold", even=True),
            None if paper.is_bare else tags(self._marks, paper.small, room),
        )

    def _head_and_number(self, paper: Paper, mark: str) -> Iterator[Block]:
        """The tightest slip has nothing above its number, and 补打 beside it where that has room."""
        room = paper.width_dots
        figure, tag = number(self.number, paper, room), Tag(mark, paper.small, solid=True)
        if paper.is_least and figure.width + tag.width <= room:
            yield beside(figure, room - tag.width, tag if mark else None)
        else:
            yield from (head(self.centre, paper, mark), gap(paper), self._hero(paper))

    def _hero(self, paper: Paper) -> Block:
        """The number; the people ahead to its right, or under it, or in a tight slip among the facts."""
        aside = self._aside(paper)
        figure = number(self.number, paper, paper.width_dots - aside)
        if aside:
            label = text(self._words.ahead, paper.small, aside)
            return beside(
                figure, paper.width_dots - aside + _APART, stack(label, Space(6), self._count(paper))
            )
        if paper.is_tight:
            return figure
        ahead = Figure(str(self.ahead), _COUNT, paper.body, self._words.ahead, self._words.people)
        return stack(figure, gap(paper, 10), ahead)

    def _aside(self, paper: Paper) -> int:
        """Dots that the people ahead take to the right of the number; 0 where there is no room for them."""
        label = fonts.width(self._words.ahead, paper.small, "regular")
        aside = max(label, self._count(paper).width) + _APART
        has_room = number(self.number, paper, paper.width_dots - aside).width + aside <= paper.width_dots
        return aside if has_room and not paper.is_least else 0

    def _count(self, paper: Paper) -> Figure:
        return Figure(str(self.ahead), _COUNT, paper.small, after=self._words.people)

    def _facts(self, paper: Paper) -> list[Fact]:
        """How many, how long, where, what if the turn is missed."""
        words = self._words
        is_told = not paper.is_tight or self._aside(paper)
        return [
            fact("" if is_told else self._ahead, paper.body, "bold"),
            fact(self.estimate, paper.body),
            fact(self.where, paper.body, "bold", "" if paper.is_bare else words.wait_at, paper.small),
            *(fact(mark, paper.small) for mark in self._marks if paper.is_bare),
            fact(self.missed, paper.small),
            fact(words.scan if self.qr.startswith("http") and not paper.is_tight else "", paper.small),
        ]

    @property
    def _ahead(self) -> str:
        return f"{self._words.ahead} {self.ahead} {self._words.people}".strip()

    @property
    def _all_facts(self) -> str:
        """How many, how long, where and what to bring, as one text."""
        parts = (self._ahead, self.estimate, self.where, running(self._words.bring, self.materials))
        return "  ".join(part for part in parts if part)

    def _bottom(self, paper: Paper, job: str) -> Stack:
        bring = None if paper.is_least else checklist(self._words.bring, self.materials, paper)
        notice = text(self.notice, paper.small, paper.width_dots, "bold")
        return stack(
            rule(paper) if bring else None,
            bring,
            rule(paper) if notice else None,
            notice,
            foot(self.taken, job, paper),
        )
