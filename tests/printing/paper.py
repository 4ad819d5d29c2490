"""Reads ESC/POS back as a printer would, and codes off the paper as a scanner would."""

import zxingcpp
from PIL import Image, ImageOps


def bands(raw: bytes) -> list[tuple[int, int, bytes]]:
    """The raster bands of a slip: bytes across, rows, raster."""
    found, at = [], 0
    while at < len(raw):
        if raw[at : at + 2] == b"\x1b@":
            at += 2
        elif raw[at : at + 4] == b"\x1dv0\x00":
            across, rows = (int.from_bytes(raw[at + 4 + i : at + 6 + i], "little") for i in (0, 2))
            found.append((across, rows, raw[at + 8 : at + 8 + across * rows]))
            at += 8 + across * rows
        elif raw[at : at + 4] == b"\x1dVB\x00":
            at += 4
        elif raw[at : at + 3] == b"\x1dr\x01":
            at += 3
        elif raw[at : at + 7] == b"\x1d(H\x06\x0000":
            at += 11
        else:
            raise AssertionError(f"a printer would print {raw[at : at + 8]!r} as letters")
    return found


def picture(raw: bytes) -> Image.Image:
    """What is on the paper, black on white."""
    across, raster = bands(raw)[0][0], b"".join(band[2] for band in bands(raw))
    inked = Image.frombytes("1", (across * 8, len(raster) // across), raster)
    return ImageOps.invert(inked.convert("L"))


def codes(raw: bytes) -> list[str]:
    """The texts of all QR codes on the slip."""
    return sorted(found.text for found in zxingcpp.read_barcodes(picture(raw)))
