"""The paper and the pen: sizes in dots, one bit deep, ink is 1 on a ground of 0.

Ink as 1 gives the packed rows the polarity that ESC/POS wants, so nothing has to be inverted on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from printing.drawing import fonts, qr

if TYPE_CHECKING:
    from PIL import Image, ImageDraw


FLOOR = 32  # dots; no text on a slip is smaller
LONGEST_MM = 100  # a longer slip curls, and is torn in half to fit a purse
LEADING = 1.3


class _Sizes(NamedTuple):
    """One way to set a slip, letters in mm of em; `gap` is the white between parts in dots."""

    lead: float
    body: float
    small: float
    gap: int
    is_tight: bool = True
    is_bare: bool = False
    is_least: bool = False


# From the roomiest way to the tightest. White goes first, then size. Where large print was asked for, the
# courtesies go before the letters get as small as everybody's.
_USUAL = (
    _Sizes(6, 5, 4, 8, is_tight=False),
    _Sizes(5, 5, 4, 4),
    _Sizes(4.5, 4.5, 4, 0),
    _Sizes(4, 4, 4, 0),
    _Sizes(4, 4, 4, 0, is_bare=True),
    _Sizes(4, 4, 4, 0, is_bare=True, is_least=True),
)
_LARGE = (
    _Sizes(7, 6, 5, 8, is_tight=False),
    _Sizes(6, 6, 5, 4),
    _Sizes(6, 6, 4, 4),
    _Sizes(5.5, 5.5, 4, 0),
    _Sizes(5, 5, 4, 0),
    _Sizes(5, 5, 4, 0, is_bare=True),
    _Sizes(4.5, 4.5, 4, 0, is_bare=True),
    _Sizes(4, 4, 4, 0, is_bare=True),
    _Sizes(4, 4, 4, 0, is_bare=True, is_least=True),
)


@dataclass(frozen=True)
class Paper:
    """A roll and the head that prints on it; `large` is the large-print preset.

    Sizes are em heights in dots. 5 mm is 40 dots at 203 dpi and 35 at 180, so letters have the same height in
    the hand on either; FLOOR holds for both. `squeeze` says how tightly a long slip is set, 0 is roomy.
    """

    width_dots: int = 576
    dpi: int = 203
    large: bool = False
    squeeze: int = 0

    def ways(self) -> Iterator[Paper]:
        """This paper set ever more tightly, for a slip that gets too long."""
        return (replace(self, squeeze=level) for level in range(len(_LARGE if self.large else _USUAL)))

    def dots(self, mm: float) -> int:
        """`mm` on paper as dots along the roll."""
        return round(mm * self.dpi / 25.4)

    def mm(self, dots: int) -> float:
        """`dots` along the roll as millimetres of paper."""
        return dots * 25.4 / self.dpi

    @property
    def longest(self) -> int:
        """The rows that a slip should keep to."""
        return int(LONGEST_MM * self.dpi / 25.4)

    @property
    def is_narrow(self) -> bool:
        """Whether this is a 58 mm roll, where nothing fits beside a number."""
        return self.width_dots < 480

    @property
    def is_tight(self) -> bool:
        """Whether several things share a line, and the number is as small as it may be."""
        return self._sizes.is_tight

    @property
    def is_bare(self) -> bool:
        """Whether courtesies are left out: the centre's name, headings, labels."""
        return self._sizes.is_bare

    @property
    def is_least(self) -> bool:
        """Whether advice is left out too and a list runs on, so that what must be known fits."""
        return self._sizes.is_least

    @property
    def gap(self) -> int:
        """Rows of white between the parts of a slip."""
        return self._sizes.gap

    @property
    def body(self) -> int:
        return self._letters(self._sizes.body)

    @property
    def small(self) -> int:
        return self._letters(self._sizes.small)

    @property
    def lead(self) -> int:
        return self._letters(self._sizes.lead)

    @property
    def big(self) -> int:
        """A title, or a figure that is not the number."""
        return self._letters(6 if self.is_tight else 9)

    @property
    def number(self) -> int:
        """What is called out: 120 to 160 dots, whatever else has to give way."""
        if self.is_tight:
            return 120
        return 140 if self.is_narrow else 160

    @property
    def module(self) -> int:
        """Dots a QR module should have when there is room."""
        return 8 if self.is_narrow else 10

    @property
    def _sizes(self) -> _Sizes:
        return (_LARGE if self.large else _USUAL)[self.squeeze]

    def _letters(self, mm: float) -> int:
        return max(FLOOR, self.dots(mm))


def paper_for(width_dots: int, large: bool = False) -> Paper:
    """The paper for a head of `width_dots`: 576 (80 mm), 384 (58 mm) or 512 (80 mm at 180 dpi).

    Raises ValueError on any other width.
    """
    heads = {576: 203, 384: 203, 512: 180}
    if width_dots not in heads:
        raise ValueError(f"打印宽度 {width_dots} 点不认识，可用 576、384、512。")
    return Paper(width_dots, heads[width_dots], large)


def line_height(size: int) -> int:
    """Rows from one baseline to the next for text of `size`."""
    return ceil(size * LEADING)


@dataclass
class Canvas:
    """A white strip of paper to draw on."""

    width: int
    height: int
    image: Image.Image = field(init=False)
    _pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("1", (self.width, max(1, self.height)))
        self._pen = ImageDraw.Draw(self.image)

    def text(self, x: int, baseline: int, text: str, size: int, weight: fonts.Weight, ink: int = 1) -> None:
        """Set `text` on one line from `x`; `ink` 0 writes white on what is already black."""
        for character in text:
            drawn = fonts.glyph(character, size, weight)
            if drawn.bitmap is not None:
                self._pen.bitmap((x + drawn.left, baseline + drawn.top), drawn.bitmap, fill=ink)
            x += fonts.advance(character, size, weight)

    def bar(self, x: int, y: int, width: int, height: int) -> None:
        """A solid black rectangle."""
        self._pen.rectangle((x, y, x + width - 1, y + height - 1), fill=1)

    def frame(self, x: int, y: int, width: int, height: int, line: int, radius: int = 0) -> None:
        """A rectangle's outline, `line` dots thick, drawn inwards."""
        self._pen.rounded_rectangle((x, y, x + width - 1, y + height - 1), radius, outline=1, width=line)

    def code(self, x: int, y: int, code: qr.Code) -> None:
        """A QR code with its quiet zone, its corner at `x`, `y`."""
        self.image.paste(qr.picture(code), (x, y))
