"""What staff changed in the centre: who, when, before and after; what other rooms write into, and undo by."""

from kiosk.changes.actions import check_seen, check_undoable, forget, note
from kiosk.changes.reads import (
    LOOKED_THROUGH,
    Found,
    Wanted,
    change_of,
    changes,
    changes_above,
    changes_of,
    find_changes,
    ids_of,
    is_undone,
    newest,
    newest_of_all,
)
from kiosk.changes.refusals import (
    ChangedMeanwhile,
    ChangedSince,
    NotToBeUndone,
    PartChangedSince,
    UndoneAlready,
    UnknownChange,
)
from kiosk.changes.rules import Change, Difference, Facts, Noted, differing

__all__ = [
    "LOOKED_THROUGH",
    "Change",
    "ChangedMeanwhile",
    "ChangedSince",
    "Difference",
    "Facts",
    "Found",
    "NotToBeUndone",
    "Noted",
    "PartChangedSince",
    "UndoneAlready",
    "UnknownChange",
    "Wanted",
    "change_of",
    "changes",
    "changes_above",
    "changes_of",
    "check_seen",
    "check_undoable",
    "differing",
    "find_changes",
    "forget",
    "ids_of",
    "is_undone",
    "newest",
    "newest_of_all",
    "note",
]
