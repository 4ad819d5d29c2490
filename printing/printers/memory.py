"""A printer for tests: keeps what it was given."""

from __future__ import annotations

from PIL import Image

from printing.escpos import encode
from printing.printers import Address, Outcome, Printer, Status, no_options_left


class MemoryPrinter(Printer):
    """`slips` holds (job, picture, bytes) in the order of printing."""

    def __init__(self, address: Address) -> None:
        super().__init__(address)
        self.slips: list[tuple[str, Image.Image, bytes]] = []

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Keep the slip."""
        raw = encode(image)
        self.slips.append((job, image, raw))
        return Outcome("printed", len(raw))

    def status(self) -> Status:
        """Always ready."""
        return "ready"


def open_at(address: Address) -> MemoryPrinter:
    """memory: takes no options."""
    no_options_left(address)
    return MemoryPrinter(address)
