"""The contact card's slip: whom to call, when and where to find them, and codes that a phone keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing import fonts, qr
from printing.canvas import Paper
from printing.layout import Beside, Block, QrBlock, Rule, Space, Stack, shortest, stack
from printing.lettering import Figure, text
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
_PHONE_SIZES = (72, 64, 56, 48, 40)  # em dots, the first that fits on one line


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

    def layout(self, paper: Paper, job: str) -> Block:
        """Tries the codes side by side and large first, then smaller, until the slip is short enough."""
        top = self._top(paper)
        bottom = stack(Rule(paper.width_dots), text(f"{self.centre}  #{job}", paper.small, paper.width_dots))
        return shortest((stack(top, codes, bottom) for codes in self._codes(paper)), paper.longest)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _top(self, paper: Paper) -> Stack:
        room = paper.width_dots
        return stack(
            text(self._words.promise, paper.small, room),
            text(self.post, paper.big, room, "bold"),
            text(self.name, paper.lead, room),
            Rule(room),
            text(self._words.phone, paper.small, room),
            Figure(self.phone, self._phone_size(room), paper.small),
            Space(18),
            self._line(paper, self._words.place, self.address),
            self._line(paper, self._words.hours, self.hours),
            Space(8),
        )

    def _line(self, paper: Paper, label: str, content: str) -> Block | None:
        return text(f"{label} {content}", paper.body, paper.width_dots) if content else None

    def _phone_size(self, room: int) -> int:
        fitting = (size for size in _PHONE_SIZES if fonts.width(self.phone, size, "bold") <= room)
        return next(fitting, _PHONE_SIZES[-1])

    def _codes(self, paper: Paper) -> Iterator[Block]:
        """The two codes with their captions, beside one another where the paper is wide enough."""
        wanted = tuple(
            (words, content)
            for words, content in ((self._words.vcard, self.vcard), (self._words.wechat, self.wechat))
            if content
        )
        for module in range(paper.module, qr.MIN_MODULE - 1, -1):
            blocks = [self._captioned(paper, words, content, module) for words, content in wanted]
            shared = qr.QUIET * module  # two codes side by side share the white between them
            across = sum(width - shared for width, _ in blocks) + shared
            if across <= paper.width_dots:
                yield _side_by_side(blocks, (paper.width_dots - across) // 2, shared)
            yield stack(*(Beside((((paper.width_dots - width) // 2, block),)) for width, block in blocks))

    def _captioned(self, paper: Paper, words: str, content: str, module: int) -> tuple[int, Stack]:
        code = qr.fitted(content, paper.width_dots, module)
        caption = text(words, paper.small, code.side)
        left = (code.side - fonts.width(words, paper.small, "regular")) // 2
        return code.side, stack(QrBlock(code), Beside(((max(0, left), caption),)) if caption else None)


def _side_by_side(blocks: list[tuple[int, Stack]], start: int, shared: int) -> Block:
    parts = []
    for width, block in blocks:
        parts.append((start, block))
        start += width - shared
    return Beside(tuple(parts)) if parts else Stack(())
