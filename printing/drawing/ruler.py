"""The ruler page: what a printer can do, at one look. No slip of the centre, so nothing in it ever grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.drawing import fonts, qr
from printing.drawing.canvas import FLOOR, Canvas, Paper
from printing.drawing.layout import Beside, QrBlock, Space, Stack, on_paper, stack
from printing.drawing.lettering import text

if TYPE_CHECKING:
    from PIL import Image

MODULES = (10, 8, 6)  # dots of a code's square: as on 80 mm, as on 58 mm, and the smallest that is used
_TITLE = 38
_SHARED = qr.QUIET * 8  # white that two codes have in common
_SMALLEST = "小字清楚、黑条均匀、三码能扫"


def ruler_page(paper: Paper, printer: str, printed: str) -> Image.Image:
    """A ruler in millimetres, the smallest letters, bars and three codes, as a one-bit picture for `paper`.

    `printer` is its address, `printed` the time. The large preset changes nothing here: dots are shown.
    Raises FontMissing.
    """
    room = paper.width_dots
    codes = _narrow if paper.is_narrow else _wide
    page = stack(
        text("打印测试页 Test page", _TITLE, room, "bold"),
        text(printer, FLOOR, room),
        text(f"{printed}  {room} 点", FLOOR, room),
        Ruler(room, paper.dpi),
        codes(room),
    )
    return on_paper(page, paper).image


@dataclass(frozen=True)
class Ruler:
    """Millimetres across the whole head, numbered in tens; a frame shows whether both edges are printed."""

    width: int
    dpi: int
    height: int = 80

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        canvas.frame(x, y + 4, self.width, self.height - 8, 2)
        for mm in range(int(self.width * 25.4 / self.dpi) + 1):
            at = x + min(self.width - 2, round(mm * self.dpi / 25.4))
            canvas.bar(at, y + 4, 2, 32 if mm % 10 == 0 else 22 if mm % 5 == 0 else 12)
            if mm % 10 == 0 and 0 < at < self.width - 2 * FLOOR:
                label = str(mm)
                left = at - fonts.width(label, FLOOR, "regular") // 2
                canvas.text(left, y + 4 + 32 + 30, label, FLOOR, "regular")


@dataclass(frozen=True)
class Bars:
    """Lines of 1 to 8 dots, then a block: weak power supplies and worn heads show here."""

    width: int
    height: int

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for thick in (1, 2, 3, 4, 6, 8):
            canvas.bar(x, y, self.width, thick)
            y += thick + 8
        canvas.bar(x, y, self.width, max(1, self.height - 72))


def _wide(room: int) -> Stack:
    first, second, third = (_code(module) for module in MODULES)
    beside = room - third.code.side
    return stack(
        Beside(((0, first), (first.code.side - _SHARED, second))),
        Beside(((0, third), (third.code.side, stack(text(_SMALLEST, FLOOR, beside), Bars(beside, 84))))),
    )


def _narrow(room: int) -> Stack:
    first, second, third = (_code(module) for module in MODULES)
    return stack(
        Beside(((0, first), (first.code.side, Bars(room - first.code.side, 200)))),
        Space(-_SHARED),
        Beside(((0, second), (second.code.side - _SHARED, third))),
        text(_SMALLEST, FLOOR, room),
    )


def _code(module: int) -> QrBlock:
    return QrBlock(qr.fitted(f"LINLI {module}", 1000, module))
