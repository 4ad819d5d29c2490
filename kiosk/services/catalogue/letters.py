"""Whose a letter of numbers is: one group's or one service's. Shared by more, numbers would say nothing."""

from collections.abc import Iterable
from itertools import chain, count

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.services.refusals import LetterMissing, LetterTaken
from kiosk.services.tables import service, service_group
from kiosk.words import Refusal

_OF_GROUPS = sa.select(service_group.c.slug, service_group.c.name, service_group.c.letter).where(
    service_group.c.letter != "", service_group.c.retired_at.is_(None)
)
_OF_SERVICES = sa.select(service.c.code, service.c.name, service.c.group_slug, service.c.letter).where(
    service.c.retired_at.is_(None)
)


def check_letter(tx: Connection, letter: str, group: str = "", code: str = "") -> None:
    """Refuse a letter that belongs to another group than `group`, or to another service than `code`.

    A service and its own group may have the same: then they share its numbers. Raises LetterTaken.
    """
    for slug, name, theirs in tx.execute(_OF_GROUPS):
        if theirs == letter and slug != group:
            raise LetterTaken(letter=letter, name=name)
    for one, name, slug, theirs in tx.execute(_OF_SERVICES):
        if theirs == letter and one != code and (code or slug != group):
            raise LetterTaken(letter=letter, name=name)


def letter_refused(tx: Connection, group: str, letter: str, code: str = "", name: str = "") -> Refusal | None:
    """What is wrong with the letter of a group, or of its service `code` called `name`; None for nothing.

    For who tells it beside other faults: LetterTaken, and of a service LetterMissing.
    """
    try:
        if letter:
            check_letter(tx, letter, group, code)
        elif code:
            check_has_letter(tx, group, letter, name)
    except (LetterTaken, LetterMissing) as refusal:
        return refusal
    return None


def check_has_letter(tx: Connection, group: str, letter: str, name: str) -> None:
    """Refuse a service of `group` when it would have no letter at all. Raises LetterMissing."""
    if not letter and not _letter_of_group(tx, group):
        raise LetterMissing(name=name)


def check_without(tx: Connection, group: str) -> None:
    """Refuse to take the letter from a group while a service has none of its own. Raises LetterMissing."""
    for _, name, slug, own in tx.execute(_OF_SERVICES):
        if slug == group and not own:
            raise LetterMissing(name=name)


def check_letters(tx: Connection) -> None:
    """The same of the whole catalogue, for who has written more than one thing. Raises both."""
    for slug, _, letter in tx.execute(_OF_GROUPS).all():
        check_letter(tx, letter, slug)
    for code, name, group, letter in tx.execute(_OF_SERVICES).all():
        check_has_letter(tx, group, letter, name)
        if letter:
            check_letter(tx, letter, group, code)


def _letter_of_group(tx: Connection, slug: str) -> str:
    found = tx.execute(sa.select(service_group.c.letter).where(service_group.c.slug == slug)).scalar()
    return found or ""


def free_code(tx: Connection, letter: str, wanted: Iterable[str] = ()) -> str:
    """A code that no service has: one of those `wanted`, else the letter and a number, A01."""
    taken = set(tx.execute(sa.select(service.c.code)).scalars())
    made = (f"{letter}{number:02d}" for number in count(1))
    return next(code for code in chain(wanted, made) if code not in taken)
