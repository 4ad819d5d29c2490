"""The slip for a resident who goes home to fetch papers: what to fetch, until when, and the way back in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from printing import fonts, qr
from printing.canvas import Paper
from printing.layout import Beside, Block, QrBlock, Rule, Space, Stack, shortest, stack
from printing.lettering import Figure, checklist, text
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
_STEP = 4  # dots between one size of a fitted line and the next
_TICK = 1.1  # ems from a tick box to its words
_APART = 0.4  # ems between two items on a line


class _Sizes(NamedTuple):
    """One way to set the slip, em dots; `gap` is the white between its parts, `tight` puts more on a line."""

    title: int
    least_title: int
    number: int
    service: int
    body: int
    gap: int
    tight: bool


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

    def layout(self, paper: Paper, job: str) -> Block:
        """Tries a large QR code first, then smaller ones, then smaller letters, until it is short enough."""
        return shortest(self._plans(paper, job), paper.longest)

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.lang, _WORDS["zh"])

    def _plans(self, paper: Paper, job: str) -> Iterator[Block]:
        room = paper.width_dots
        footer = text(f"{self.printed}  #{job}", paper.small, room)
        for sizes in _ways(paper):
            top = stack(self._head(paper, sizes), self._papers(paper, sizes))
            for way_back in self._ways_back(paper, sizes):
                yield stack(top, way_back, _rule(room, sizes), footer)

    def _head(self, paper: Paper, sizes: _Sizes) -> Stack:
        room = paper.width_dots
        size = _fitting(self._words.title, sizes.title, sizes.least_title, room)
        return stack(
            text(self.centre, paper.small, room, even=True),
            _rule(room, sizes),
            text(self._words.title, size, room, "bold", even=True),
            Space(sizes.gap),
            self._hero(paper, sizes),
            Space(sizes.gap),
        )

    def _hero(self, paper: Paper, sizes: _Sizes) -> Block:
        """The number over its service, or beside it where that is lower and the paper gets long otherwise."""
        room = paper.width_dots
        number = Figure(self.number, _fitting(self.number, sizes.number, paper.big, room), paper.small)
        over = stack(number, Space(sizes.gap + 4), text(self.service, sizes.service, room, "bold", even=True))
        start = number.width + 20
        # a column under four hanzi, or one that cuts an English word, reads badly
        words = self.service.split() if self.lang == "en" else ["四字一行"]
        widest = max((fonts.width(word, sizes.service, "bold") for word in words), default=0)
        if not sizes.tight or start + widest > room:
            return over
        service = text(self.service, sizes.service, room - start, "bold", even=True)
        beside = _beside(number, start, service)
        return beside if beside.height < over.height else over

    def _papers(self, paper: Paper, sizes: _Sizes) -> Stack:
        room = paper.width_dots
        bring = (_packed if sizes.tight else checklist)(self.bring, sizes.body, room)
        heading = text(self._words.bring, paper.small, room) if bring.blocks else None
        return stack(heading, bring, text(self.note, sizes.body, room))

    def _ways_back(self, paper: Paper, sizes: _Sizes) -> Iterator[Block]:
        """When, where and the code, from its largest modules to its smallest."""
        for module in range(paper.module, qr.MIN_MODULE - 1, -1):
            yield from self._around(paper, sizes, QrBlock(qr.fitted(self.qr, paper.width_dots, module)))

    def _around(self, paper: Paper, sizes: _Sizes, code: QrBlock) -> Iterator[Block]:
        """As much as its height allows beside the code, and across the paper what does not go there."""
        room = paper.width_dots
        left = room - code.height
        across, sentence = self._when_and_where(sizes, room), self._scan(paper, room)
        if left >= 6 * paper.small:
            column = self._when_and_where(sizes, left)
            fuller = stack(column, self._scan(paper, left))
            if fuller.height <= code.height + paper.small:
                yield _beside(fuller, left, code)
            yield stack(_beside(column, left, code), sentence)
        if left >= 5 * paper.small:
            yield stack(across, _beside(self._scan(paper, left), left, code))
        else:
            yield stack(across, sentence, Beside(((left // 2, code),)))

    def _when_and_where(self, sizes: _Sizes, room: int) -> Stack:
        said = ((self._words.by, self.by), (self._words.where, self.where))
        return stack(
            *(text(words.format(it), sizes.body, room, "bold", even=True) for words, it in said if it)
        )

    def _scan(self, paper: Paper, room: int) -> Block | None:
        return text(self._words.scan, paper.small, room, even=True)


def _ways(paper: Paper) -> Iterator[_Sizes]:
    """From the roomiest to the tightest; the letters that residents read shrink last."""
    yield _Sizes(paper.big, paper.lead, paper.number, paper.lead, paper.body, gap=8, tight=False)
    yield _Sizes(paper.big, paper.lead, 120, paper.body, paper.body, gap=8, tight=True)
    yield _Sizes(paper.lead, paper.small, paper.big, paper.small, paper.body, gap=4, tight=True)
    yield _Sizes(paper.lead, paper.small, paper.big, paper.small, paper.small, gap=0, tight=True)


def _fitting(line: str, most: int, least: int, room: int) -> int:
    """The largest size at which `line` in bold stays on one line; `least` if none does."""
    sizes = range(most, least, -_STEP)
    return next((size for size in sizes if fonts.width(line, size, "bold") <= room), least)


def _packed(items: Sequence[str], size: int, room: int) -> Stack:
    """As `checklist`, but a short item moves up to the first line that has room left for it."""
    rows: list[list[str]] = []
    for item in (item.strip() for item in items if item.strip()):
        left = room - _reach(item, size) - round(_APART * size)
        fitting = (row for row in rows if len(row) == 1 and _reach(row[0], size) <= left)
        row = next(fitting, None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return stack(*(_ticks(row, size, room) for row in rows))


def _ticks(row: Sequence[str], size: int, room: int) -> Block:
    first, *rest = row
    if not rest:
        return checklist(row, size, room)
    half = max(room // 2, _reach(first, size) + round(_APART * size))
    start = min(half, room - _reach(rest[0], size))
    return _beside(checklist((first,), size, room), start, checklist(rest, size, room))


def _reach(item: str, size: int) -> int:
    return round(_TICK * size) + fonts.width(item, size, "regular")


def _beside(left: Block | None, x: int, right: Block | None) -> Block:
    return Beside(tuple((at, block) for at, block in ((0, left), (x, right)) if block is not None))


def _rule(room: int, sizes: _Sizes) -> Rule:
    return Rule(room, 6 + 2 * sizes.gap)
