"""The slip of who has come to an event, or put their name down: what, when, where, and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing.around import Fact, fact, with_code
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, Stack, stack
from printing.drawing.letterhead import badge, foot, gap, head, title
from printing.drawing.lettering import text
from printing.slips import Slip


class _Words(NamedTuple):
    signed_in: str
    registered: str
    when: str
    where: str
    leaving: str
    coming: str


_WORDS = {
    "zh": _Words(
        "已签到", "已报名", "时间", "地点", "离开时，扫这张小票签退。", "来的那天，扫这张小票签到。"
    ),
    "en": _Words(
        "Signed in",
        "Registered",
        "When",
        "Where",
        "Scan this slip when you leave.",
        "Scan this slip when you come.",
    ),
}


@dataclass(frozen=True)
class SignInSlip(Slip):
    """What a volunteer or a visitor takes along. `printed` is already local ("2026-11-21 08:50").

    `when` and `where` are finished phrases in `lang`; `name` is masked already ("王*") or empty, for
    others may find the slip. `is_registration` is for who comes later; `has_sign_out` is false where nobody
    signs out.
    """

    kind: ClassVar[str] = "sign_in"

    centre: str
    event: str
    when: str
    where: str
    qr: str
    printed: str
    name: str = ""
    is_registration: bool = False
    has_sign_out: bool = True
    reprint: bool = False
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            event="便民生活日志愿服务",
            when="11月21日（周六）9:00–11:00",
            where="一楼活动室",
            qr="300004212345678901234597",
            printed="2026-11-21 08:50",
            name="王*",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The event first; beside the code what to do with it, because that is soon forgotten."""
        return with_code(self._top(paper), self.qr, self._facts(paper), foot(self.printed, job, paper), paper)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        state = self._words.registered if self.is_registration else self._words.signed_in
        return stack(
            head(self.centre, paper, badge(self.reprint, self.lang)),
            title(f"{state} {self.name}".strip(), paper),
            gap(paper),
            text(self.event, paper.lead, paper.width_dots, "bold", even=True),
            gap(paper),
        )

    def _facts(self, paper: Paper) -> list[Fact]:
        words = self._words
        leaving = words.leaving if self.has_sign_out else ""
        return [
            fact(words.coming if self.is_registration else leaving, paper.body, "bold"),
            fact(self.when, paper.body, label="" if paper.is_bare else words.when, small=paper.small),
            fact(self.where, paper.body, label="" if paper.is_bare else words.where, small=paper.small),
        ]
