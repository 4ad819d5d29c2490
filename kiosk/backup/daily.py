"""The day's backup: made once a day, thinned, carried to a second folder; a failure is written down."""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.backup.archive import Label, is_backup, read_label, unpack
from kiosk.backup.durable_files import appearing, flush
from kiosk.backup.making import make_backup
from kiosk.backup.refusals import NotSound, Refused, SecondFolderMissing
from kiosk.box import Box

FOLDER = "backups"
FAULT_FILE = "fault.json"
_DAILY = "linli-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].zip"


@dataclass(frozen=True)
class BackupFault:
    """Why the last attempt failed, and when."""

    at: datetime
    why: str


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
            _thin(file, box.settings.keep_backups)
    except (Refused, OSError) as fault:
        _write_down(first.parent, BackupFault(box.now(), str(fault)))
        raise
    (first.parent / FAULT_FILE).unlink(missing_ok=True)


def newest_backup(folder: Path) -> tuple[Path, Label] | None:
    """The backup in `folder` that was written last and has a readable label; None without one."""
    with suppress(OSError):
        for file in sorted(folder.glob("*.zip"), key=lambda path: path.stat().st_mtime, reverse=True):
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
    """Keep the `keep` latest days; drafts of days when the plug was pulled go too."""
    kept = [file for file in sorted(newest.parent.glob(_DAILY), reverse=True) if file != newest]
    drafts = [d for d in newest.parent.glob(f"{_DAILY}*.part") if not d.name.startswith(newest.name)]
    for file in kept[keep - 1 :] + drafts:
        file.unlink(missing_ok=True)


def _write_down(folder: Path, fault: BackupFault) -> None:
    told = json.dumps({"at": fault.at.isoformat(), "why": fault.why}, ensure_ascii=False)
    with (
        suppress(OSError),
        appearing(folder / FAULT_FILE) as (_, out),
    ):  # a full disk is told by its own check
        out.write(told.encode())
