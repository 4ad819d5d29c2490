"""A printer for tests: keeps what it was given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from printing.escpos import encode
from printing.printers import Outcome, Printer, Status, mark

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class MemorySettings:
    """Nothing to set."""


class MemoryPrinter(Printer):
    """`slips` holds (job, picture, bytes) in the order of printing."""

    label = mark("不打印，只留在内存里（试用）")
    form = MemorySettings
    settings: MemorySettings

    def __init__(self, settings: MemorySettings, url: str, out: Path) -> None:
        super().__init__(settings, url, out)
        self.slips: list[tuple[str, Image.Image, bytes]] = []

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Keep the slip."""
        raw = encode(image)
        self.slips.append((job, image, raw))
        return Outcome("printed", len(raw))

    def status(self) -> Status:
        """Always ready."""
        return "ready"


PRINTER = MemoryPrinter
