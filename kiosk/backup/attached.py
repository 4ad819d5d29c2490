"""What lies beside the database under its hash (voices and ink of concerns): one copy beside the backups.

In every day's zip twenty voices and twenty drawings a day would come to 17 GB in two weeks; so they are
copied file by file, once. What was wiped stays there for as long as a backup may still speak of it.
"""

import os
import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from re import fullmatch

from kiosk.backup.durable_files import appearing

FOLDER = "concerns"
"""In DATA, and beside the backups."""

GONE = ".gone"
KEPT = timedelta(days=14)
"""So long a file that was wiped here can still be brought back with an older backup."""


def mirror(folder: Path, beside: Path, now: datetime) -> None:
    """Have `beside` hold what the centre in `folder` holds, and forget what was wiped long ago (KEPT).

    Where the centre's own folder is lost as a whole nothing is forgotten: that was no wish of anybody.
    """
    if not (folder / FOLDER).is_dir():
        return
    there = beside / FOLDER
    there.mkdir(mode=0o700, exist_ok=True)
    here, copied = _names(folder / FOLDER), _names(there)
    for name in here - copied:
        (there / f"{name}{GONE}").unlink(missing_ok=True)
        _copy(folder / FOLDER / name, there / name)
    for name in copied - here:
        gone = there / f"{name}{GONE}"
        (there / name).replace(gone)
        os.utime(gone, (now.timestamp(), now.timestamp()))
    for gone in there.glob(f"*{GONE}"):
        if gone.stat().st_mtime < (now - KEPT).timestamp():
            gone.unlink()


def bring_back(beside: Path, folder: Path) -> None:
    """Copy what is missing in the centre in `folder`; what is there stays. Raises OSError."""
    for path in (beside / FOLDER).glob("*"):
        name = path.name.removesuffix(GONE)
        if _is_name(name) and not (folder / FOLDER / name).exists():
            (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
            _copy(path, folder / FOLDER / name)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if _is_name(path.name)}


def _is_name(name: str) -> bool:
    return fullmatch("[0-9a-f]{64}", name) is not None


def _copy(source: Path, target: Path) -> None:
    with suppress(FileNotFoundError), source.open("rb") as file, appearing(target) as (_, out):
        shutil.copyfileobj(file, out)  # one that was wiped meanwhile is not missed
