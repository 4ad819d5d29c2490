"""Colours as the centre names them, seven at most: each change one row of the history."""

from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.households.refusals import SevenAlready, UnknownColour
from kiosk.households.rules import LONGEST_MEANING, LONGEST_NAME, Swatch
from kiosk.households.tables import household_colour

KIND = "concern"
"""Under which kind the history tells it."""


class Colour(Struct, frozen=True):
    """A colour: what the centre calls it, what it means here, and how it is drawn."""

    name: str
    meaning: str
    swatch: str
    is_retired: bool = False


def colour_faults(colour: Colour) -> dict[str, str]:
    """What is wrong with it: field → code."""
    faults = {}
    if not 0 < len(colour.name) <= LONGEST_NAME:
        faults["name"] = "long" if colour.name else "empty"
    if len(colour.meaning) > LONGEST_MEANING:
        faults["meaning"] = "long"
    if colour.swatch not in tuple(Swatch):
        faults["swatch"] = "choice"
    return faults


def colours(tx: Connection) -> dict[int, Colour]:
    """Every colour by its id, in the centre's order; those that are retired too."""
    rows = tx.execute(
        sa.select(household_colour).order_by(household_colour.c.position, household_colour.c.id)
    )
    return {row.id: Colour(row.name, row.meaning, row.swatch, row.retired_at is not None) for row in rows}


def add_colour(tx: Connection, asked: Asked, colour: Colour) -> int:
    """Add a colour after the others; its id. Raises SevenAlready."""
    known = colours(tx)
    _check_seven(known)
    row = {**_values(asked, colour), "position": len(known)}
    made = int(
        tx.execute(sa.insert(household_colour).values(row).returning(household_colour.c.id)).scalar_one()
    )
    changes.note(tx, asked, changes.Noted(KIND, f"colour:{made}", colour.name, "add", None, _facts(colour)))
    return made


def edit_colour(tx: Connection, asked: Asked, colour_id: int, colour: Colour) -> None:
    """Write an edited colour. Raises UnknownColour, SevenAlready for one that is brought back too many."""
    known = colours(tx)
    before = known.get(colour_id)
    if before is None:
        raise UnknownColour
    if before == colour:
        return
    verb = "edit"
    if before.is_retired != colour.is_retired:
        verb = "retire" if colour.is_retired else "bring_back"
        if not colour.is_retired:
            _check_seven(known)
    mine = household_colour.c.id == colour_id
    tx.execute(sa.update(household_colour).where(mine).values(_values(asked, colour)))
    noted = changes.Noted(KIND, f"colour:{colour_id}", colour.name, verb, _facts(before), _facts(colour))
    changes.note(tx, asked, noted)


def retire_colour(tx: Connection, asked: Asked, colour_id: int, *, is_retired: bool) -> None:
    """Choose it no longer, or again. Raises UnknownColour, SevenAlready."""
    colour = colours(tx).get(colour_id)
    if colour is None:
        raise UnknownColour
    edit_colour(tx, asked, colour_id, replace(colour, is_retired=is_retired))


def _check_seven(known: dict[int, Colour]) -> None:
    if sum(not one.is_retired for one in known.values()) >= len(Swatch):
        raise SevenAlready


def _values(asked: Asked, colour: Colour) -> dict[str, Any]:
    values = {"name": colour.name, "meaning": colour.meaning, "swatch": colour.swatch}
    return values | {"retired_at": asked.now if colour.is_retired else None}


def _facts(colour: Colour) -> dict[str, Any]:
    facts = {"name": colour.name, "meaning": colour.meaning, "swatch": colour.swatch}
    return facts | {"retired": colour.is_retired}
