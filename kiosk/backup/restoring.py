"""Bringing a backup back. A plug pulled at any moment leaves the old centre or the new one, never a mixture.

First the backup is unpacked and checked beside the centre; then one rename says that it will take the old
one's place, and from there on whoever opens the folder next finishes the move.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk import __version__, database
from kiosk.backup import archive
from kiosk.backup.durable_files import flush_folder
from kiosk.backup.making import check_backup
from kiosk.backup.refusals import CentreThere, TooNew
from kiosk.database import sqlite_file

DRAFT = "restore.part"
READY = "restore-ready-"
MOVING = "restore-moving-"
REPLACED = "replaced"
BELONGING = (f"{database.FILE}-wal", f"{database.FILE}-shm", *archive.MEMBERS)
"""What makes a centre; slips, backups and recordings stay where they are."""


@dataclass(frozen=True)
class Restored:
    """What came back; `aside` is where the centre that was there lies now."""

    label: archive.Label
    aside: Path | None


def restore(folder: Path, file: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Bring the backup `file` back into `folder`, which the caller holds (kiosk.lock).

    A centre that is there is refused, or with `replace` moved to `folder`/replaced. Serials go on further
    than the backup knows (sqlite_file.SEQUENCE_GAP). Raises Refused (CentreThere, NotSound, NoRoom,
    TooNew), OSError.
    """
    finish_restore(folder)
    if is_centre(folder) and not replace:
        raise CentreThere(folder=folder)
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        label = _prepared(file, draft)
        draft.rename(folder / f"{READY}{_stamp(folder, now)}")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(label, finish_restore(folder))


def is_centre(folder: Path) -> bool:
    """Whether any part of a centre lies in `folder`."""
    return any((folder / name).exists() for name in BELONGING)


def is_unfinished(folder: Path) -> bool:
    """Whether a restore was broken off after it was decided; the next start finishes it."""
    return any(True for kind in (READY, MOVING) for _ in folder.glob(f"{kind}*"))


def finish_restore(folder: Path) -> Path | None:
    """Finish a restore that was decided: the old files aside, the new ones in. Does nothing without one.

    Every step can be broken off and done again. Returns where the old centre lies now. Raises OSError.
    """
    aside = None
    for ready in folder.glob(f"{READY}*"):
        aside = _put_aside(folder, ready.name.removeprefix(READY))
        ready.rename(folder / ready.name.replace(READY, MOVING))
        flush_folder(folder)
    for moving in folder.glob(f"{MOVING}*"):
        for file in moving.iterdir():
            file.rename(folder / file.name)
        flush_folder(folder)
        moving.rmdir()
    return aside


def _prepared(file: Path, draft: Path) -> archive.Label:
    label = check_backup(file, draft)
    if label.revision > database.newest_revision():
        raise TooNew(version=label.version, ours=__version__)
    sqlite_file.open_sequence_gap(draft / database.FILE)
    flush_folder(draft)
    return label


def _stamp(folder: Path, now: datetime) -> str:
    """A name for the old centre that no other has: what was put aside is never overwritten."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    names = (stamp, *(f"{stamp}-{turn}" for turn in range(2, 100)))
    return next(name for name in names if not (folder / REPLACED / name).exists())


def _put_aside(folder: Path, stamp: str) -> Path | None:
    old = [folder / name for name in BELONGING if (folder / name).exists()]
    aside = folder / REPLACED / stamp
    if old:
        aside.mkdir(parents=True, exist_ok=True)
        (folder / REPLACED).chmod(0o700)
    for file in old:
        file.rename(aside / file.name)
    return aside if aside.exists() else None
