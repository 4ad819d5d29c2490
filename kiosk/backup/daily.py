"""The day's backup: made once a day, thinned, carried to a second folder; a failure is written down."""

import json
import shutil
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from kiosk.backup.archive import Label, is_backup, read_label, unpack
from kiosk.backup.attached import mirror
from kiosk.backup.durable_files import appearing, flush
from kiosk.backup.making import FAR_LESS, make_backup
from kiosk.backup.refusals import NotSound, Refused, SecondFolderMissing
from kiosk.box import Box

FOLDER = "backups"
FAULT_FILE = "fault.json"
SHRUNK_FILE = "shrunk.json"
_DAILY = "linli-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].zip"


class BackupFault(Struct, frozen=True):
    """Why the last attempt failed, and when."""

    at: datetime
    why: str


class Shrunk(Struct, frozen=True):
    """The newest backup holds far less (`records`) than the `fuller` one beside it (`fuller_records`)."""

    newest: Path
    records: int
    fuller: Path
    fuller_records: int


def is_due(box: Box) -> bool:
    """Whether today's backup is missing, here or in the second folder."""
    return box.settings.keep_backups > 0 and not all(is_backup(file) for file in _files(box))


def keep_day(box: Box) -> None:
    """Make today's backup where it is missing, drop the oldest ones, and forget an earlier failure.

    Raises Refused, OSError, after writing the failure down; what could be kept is kept.
    """
    first, *others = _files(box)
    first.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        if not is_backup(first):
            make_backup(box.settings.folder, first, box.now(), box.settings.database_url)
        _thin(first, box.settings.keep_backups)
        for file in others:
            _carry(first, file)
            mirror(box.settings.folder, file.parent, box.now())
            _thin(file, box.settings.keep_backups)
    except (Refused, OSError) as fault:
        _write_down(first.parent, BackupFault(box.now(), str(fault)))
        raise
    (first.parent / FAULT_FILE).unlink(missing_ok=True)
    _note_shrunk(first.parent)


def newest_backup(folder: Path) -> tuple[Path, Label] | None:
    """The backup in `folder` that was written last and has a readable label; None without one."""
    with suppress(OSError):
        for file in sorted(folder.glob("*.zip"), key=lambda path: path.lstat().st_mtime, reverse=True):
            with suppress(NotSound, OSError):
                return file, read_label(file)
    return None


def last_fault(folder: Path) -> BackupFault | None:
    """Why the last attempt to keep the day failed; None when it did not. `folder` is DATA/backups."""
    try:
        told = json.loads((folder / FAULT_FILE).read_text(encoding="utf-8"))
        return BackupFault(datetime.fromisoformat(told["at"]), told["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_shrunk(folder: Path) -> Shrunk | None:
    """Whether the newest backup in `folder` holds far less than one before it. Reads every label there."""
    newest = newest_backup(folder)
    if newest is None:
        return None
    path, label = newest
    others = [(other, its) for other, its in readable(folder) if its.holds_more_than(label, FAR_LESS)]
    if not others:
        return None
    fuller, its = max(others, key=lambda found: found[1].records or 0)
    return Shrunk(path, label.records or 0, fuller, its.records or 0)


def is_shrunk(folder: Path) -> bool:
    """What the last daily backup found, until the fuller one is taken out of `folder`. Reads no backup."""
    try:
        told = json.loads((folder / SHRUNK_FILE).read_text(encoding="utf-8"))
        return (folder / str(told["fuller"])).is_file()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def readable(folder: Path) -> list[tuple[Path, Label]]:
    """Every backup in `folder` that has a label of ours, the one made last first."""
    found = []
    with suppress(OSError):
        for path in folder.glob("*.zip"):
            with suppress(NotSound, OSError):
                found.append((path, read_label(path)))
    return sorted(found, key=lambda one: one[1].made_at, reverse=True)


def _files(box: Box) -> list[Path]:
    """Where today's backup belongs: in the centre's folder, and in the second one if there is one."""
    settings = box.settings
    second = [Path(settings.backup_folder)] if settings.backup_folder else []
    return [folder / _name(box.centre.day(box.now())) for folder in (settings.folder / FOLDER, *second)]


def _name(day: date) -> str:
    return f"linli-{day:%Y-%m-%d}.zip"


def _carry(first: Path, file: Path) -> None:
    # never made here: an empty mount point would be a second copy on the same disk
    if not file.parent.is_dir():
        raise SecondFolderMissing(folder=file.parent)
    if is_backup(file):
        return
    with appearing(file) as (draft, out), first.open("rb") as source:
        shutil.copyfileobj(source, out)
        flush(out)
        unpack(draft)


def _thin(newest: Path, keep: int) -> None:
    """Keep the `keep` latest days; drafts of days when the plug was pulled go too.

    A day that holds more than the newest stays: records only grow, so something was lost since.
    """
    kept = [
        file
        for file in sorted(newest.parent.glob(_DAILY), reverse=True)
        if file != newest and not file.is_dir()
    ]
    drafts = [d for d in newest.parent.glob(f"{_DAILY}*.part") if not d.name.startswith(newest.name)]
    label = read_label(newest)
    for file in [old for old in kept[keep - 1 :] if not _holds_more(old, label)] + drafts:
        file.unlink(missing_ok=True)


def _holds_more(file: Path, than: Label) -> bool:
    try:
        return read_label(file).holds_more_than(than)
    except (NotSound, OSError):
        return False


def _note_shrunk(folder: Path) -> None:
    if found := find_shrunk(folder):
        _write(folder / SHRUNK_FILE, {"fuller": found.fuller.name, "newest": found.newest.name})
    else:
        (folder / SHRUNK_FILE).unlink(missing_ok=True)


def _write_down(folder: Path, fault: BackupFault) -> None:
    _write(folder / FAULT_FILE, {"at": fault.at.isoformat(), "why": fault.why})


def _write(path: Path, told: dict[str, str]) -> None:
    with suppress(OSError), appearing(path) as (_, out):  # a full disk is told by its own check
        out.write(json.dumps(told, ensure_ascii=False).encode())
