"""A list of people joins the register: just as it was shown, or not at all."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.clock import bounds, is_within
from kiosk.people.actions import PERSON, add_team
from kiosk.people.columns import Choice, ListFile, listed
from kiosk.people.comparing import Preview, Row, preview
from kiosk.people.reads import newest_change, teams
from kiosk.people.refusals import ImportDone, ImportExpired, ImportFaulty, ImportOutdated, UnknownImport
from kiosk.people.rules import TeamKind, phone_tail, tidy
from kiosk.people.tables import membership, people_change, people_import, person

KEPT_FOR = timedelta(minutes=30)
"""How long a preview waits for its confirmation; then its names are wiped out."""


class Imported(Struct, frozen=True):
    """What an import has done."""

    added: int
    joined: int
    returned: int
    teams: int


class KeptFile(Struct, frozen=True):
    """A file that waits for its confirmation; `seen_change` was the register's newest when it came."""

    filename: str
    file: ListFile
    seen_change: int


def keep_file(tx: Connection, asked: Asked, key: str, filename: str, file: ListFile) -> None:
    """Keep the lists of a file under `key` until one is confirmed or they are too old."""
    row = {
        "key": key,
        "staff_id": asked.staff_id,
        "at": asked.now,
        "filename": tidy(filename)[-80:],
        "rows": _packed(file),
    }
    tx.execute(sa.insert(people_import).values(row | {"seen_change": newest_change(tx)}))


def kept_preview(tx: Connection, key: str, now: datetime, choice: Choice) -> tuple[KeptFile, Preview]:
    """The file that was kept, and what the list that is meant would do.

    Raises UnknownImport, ImportDone, ImportExpired, and ImportOutdated when the register has changed since.
    """
    row = tx.execute(sa.select(people_import).where(people_import.c.key == key)).one_or_none()
    if row is None:
        raise UnknownImport
    if row.done_at is not None:
        raise ImportDone
    if not row.rows or not is_within(row.at, now, KEPT_FOR):
        raise ImportExpired
    if newest_change(tx) != row.seen_change:
        raise ImportOutdated
    kept = KeptFile(row.filename, _unpacked(row.rows), row.seen_change)
    if choice.sheet >= len(kept.file.lists):
        raise UnknownImport
    return kept, preview(tx, listed(kept.file, choice), kept.filename)


def has_old_previews(tx: Connection, now: datetime) -> bool:
    """Whether names wait for a confirmation that comes too late."""
    return tx.execute(sa.select(people_import.c.key).where(*_is_old(now)).limit(1)).scalar() is not None


def wipe_previews(tx: Connection, now: datetime) -> None:
    """Forget the names in previews that nobody has confirmed in time."""
    tx.execute(sa.update(people_import).where(*_is_old(now)).values(rows=""))


def _is_old(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    after, before = bounds(now, KEPT_FOR)
    is_past = sa.or_(people_import.c.at <= after, people_import.c.at >= before)
    return is_past, people_import.c.rows != ""


def commit_import(tx: Connection, asked: Asked, key: str, choice: Choice) -> Imported:
    """Take in just the rows that were shown, all in this transaction; a second press does nothing.

    The register has not changed since, so the same choice says the same as it did.
    Raises UnknownImport, ImportDone, ImportExpired, ImportOutdated, ImportFaulty.
    """
    _, shown = kept_preview(tx, key, asked.now, choice)
    if shown.faults:
        raise ImportFaulty
    taken = tx.execute(
        sa.update(people_import)
        .where(people_import.c.key == key, people_import.c.done_at.is_(None))
        .values(done_at=asked.now, rows="")
    )
    if taken.rowcount == 0:
        raise ImportDone
    done = _Taking(tx, asked).take(shown)
    # one row for all: five thousand would be a history of nothing else
    said = {"added": done.added, "joined": done.joined, "returned": done.returned}
    changes.note(tx, asked, changes.Noted(PERSON, f"import:{key}", "", "import", None, said))
    return done


class _Taking:
    """Takes a preview in with a handful of statements: 5,000 rows one by one would hold up the station."""

    def __init__(self, tx: Connection, asked: Asked) -> None:
        self._tx, self._asked = tx, asked

    def take(self, shown: Preview) -> Imported:
        for name, kind in shown.new_teams:
            add_team(self._tx, self._asked, name, TeamKind(kind), "")
        added = self._add([row for row in shown.rows if row.what == "new"])
        returned = [row.person_id for row in shown.rows if row.what == "returns"]
        self._bring_back(returned)
        joined = self._join(shown.rows, added)
        return Imported(len(added), joined, len(returned), len(shown.new_teams))

    def _add(self, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
        if not rows:
            return {}
        values = [{"name": row.name, "phone": row.phone, "phone_tail": phone_tail(row.phone)} for row in rows]
        insert = sa.insert(person).returning(person.c.id, sort_by_parameter_order=True)
        ids = self._tx.execute(insert, values).scalars().all()
        self._note("import", [(new_id, None) for new_id in ids])
        return {(row.name, row.phone): new_id for row, new_id in zip(rows, ids, strict=True)}

    def _bring_back(self, ids: Sequence[int | None]) -> None:
        if ids:
            self._tx.execute(sa.update(person).where(person.c.id.in_(ids)).values(is_active=True))
            self._note("come_back", [(person_id, None) for person_id in ids])

    def _join(self, rows: Sequence[Row], added: dict[tuple[str, str], int]) -> int:
        """Memberships; returns how many people who were known came to a team."""
        by_name = {team.name: team.id for team in teams(self._tx)}
        pairs: list[tuple[int | None, int]] = []
        for row in rows:
            person_id = row.person_id or added[row.name, row.phone]
            pairs += [(person_id, by_name[name]) for name in row.joins]
        if pairs:
            values = [{"person_id": person_id, "team_id": team_id} for person_id, team_id in pairs]
            self._tx.execute(sa.insert(membership), values)
            self._note("join", pairs)
        return len({row.person_id for row in rows if row.person_id and row.joins})

    def _note(self, verb: str, pairs: Sequence[tuple[int | None, int | None]]) -> None:
        whole = {"verb": verb, "staff_id": self._asked.staff_id, "at": self._asked.now}
        values = [whole | {"person_id": person_id, "team_id": team_id} for person_id, team_id in pairs]
        self._tx.execute(sa.insert(people_change), values)


def _packed(file: ListFile) -> str:
    return msgspec.json.encode(file).decode()


def _unpacked(packed: str) -> ListFile:
    return msgspec.json.decode(packed, type=ListFile)
