"""What a grid worker notes of the households of the own grid: each note, erasure and print one row."""

from collections.abc import Iterable

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database.dialects import insert_missing
from kiosk.households.colours import colours
from kiosk.households.reads import places_of
from kiosk.households.refusals import BadDoor, NoConsent, NotInYourGrid, UnknownColour, UnknownHousehold
from kiosk.households.rules import LONGEST_DOOR, What, last_asked_before
from kiosk.households.tables import household, household_change


class Noted(Struct, frozen=True):
    """A household's colour as it is written down: `has_consent` when the household said so itself."""

    place_id: int
    door: str
    colour_id: int
    has_consent: bool


def note_colour(tx: Connection, centre: Centre, asked: Asked, noted: Noted) -> int:
    """Write it down, instead of what the household had; its id.

    Raises NotInYourGrid, BadDoor, UnknownColour, NoConsent.
    """
    if noted.place_id not in dict(places_of(tx, asked.staff_id, "zh")):
        raise NotInYourGrid
    if not 0 < len(noted.door) <= LONGEST_DOOR:
        raise BadDoor
    colour = colours(tx).get(noted.colour_id)
    if colour is None or colour.is_retired:
        raise UnknownColour
    if not noted.has_consent:
        raise NoConsent
    same = sa.and_(household.c.place_id == noted.place_id, household.c.door == noted.door)
    values = {"colour_id": noted.colour_id, "asked_on": centre.day(asked.now), "asked_by": asked.staff_id}
    row = {"place_id": noted.place_id, "door": noted.door, **values}
    if not insert_missing(tx, household, row):
        tx.execute(sa.update(household).where(same).values(values))
    known = int(tx.execute(sa.select(household.c.id).where(same)).scalar_one())
    _tell(tx, asked, [known], What.SET)
    return known


def clear_colour(tx: Connection, asked: Asked, household_id: int) -> None:
    """Forget which colour a household of the own grid has. Raises UnknownHousehold."""
    mine = [place for place, _ in places_of(tx, asked.staff_id, "zh")]
    which = sa.and_(household.c.id == household_id, household.c.place_id.in_(mine))
    if tx.execute(sa.select(household.c.id).where(which)).scalar() is None:
        raise UnknownHousehold
    _clear(tx, asked, [household_id])


def note_print(tx: Connection, asked: Asked, household_ids: Iterable[int]) -> None:
    """Write down that who asks has printed these."""
    _tell(tx, asked, household_ids, What.PRINT)


def lapse(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Forget the colours of those who were not asked again for a year; how many."""
    old = sa.and_(
        household.c.colour_id.is_not(None), household.c.asked_on <= last_asked_before(centre.day(asked.now))
    )
    ids = list(tx.execute(sa.select(household.c.id).where(old)).scalars())
    _clear(tx, asked, ids)
    return len(ids)


def _clear(tx: Connection, asked: Asked, ids: list[int]) -> None:
    emptied = {"colour_id": None, "asked_on": None, "asked_by": None}
    tx.execute(sa.update(household).where(household.c.id.in_(ids)).values(emptied))
    _tell(tx, asked, ids, What.CLEAR)


def _tell(tx: Connection, asked: Asked, ids: Iterable[int], what: What) -> None:
    rows = [{"household_id": one, "what": what, "at": asked.now, "staff_id": asked.staff_id} for one in ids]
    if rows:
        tx.execute(sa.insert(household_change), rows)
