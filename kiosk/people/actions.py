"""Changing the register: people and teams come, are corrected and leave. Nobody is ever deleted."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.people.reads import person_of, team_of
from kiosk.people.refusals import PersonKnown, TeamKnown, UnknownTeam, WrongField
from kiosk.people.rules import TeamKind, person_faults, phone_digits, team_faults, tidy
from kiosk.people.tables import membership, people_change, person, team

_SAME_PERSON = sa.select(person.c.id).where(
    person.c.name == sa.bindparam("name"), person.c.phone == sa.bindparam("phone")
)
_INSERT_PERSON = sa.insert(person).returning(person.c.id)
_INSERT_TEAM = sa.insert(team).returning(team.c.id)
_NOTE = sa.insert(people_change)


def add_person(
    tx: Connection, name: str, phone: str, team_ids: Iterable[int], staff_id: int, now: datetime
) -> int:
    """Put somebody on the register; returns the id. Raises WrongField, PersonKnown, UnknownTeam."""
    row = _checked_person(name, phone)
    if tx.execute(_SAME_PERSON, row).scalar() is not None:
        raise PersonKnown
    person_id: int = tx.execute(_INSERT_PERSON, row).scalar_one()
    note(tx, "add", staff_id, now, person_id=person_id)
    for team_id in dict.fromkeys(team_ids):
        join(tx, person_id, team_id, staff_id, now)
    return person_id


def edit_person(
    tx: Connection,
    person_id: int,
    name: str,
    phone: str,
    team_ids: Iterable[int],
    staff_id: int,
    now: datetime,
) -> None:
    """Correct a name, a phone and teams. Raises WrongField, PersonKnown, UnknownPerson, UnknownTeam."""
    before, row = person_of(tx, person_id), _checked_person(name, phone)
    if tx.execute(_SAME_PERSON, row).scalar() not in (None, person_id):
        raise PersonKnown
    changed = [field for field in ("name", "phone") if getattr(before, field) != row[field]]
    if changed:
        tx.execute(sa.update(person).where(person.c.id == person_id).values(row))
        note(tx, "edit", staff_id, now, person_id=person_id, text=", ".join(changed))
    wanted = set(team_ids)
    for team_id in sorted(wanted - set(before.team_ids)):
        join(tx, person_id, team_id, staff_id, now)
    for team_id in sorted(set(before.team_ids) - wanted):
        part(tx, person_id, team_id, staff_id, now)


def join(tx: Connection, person_id: int, team_id: int, staff_id: int, now: datetime) -> None:
    """Somebody becomes a member of a team. Raises UnknownTeam."""
    team_of(tx, team_id)
    tx.execute(sa.insert(membership).values(person_id=person_id, team_id=team_id))
    note(tx, "join", staff_id, now, person_id=person_id, team_id=team_id)


def part(tx: Connection, person_id: int, team_id: int, staff_id: int, now: datetime) -> None:
    """Somebody is no longer a member of a team; the rows of `people_change` keep that they were."""
    ended = tx.execute(
        sa.delete(membership).where(membership.c.person_id == person_id, membership.c.team_id == team_id)
    )
    if ended.rowcount:
        note(tx, "part", staff_id, now, person_id=person_id, team_id=team_id)


def leave(tx: Connection, person_id: int, staff_id: int, now: datetime) -> None:
    """Somebody leaves the register: the card stops working, the hours stay. Raises UnknownPerson."""
    _set_here(tx, person_id, False, staff_id, now)


def come_back(tx: Connection, person_id: int, staff_id: int, now: datetime) -> None:
    """Somebody who had left is here again, with the same card. Raises UnknownPerson."""
    _set_here(tx, person_id, True, staff_id, now)


def add_team(tx: Connection, name: str, kind: TeamKind, contact: str, staff_id: int, now: datetime) -> int:
    """Start a team, or take a partner in; returns the id. Raises WrongField, TeamKnown."""
    row = _checked_team(tx, name, contact) | {"kind": kind}
    team_id: int = tx.execute(_INSERT_TEAM, row).scalar_one()
    note(tx, "add", staff_id, now, team_id=team_id)
    return team_id


def edit_team(tx: Connection, team_id: int, name: str, contact: str, staff_id: int, now: datetime) -> None:
    """Correct a team's name and contact. Raises WrongField, TeamKnown, UnknownTeam."""
    row = _checked_team(tx, name, contact, team_id)
    if tx.execute(sa.update(team).where(team.c.id == team_id).values(row)).rowcount == 0:
        raise UnknownTeam
    note(tx, "edit", staff_id, now, team_id=team_id)


def close_team(tx: Connection, team_id: int, staff_id: int, now: datetime) -> None:
    """Offer a team no more; its people and their hours stay. Raises UnknownTeam."""
    _set_open(tx, team_id, False, staff_id, now)


def reopen_team(tx: Connection, team_id: int, staff_id: int, now: datetime) -> None:
    """Offer a closed team again. Raises UnknownTeam."""
    _set_open(tx, team_id, True, staff_id, now)


def note(
    tx: Connection,
    verb: str,
    staff_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    team_id: int | None = None,
    text: str = "",
) -> None:
    """Append what was done to the register, by whom and when; never a name or a phone."""
    row = {"person_id": person_id, "team_id": team_id, "verb": verb, "note": text}
    tx.execute(_NOTE, row | {"staff_id": staff_id, "at": now})


def _set_here(tx: Connection, person_id: int, is_active: bool, staff_id: int, now: datetime) -> None:
    person_of(tx, person_id)
    moved = tx.execute(
        sa.update(person)
        .where(person.c.id == person_id, person.c.is_active != is_active)
        .values(is_active=is_active)
    )
    if moved.rowcount:
        note(tx, "come_back" if is_active else "leave", staff_id, now, person_id=person_id)


def _set_open(tx: Connection, team_id: int, is_active: bool, staff_id: int, now: datetime) -> None:
    team_of(tx, team_id)
    moved = tx.execute(
        sa.update(team).where(team.c.id == team_id, team.c.is_active != is_active).values(is_active=is_active)
    )
    if moved.rowcount:
        note(tx, "reopen" if is_active else "close", staff_id, now, team_id=team_id)


def _checked_person(name: str, phone: str) -> dict[str, str]:
    if person_faults(name, phone):
        raise WrongField
    digits = phone_digits(phone) or ""
    return {"name": tidy(name), "phone": digits, "phone_tail": digits[-4:]}


def _checked_team(tx: Connection, name: str, contact: str, team_id: int | None = None) -> dict[str, str]:
    if team_faults(name, contact):
        raise WrongField
    row = {"name": tidy(name), "contact": tidy(contact)}
    if tx.execute(sa.select(team.c.id).where(team.c.name == row["name"])).scalar() not in (None, team_id):
        raise TeamKnown
    return row
