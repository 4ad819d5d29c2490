"""What it takes until a file is really on the disk: written beside, flushed, renamed, the folder flushed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.database.folder_lock import exclusive


@contextmanager
def appearing(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A draft and its open file; `target` is there, whole and lasting, only when the block has ended well.

    Nobody but its owner may read it (mode 0600), and what lies there already by the draft's name, left by a
    pulled plug or laid there as a link, is not written to. A stick that is pulled out leaves only the draft.
    """
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        with open(draft, "w+b", opener=exclusive) as file:
            yield draft, file
            flush(file)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):  # the stick may be gone
            draft.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def flush(file: BinaryIO) -> None:
    """Have all that was written on the disk, and forget it: who reads next reads the disk. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def flush_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some file systems of sticks cannot; they write names at once
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private(path: Path) -> None:
    """An empty file that only its owner may read."""
    path.unlink(missing_ok=True)
    os.close(exclusive(str(path), os.O_WRONLY))
