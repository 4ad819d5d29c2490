"""Volunteers' cards on A4, ten a page, to be cut out: 90 × 54 mm, the size of a business card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

ACROSS, DOWN = 2, 5
CARD_WIDTH, CARD_HEIGHT = 90.0, 54.0
_CODE = 35.0  # mm; 33 modules with the quiet zone, so about 1 mm each: read at arm's length
_EDGE = 5.0


class _Words(NamedTuple):
    title: str
    use: str
    found: str


_WORDS = {
    "zh": _Words("志愿者卡", "来了扫一扫签到，走时再扫一扫。", "捡到请交到{}"),
    "en": _Words("Volunteer card", "Scan when you come and when you leave.", "Found? Return to {}"),
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
        pages = Pages(f"{self.centre} {words.title}", self.made_on)
        left, top = (WIDTH - ACROSS * CARD_WIDTH) / 2, (HEIGHT - DOWN * CARD_HEIGHT) / 2
        for place, card in enumerate(self.cards):
            row, column = divmod(place % (ACROSS * DOWN), ACROSS)
            if row == column == 0:
                pages.add_page()
                _cutting_lines(pages, left, top)
            self._draw(pages, card, words, left + column * CARD_WIDTH, top + row * CARD_HEIGHT)
        return pages.finished()

    def _draw(self, pages: Pages, card: Card, words: _Words, x: float, y: float) -> None:
        from printing.papers.a4 import RED, SOFT, height_of

        room = CARD_WIDTH - _CODE - 2 * _EDGE
        whole = CARD_WIDTH - 2 * _EDGE
        pages.set_fill_color(*RED)
        pages.rect(x + _EDGE, y + _EDGE, 1.2, 5, style="F")
        size = pages.fitting(self.centre, whole - 25, 10, 6)
        pages.line_of(self.centre, x + _EDGE + 3, y + _EDGE + 0.7, size)
        pages.line_of(words.title, x + CARD_WIDTH - _EDGE, y + _EDGE + 0.7, 10, align="R", colour=RED)
        name_size = pages.fitting(card.name, room, 22, 11, bold=True)
        at = y + 16.0
        for line in pages.cut(card.name, room, name_size, bold=True)[:2]:
            pages.line_of(line, x + _EDGE, at, name_size, bold=True)
            at += height_of(name_size)
        for line in _short(pages, card.teams, room, self.lang):
            pages.line_of(line, x + _EDGE, at + 1, 9, colour=SOFT)
            at += height_of(9)
        pages.code(card.qr, x + CARD_WIDTH - _CODE - 2, y + 12, _CODE)
        size = pages.fitting(words.use, room, 8, 6)
        pages.line_of(words.use, x + _EDGE, y + CARD_HEIGHT - 12, size)
        found = words.found.format(self.centre)
        pages.line_of(found, x + _EDGE, y + CARD_HEIGHT - 7.5, pages.fitting(found, whole, 7, 5), colour=SOFT)


def _short(pages: Pages, teams: tuple[str, ...], room: float, lang: str) -> list[str]:
    """The teams on at most two lines."""
    lines = pages.cut((", " if lang == "en" else "、").join(teams), room, 9)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1]}…"]


def _cutting_lines(pages: Pages, left: float, top: float) -> None:
    from printing.papers.a4 import HAIR

    pages.set_draw_color(*HAIR)
    pages.set_line_width(0.1)
    for column in range(ACROSS + 1):
        pages.line(
            left + column * CARD_WIDTH, top - 5, left + column * CARD_WIDTH, top + DOWN * CARD_HEIGHT + 5
        )
    for row in range(DOWN + 1):
        pages.line(left - 5, top + row * CARD_HEIGHT, left + ACROSS * CARD_WIDTH + 5, top + row * CARD_HEIGHT)
