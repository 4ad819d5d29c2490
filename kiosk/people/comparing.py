"""A list of people beside the register: what each line of it would do, and what stands in the way."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.people.columns import ColumnFault, Listed, SheetRow
from kiosk.people.reads import everybody, newest_change, teams
from kiosk.people.rules import Person, Team, TeamKind, tidy


class Row(Struct, frozen=True):
    """What a line of the list will do: "new", "joins" (known, comes to more teams), "returns" or "known".

    `joins` are the teams that the person comes to. A namesake is somebody else, or has another phone now.
    """

    row: int
    name: str
    phone: str
    joins: tuple[str, ...]
    what: str
    person_id: int | None = None
    has_namesake: bool = False


class Preview(Struct, frozen=True):
    """A list beside the register. With any fault nothing of it can be taken in."""

    filename: str
    rows: tuple[Row, ...]
    new_teams: tuple[tuple[str, str], ...]
    faults: tuple[ColumnFault, ...]
    ignored: tuple[str, ...]
    seen_change: int
    spare_phones: tuple[int, ...] = ()

    def count(self, what: str) -> int:
        """How many rows are "new", "joins", "returns" or "known"."""
        return sum(row.what == what for row in self.rows)


def preview(tx: Connection, listed: Listed, filename: str) -> Preview:
    """Compare a list with the register. Writes nothing."""
    register = _Register(everybody(tx), teams(tx, everyone=True))
    faults = [*listed.faults, *register.closed(listed.lines)]
    return Preview(
        filename=tidy(filename)[-80:],
        rows=tuple(register.row(line) for line in listed.lines if line.name),
        new_teams=register.new_teams(listed.lines),
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        ignored=listed.ignored,
        seen_change=newest_change(tx),
        spare_phones=listed.spare_phones,
    )


class _Register:
    """What is known, by name; lines of a list are looked up in it, and remembered."""

    def __init__(self, people: Sequence[Person], known: Sequence[Team]) -> None:
        # tidied anew: who was entered before a rule changed is still the same person
        self._people = {(tidy(one.name), one.phone): one for one in people}
        self._names = {name for name, _ in self._people}
        self._teams = {team.name: team for team in known}
        self._listed: dict[tuple[str, str], set[str]] = {}

    def row(self, line: SheetRow) -> Row:
        """What the line does, after what the lines before it do."""
        who = (line.name, line.phone)
        known, before = self._people.get(who), self._listed.get(who)
        had = (before or set()) | self._teams_of(known)
        joins = tuple(name for name in (*line.teams, *line.partners) if name not in had)
        self._listed[who] = had | set(joins)
        row = Row(line.row, line.name, line.phone, joins, "joins" if joins else "known")
        if known is None:
            is_first = before is None
            return replace(row, what="new" if is_first else row.what, has_namesake=line.name in self._names)
        returns = not known.is_active and before is None
        return replace(row, what="returns" if returns else row.what, person_id=known.id)

    def new_teams(self, lines: Sequence[SheetRow]) -> tuple[tuple[str, str], ...]:
        """Names and kinds of the teams that must be made, each once."""
        named = [(name, TeamKind.TEAM) for line in lines for name in line.teams]
        named += [(name, TeamKind.PARTNER) for line in lines for name in line.partners]
        made: dict[str, str] = {}
        for name, kind in named:
            if name not in self._teams:
                made.setdefault(name, kind)
        return tuple(made.items())

    def closed(self, lines: Sequence[SheetRow]) -> list[ColumnFault]:
        """Lines that name a team which is closed: opened again first, by whoever closed it."""
        named = [(line, name) for line in lines for name in (*line.teams, *line.partners)]
        shut = [
            (line, name) for line, name in named if name in self._teams and not self._teams[name].is_active
        ]
        return [ColumnFault(line.row, "", "", name, "closed", name) for line, name in shut]

    def _teams_of(self, known: Person | None) -> set[str]:
        return {team.name for team in self._teams.values() if known and team.id in known.team_ids}
