"""Changing the register: people and teams come, are corrected and leave. Nobody is ever deleted."""

from collections.abc import Iterable

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.people.reads import person_of, team_of
from kiosk.people.refusals import PersonKnown, TeamKnown, WrongField
from kiosk.people.rules import (
    Person,
    Team,
    TeamKind,
    person_faults,
    phone_digits,
    phone_tail,
    team_faults,
    tidy,
)
from kiosk.people.tables import membership, people_change, person, team

PERSON, TEAM = "person", "team"
"""What the history of changes calls them."""

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
    note_person(tx, asked, person_id, "add", None)
    return person_id


def edit_person(
    tx: Connection, asked: Asked, person_id: int, name: str, phone: str, team_ids: Iterable[int]
) -> None:
    """Correct a name, a phone and teams. Raises WrongField, PersonKnown, UnknownPerson, UnknownTeam."""
    before, row = person_of(tx, person_id), _checked_person(name, phone)
    was = person_facts(tx, before)
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
    if changed or wanted != set(before.team_ids):
        note_person(tx, asked, person_id, "edit", was)


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


def add_team(tx: Connection, asked: Asked, name: str, kind: TeamKind, contact: str, name_en: str = "") -> int:
    """Start a team, or take a partner in; returns the id. Raises WrongField, TeamKnown."""
    row = _checked_team(tx, Team(0, name, kind, contact, name_en=name_en)) | {"kind": kind}
    team_id: int = tx.execute(_INSERT_TEAM, row).scalar_one()
    note(tx, asked, "add", team_id=team_id)
    _note_team(tx, asked, team_id, "add", None)
    return team_id


def edit_team(tx: Connection, asked: Asked, team_id: int, name: str, contact: str, name_en: str = "") -> None:
    """Correct a team's names and contact. Raises WrongField, TeamKnown, UnknownTeam."""
    typed = replace(team_of(tx, team_id), name=name, contact=contact, name_en=name_en)
    row = _checked_team(tx, typed)
    was = _team_facts(tx, team_id)
    tx.execute(sa.update(team).where(team.c.id == team_id).values(row))
    note(tx, asked, "edit", team_id=team_id)
    _note_team(tx, asked, team_id, "edit", was)


def close_team(tx: Connection, asked: Asked, team_id: int) -> None:
    """Offer a team no more; its people and their hours stay. Raises UnknownTeam."""
    _set_open(tx, asked, team_id, False)


