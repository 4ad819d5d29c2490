"""The register for the screens: people of a team, by card, by phone, by name."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import qr_codes
from kiosk.centre import Centre
from kiosk.database.prepared import Prepared
from kiosk.people.refusals import CardRevoked, NotACard, PersonLeft, TooShort, UnknownPerson, UnknownTeam
from kiosk.people.rules import Masked, Person, Team, TeamKind, masked, tidy
from kiosk.people.tables import membership, people_change, person, team


class Change(Struct, frozen=True):
    """One thing that was done to somebody's entry: what, to which team, by which member of staff, when."""

    verb: str
    team: str
    staff_id: int
    at: datetime


LEAST_LETTERS = 2
MOST_FOUND = 50
MOST_BY_TAIL = 5

_TEAM_IDS = (
    sa.select(
        # a comma that stands in the text: as a plain "," SQLAlchemy writes it in anew at each execution
        sa.func.aggregate_strings(
            sa.cast(membership.c.team_id, sa.String),
            sa.literal_column("','"),  # type: ignore[arg-type]
        )
    )
    .where(membership.c.person_id == person.c.id)
    .correlate(person)
    .scalar_subquery()
)
_PEOPLE = sa.select(
    person.c.id, person.c.name, person.c.phone, _TEAM_IDS, person.c.is_active, person.c.card_revision
)
_PERSON = Prepared(_PEOPLE.where(person.c.id == sa.bindparam("id")))
_BY_TAIL = (
    sa.select(person.c.id, person.c.name)
    .where(person.c.phone_tail == sa.bindparam("tail"), person.c.is_active)
    .order_by(person.c.id)
    .limit(sa.bindparam("most"))
)
_TEAMS = sa.select(team.c.id, team.c.name, team.c.kind, team.c.contact, team.c.is_active, team.c.name_en)
_NEWEST = sa.select(sa.func.coalesce(sa.func.max(people_change.c.id), 0))


def person_of(tx: Connection, person_id: int) -> Person:
    """One person, whether active or not. Raises UnknownPerson."""
    row = _PERSON.first(tx, {"id": person_id})
    if row is None:
        raise UnknownPerson
    return _person(row)


def card_token(centre: Centre, owner: Person) -> str:
    """The 24 digits of the person's newest card."""
    return centre.token(qr_codes.CodeKind.VOLUNTEER_CARD, owner.id, owner.card_revision)


def person_by_card(tx: Connection, centre: Centre, code: str) -> Person:
    """Whose card this is: 24 digits, or an address that ends with them.

    Raises tokens.Misread, tokens.Forged, NotACard, UnknownPerson, CardRevoked, PersonLeft.
    """
    token = qr_codes.parse(code)
    if token.kind != qr_codes.CodeKind.VOLUNTEER_CARD:
        raise NotACard
    row = _PERSON.first(tx, {"id": token.serial})
    is_newest = qr_codes.verify(token, row.card_revision if row else 0, centre.secret)
    if row is None:
        raise UnknownPerson
    if not is_newest:
        raise CardRevoked
    if not row.is_active:
        raise PersonLeft
    return _person(row)


def people_by_tail(tx: Connection, tail: str, limit: int = MOST_BY_TAIL) -> tuple[Masked, ...]:
    """Active people whose phone ends with these four digits, masked; at most five, and no word of more."""
    if not re.fullmatch(r"[0-9]{4}", tail, re.ASCII):
        return ()
    rows = tx.execute(_BY_TAIL, {"tail": tail, "most": min(limit, MOST_BY_TAIL)})
    return tuple(Masked(row.id, masked(row.name)) for row in rows)


def picked_by_tail(tx: Connection, tail: str, person_id: int) -> Person:
    """The person whom somebody picked after typing `tail`; an id alone opens nobody. Raises UnknownPerson."""
    if person_id not in {found.id for found in people_by_tail(tx, tail)}:
        raise UnknownPerson
    return person_of(tx, person_id)


def search(tx: Connection, text: str, *, everybody: bool = False) -> tuple[Person, ...]:
    """For staff only: people whose name or phone holds `text`, at most 50; `everybody` also who has left.

    Raises TooShort for fewer than two characters.
    """
    wanted = tidy(text)
    if len(wanted) < LEAST_LETTERS:
        raise TooShort(least=LEAST_LETTERS)
    is_like = person.c.name.contains(wanted, autoescape=True)
    if digits := re.sub(r"\D", "", wanted, flags=re.ASCII):
        is_like |= person.c.phone.contains(digits)
    query = _PEOPLE.where(is_like).order_by(person.c.is_active.desc(), person.c.id).limit(MOST_FOUND)
    return _many(tx.execute(query if everybody else query.where(person.c.is_active)))


