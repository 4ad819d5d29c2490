"""Bringing a backup back. A plug pulled at any moment leaves the old centre or the new one, never a mixture.

First the backup is unpacked and checked beside the centre; then one rename says that it will take the old
one's place, and from there on whoever opens the folder next finishes the move.
"""

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from kiosk import __version__, database, settings
from kiosk.backup import archive
from kiosk.backup.attached import bring_back
from kiosk.backup.durable_files import flush_folder
from kiosk.backup.making import check_backup, explained
from kiosk.backup.refusals import (
    BoxesRunning,
    CentreThere,
    DatabaseThere,
    NotSound,
    OtherEngine,
    OthersDatabase,
    TooNew,
    WrongAddress,
)
from kiosk.database import postgresql, sqlite_file
from kiosk.database.folder_lock import PRIVATE_FOLDER, exclusive
from kiosk.database.joining import SECRET_FILE, AnotherCentre, is_whole_secret, refuse_others
from kiosk.database.postgresql import DUMP

DRAFT = "restore.part"
READY = "restore-ready-"
MOVING = "restore-moving-"
REPLACED = "replaced"
OLD = "old.pgdump"
"""What the database held before; a plug pulled while it is replaced leaves this dump and the new one."""

ADDRESS = "database_url"
_NOTHING: Mapping[str, str] = MappingProxyType({})
BELONGING = (f"{database.FILE}-wal", f"{database.FILE}-shm", database.FILE, settings.FILE, SECRET_FILE)
"""What makes a centre; slips, backups and recordings stay where they are."""


class Restored(Struct, frozen=True):
    """What came back; `aside` is where the centre that was there lies now."""

    label: archive.Label
    aside: Path | None


def restore(
    folder: Path, file: Path, now: datetime, environ: Mapping[str, str] = _NOTHING, *, replace: bool = False
) -> Restored:
    """Bring the backup `file` back into `folder`, which the caller holds (kiosk.lock).

    A centre that is there is refused, or with `replace` moved to `folder`/replaced. Serials go on further
    than the backup knows (sqlite_file.SEQUENCE_GAP). A dump goes into the database that the settings in the
    backup name, or `environ`. Raises Refused (CentreThere, NotSound, NoRoom, TooNew, and of a dump NoTool,
    Unreachable, WrongAddress, OtherEngine, DatabaseThere, OthersDatabase, BoxesRunning), OSError.
    """
    finish_restore(folder)
    if is_centre(folder) and not replace and not _is_empty(folder, archive.read_label(file)):
        raise CentreThere(folder=folder)
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        label = _prepared(file, draft)
        url = _address(draft, environ, is_needed=label.is_dump)
        if url:
            _prepare_database(url, draft, folder, replace=replace)
        bring_back(file.parent, folder)  # before it is decided: files more do no harm
        draft.rename(folder / f"{READY}{_stamp(folder, now)}")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(label, finish_restore(folder))


