"""Reads one picture: `python -m kiosk.pictures` with it as input; its code's text comes out, 1 for none.
With the word `photo` a small JPEG comes out; TOO_MANY_PIXELS for one that is too large.

Apart from the server, because a picture may be made to harm: 150 KB of JPEG in thousands of passes kept one
busy for 47 seconds.
"""

import sys
from io import BytesIO

from kiosk.pictures import TOO_MANY_PIXELS, TooManyPixels
from printing.subprocess_task import limit_memory, lower_priority

MEMORY = 768 * 1024 * 1024
MOST_PIXELS = 20_000_000
MOST_PHOTO_PIXELS = 32_000_000
SIDE = 1600
MOST_PASSES = 100
"""Scans of a JPEG, each of which is drawn over the whole picture; cameras and phones write ten at most."""

_PASS = b"\xff\xda"


def main() -> int:
    """Read the picture in the input."""
    lower_priority()
    limit_memory(MEMORY)
    if sys.argv[1:] == ["photo"]:
        return _photo(sys.stdin.buffer.read())
    text = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(text.encode())
    return 0 if text else 1


def _photo(picture: bytes) -> int:
    try:
        content = smaller(picture)
    except TooManyPixels:
        return TOO_MANY_PIXELS
    sys.stdout.buffer.write(content)
    return 0 if content else 1


def smaller(picture: bytes) -> bytes:
    """The picture as a JPEG of SIDE pixels at most, and nothing but its pixels; b"" for none.

    Raises TooManyPixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if picture.count(_PASS) > MOST_PASSES and picture.startswith(b"\xff\xd8"):
        return b""
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PHOTO_PIXELS:
                raise TooManyPixels
            image.draft("RGB", (SIDE, SIDE))  # a JPEG is drawn smaller at once
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail((SIDE, SIDE))
            plain = Image.new("RGB", upright.size)
            plain.paste(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError):
        return b""
    except Image.DecompressionBombError as fault:
        raise TooManyPixels from fault
    made = BytesIO()
    plain.save(made, "JPEG", quality=80)
    return made.getvalue()


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
