"""Changing the register: people and teams come, are corrected and leave. Nobody is ever deleted."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.people.reads import person_of, team_of
from kiosk.people.refusals import PersonKnown, TeamKnown, UnknownTeam, WrongField
from kiosk.people.rules import TeamKind, person_faults, phone_digits, phone_tail, team_faults, tidy
from kiosk.people.tables import membership, people_change, person, team

_SAME_PERSON = sa.select(person.c.id).where(
    person.c.name == sa.bindparam("name"), person.c.phone == sa.bindparam("phone")
)
_INSERT_PERSON = sa.insert(person).returning(person.c.id)
_INSERT_TEAM = sa.insert(team).returning(team.c.id)
_NOTE = sa.insert(people_change)


def add_person(tx: Connection, asked: Asked, name: str, phone: str, team_ids: Iterable[int]) -> int:
    """Put somebody on the register; returns the id. Raises WrongField, PersonKnown, UnknownTeam."""
    row = _checked_person(name, phone)
    if tx.execute(_SAME_PERSON, row).scalar() is not None:
        raise PersonKnown
    person_id: int = tx.execute(_INSERT_PERSON, row).scalar_one()
    note(tx, asked, "add", person_id=person_id)
    for team_id in dict.fromkeys(team_ids):
        join(tx, asked, person_id, team_id)
    return person_id


def edit_person(
    tx: Connection, asked: Asked, person_id: int, name: str, phone: str, team_ids: Iterable[int]
) -> None:
    """Correct a name, a phone and teams. Raises WrongField, PersonKnown, UnknownPerson, UnknownTeam."""
    before, row = person_of(tx, person_id), _checked_person(name, phone)
    if tx.execute(_SAME_PERSON, row).scalar() not in (None, person_id):
        raise PersonKnown
    changed = [field for field in ("name", "phone") if getattr(before, field) != row[field]]
    if changed:
        tx.execute(sa.update(person).where(person.c.id == person_id).values(row))
        note(tx, asked, "edit", person_id=person_id, text=", ".join(changed))
    wanted = set(team_ids)
    for team_id in sorted(wanted - set(before.team_ids)):
        join(tx, asked, person_id, team_id)
    for team_id in sorted(set(before.team_ids) - wanted):
        part(tx, asked, person_id, team_id)


def join(tx: Connection, asked: Asked, person_id: int, team_id: int) -> None:
    """Somebody becomes a member of a team. Raises UnknownTeam."""
    team_of(tx, team_id)
    tx.execute(sa.insert(membership).values(person_id=person_id, team_id=team_id))
    note(tx, asked, "join", person_id=person_id, team_id=team_id)


def part(tx: Connection, asked: Asked, person_id: int, team_id: int) -> None:
    """Somebody is no longer a member of a team; the rows of `people_change` keep that they were."""
    ended = tx.execute(
        sa.delete(membership).where(membership.c.person_id == person_id, membership.c.team_id == team_id)
    )
    if ended.rowcount:
        note(tx, asked, "part", person_id=person_id, team_id=team_id)


def leave(tx: Connection, asked: Asked, person_id: int) -> None:
    """Somebody leaves the register: the card stops working, the hours stay. Raises UnknownPerson."""
    _set_here(tx, asked, person_id, False)


def come_back(tx: Connection, asked: Asked, person_id: int) -> None:
    """Somebody who had left is here again, with the same card. Raises UnknownPerson."""
    _set_here(tx, asked, person_id, True)


def add_team(tx: Connection, asked: Asked, name: str, kind: TeamKind, contact: str) -> int:
    """Start a team, or take a partner in; returns the id. Raises WrongField, TeamKnown."""
    row = _checked_team(tx, name, contact) | {"kind": kind}
    team_id: int = tx.execute(_INSERT_TEAM, row).scalar_one()
    note(tx, asked, "add", team_id=team_id)
    return team_id


def edit_team(tx: Connection, asked: Asked, team_id: int, name: str, contact: str) -> None:
    """Correct a team's name and contact. Raises WrongField, TeamKnown, UnknownTeam."""
    row = _checked_team(tx, name, contact, team_id)
    if tx.execute(sa.update(team).where(team.c.id == team_id).values(row)).rowcount == 0:
        raise UnknownTeam
    note(tx, asked, "edit", team_id=team_id)


def close_team(tx: Connection, asked: Asked, team_id: int) -> None:
    """Offer a team no more; its people and their hours stay. Raises UnknownTeam."""
    _set_open(tx, asked, team_id, False)


def reopen_team(tx: Connection, asked: Asked, team_id: int) -> None:
    """Offer a closed team again. Raises UnknownTeam."""
    _set_open(tx, asked, team_id, True)


def note(
    tx: Connection,
    asked: Asked,
    verb: str,
    *,
    person_id: int | None = None,
    team_id: int | None = None,
    text: str = "",
) -> None:
    """Append what was done to the register, by whom and when; never a name or a phone."""
    row = {"person_id": person_id, "team_id": team_id, "verb": verb, "note": text}
    tx.execute(_NOTE, row | {"staff_id": asked.staff_id, "at": asked.now})


def _set_here(tx: Connection, asked: Asked, person_id: int, is_active: bool) -> None:
    person_of(tx, person_id)
    moved = tx.execute(
        sa.update(person)
        .where(person.c.id == person_id, person.c.is_active != is_active)
        .values(is_active=is_active)
    )
    if moved.rowcount:
        note(tx, asked, "come_back" if is_active else "leave", person_id=person_id)


def _set_open(tx: Connection, asked: Asked, team_id: int, is_active: bool) -> None:
    team_of(tx, team_id)
    moved = tx.execute(
        sa.update(team).where(team.c.id == team_id, team.c.is_active != is_active).values(is_active=is_active)
    )
    if moved.rowcount:
        note(tx, asked, "reopen" if is_active else "close", team_id=team_id)


def _checked_person(name: str, phone: str) -> dict[str, str]:
    if person_faults(name, phone):
        raise WrongField
    digits = phone_digits(phone) or ""
    return {"name": tidy(name), "phone": digits, "phone_tail": phone_tail(digits)}


def _checked_team(tx: Connection, name: str, contact: str, team_id: int | None = None) -> dict[str, str]:
    if team_faults(name, contact):
        raise WrongField
    row = {"name": tidy(name), "contact": tidy(contact)}
    if tx.execute(sa.select(team.c.id).where(team.c.name == row["name"])).scalar() not in (None, team_id):
        raise TeamKnown
    return row
