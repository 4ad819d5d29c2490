"""QR codes: the pattern for screens, the picture for slips."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from PIL import Image
    from qrcode.main import QRCode

Level = Literal["L", "M", "Q", "H"]
Matrix = tuple[tuple[bool, ...], ...]

QUIET = 4  # modules of white that a reader needs around the code
MIN_MODULE = 6  # dots; at 203 dpi 0.75 mm, below which cheap desk scanners start to miss
USUAL: tuple[Level, ...] = ("Q", "M", "L")
TOUGH: tuple[Level, ...] = ("H", *USUAL)
"""For a card that is carried about for years and gets creased; the others are read once, still fresh."""

_MASK = 3  # trying all eight masks costs ten times the time and no reader needs the best one


class QrTooLong(ValueError):
    """The text does not fit a QR code of the wanted size."""


class Code(NamedTuple):
    """A code as it goes on paper: `across` modules and `side` dots square, the latter with its quiet zone.

    Only its size is known until a `picture` is made of it: a slip tries several codes and prints one.
    """

    text: str
    level: Level
    across: int
    module: int

    @property
    def side(self) -> int:
        return (self.across + 2 * QUIET) * self.module


@lru_cache(maxsize=64)
def matrix(text: str, level: Level = "Q") -> Matrix:
    """Rows of modules of the smallest QR code for `text`, True is dark, without the quiet zone.

    Levels L, M, Q, H restore 7, 15, 25, 30 % of a dirty code. Raises QrTooLong beyond version 40.
    """
    code = _measured(text, level)
    code.make(fit=False)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


@lru_cache(maxsize=256)
def modules(text: str, level: Level) -> int:
    """How many modules a side of `matrix` has, without making it. Raises QrTooLong."""
    return 17 + 4 * (_measured(text, level).version or 0)  # ISO/IEC 18004, 5.3.1


def fitted(text: str, room: int, module: int, levels: tuple[Level, ...] = USUAL) -> Code:
    """`text` as a code at most `room` dots wide, its modules as near to `module` dots as fits.

    The level is the first of `levels` that does not press the modules under MIN_MODULE. Raises QrTooLong.
    """
    for level in levels:
        count = modules(text, level)
        size = min(module, room // (count + 2 * QUIET))
        if size >= MIN_MODULE:
            return Code(text, level, count, size)
    raise QrTooLong(f"{len(text)} 个字的二维码在 {room} 点宽的纸上太密。")


def plainer(code: Code) -> Iterator[Code]:
    """Smaller codes for the same text: the smallest modules, and less that a dirty code can restore."""
    levels: tuple[Level, ...] = ("M", "L")
    for level in levels:
        count = modules(code.text, level)
        if count < code.across:
            code = Code(code.text, level, count, MIN_MODULE)
            yield code


def picture(code: Code) -> Image.Image:
    """`code` as a one-bit image of `code.side` dots square, ink = 1, quiet zone included."""
    from PIL import Image  # a station's screens need the pattern only

    count = code.across
    small = Image.new("1", (count + 2 * QUIET, count + 2 * QUIET))
    small.paste(_bits(matrix(code.text, code.level)), (QUIET, QUIET))
    return small.resize((code.side, code.side), Image.Resampling.NEAREST)


def _measured(text: str, level: Level) -> QRCode[Any]:
    # Imported here so that whoever only packs slips does not pay for the encoder's tables. It does without
    # its drawers when they are not there; with them comes Pillow, 4 MB of each server.
    sys.modules.setdefault("qrcode.image.styles.moduledrawers.pil", None)  # type: ignore[arg-type]
    from qrcode import constants
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(
        error_correction=getattr(constants, f"ERROR_CORRECT_{level}"), border=0, mask_pattern=_MASK
    )
    code.add_data(text)
    try:
        code.best_fit()
    except (DataOverflowError, ValueError) as fault:
        raise QrTooLong(f"{len(text)} 个字放不进一个二维码。") from fault
    return code


def _bits(rows: Matrix) -> Image.Image:
    from PIL import Image

    count = len(rows)
    padding = -count % 8
    packed = b"".join(
        (int("".join("1" if dark else "0" for dark in row), 2) << padding).to_bytes(
            (count + padding) // 8, "big"
        )
        for row in rows
    )
    return Image.frombytes("1", (count, count), packed)
