"""Volunteers' cards on A4, ten a page, to be cut out: 90 × 54 mm, the size of a business card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from printing.drawing import lacking

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

ACROSS, DOWN = 2, 5
CARD_WIDTH, CARD_HEIGHT = 90.0, 54.0
_CODE = 35.0  # mm; 33 modules with the quiet zone, so about 1 mm each: read at arm's length
_EDGE = 5.0
_WHOLE = CARD_WIDTH - 2 * _EDGE
_BESIDE = _WHOLE - _CODE


class _Words(NamedTuple):
    title: str
    use: str
    found: str
    code: str


_WORDS = {
    "zh": _Words("志愿者卡", "来了扫一扫签到，走时再扫一扫。", "捡到请交到{}", "{}的签到二维码"),
    "en": _Words(
        "Volunteer card",
        "Scan when you come and when you leave.",
        "Found? Return to {}",
        "QR code with which {} signs in",
    ),
}


@dataclass(frozen=True)
class Card:
    """One volunteer's card: the whole name, the teams, and what the code says."""

    name: str
    teams: tuple[str, ...]
    qr: str


@dataclass(frozen=True)
class CardSheet:
    """The cards of a team. `made_on` is the centre's date as in 2026-11-21."""

    kind: ClassVar[str] = "card_sheet"

    centre: str
    cards: tuple[Card, ...]
    made_on: str
    lang: str = "zh"

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The sheet that `dataclasses.asdict` made plain."""
        cards = tuple(Card(card["name"], tuple(card["teams"]), card["qr"]) for card in values["cards"])
        return cls(**values | {"cards": cards})

    def pdf(self) -> bytes:
        """Ten cards a page. Raises FontMissing."""
        from printing.papers.a4 import HEIGHT, WIDTH, Pages

        words = _WORDS.get(self.lang, _WORDS["zh"])
        pages = Pages(f"{self.centre} {words.title}", self.made_on, "en" if self.lang == "en" else "zh-CN")
        left, top = (WIDTH - ACROSS * CARD_WIDTH) / 2, (HEIGHT - DOWN * CARD_HEIGHT) / 2
        for place, card in enumerate(self.cards):
            row, column = divmod(place % (ACROSS * DOWN), ACROSS)
            if row == column == 0:
                pages.add_page()
                _cutting_lines(pages, left, top)
            with pages.part("Sect"):
                self._draw(pages, card, words, left + column * CARD_WIDTH, top + row * CARD_HEIGHT)
        return pages.finished()

    def _draw(self, pages: Pages, card: Card, words: _Words, x: float, y: float) -> None:
        self._heading(pages, words, x, y)
        self._owner(pages, card, x + _EDGE, y + 16)
        pages.code(card.qr, (x + CARD_WIDTH - _CODE - 2, y + 12), _CODE, words.code.format(card.name))
        self._advice(pages, words, card, x + _EDGE, y + CARD_HEIGHT - 12)

    def _heading(self, pages: Pages, words: _Words, x: float, y: float) -> None:
        from printing.papers.a4 import RED

        pages.bar(x + _EDGE, y + _EDGE, 1.2, 5, RED)
        size = pages.fitting(self.centre, _WHOLE - 25, 10, 6)
        with pages.part("P"):
            pages.line_of(self.centre, (x + _EDGE + 3, y + _EDGE + 0.7), size)
        with pages.part("P"):
            pages.line_of(words.title, (x + CARD_WIDTH - _EDGE, y + _EDGE + 0.7), 10, align="R", colour=RED)

    def _owner(self, pages: Pages, card: Card, x: float, y: float) -> None:
        from printing.papers.a4 import SOFT, height_of

        size = pages.fitting(card.name, _BESIDE, 22, 11, bold=True)
        with pages.part("H1", lang="zh-CN"):
            for line in pages.cut(card.name, _BESIDE, size, bold=True)[:2]:
                pages.line_of(line, (x, y), size, bold=True)
                y += height_of(size)
        with pages.part("P", lang="zh-CN") if card.teams else pages.silent():
            for line in _short(pages, card.teams, self.lang):
                pages.line_of(line, (x, y + 1), 9, colour=SOFT)
                y += height_of(9)

    def _advice(self, pages: Pages, words: _Words, card: Card, x: float, y: float) -> None:
        from printing.papers.a4 import SOFT, height_of

        missing = lacking.note(card.name, self.lang)
        lines = pages.cut(missing, _BESIDE, 6)[:2] if missing else []
        for place, line in enumerate(lines):
            with pages.part("P"):
                pages.line_of(line, (x, y - 0.6 - height_of(6, len(lines) - place)), 6)
        with pages.part("P"):
            pages.line_of(words.use, (x, y), pages.fitting(words.use, _BESIDE, 8, 6))
        found = words.found.format(self.centre)
        with pages.part("P"):
            pages.line_of(found, (x, y + 4.5), pages.fitting(found, _WHOLE, 7, 5), colour=SOFT)


def _short(pages: Pages, teams: tuple[str, ...], lang: str) -> list[str]:
    """The teams on at most two lines."""
    lines = pages.cut((", " if lang == "en" else "、").join(teams), _BESIDE, 9)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1]}…"]


def _cutting_lines(pages: Pages, left: float, top: float) -> None:
    from printing.papers.a4 import HAIR

    right, foot = left + ACROSS * CARD_WIDTH, top + DOWN * CARD_HEIGHT
    for column in range(ACROSS + 1):
        x = left + column * CARD_WIDTH
        pages.stroke((x, top - 5), (x, foot + 5), 0.1, HAIR)
    for row in range(DOWN + 1):
        y = top + row * CARD_HEIGHT
        pages.stroke((left - 5, y), (right + 5, y), 0.1, HAIR)
