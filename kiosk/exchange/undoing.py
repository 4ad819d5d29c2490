"""Taking back a whole import: all its changes, the last one first, and that as one row of the history."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from kiosk import changes, services, tickets
from kiosk.asked import Asked
from kiosk.changes import Change, Noted, PartChangedSince

KIND, TAKEN = "catalogue", "take"
"""In the history: of an import, and what was done."""

PARTS = "parts"
"""The field that holds the ids of an import's own changes."""

_ROOMS: Mapping[str, Callable[[Connection, Asked, Change], None]] = {
    "service": services.put_back,
    "group": services.put_back,
    "counter": services.put_back,
    "priority": tickets.put_back_priority,
}


def note_taken(tx: Connection, asked: Asked, above: int, counts: Mapping[str, int]) -> None:
    """Write down that a file was taken in: `counts` of its rows, and which changes since `above` it made."""
    parts = changes.ids_of(tx, asked, above)
    if parts:
        facts: dict[str, Any] = {**counts, PARTS: list(parts)}
        changes.note(tx, asked, Noted(KIND, str(parts[0]), "", TAKEN, None, facts))


def put_back(tx: Connection, asked: Asked, change: Change) -> None:
    """Make everything that the import has changed as it was before; what it added is retired.

    Raises what `check_undoable` raises, and the refusals of the rooms, such as CounterInUse.
    """
    check_undoable(tx, change)
    for part in reversed(_parts(tx, change)):
        if part.undone_by is None:
            try:
                _ROOMS[part.noted.kind](tx, asked, part)
            except changes.ChangedSince as refusal:  # by a stall of an event, which leaves no such row
                raise PartChangedSince((), (part,)) from refusal
    was = change.noted
    changes.note(tx, asked, Noted(KIND, was.key, was.name, "undo", was.after, None, change.id))


def check_undoable(tx: Connection, change: Change) -> None:
    """Refuse to take back an import of which anything was changed since, all of it or nothing.

    Raises changes.NotToBeUndone, changes.UndoneAlready, and PartChangedSince with the changes that came
    later.
    """
    if change.noted.verb != TAKEN:
        raise changes.NotToBeUndone
    if change.undone_by is not None:
        raise changes.UndoneAlready
    if since := _since(tx, change):
        raise PartChangedSince((), since)


def _since(tx: Connection, change: Change) -> tuple[Change, ...]:
    """The later changes of things that are no longer as the import has left them, the oldest first."""
    parts = _parts(tx, change)
    left = {_thing(one): one for one in parts if one.undone_by is None}
    own, later = {one.id for one in parts}, dict[tuple[str, str], list[Change]]()
    for one in changes.changes_above(tx, min(own), tuple(_ROOMS)):
        if one.id not in own and _thing(one) in left:
            later.setdefault(_thing(one), []).append(one)
    return tuple(
        one
        for thing, of_thing in later.items()
        if of_thing[-1].noted.after != left[thing].noted.after
        for one in of_thing
        if one.undone_by is None and one.noted.undoes is None
    )


def _parts(tx: Connection, change: Change) -> tuple[Change, ...]:
    ids = (change.noted.after or {}).get(PARTS, [])
    return changes.changes_of(tx, ids)


def _thing(one: Change) -> tuple[str, str]:
    return one.noted.kind, one.noted.key