class Slice(Struct, frozen=True):
    """Which lines of a long list: `most` (None: all) after `skipped`."""

    most: int | None = None
    skipped: int = 0


ALL = Slice()


def people_of_team(
    tx: Connection, team_id: int, listed: Slice = ALL, *, everybody: bool = False
) -> tuple[Person, ...]:
    """For staff only: a team's people in the order they came; `everybody` also who has left the register."""
    query = _PEOPLE.where(_is_of_team(team_id, everybody=everybody))
    return _some(tx, query.order_by(person.c.is_active.desc(), person.c.id), listed)


def team_count(tx: Connection, team_id: int, *, everybody: bool = False) -> int:
    """How many `people_of_team` are."""
    return _count(tx, _is_of_team(team_id, everybody=everybody))


def people_without_team(tx: Connection, listed: Slice = ALL) -> tuple[Person, ...]:
    """For staff only: active people who belong to no team."""
    return _some(tx, _PEOPLE.where(_is_without_team()).order_by(person.c.id), listed)


def without_team_count(tx: Connection) -> int:
    """How many `people_without_team` are."""
    return _count(tx, _is_without_team())


def _is_of_team(team_id: int, *, everybody: bool) -> sa.ColumnElement[bool]:
    is_here = person.c.id.in_(sa.select(membership.c.person_id).where(membership.c.team_id == team_id))
    return is_here if everybody else is_here & person.c.is_active


def _is_without_team() -> sa.ColumnElement[bool]:
    return person.c.is_active & ~person.c.id.in_(sa.select(membership.c.person_id))


def _some(tx: Connection, query: sa.Select[Any], listed: Slice) -> tuple[Person, ...]:
    return _many(tx.execute(query.limit(listed.most).offset(listed.skipped)))


def _count(tx: Connection, which: sa.ColumnElement[bool]) -> int:
    count: int = tx.execute(sa.select(sa.func.count()).select_from(person).where(which)).scalar_one()
    return count


def everybody(tx: Connection) -> tuple[Person, ...]:
    """The whole register, who has left too: 20,000 people take a tenth of a second."""
    return _many(tx.execute(_PEOPLE))


def letters(tx: Connection, team_id: int | None = None) -> str:
    """Every letter of the names on the register, or in a team, each once: nobody is told by them."""
    people, teams_named = sa.select(person.c.name), sa.select(team.c.name)
    if team_id is not None:
        people = people.where(_is_of_team(team_id, everybody=False))
        teams_named = teams_named.where(team.c.id == team_id)
    names = (*tx.execute(people).scalars(), *tx.execute(teams_named).scalars())
    return "".join(sorted(set().union(*names)))


def teams(tx: Connection, *, everyone: bool = False) -> tuple[Team, ...]:
    """Teams first, then partners, each in the order they came; `everyone` also the closed ones."""
    query = _TEAMS.order_by(team.c.kind.desc(), team.c.id)
    return tuple(_team(row) for row in tx.execute(query if everyone else query.where(team.c.is_active)))


def team_of(tx: Connection, team_id: int) -> Team:
    """One team or partner. Raises UnknownTeam."""
    row = tx.execute(_TEAMS.where(team.c.id == team_id)).one_or_none()
    if row is None:
        raise UnknownTeam
    return _team(row)


def team_sizes(tx: Connection) -> dict[int, int]:
    """How many active people each team has; teams without any are left out."""
    query = (
        sa.select(membership.c.team_id, sa.func.count())
        .join_from(membership, person)
        .where(person.c.is_active)
        .group_by(membership.c.team_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def history_of(tx: Connection, person_id: int) -> tuple[Change, ...]:
    """What was done to somebody's entry, the newest first, at most 50."""
    query = (
        sa.select(
            people_change.c.verb,
            sa.func.coalesce(team.c.name, ""),
            people_change.c.staff_id,
            people_change.c.at,
        )
        .outerjoin_from(people_change, team)
        .where(people_change.c.person_id == person_id)
        .order_by(people_change.c.id.desc())
        .limit(MOST_FOUND)
    )
    return tuple(Change(*row) for row in tx.execute(query))


def newest_change(tx: Connection) -> int:
    """The register's version: the id of its newest change, 0 for an empty one."""
    newest: int = tx.execute(_NEWEST).scalar_one()
    return newest


def _many(rows: Iterable[Any]) -> tuple[Person, ...]:
    return tuple(_person(row) for row in rows)


def _person(row: Any) -> Person:
    team_ids = tuple(sorted(int(one) for one in (row[3] or "").split(",") if one))
    return Person(row[0], row[1], row[2], team_ids, row[4], row[5])


def _team(row: Any) -> Team:
    return Team(row.id, row.name, TeamKind(row.kind), row.contact, row.is_active, row.name_en)
