"""A printer that writes files: what a centre without paper, a demo and the tests look at."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from printing.escpos import encode
from printing.printers import Outcome, Printer, Status, mark
from printing.private_files import write_private

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class FileSettings:
    """Nothing to set: the folder is the centre's own."""


class FilePrinter(Printer):
    """Writes <job>.png, black on white as on paper, and <job>.bin, the bytes a real printer would get."""

    label = mark("写成图片文件（没有打印机时）")
    keeps_slips = True
    form = FileSettings
    settings: FileSettings

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Write both files; a full disk or a missing right is a failed attempt that may be tried again."""
        raw = encode(image)
        try:
            write_private(self.out / f"{job}.bin", raw)
            write_private(self.out / f"{job}.png", _as_on_paper(image))
        except OSError as fault:
            return Outcome("failed", 0, f"{fault.strerror}: {fault.filename}")
        return Outcome("printed", len(raw))

    def status(self) -> Status:
        """Ready when the folder can be written."""
        writable = os.access(self.out if self.out.exists() else self.out.parent, os.W_OK)
        return "ready" if writable else "error"


def _as_on_paper(image: Image.Image) -> bytes:
    picture = BytesIO()
    # by way of grey: Pillow's pen writes 1 into a one-bit picture where its own inversion expects 255
    from PIL import Image, ImageOps

    ImageOps.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE).save(picture, "PNG")
    return picture.getvalue()


PRINTER = FilePrinter