def reopen_team(tx: Connection, asked: Asked, team_id: int) -> None:
    """Offer a closed team again. Raises UnknownTeam."""
    _set_open(tx, asked, team_id, True)


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Make a person or a team of the register as it was before `change`.

    Raises changes.UndoneAlready, changes.ChangedSince, changes.NotToBeUndone for one that was added or whose
    name is forgotten, and what saving it so would raise.
    """
    changes.check_undoable(tx, change)
    noted, was = change.noted, change.noted.before
    if was is None or "name" not in was or not noted.key.isdigit():
        raise changes.NotToBeUndone
    if noted.kind == TEAM:
        _put_team(tx, asked, int(noted.key), was, change.id)
        return
    if person_facts(tx, person_of(tx, int(noted.key))) != noted.after:
        raise changes.ChangedSince  # a list that was imported has no row for each person
    _put_person(tx, asked, int(noted.key), was, change.id)


def person_facts(tx: Connection, one: Person) -> changes.Facts:
    """A person as the history keeps it until it forgets who that was; nothing of the card but how many."""
    of_person = sa.select(team.c.name).where(team.c.id.in_(one.team_ids)).order_by(team.c.name)
    said = {"name": one.name, "phone": one.phone, "teams": list(tx.execute(of_person).scalars())}
    return said | {"is_active": one.is_active, "card": one.card_revision}


def note_person(
    tx: Connection,
    asked: Asked,
    person_id: int,
    verb: str,
    was: changes.Facts | None,
    undoes: int | None = None,
) -> None:
    """Write down how somebody stands on the register now, and how before."""
    now = person_facts(tx, person_of(tx, person_id))
    noted = changes.Noted(PERSON, str(person_id), now["name"], verb, was, now, undoes)
    changes.note(tx, asked, noted)


def _put_person(tx: Connection, asked: Asked, person_id: int, was: changes.Facts, undoes: int) -> None:
    now = person_of(tx, person_id)
    before, row = person_facts(tx, now), _checked_person(was["name"], was["phone"])
    if tx.execute(_SAME_PERSON, row).scalar() not in (None, person_id):
        raise PersonKnown
    known = dict(tx.execute(sa.select(team.c.name, team.c.id)).tuples().all())
    wanted = {known[name] for name in was["teams"] if name in known}
    values = row | {"is_active": was["is_active"]}
    tx.execute(sa.update(person).where(person.c.id == person_id).values(values))
    note(tx, asked, "edit", person_id=person_id, text="undo")
    for team_id in sorted(wanted - set(now.team_ids)):
        join(tx, asked, person_id, team_id)
    for team_id in sorted(set(now.team_ids) - wanted):
        part(tx, asked, person_id, team_id)
    note_person(tx, asked, person_id, "undo", before, undoes)


def _put_team(tx: Connection, asked: Asked, team_id: int, was: changes.Facts, undoes: int) -> None:
    now = _team_facts(tx, team_id)
    others = {name: was.get(name, now[name]) for name in ("contact", "name_en")}
    row = _checked_team(tx, replace(team_of(tx, team_id), name=was["name"], **others))
    is_active = was["is_active"]
    tx.execute(sa.update(team).where(team.c.id == team_id).values(row | {"is_active": is_active}))
    note(tx, asked, "edit", team_id=team_id, text="undo")
    _note_team(tx, asked, team_id, "undo", now, undoes)


def _team_facts(tx: Connection, team_id: int) -> changes.Facts:
    one = team_of(tx, team_id)
    said = {"name": one.name, "name_en": one.name_en, "kind": str(one.kind), "contact": one.contact}
    return said | {"is_active": one.is_active}


def _note_team(
    tx: Connection,
    asked: Asked,
    team_id: int,
    verb: str,
    was: changes.Facts | None,
    undoes: int | None = None,
) -> None:
    now = _team_facts(tx, team_id)
    changes.note(tx, asked, changes.Noted(TEAM, str(team_id), now["name"], verb, was, now, undoes))


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
    was = person_facts(tx, person_of(tx, person_id))
    moved = tx.execute(
        sa.update(person)
        .where(person.c.id == person_id, person.c.is_active != is_active)
        .values(is_active=is_active)
    )
    if moved.rowcount:
        verb = "come_back" if is_active else "leave"
        note(tx, asked, verb, person_id=person_id)
        note_person(tx, asked, person_id, verb, was)


def _set_open(tx: Connection, asked: Asked, team_id: int, is_active: bool) -> None:
    was = _team_facts(tx, team_id)
    moved = tx.execute(
        sa.update(team).where(team.c.id == team_id, team.c.is_active != is_active).values(is_active=is_active)
    )
    if moved.rowcount:
        verb = "reopen" if is_active else "close"
        note(tx, asked, verb, team_id=team_id)
        _note_team(tx, asked, team_id, verb, was)


def _checked_person(name: str, phone: str) -> dict[str, str]:
    if person_faults(name, phone):
        raise WrongField
    digits = phone_digits(phone) or ""
    return {"name": tidy(name), "phone": digits, "phone_tail": phone_tail(digits)}


def _checked_team(tx: Connection, typed: Team) -> dict[str, str]:
    """The fields of a team that may be written; its id is 0 for a new one."""
    if team_faults(typed.name, typed.contact, typed.name_en):
        raise WrongField
    row = {"name": tidy(typed.name), "contact": tidy(typed.contact), "name_en": tidy(typed.name_en)}
    if tx.execute(sa.select(team.c.id).where(team.c.name == row["name"])).scalar() not in (None, typed.id):
        raise TeamKnown
    return row
