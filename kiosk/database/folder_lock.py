"""One server a folder: a lock on the folder itself, which the kernel lets go of however its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 1.0
"""A holder that is just leaving, or a doctor who tries the lock for a moment, is waited for."""


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
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        end = time.monotonic() + patience_s
        while not _took(descriptor):
            if time.monotonic() > end:
                raise FolderInUse(folder)
            time.sleep(0.05)
        yield
    finally:
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
