"""The history as pages show it, the newest first."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.changes.refusals import UnknownChange
from kiosk.changes.rules import Change, Facts, Noted
from kiosk.changes.tables import office_change

_UNDOING = office_change.alias("undoing")
_SHOWN = sa.select(office_change, _UNDOING.c.id.label("undone_by")).join_from(
    office_change, _UNDOING, _UNDOING.c.undoes == office_change.c.id, isouter=True
)


@dataclass(frozen=True)
class Wanted:
    """Which changes are asked for; what is empty or None asks for all. `since` is included, `until` not.

    `words` stand in the thing's name or in what it was or is.
    """

    kind: str = ""
    key: str = ""
    staff_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


def changes(tx: Connection, wanted: Wanted, page: int = 0, of: int = 50) -> tuple[Change, ...]:
    """Page `page`, from 0, of the changes that are wanted, `of` on each, the newest first."""
    newest_first = _SHOWN.where(*_conditions(wanted)).order_by(office_change.c.id.desc())
    return tuple(_change(row) for row in tx.execute(newest_first.limit(of).offset(page * of)))


def change_of(tx: Connection, change_id: int) -> Change:
    """One change. Raises UnknownChange."""
    row = tx.execute(_SHOWN.where(office_change.c.id == change_id)).first()
    if row is None:
        raise UnknownChange
    return _change(row)


def newest(tx: Connection, kind: str, key: str) -> int:
    """The id of the newest change of a thing, 0 when it was never changed: what a form has seen."""
    ids = sa.select(sa.func.max(office_change.c.id)).where(*_of_thing(kind, key))
    return tx.execute(ids).scalar() or 0


def changes_since(tx: Connection, kind: str, key: str, seen: int) -> tuple[Change, ...]:
    """The changes of a thing that are newer than `seen`, the oldest first."""
    newer = _SHOWN.where(*_of_thing(kind, key), office_change.c.id > seen).order_by(office_change.c.id)
    return tuple(_change(row) for row in tx.execute(newer))


def facts_now(tx: Connection, kind: str, key: str) -> Facts | None:
    """How the newest change has left a thing; None when it is gone, or was never changed."""
    newest_first = sa.select(office_change.c.after).where(*_of_thing(kind, key))
    return _read(tx.execute(newest_first.order_by(office_change.c.id.desc()).limit(1)).scalar() or "")


def is_undone(tx: Connection, change_id: int) -> bool:
    """Whether a change was taken back."""
    undoing = sa.select(office_change.c.id).where(office_change.c.undoes == change_id)
    return tx.execute(undoing).first() is not None


def _of_thing(kind: str, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    return office_change.c.kind == kind, office_change.c.key == key


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    columns = office_change.c
    same = ((columns.kind, wanted.kind), (columns.key, wanted.key), (columns.staff_id, wanted.staff_id))
    conditions = [column == value for column, value in same if value not in ("", None)]
    if wanted.since is not None:
        conditions.append(columns.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(columns.at < wanted.until)
    if wanted.words:
        texts = (columns.name, columns.before, columns.after)
        conditions.append(sa.or_(*(text.contains(wanted.words, autoescape=True) for text in texts)))
    return conditions


def _change(row: Any) -> Change:
    before, after = _read(row.before), _read(row.after)
    noted = Noted(row.kind, row.key, row.name, row.verb, before, after, row.undoes)
    return Change(row.id, row.at, row.staff_id, noted, row.undone_by)


def _read(written: str) -> Facts | None:
    return json.loads(written) if written else None
