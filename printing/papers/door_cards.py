"""民情日志卡 on A4, eight a page: lines to write on at a door, and a stub with its code to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

ACROSS, DOWN = 2, 4
WIDE, HIGH = 97.0, 68.0
_STUB = 34.0  # mm, right of the dotted line
_CODE = 28.0
_DESK_CODE = 20.0  # on the part that is collected
_LINES = ("日期：　　月　　日　　走访人：", "楼栋门牌：", "怎么称呼：　　　　电话或后四位：", "说的事：")
_KEEP = ("请撕下保存。", "两天后用手机扫，", "或到服务台、", "自助机上扫，", "看办到哪了。")


@dataclass(frozen=True)
class DoorCard:
    """One card: its number, and what its code says."""

    number: str
    qr: str


@dataclass(frozen=True)
class DoorCards:
    """Cards that nobody has written on yet. `made_on` is the centre's date as in 2026-11-21."""

    kind: ClassVar[str] = "door_cards"

    centre: str
    cards: tuple[DoorCard, ...]
    made_on: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The cards that `dataclasses.asdict` made plain."""
        return cls(**values | {"cards": tuple(DoorCard(**card) for card in values["cards"])})

    def pdf(self) -> bytes:
        """Eight cards a page. Raises FontMissing."""
        from printing.papers.a4 import HEIGHT, WIDTH, Pages

        pages = Pages(f"{self.centre} 民情日志卡", self.made_on)
        left, top = (WIDTH - ACROSS * WIDE) / 2, (HEIGHT - DOWN * HIGH) / 2
        for place, card in enumerate(self.cards):
            row, column = divmod(place % (ACROSS * DOWN), ACROSS)
            if row == column == 0:
                pages.add_page()
            x, y = left + column * WIDE, top + row * HIGH
            _frame(pages, x, y)
            with pages.part("Sect"):
                self._to_write_on(pages, card, x + 4, y + 4)
                self._stub(pages, card, x + WIDE - _STUB + 3, y + 4)
        return pages.finished()

    def _to_write_on(self, pages: Pages, card: DoorCard, x: float, y: float) -> None:
        from printing.papers.a4 import HAIR, RED

        room = WIDE - _STUB - 8
        with pages.part("P"):
            pages.line_of("民情日志卡", (x, y), 12, bold=True, colour=RED)
        with pages.part("P"):
            pages.line_of(card.number, (x + room, y + 0.5), 10, align="R")
        for place, words in enumerate(_LINES):
            with pages.part("P"):
                pages.line_of(words, (x, y + 9 + 8 * place), 8.5)
            pages.rule(x, y + 14.5 + 8 * place, x + room, 0.2, HAIR)
        for place in range(3):
            pages.rule(x, y + 46.5 + 6.5 * place, x + room - _DESK_CODE - 1, 0.2, HAIR)
        pages.code(card.qr, (x + room - _DESK_CODE, y + 40.5), _DESK_CODE, f"{card.number}的二维码")

    def _stub(self, pages: Pages, card: DoorCard, x: float, y: float) -> None:
        from printing.papers.a4 import SOFT

        size = pages.fitting(self.centre, _STUB - 6, 8, 5)
        with pages.part("P"):
            pages.line_of(self.centre, (x, y), size)
        pages.code(card.qr, (x, y + 5), _CODE, f"{card.number}的二维码")
        with pages.part("P"):
            pages.line_of(card.number, (x + _CODE / 2, y + 34), 10, bold=True, align="C")
        for place, words in enumerate(_KEEP):
            with pages.part("P"):
                pages.line_of(words, (x, y + 39.5 + 3.9 * place), 7.5, colour=SOFT)


def _frame(pages: Pages, x: float, y: float) -> None:
    """Lines to cut along, and a broken one where the stub is torn off."""
    from printing.papers.a4 import HAIR

    for one, other in (
        ((x, y), (x + WIDE, y)), ((x, y + HIGH), (x + WIDE, y + HIGH)),
        ((x, y), (x, y + HIGH)), ((x + WIDE, y), (x + WIDE, y + HIGH)),
    ):  # fmt: skip
        pages.stroke(one, other, 0.1, HAIR)
    at = x + WIDE - _STUB
    for dash in range(17):
        pages.stroke((at, y + 4 * dash), (at, y + 4 * dash + 2), 0.3, HAIR)
