"""Keeping the centre safe: backups while it runs, one a day by itself, and bringing one back."""

from kiosk.backup.archive import Label, is_backup, read_label
from kiosk.backup.daily import FOLDER, BackupFault, is_due, keep_day, last_fault, newest_backup
from kiosk.backup.making import check_backup, make_backup
from kiosk.backup.refusals import (
    BoxesRunning,
    CentreThere,
    Damaged,
    DatabaseThere,
    InTheWay,
    NoCentre,
    NoRoom,
    NoTool,
    NotSound,
    OtherEngine,
    Refused,
    SecondFolderMissing,
    TooNew,
    Unreachable,
)
from kiosk.backup.restoring import Restored, finish_restore, is_unfinished, restore

__all__ = [
    "FOLDER",
    "BackupFault",
    "BoxesRunning",
    "CentreThere",
    "Damaged",
    "DatabaseThere",
    "InTheWay",
    "Label",
    "NoCentre",
    "NoRoom",
    "NoTool",
    "NotSound",
    "OtherEngine",
    "Refused",
    "Restored",
    "SecondFolderMissing",
    "TooNew",
    "Unreachable",
    "check_backup",
    "finish_restore",
    "is_backup",
    "is_due",
    "is_unfinished",
    "keep_day",
    "last_fault",
    "make_backup",
    "newest_backup",
    "read_label",
    "restore",
]
