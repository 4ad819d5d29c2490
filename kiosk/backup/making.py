"""Making a backup while the station runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kiosk import __version__, database, settings
from kiosk.backup import archive
from kiosk.backup.durable_files import appearing, flush, make_private
from kiosk.backup.refusals import Damaged, InTheWay, NoCentre, NoRoom, NoTool, NotSound, Unreachable
from kiosk.database import postgresql, sqlite_file
from kiosk.database.joining import SECRET_FILE
from kiosk.database.postgresql import DUMP


def make_backup(folder: Path, target: Path, now: datetime, url: str = "") -> Path:
    """Keep the centre in `folder` as the one file `target`; returns it. In a folder it is named by the date.

    Its database is the one at `url`, else the file in `folder`.

    `target` appears only whole: the copy of the database is checked and packed, and every byte of the pack is
    read back from the disk. An older backup of that name is replaced by it, anything else is not.
    Raises Refused (NoCentre, InTheWay, Damaged, NoRoom, NotSound, NoTool, Unreachable), OSError.
    """
    if not (folder / SECRET_FILE).is_file() or not (url or (folder / database.FILE).is_file()):
        raise NoCentre(folder=folder)
    if target.is_dir():
        target = target / f"linli-{now:%Y-%m-%d-%H%M%S}.zip"
    if target.exists() and not archive.is_backup(target):
        raise InTheWay(file=target)
    with _copied(folder, url, target) as (copy, revision), appearing(target) as (draft, out):
        beside = {name: folder / name for name in (settings.FILE, SECRET_FILE) if (folder / name).is_file()}
        files = {DUMP if url else database.FILE: copy} | beside
        archive.pack(out, files, now, __version__, revision)
        flush(out)
        archive.unpack(draft)
    return target


@contextmanager
def _copied(folder: Path, url: str, target: Path) -> Iterator[tuple[Path, str]]:
    """A sound copy of the database beside `target` and its revision; gone when the block ends."""
    copy = target.with_name(f"{target.name}.db.part")
    make_private(copy)
    try:
        if url:
            yield copy, _dumped(url, copy, folder)
        else:
            yield copy, _file_copied(folder / database.FILE, copy)
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _file_copied(source: Path, copy: Path) -> str:
    try:
        sqlite_file.copy(source, copy)
    except sqlite3.Error as fault:
        if fault.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise NoRoom(folder=copy.parent) from fault
        raise Damaged(why=str(fault)) from fault
    if faults := sqlite_file.faults(copy):
        raise Damaged(why=faults[0])
    return sqlite_file.revision(copy)


def _dumped(url: str, copy: Path, folder: Path) -> str:
    with explained():
        seen = postgresql.revision(url)
        if not seen:
            raise NoCentre(folder=folder)
        postgresql.copy(url, copy)
        if faults := postgresql.faults(copy):
            raise Damaged(why=faults[0])
    return seen


@contextmanager
def explained() -> Iterator[None]:
    """Turn what stops PostgreSQL and its tools into our refusals: NoTool, NoRoom, Unreachable."""
    try:
        yield
    except postgresql.ToolMissing as missing:
        raise NoTool(tool=missing.name) from missing
    except (postgresql.ToolFailed, database.UnusableDatabase) as fault:
        raise Unreachable(why=fault) from fault


def check_backup(path: Path, scratch: Path) -> archive.Label:
    """Read the whole backup and examine the database in it; `scratch` is an empty folder with room for it.

    Raises Refused (NotSound, NoRoom, NoTool), OSError.
    """
    label = archive.unpack(path, scratch)
    with explained():
        faults = (
            postgresql.faults(scratch / DUMP) if label.is_dump
            else sqlite_file.faults(scratch / database.FILE)
        )  # fmt: skip
    if faults:
        raise NotSound(file=path, why=faults[0])
    return label
