"""The contact card's slip: whom to call, when and where to find them, and codes that a phone keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple, Self

from printing.drawing import fonts, qr
from printing.drawing.canvas import Paper
from printing.drawing.layout import Beside, Block, QrBlock, Space, Stack, beside, codes, stack
from printing.drawing.letterhead import fitting, gap, rule, title
from printing.drawing.lettering import Figure, narrowest, text
from printing.slips import Slip


class _Words(NamedTuple):
    promise: str
    phone: str
    place: str
    hours: str
    vcard: str
    wechat: str


_WORDS = {
    "zh": _Words("有事您找我", "电话", "地点", "时间", "扫码存电话", "扫码加微信"),
    "en": _Words("Call me when you need me", "Phone", "Where", "When", "Save phone", "WeChat"),
}
_PHONE = 72  # em dots of the telephone number, less where it would need two lines


@dataclass(frozen=True)
class ContactCardSlip(Slip):
    """A card to put beside the telephone. `vcard` and `wechat` are the texts of two codes, empty for none."""

    kind: ClassVar[str] = "contact_card"

    centre: str
    post: str
    name: str
    phone: str
    address: str
    hours: str
    vcard: str
    wechat: str = ""
    lang: str = "zh"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            centre="邻里社区党群服务中心",
            post="社区书记",
            name="",
            phone="0000-2251001",
            address="党群服务中心一楼",
            hours="周一至周日 8:30–17:30；电话24小时开机",
            vcard="BEGIN:VCARD\r\nVERSION:3.0\r\nN:社区书记;;;;\r\nFN:社区书记\r\nTEL:0000-2251001\r\nEND:VCARD\r\n",
            wechat="https://u.wechat.com/EAbcdefghijklmnop",
        )

    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """Whom to call in the largest letters, and under it both codes, as large as they may be."""
        top, bottom = self._top(paper), self._bottom(paper, job)
        for pair in self._codes(paper):
            if _across(pair) <= paper.width_dots:
                yield stack(top, _side_by_side(pair, paper), bottom)
            else:
                yield stack(top, *self._one_under_the_other(pair, paper, job))

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        room, words = paper.width_dots, self._words
        is_bare = paper.is_bare
        return stack(
            None if is_bare else text(words.promise, paper.small, room),
            title(self.post, paper),
            text(self.name, paper.lead, room),
            None if is_bare else rule(paper),
            None if is_bare or not self.phone else text(words.phone, paper.small, room),
            self._number(paper),
            gap(paper, 10),
            self._line(paper, words.place, self.address),
            self._line(paper, words.hours, self.hours),
            gap(paper),
        )

    def _number(self, paper: Paper) -> Block | None:
        """The telephone number on one line, or if it has an extension and more, on two; None without one."""
        if not self.phone:
            return None
        size = fitting(self.phone, _PHONE, paper.body, paper.width_dots)
        if fonts.width(self.phone, size, "bold") > paper.width_dots:
            return text(self.phone, size, paper.width_dots, "bold")
        return Figure(self.phone, size, paper.small)

    def _line(self, paper: Paper, label: str, content: str) -> Block | None:
        return text(f"{label} {content}", paper.body, paper.width_dots) if content.strip() else None

    def _bottom(self, paper: Paper, job: str) -> Stack:
        centre = "" if paper.is_bare else f"{self.centre}  "
        return stack(
            None if paper.is_bare else rule(paper), text(f"{centre}#{job}", paper.small, paper.width_dots)
        )

    def _one_under_the_other(self, pair: list[_Captioned], paper: Paper, job: str) -> Iterator[Block]:
        """On a narrow roll; a bare card has its job's id beside the last code and nothing below it."""
        if paper.is_bare:
            last = pair[-1]
            pair = [*pair[:-1], last._replace(caption=f"{last.caption}\n#{job}")]
        for before, each in zip((None, *pair), pair, strict=False):
            if before and each.has_aside(paper):
                yield Space(-min(before.white, each.white))  # the white between them is needed once
            yield each.aside(paper)
        if not paper.is_bare:
            yield self._bottom(paper, job)

    def _codes(self, paper: Paper) -> Iterator[list[_Captioned]]:
        """The card's codes with their captions, from the largest modules to the smallest."""
        wanted = ((self._words.vcard, self.vcard), (self._words.wechat, self.wechat))
        sizes = [
            (caption, fitting) for caption, content in wanted if (fitting := _fitting_codes(content, paper))
        ]
        for step in range(max((len(each) for _, each in sizes), default=1)):
            yield [_Captioned(each[min(step, len(each) - 1)], caption) for caption, each in sizes]


class _Captioned(NamedTuple):
    code: QrBlock
    caption: str

    @property
    def white(self) -> int:
        """The quiet zone, which a code shares with its neighbour."""
        return qr.QUIET * self.code.code.module

    def under(self, paper: Paper) -> Stack:
        """The code with its caption below."""
        room = self.code.height - 2 * self.white  # what is wider would lie in the white of its neighbour
        caption = text(self.caption, paper.small, room, even=True)
        lines = caption.lines if caption else ()
        wide = max((fonts.width(line, paper.small, "regular") for line in lines), default=0)
        return stack(self.code, beside(None, max(0, (self.code.height - wide) // 2), caption))

    def aside(self, paper: Paper) -> Block:
        """The code at the paper's right edge, its caption to the left of it where that can be read."""
        left = paper.width_dots - self.code.height
        if self.has_aside(paper):
            return beside(text(self.caption, paper.small, left, even=True), left, self.code)
        return beside(None, left // 2, self.under(paper))

    def has_aside(self, paper: Paper) -> bool:
        """Whether the caption can be read in the column that the code leaves."""
        needed = max(2 * paper.small, narrowest(self.caption, paper.small))
        return paper.width_dots - self.code.height >= needed


def _across(pair: list[_Captioned]) -> int:
    """Dots that the codes take beside one another."""
    return sum(each.code.height for each in pair) - sum(_shared(pair))


def _shared(pair: list[_Captioned]) -> list[int]:
    """The white between neighbours that is needed once: of two quiet zones the smaller."""
    return [min(left.white, right.white) for left, right in pairwise(pair)]


def _fitting_codes(content: str, paper: Paper) -> list[QrBlock]:
    """`content` as codes from large to small; none when it is too much for this paper."""
    try:
        return list(codes(content, paper)) if content.strip() else []
    except qr.QrTooLong:
        return []


def _side_by_side(pair: list[_Captioned], paper: Paper) -> Block:
    start, parts = (paper.width_dots - _across(pair)) // 2, []
    for each, shared in zip(pair, [*_shared(pair), 0], strict=False):
        parts.append((start, each.under(paper)))
        start += each.code.height - shared
    return Beside(tuple(parts)) if parts else Stack(())
