"""What `probe` found out about a printer, kept beside the slips: <folder>/printer.json, by address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from printing.printers._transport import notes

FILE = "printer.json"
Confirm = Literal["process_id", "gs_r", "none"]


@dataclass(frozen=True)
class Known:
    """Which questions a printer answers; as it stands, what is presumed of one that was never asked.

    `states` are the numbers of DLE EOT, `automatic` is GS a, `process_id` GS ( H; `name` is maker and model.
    """

    states: tuple[int, ...] = (1, 2, 3, 4)
    automatic: bool = False
    gs_r: bool = True
    process_id: bool = False
    name: str = ""

    @property
    def confirm(self) -> Confirm:
        """The best proof that this printer gives: on paper, taken in, none."""
        return "process_id" if self.process_id else "gs_r" if self.gs_r else "none"


def known(folder: Path, url: str) -> Known:
    """What is known of the printer at `url`, whatever its options; presumptions when nothing is."""
    try:
        told = notes.read(folder / FILE)[notes.place(url)]
        return Known(**{**told, "states": tuple(told["states"])})
    except (KeyError, TypeError):
        return Known()


def remember(folder: Path, url: str, found: Known) -> Path:
    """Write down what was found out, and where. Raises OSError."""
    return notes.write(folder / FILE, url, asdict(found))
