"""A first password for somebody of the staff: read at a desk, typed once, torn up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing.drawing import fonts
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, Stack, stack
from printing.drawing.letterhead import fitting, foot, gap, head, rule, title
from printing.drawing.lettering import Lines, text
from printing.slips import Slip


class _Words(NamedTuple):
    title: str
    name: str
    password: str
    typing: str
    use: str
    tear: str
    lost: str


_WORDS = {
    "zh": _Words(
        "第一次登录",
        "用户名",
        "密码",
        "只有小写字母和数字，短横“-”也要打。",
        "在办公电脑上登录，马上换成自己的密码。",
        "换好了，请把这张纸撕碎。",
        "丢了请马上告诉管理员，换一个新的。",
    ),
    "en": _Words(
        "First log-in",
        "Name",
        "Password",
        "Small letters and digits; type the dashes too.",
        "Log in on an office computer and choose your own password at once.",
        "Then tear this slip up.",
        "Lost it? Tell the administrator at once and get another.",
    ),
}
_MOST, _MOST_TIGHT = 96, 72
_LEAST = 60
"""Dots of a password's letters: 7.5 mm at least. In smaller ones it goes on the next line."""


@dataclass(frozen=True)
class FirstPasswordSlip(Slip):
    """A log-in name and its password. `printed` is local ("2026-11-21 09:05").

    No address and no code: who finds it on the floor learns as little as can be.
    """

    kind: ClassVar[str] = "first_password"
    is_secret: ClassVar[bool] = True

    centre: str
    name: str
    password: str
    printed: str
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls("邻里社区党群服务中心", "窗口3", "abcd-2345-wxyz", "2026-11-21 09:05")

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The password in the largest letters, then what to do with it."""
        yield stack(
            self._top(paper), self._password(paper), self._advice(paper), foot(self.printed, job, paper)
        )

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        room, size = paper.width_dots, fitting(self.name, paper.big, paper.lead, paper.width_dots)
        return stack(
            head(self.centre, paper),
            None if paper.is_bare else title(self._words.title, paper),
            text(self._words.name, paper.small, room),
            text(self.name, size, room, "bold"),
            gap(paper),
            text(self._words.password, paper.small, room),
        )

    def _password(self, paper: Paper) -> Lines:
        """On one line, or where that would make it small a group a line, each with the dash that follows."""
        most, room = _MOST_TIGHT if paper.is_tight else _MOST, paper.width_dots
        size = fitting(self.password, most, _LEAST, room)
        if fonts.width(self.password, size, "bold") <= room:
            return Lines((self.password,), size, "bold")
        *groups, last = self.password.split("-")
        lines = (*(f"{group}-" for group in groups), last)
        return Lines(lines, min(fitting(line, most, paper.lead, room) for line in lines), "bold")

    def _advice(self, paper: Paper) -> Stack:
        words, room = self._words, paper.width_dots
        return stack(
            text(words.typing, paper.small, room),
            rule(paper),
            text(words.use, paper.body, room),
            text(words.tear, paper.body, room, "bold"),
            None if paper.is_least else text(words.lost, paper.small, room),
        )
