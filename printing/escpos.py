"""ESC/POS, as much as a slip needs: start, raster bands, cut, and the questions that printers answer.

Epson's command reference is the source; GB/T clones understand the same commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


RESET = b"\x1b@"
FEED_AND_CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the blade, then a partial cut
BAND_ROWS = 128
ASK_WHEN_READ = b"\x1dr\x01"  # GS r 1: answered in its turn, so everything before it was taken in
ASK_AUTOMATIC = b"\x1da\xff"  # GS a: answered with automatic status, and at every change until it is stopped
STOP_AUTOMATIC = b"\x1da\x00"
MAKER, MODEL = 66, 67
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def encode(image: Image.Image) -> bytes:
    """A one-bit picture (mode "1", ink = 1) as the bytes of one slip, cut at its end."""
    return RESET + b"".join(bands(image)) + FEED_AND_CUT


def bands(image: Image.Image) -> Iterator[bytes]:
    """The picture as GS v 0 commands of at most 128 rows: a cheap printer's buffer holds no more.

    Raises ValueError when the picture is not one bit deep.
    """
    if image.mode != "1":
        raise ValueError(f"a slip is one bit deep, not {image.mode!r}")
    across = (image.width + 7) // 8
    packed = image.tobytes()
    for top in range(0, image.height, BAND_ROWS):
        rows = min(BAND_ROWS, image.height - top)
        raster = packed[top * across : (top + rows) * across]
        if rows % 48 == 0:  # POS-5890K clones print garbage for a band of 48 or 96 rows
            rows, raster = rows + 1, raster + bytes(across)
        yield (
            b"\x1dv0\x00"
            + across.to_bytes(2, "little")
            + rows.to_bytes(2, "little")
            + without_commands(raster)
        )


def without_commands(raster: bytes) -> bytes:
    """The raster with one dot more wherever it would hold a real-time command (DLE EOT, DLE ENQ, DLE DC4).

    Printers obey those even inside a picture: 1 Chinese slip in 240 was spoilt by one, at every try.
    """
    return _REAL_TIME.sub(b"\x11", raster)


def ask_state(*numbers: int) -> bytes:
    """DLE EOT n: 1 state, 2 why offline, 3 faults, 4 paper; a byte each, answered at once, even offline."""
    return b"".join(bytes((0x10, 0x04, n)) for n in numbers)


def ask_when_printed(tag: bytes) -> bytes:
    """GS ( H, function 48: answered with the four bytes of `tag` when all before it is on paper."""
    return b"\x1d(H\x06\x0000" + tag


def ask_name(which: int) -> bytes:
    """GS I: answered with the MAKER or the MODEL in letters, by printers that know it."""
    return b"\x1dI" + bytes((which,))
