"""Writing the history, in the transaction of the change itself."""

import json
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.changes.reads import changes_since, facts_now, is_undone
from kiosk.changes.refusals import ChangedMeanwhile, ChangedSince, UndoneAlready
from kiosk.changes.rules import LONGEST_KEY, LONGEST_NAME, Change, Facts, Noted
from kiosk.changes.tables import office_change
from kiosk.database.prepared import Prepared

MOST_AT_ONCE = 2000
"""So many changes forget in one night; a centre's first such night may have years behind it."""

_WRITE = Prepared(
    sa.insert(office_change).returning(office_change.c.id),
    "at", "staff_id", "kind", "key", "name", "verb", "before", "after", "undoes",
)  # fmt: skip


def note(tx: Connection, asked: Asked, noted: Noted) -> int:
    """Write one change; the id of its row. Raises ValueError for a key that its column does not hold."""
    if len(noted.key) > LONGEST_KEY:
        raise ValueError(noted.key)
    row = {
        "at": asked.now,
        "staff_id": asked.staff_id,
        "kind": noted.kind,
        "key": noted.key,
        "name": noted.name[:LONGEST_NAME],
        "verb": noted.verb,
        "before": _written(noted.before),
        "after": _written(noted.after),
        "undoes": noted.undoes,
    }
    return int(_WRITE.first(tx, row).id)


def check_seen(tx: Connection, kind: str, key: str, seen: int) -> None:
    """Refuse a form that was opened before the newest change of its thing.

    `seen` is what `newest` said when the form was made. Raises ChangedMeanwhile with the changes since.
    """
    since = changes_since(tx, kind, key, seen)
    if since:
        raise ChangedMeanwhile(since)


def check_undoable(tx: Connection, change: Change) -> None:
    """Refuse to take back what was taken back before, or what later changes stand upon.

    A room calls it before it puts `change.noted.before` back. Raises UndoneAlready, ChangedSince.
    """
    if is_undone(tx, change.id):
        raise UndoneAlready
    if facts_now(tx, change.noted.kind, change.noted.key) != change.noted.after:
        raise ChangedSince


def forget(tx: Connection, before: datetime, kind: str, fields: Collection[str]) -> int:
    """Take out of the changes of a kind that are older than `before` these fields, and the thing's name.

    That something changed, when and by whom, stays. Returns how many were touched, at most MOST_AT_ONCE.
    """
    columns = office_change.c
    old = (columns.kind == kind, columns.at < before, ~columns.is_forgotten)
    rows = tx.execute(
        sa.select(columns.id, columns.before, columns.after).where(*old).limit(MOST_AT_ONCE)
    ).all()
    for row in rows:
        kept = {"before": _without(row.before, fields), "after": _without(row.after, fields)}
        values = kept | {"name": "", "is_forgotten": True}
        tx.execute(sa.update(office_change).where(columns.id == row.id).values(values))
    return len(rows)


def _without(written: str, fields: Collection[str]) -> str:
    if not written:
        return ""
    return _written({name: value for name, value in json.loads(written).items() if name not in fields})


def _written(facts: Facts | None) -> str:
    # in one order, so that equal facts are equal texts
    return "" if facts is None else json.dumps(facts, ensure_ascii=False, sort_keys=True)
