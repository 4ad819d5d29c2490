"""What `probe` found out about a printer, kept beside the slips: <folder>/printer.json, by address."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

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
        told = _read(folder)[_place(url)]
        return Known(**{**told, "states": tuple(told["states"])})
    except (KeyError, TypeError):
        return Known()


def remember(folder: Path, url: str, found: Known) -> Path:
    """Write down what was found out, and where. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{FILE}.part"
    all_of_them = _read(folder) | {_place(url): asdict(found)}
    draft.write_text(json.dumps(all_of_them, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return draft.replace(folder / FILE)


def _place(url: str) -> str:
    return url.partition("?")[0]


def _read(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never asked, or the file was cut short: the presumptions hold
        return {}
    return told if isinstance(told, dict) else {}
