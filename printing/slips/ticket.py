"""The ticket's slip: the number, where to wait, what to bring, and the code that finds the ticket again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing import fonts, qr
from printing.canvas import Paper
from printing.layout import Beside, Block, QrBlock, Rule, Space, Stack, shortest, stack
from printing.lettering import Figure, Tag, checklist, tags, text
from printing.slips import Slip


class _Words(NamedTuple):
    ahead: str
    people: str
    wait_at: str
    bring: str
    scan: str
    reprint: str
    for_someone_else: str


_WORDS = {
    "zh": _Words("前面还有", "人", "请在这里等", "请带好", "手机扫码看排队", "补打", "替别人办"),
    "en": _Words(
        "Ahead", "", "Please wait at", "Please bring", "Scan to follow", "Reprint", "For someone else"
    ),
}
_NUMBER_SIZES = (160, 150, 140, 130, 120)  # em dots, the first that fits


@dataclass(frozen=True)
class TicketSlip(Slip):
    """What a resident takes along. `taken` is already local ("2026-11-21 09:05"); `qr` is the code's text.

    `estimate`, `where` and `missed` are finished phrases in `lang`; `ahead` is the people in front.
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

    def layout(self, paper: Paper, job: str) -> Block:
        """Tries the QR code large first, then smaller, until the slip is short enough."""
        top, bottom = self._top(paper), self._bottom(paper, job)
        plans = (stack(top, middle, bottom) for middle in self._middles(paper))
        return shortest(plans, paper.longest)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        room = paper.width_dots
        marks = (self.priority, self._words.for_someone_else if self.for_someone_else else "")
        return stack(
            self._head(paper),
            Rule(room),
            Space(8),
            self._hero(paper),
            Space(12),
            text(self.service, paper.lead, room, "bold", even=True),
            tags(marks, paper.small, room),
        )

    def _head(self, paper: Paper) -> Block | None:
        if not self.reprint:
            return text(self.centre, paper.small, paper.width_dots, even=True)
        badge = Tag(self._words.reprint, paper.small, solid=True)
        left = paper.width_dots - badge.width
        return _beside(text(self.centre, paper.small, left - 16, even=True), left, badge)

    def _hero(self, paper: Paper) -> Block:
        """The number, and where the paper is wide enough, the people ahead to the right of it."""
        size = _number_size(self.number, paper)
        number = Figure(self.number, size, paper.small)
        label = text(self._words.ahead, paper.small, paper.width_dots)
        count = Figure(str(self.ahead), paper.big, paper.small, after=self._words.people)
        column = stack(label, Space(6), count)
        left = paper.width_dots - max(fonts.width(self._words.ahead, paper.small, "regular"), count.width)
        if left >= number.width + 24:
            return _beside(number, left, column)
        return stack(
            number,
            Space(18),
            Figure(str(self.ahead), paper.big, paper.body, self._words.ahead, self._words.people),
        )

    def _middles(self, paper: Paper) -> Iterator[Block]:
        """The code with the waiting beside it or above it, from its largest modules to its smallest."""
        room = paper.width_dots
        for module in range(paper.module, qr.MIN_MODULE - 1, -1):
            code = qr.fitted(self.qr, room, module)
            block = QrBlock(code)
            if room - code.side >= 6 * paper.small:
                yield Beside(
                    ((0, self._waiting(paper, room - code.side, code.side)), (room - code.side, block))
                )
            yield stack(self._waiting(paper, room, 0), Beside((((room - code.side) // 2, block),)))

    def _waiting(self, paper: Paper, room: int, height: int) -> Stack:
        """How long, where, what if the turn is missed, `room` dots wide; more if `height` rows are free."""
        column = stack(
            text(self.estimate, paper.body, room),
            text(self._words.wait_at, paper.small, room),
            text(self.where, paper.body, room, "bold"),
            Space(8),
            text(self.missed, paper.small, room),
        )
        caption = text(self._words.scan, paper.small, room) if self.qr.startswith("http") else None
        fuller = stack(column, Space(8), caption)
        return fuller if caption and fuller.height <= height else column

    def _bottom(self, paper: Paper, job: str) -> Stack:
        room = paper.width_dots
        bring = checklist(self.materials, paper.body, room)
        heading = text(self._words.bring, paper.small, room)
        return stack(
            *((Rule(room), heading, bring) if bring.blocks else ()),
            Rule(room),
            text(f"{self.taken}  #{job}", paper.small, room),
        )


def _number_size(number: str, paper: Paper) -> int:
    sizes = [s for s in _NUMBER_SIZES if fonts.width(number, s, "bold") <= paper.width_dots]
    return sizes[0] if sizes else _NUMBER_SIZES[-1]


def _beside(left: Block | None, x: int, right: Block) -> Block:
    return right if left is None else Beside(((0, left), (x, right)))
