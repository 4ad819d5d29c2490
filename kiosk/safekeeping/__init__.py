"""Keeping the centre safe: backups while it runs, one a day by itself, and bringing one back."""

from kiosk.safekeeping.archive import Label, is_backup, read_label
from kiosk.safekeeping.bringing_back import Restored, finish_restore, is_unfinished, restore
from kiosk.safekeeping.daily import FOLDER, Fault, is_due, keep_day, last_fault, newest_backup
from kiosk.safekeeping.keeping import check_backup, make_backup
from kiosk.safekeeping.refusals import (
    CentreThere,
    Damaged,
    InTheWay,
    NoCentre,
    NoRoom,
    NotSound,
    Refused,
    SecondFolderMissing,
    TooNew,
)

__all__ = [
    "FOLDER",
    "CentreThere",
    "Damaged",
    "Fault",
    "InTheWay",
    "Label",
    "NoCentre",
    "NoRoom",
    "NotSound",
    "Refused",
    "Restored",
    "SecondFolderMissing",
    "TooNew",
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
