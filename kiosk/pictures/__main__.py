"""Reads one picture: `python -m kiosk.pictures` with it as input; its code's text comes out, 1 for none.

Apart from the server, because a picture may be made to harm: 150 KB of JPEG in thousands of passes kept one
busy for 47 seconds.
"""

import sys
from io import BytesIO

from printing.subprocess_task import limit_memory, lower_priority

MEMORY = 768 * 1024 * 1024
MOST_PIXELS = 20_000_000
MOST_PASSES = 100
"""Scans of a JPEG, each of which is drawn over the whole picture; cameras and phones write ten at most."""

_PASS = b"\xff\xda"


def main() -> int:
    """Read the picture in the input."""
    lower_priority()
    limit_memory(MEMORY)
    text = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(text.encode())
    return 0 if text else 1


def read(picture: bytes) -> str:
    """The text of the QR code in it; "" for none, and for a picture that is broken or too large."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    if picture.count(_PASS) > MOST_PASSES and picture.startswith(b"\xff\xd8"):
        return ""
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                return ""
            grey = image.convert("L")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
    ):
        return ""
    found = zxingcpp.read_barcode(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return found.text.strip() if found else ""


if __name__ == "__main__":
    sys.exit(main())
