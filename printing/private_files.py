"""Files that nobody else on the machine reads: slips have names on them."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> Path:
    """Have `content` at `path`, whole or not at all, for its owner alone; returns it. Raises OSError.

    What lies there already, by that name or a draft's, may be a link to another file: it is replaced, never
    written to.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    with open(draft, "wb", opener=_exclusive) as file:
        file.write(content)
    return draft.replace(path)


def _exclusive(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
