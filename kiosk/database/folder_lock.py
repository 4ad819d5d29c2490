"""A centre's folder: one server for it, and nobody else looks into it.

The lock is on the folder itself: the kernel lets go of it however its holder dies.
"""

import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_S = 1.0
"""A holder that is just leaving, or a doctor who tries the lock for a moment, is waited for."""

OTHERS = 0o077
"""The bits of a mode by which group and others read, write or enter."""

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
OURS = ("slips", "backups", "recordings", "replaced", "restore")
"""How the folders of a centre begin. Who serves from a home has others in it."""


class FolderInUse(Exception):
    """Another process serves this folder, or brings a backup back into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} 正在被另一个邻里站使用，请先把它停下。"
            f"Another Linli is using {folder}: stop that one first."
        )


@contextmanager
def held(folder: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold `folder`, made if it is missing, alone while the block runs. Raises FolderInUse, OSError.

    The lock is on the folder, not on a file in it: nothing is left behind, nothing can be deleted by mistake.
    A folder that was made for it, and in which nothing was begun, goes.
    """
    is_new = not folder.exists()
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        end = time.monotonic() + patience_s
        while not _took(descriptor):
            if time.monotonic() > end:
                raise FolderInUse(folder)
            time.sleep(0.05)
        yield
    finally:
        if is_new:
            with suppress(OSError):  # something lies in it
                folder.rmdir()
        os.close(descriptor)


def is_held(folder: Path) -> bool:
    """Whether somebody holds `folder` now. Raises OSError when it is not there."""
    try:
        with held(folder.resolve(strict=True), patience_s=0):
            return False
    except FolderInUse:
        return True


def _took(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def exclusive(path: str, flags: int) -> int:
    """An `opener` for a file that is begun here: its owner's alone, never one that is there, never a link.

    Whoever may write to the folder (a stick, /tmp) could have laid a link of that name to a file of ours.
    """
    return os.open(path, flags | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), PRIVATE_FILE)


def keep_others_out(folder: Path) -> None:
    """Take group and others every right to `folder` and to what a centre has in it; links are not followed.

    What lies in a folder below that is private already is out of reach, and not looked at: years of slips.
    A folder that all users write to (/tmp) and what is not ours stay as they are: the doctor tells.
    """
    _close(folder, OURS)


def _close(folder: Path, below: tuple[str, ...]) -> None:
    """Close `folder`, and the folders in it whose names begin so with all that is in them."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and mode & OTHERS and entry.name.startswith(below):
                _close(Path(entry.path), ("",))
            elif stat.S_ISREG(mode) or stat.S_ISDIR(mode):
                _take_rights(Path(entry.path), mode)
        _take_rights(folder, folder.stat().st_mode)


def _take_rights(path: Path, mode: int) -> None:
    # not by a descriptor: closing one of the database's lets go of the locks that SQLite holds on it
    if mode & OTHERS and not mode & stat.S_ISVTX:
        with suppress(OSError):
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
