"""Volunteers' cards on paper: a slip from the station's printer, or A4 sheets of them."""

import re
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.people.actions import note, note_person, person_facts
from kiosk.people.reads import card_token, person_of, teams
from kiosk.people.refusals import CardRenewedMeanwhile, PersonLeft
from kiosk.people.rules import Person
from kiosk.people.tables import person
from kiosk.spool import has_printer, print_slip, was_just_printed
from kiosk.words import Lang
from printing.papers import Card, CardSheet
from printing.slips.volunteer_card import VolunteerCardSlip


def person_subject(person_id: int) -> str:
    """The name under which the spool keeps this person's cards."""
    return f"person:{person_id}"


def person_in(subject: str) -> int | None:
    """The person whose card a print job is; None for any other slip."""
    found = re.fullmatch(r"person:([0-9]+)", subject, re.ASCII)
    return int(found[1]) if found else None


def print_card(
    tx: Connection, centre: Centre, person_id: int, lang: Lang, now: datetime, *, again: bool = False
) -> bool:
    """Put the person's newest card on the spool; False where no printer is. Two taps print one.

    `again` prints whatever was printed a moment ago, for whoever holds a second press off otherwise.
    Raises UnknownPerson, PersonLeft.
    """
    owner, subject = _active(tx, person_id), person_subject(person_id)
    if not has_printer(tx, centre.settings):
        return False
    if again or not was_just_printed(tx, subject, now, centre.settings):
        slip = _slip(tx, centre, owner, lang, now)
        print_slip(tx, slip, subject, now, centre.settings)
    return True


def renew_card(tx: Connection, centre: Centre, asked: Asked, person_id: int, revision: int) -> bool:
    """A new card for a lost one, which answers from now on that it was replaced; False without a printer.

    `revision` is the one that the page showed: pressing twice makes one card.
    Raises UnknownPerson, PersonLeft, CardRenewedMeanwhile.
    """
    was = person_facts(tx, _active(tx, person_id))
    raised = tx.execute(
        sa.update(person)
        .where(person.c.id == person_id, person.c.card_revision == revision)
        .values(card_revision=revision + 1)
    )
    if raised.rowcount == 0:
        raise CardRenewedMeanwhile
    note(tx, asked, "renew", person_id=person_id)
    note_person(tx, asked, person_id, "renew", was)
    if not has_printer(tx, centre.settings):
        return False
    slip = _slip(tx, centre, person_of(tx, person_id), asked.lang, asked.now)
    print_slip(tx, slip, person_subject(person_id), asked.now, centre.settings)
    return True


def card_sheet(
    tx: Connection, centre: Centre, owners: Sequence[Person], lang: Lang, now: datetime
) -> CardSheet:
    """A4 pages of the newest cards of `owners`, to be drawn outside the transaction."""
    names = _team_names(tx)
    cards = tuple(
        Card(one.name, _teams_of(one, names), centre.qr_text(card_token(centre, one))) for one in owners
    )
    return CardSheet(centre.name(lang), cards, f"{centre.day(now):%Y-%m-%d}", lang)


def _active(tx: Connection, person_id: int) -> Person:
    owner = person_of(tx, person_id)
    if not owner.is_active:
        raise PersonLeft
    return owner


def _slip(tx: Connection, centre: Centre, owner: Person, lang: Lang, now: datetime) -> VolunteerCardSlip:
    return VolunteerCardSlip(
        centre=centre.name(lang),
        name=owner.name,
        teams=_teams_of(owner, _team_names(tx)),
        qr=centre.qr_text(card_token(centre, owner)),
        printed=f"{centre.local(now):%Y-%m-%d %H:%M}",
        is_renewed=owner.card_revision > 0,
        lang=lang,
    )


def _team_names(tx: Connection) -> dict[int, str]:
    return {team.id: team.name for team in teams(tx)}


def _teams_of(owner: Person, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names[team_id] for team_id in owner.team_ids if team_id in names)
