"""Making a backup while the station runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kiosk import __version__, database, settings
from kiosk.backup import archive
from kiosk.backup.attached import mirror
from kiosk.backup.durable_files import appearing, flush, make_private
from kiosk.backup.refusals import (
    Away,
    Closed,
    Damaged,
    HoldsLess,
    InTheWay,
    NoCentre,
    NoRoom,
    NoTool,
    NotSound,
    Unreachable,
)
from kiosk.database import postgresql, sqlite_file
from kiosk.database.joining import SECRET_FILE
from kiosk.database.postgresql import DUMP

FAR_LESS = 2
"""How many times more an older backup holds where something was lost.

The records only grow. Bringing back a backup of last week, on purpose, costs a centre of a month a quarter of
them; half of all are gone only with the database.
"""


def make_backup(folder: Path, target: Path, now: datetime, url: str = "") -> Path:
    """Keep the centre in `folder` as the one file `target`; returns it. In a folder it is named by the date.

    Its database is the one at `url`, else the file in `folder`.

    `target` appears only whole: the copy of the database is checked and packed, and every byte of the pack is
    read back from the disk. An older backup of that name is replaced by it, unless it holds FAR_LESS times
    more; anything else is not. Beside it lie copies of the voices and ink (`attached`).
    Raises Refused (NoCentre, InTheWay, HoldsLess, Closed, Damaged, NoRoom, NotSound, NoTool, Unreachable),
    OSError.
    """
    if not (folder / SECRET_FILE).is_file() or not (url or (folder / database.FILE).is_file()):
        raise NoCentre(folder=folder)
    if target.is_dir():
        target = target / f"linli-{now:%Y-%m-%d-%H%M%S}.zip"
    before = _label_of(target) if target.exists() else None
    with _copied(folder, url, target, now) as (copy, label), appearing(target) as (draft, out):
        if before and before.holds_more_than(label, FAR_LESS):
            raise HoldsLess(file=target, now=label.records, before=before.records)
        beside = {name: folder / name for name in (settings.FILE, SECRET_FILE) if (folder / name).is_file()}
        files = {DUMP if url else database.FILE: copy} | beside
        archive.pack(out, files, label)
        flush(out)
        archive.unpack(draft)
    mirror(folder, target.parent, now)
    return target


@contextmanager
def _copied(folder: Path, url: str, target: Path, now: datetime) -> Iterator[tuple[Path, archive.Label]]:
    """A sound copy of the database beside `target` and what its label says; gone when the block ends."""
    copy = target.with_name(f"{target.name}.db.part")
    make_private(copy)
    try:
        revision, records = _dumped(url, copy, folder) if url else _file_copied(folder / database.FILE, copy)
        yield copy, archive.Label(now, __version__, revision, {}, records)
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _label_of(target: Path) -> archive.Label:
    try:
        return archive.read_label(target)
    except (NotSound, OSError) as fault:
        raise InTheWay(file=target) from fault


def _file_copied(source: Path, copy: Path) -> tuple[str, int]:
    try:
        sqlite_file.copy(source, copy)
    except sqlite3.Error as fault:
        if fault.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise NoRoom(folder=copy.parent) from fault
        if sqlite_file.says_closed(fault):
            raise Closed(folder=source.parent, why=fault) from fault
        raise Damaged(why=str(fault)) from fault
    if faults := sqlite_file.faults(copy):
        raise Damaged(why=faults[0])
    return sqlite_file.revision(copy), sqlite_file.records(copy)


def _dumped(url: str, copy: Path, folder: Path) -> tuple[str, int]:
    with explained():
        seen = postgresql.revision(url)
        if not seen:
            raise NoCentre(folder=folder)
        records = postgresql.records(url)
        postgresql.copy(url, copy)
        if faults := postgresql.faults(copy):
            raise Damaged(why=faults[0])
    return seen, records


@contextmanager
def explained() -> Iterator[None]:
    """Turn what stops PostgreSQL and its tools into our refusals: NoTool, NoRoom, Unreachable."""
    try:
        yield
    except postgresql.ToolMissing as missing:
        raise NoTool(tool=missing.name) from missing
    except database.UnusableDatabase as fault:
        raise Away(why=fault) from fault
    except postgresql.ToolFailed as fault:
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
