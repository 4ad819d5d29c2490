"""Making a backup while the station runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kiosk import __version__, database
from kiosk.backup import archive
from kiosk.backup.durable_files import appearing, flush, make_private
from kiosk.backup.refusals import Damaged, InTheWay, NoCentre, NoRoom, NotSound
from kiosk.database import sqlite_file


def make_backup(folder: Path, target: Path, now: datetime) -> Path:
    """Keep the centre in `folder` as the one file `target`; returns it. In a folder it is named by the date.

    `target` appears only whole: the copy of the database is checked and packed, and every byte of the pack is
    read back from the disk. An older backup of that name is replaced by it, anything else is not.
    Raises Refused (NoCentre, InTheWay, Damaged, NoRoom, NotSound), OSError.
    """
    if not all((folder / name).is_file() for name in archive.NEEDED):
        raise NoCentre(folder=folder)
    if target.is_dir():
        target = target / f"linli-{now:%Y-%m-%d-%H%M%S}.zip"
    if target.exists() and not archive.is_backup(target):
        raise InTheWay(file=target)
    with _copied(folder / database.FILE, target) as copy, appearing(target) as (draft, out):
        files = {name: folder / name for name in archive.MEMBERS if (folder / name).is_file()}
        archive.pack(out, files | {database.FILE: copy}, now, __version__, sqlite_file.revision(copy))
        flush(out)
        archive.unpack(draft)
    return target


@contextmanager
def _copied(source: Path, target: Path) -> Iterator[Path]:
    """A sound copy of the database beside `target`, gone when the block ends."""
    copy = target.with_name(f"{target.name}.db.part")
    make_private(copy)
    try:
        sqlite_file.copy(source, copy)
        if faults := sqlite_file.faults(copy):
            raise Damaged(why=faults[0])
        yield copy
    except sqlite3.Error as fault:
        if fault.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise NoRoom(folder=target.parent) from fault
        raise Damaged(why=str(fault)) from fault
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def check_backup(path: Path, scratch: Path) -> archive.Label:
    """Read the whole backup and examine the database in it; `scratch` is an empty folder with room for it.

    Raises Refused (NotSound, NoRoom), OSError.
    """
    label = archive.unpack(path, scratch)
    if faults := sqlite_file.faults(scratch / database.FILE):
        raise NotSound(file=path, why=faults[0])
    return label
