"""The history as pages show it, the newest first."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.changes.refusals import UnknownChange
from kiosk.changes.rules import Change, Facts, Noted
from kiosk.changes.tables import office_change

_UNDOING = office_change.alias("undoing")
_SHOWN = sa.select(office_change, _UNDOING.c.id.label("undone_by")).join_from(
    office_change, _UNDOING, _UNDOING.c.undoes == office_change.c.id, isouter=True
)


class Wanted(Struct, frozen=True):
    """Which changes are asked for; what is empty or None asks for all. `since` is included, `until` not.

    `words` stand in the thing's name or in what it was or is. `below`: only changes with a smaller id.
    """

    kind: str = ""
    key: str = ""
    staff_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    below: int | None = None


LOOKED_THROUGH = 2000
"""So many changes are searched for words at once, in 30 ms; then whoever searches says whether to go on."""


class Found(Struct, frozen=True):
    """Some of the changes that are wanted, the newest first.

    `below` is None when these are the last ones, else what to ask for next. `is_cut`: for words only a part
    of the history was searched, down to `below`.
    """

    changes: tuple[Change, ...]
    below: int | None = None
    is_cut: bool = False


def changes(tx: Connection, wanted: Wanted, page: int = 0, of: int = 50) -> tuple[Change, ...]:
    """Page `page`, from 0, of the changes that are wanted, `of` on each, the newest first."""
    newest_first = _SHOWN.where(*_conditions(wanted)).order_by(office_change.c.id.desc())
    return tuple(_change(row) for row in tx.execute(newest_first.limit(of).offset(page * of)))


def find_changes(tx: Connection, wanted: Wanted, most: int = 50) -> Found:
    """The `most` newest changes that are wanted: as fast after ten years of history as on the first day."""
    conditions = (*_conditions(replace(wanted, words="")), *_between(tx, wanted))
    fitting = sa.select(office_change.c.id).where(*conditions).order_by(office_change.c.id.desc())
    if not wanted.words:
        ids = list(tx.execute(fitting.limit(most + 1)).scalars())
        return Found(_with_ids(tx, ids[:most]), ids[most - 1] if len(ids) > most else None)
    looked = fitting.limit(LOOKED_THROUGH).subquery()
    of_words = sa.select(office_change.c.id).where(office_change.c.id.in_(sa.select(looked.c.id)))
    of_words = of_words.where(*_conditions(Wanted(words=wanted.words))).order_by(office_change.c.id.desc())
    ids = list(tx.execute(of_words.limit(most + 1)).scalars())
    if len(ids) > most:
        return Found(_with_ids(tx, ids[:most]), ids[most - 1])
    number, last = tx.execute(sa.select(sa.func.count(), sa.func.min(looked.c.id))).one()
    is_cut = number == LOOKED_THROUGH
    return Found(_with_ids(tx, ids), last if is_cut else None, is_cut)


def change_of(tx: Connection, change_id: int) -> Change:
    """One change. Raises UnknownChange."""
    row = tx.execute(_SHOWN.where(office_change.c.id == change_id)).first()
    if row is None:
        raise UnknownChange
    return _change(row)


def changes_of(tx: Connection, ids: Sequence[int]) -> tuple[Change, ...]:
    """The changes with these ids, the oldest first; what is none of ours is left out."""
    return tuple(reversed(_with_ids(tx, [one for one in ids if isinstance(one, int)])))


def changes_above(tx: Connection, above: int, kinds: Sequence[str]) -> tuple[Change, ...]:
    """Every change of these kinds since the one with this id, the oldest first."""
    newer = _SHOWN.where(office_change.c.kind.in_(kinds), office_change.c.id > above)
    return tuple(_change(row) for row in tx.execute(newer.order_by(office_change.c.id)))


def ids_of(tx: Connection, asked: Asked, above: int) -> tuple[int, ...]:
    """The changes that whoever asks has made in this very moment, since the one with this id."""
    columns = office_change.c
    own = columns.staff_id.is_not_distinct_from(asked.staff_id)
    ids = sa.select(columns.id).where(columns.id > above, columns.at == asked.now, own)
    return tuple(tx.execute(ids.order_by(columns.id)).scalars())


def newest_of_all(tx: Connection) -> int:
    """The id of the newest change of anything, 0 where there is none."""
    return tx.execute(sa.select(sa.func.max(office_change.c.id))).scalar() or 0


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


def _with_ids(tx: Connection, ids: list[int]) -> tuple[Change, ...]:
    rows = tx.execute(_SHOWN.where(office_change.c.id.in_(ids)).order_by(office_change.c.id.desc()))
    return tuple(_change(row) for row in rows)


def _between(tx: Connection, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """The ids of the days asked for, out of the index of moments: nothing that is newer is walked through."""
    if wanted.since is None and wanted.until is None:
        return []
    of_days = _conditions(Wanted(since=wanted.since, until=wanted.until))
    ids = sa.select(sa.func.min(office_change.c.id), sa.func.max(office_change.c.id)).where(*of_days)
    first, last = tx.execute(ids).one()
    return [office_change.c.id.between(first or 0, last or 0)]


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
    if wanted.below is not None:
        conditions.append(columns.id < wanted.below)
    if wanted.words:
        texts = (columns.name, columns.before, columns.after)
        conditions.append(sa.or_(*(text.icontains(wanted.words, autoescape=True) for text in texts)))
    return conditions


def _change(row: Any) -> Change:
    before, after = _read(row.before), _read(row.after)
    noted = Noted(row.kind, row.key, row.name, row.verb, before, after, row.undoes)
    return Change(row.id, row.at, row.staff_id, noted, row.undone_by)


def _read(written: str) -> Facts | None:
    return json.loads(written) if written else None
