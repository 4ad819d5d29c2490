"""What is kept about printers beside the slips: small JSON files, by a printer's address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from printing.private_files import write_private


def read(path: Path) -> dict[str, Any]:
    """What was noted there; nothing when there is no file, or it was cut short."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write(path: Path, url: str, note: dict[str, Any]) -> Path:
    """Note it for the printer at `url`, whatever its options; returns the file. Raises OSError."""
    all_of_them = read(path) | {place(url): note}
    return write_private(path, f"{json.dumps(all_of_them, ensure_ascii=False, indent=2)}\n".encode())


def place(url: str) -> str:
    """The address without its options."""
    return url.partition("?")[0]