def restore_secret(folder: Path, file: Path, now: datetime) -> Restored:
    """Bring the secret alone back, where it is gone or cut short: the database stays as it is.

    The caller holds `folder`. Raises Refused (CentreThere for a whole one, NotSound, NoRoom), OSError.
    """
    finish_restore(folder)
    if is_whole_secret(folder / SECRET_FILE):
        raise CentreThere(folder=folder)
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=PRIVATE_FOLDER)
    try:
        label = archive.unpack(file, draft)
        aside = _put_aside(folder, _stamp(folder, now), (SECRET_FILE,))
        (draft / SECRET_FILE).rename(folder / SECRET_FILE)
        flush_folder(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(label, aside)


def go_on_without_log(folder: Path) -> bool:
    """Where somebody took the write-ahead log away from a server that was killed, let all serials go on.

    SQLite takes both away together. An index alone tells that the last records went with the log, and
    their slips are out in the hall. Whether it was so; whoever opens the file before makes a new log.
    """
    path = folder / database.FILE
    log, index = (folder / f"{database.FILE}{ending}" for ending in ("-wal", "-shm"))
    if log.exists() or not index.exists() or not database.has_file(folder) or not sqlite_file.revision(path):
        return False
    try:
        sqlite_file.open_sequence_gap(path)
    except sqlite3.Error:  # whoever opens it next says why it cannot be used
        return False
    return True


def is_centre(folder: Path) -> bool:
    """Whether any part of a centre lies in `folder`."""
    return any((folder / name).exists() for name in BELONGING)


def _is_empty(folder: Path, label: archive.Label) -> bool:
    """Whether a centre was begun in `folder` and its database is gone; of a server's, that tells itself."""
    is_ours = (folder / SECRET_FILE).exists() and (label.is_dump or not (folder / settings.BOX_FILE).exists())
    return is_ours and not database.has_file(folder)


def is_unfinished(folder: Path) -> bool:
    """Whether a restore was broken off after it was decided; the next start finishes it."""
    return any(True for kind in (READY, MOVING) for _ in _decided(folder, kind))


def _decided(folder: Path, kind: str) -> list[Path]:
    """The folders of a restore at this stage. One that holds nothing, a file and a link are no restore:
    they would put a centre aside for nothing, or bring in what lies elsewhere.
    """
    found = (path for path in folder.glob(f"{kind}*") if path.is_dir() and not path.is_symlink())
    return [path for path in found if kind == MOVING or any(path.iterdir())]


def finish_restore(folder: Path) -> Path | None:
    """Finish a restore that was decided: the old files aside, the new ones in. Does nothing without one.

    Every step can be broken off and done again. Returns where the old centre lies now.
    Raises OSError, and of a dump Refused (NoTool, Unreachable).
    """
    aside = None
    for ready in _decided(folder, READY):
        aside = _put_aside(folder, ready.name.removeprefix(READY))
        ready.rename(folder / ready.name.replace(READY, MOVING))
        flush_folder(folder)
    for moving in _decided(folder, MOVING):
        aside = _fill_database(moving, folder / REPLACED / moving.name.removeprefix(MOVING)) or aside
        for file in moving.iterdir():
            file.rename(folder / file.name)
        flush_folder(folder)
        moving.rmdir()
    return aside


def _prepared(file: Path, draft: Path) -> archive.Label:
    label = check_backup(file, draft)
    if label.revision > database.newest_revision():
        raise TooNew(version=label.version, ours=__version__)
    if not label.is_dump:
        _go_on(file, draft / database.FILE, label)
    flush_folder(draft)
    return label


def _go_on(file: Path, path: Path, label: archive.Label) -> None:
    if sqlite_file.revision(path) != label.revision:
        raise NotSound(file=file, why="its label tells of another database")
    try:
        sqlite_file.open_sequence_gap(path)
    except sqlite3.Error as fault:
        raise NotSound(file=file, why=str(fault)) from fault


def _address(draft: Path, environ: Mapping[str, str], *, is_needed: bool) -> str:
    """Where the database is to come back; empty for the file. A mistake in it must not lead elsewhere."""
    found, mistakes = settings.examine(draft, environ)
    wrong = settings.about_database(draft, found, mistakes)
    if wrong or (is_needed and not found.database_url and mistakes):
        raise WrongAddress(mistakes="\n".join(map(str, wrong or mistakes)))
    if is_needed != bool(found.database_url):
        raise OtherEngine
    return found.database_url


def _refuse_others(url: str, *folders: Path) -> None:
    """Raise OthersDatabase where the database belongs to none of the centres of these folders."""
    for folder in folders:
        with suppress(AnotherCentre):
            refuse_others(settings.Settings(folder=folder, database_url=url))
            if (folder / SECRET_FILE).exists():
                return
    raise OthersDatabase(url=database.shown(url))


def _prepare_database(url: str, draft: Path, folder: Path, *, replace: bool) -> None:
    """Keep what the database holds now, and where it is, for the move; refuse while boxes work with it."""
    shown = database.shown(url)
    with explained():
        if postgresql.is_in_use(url):
            raise BoxesRunning(url=shown)
        if postgresql.revision(url):
            if not replace:
                raise DatabaseThere(url=shown)
            _refuse_others(url, draft, folder)
            postgresql.copy(url, draft / OLD)
    with open(draft / ADDRESS, "w", encoding="utf-8", opener=exclusive) as file:  # with its password
        file.write(url)
    flush_folder(draft)


def _fill_database(moving: Path, aside: Path) -> Path | None:
    """Put a dump that comes back into its database; returns where what was there lies, if anything was."""
    dump, address, old = moving / DUMP, moving / ADDRESS, moving / OLD
    if old.exists():
        _make_aside(aside)
        old.rename(aside / DUMP)
        flush_folder(aside)
    if dump.exists():
        with explained():
            postgresql.bring_back(address.read_text(encoding="utf-8"), dump)
        dump.unlink()
    address.unlink(missing_ok=True)
    return aside if (aside / DUMP).exists() else None


def _stamp(folder: Path, now: datetime) -> str:
    """A name for the old centre that no other has: what was put aside is never overwritten."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    names = (stamp, *(f"{stamp}-{turn}" for turn in range(2, 100)))
    return next(name for name in names if not (folder / REPLACED / name).exists())


def _make_aside(aside: Path) -> None:
    for folder in (aside.parent, aside):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        folder.chmod(PRIVATE_FOLDER)


def _put_aside(folder: Path, stamp: str, names: Sequence[str] = BELONGING) -> Path | None:
    old = [folder / name for name in names if (folder / name).exists()]
    aside = folder / REPLACED / stamp
    if old:
        _make_aside(aside)
    for file in old:
        file.rename(aside / file.name)
    return aside if aside.exists() else None
