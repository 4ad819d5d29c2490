"""Households for the one who works in their grid, and for nobody else."""

from datetime import date

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.concerns.tables import concern_grid, concern_place
from kiosk.database import in_lang
from kiosk.households.colours import Colour, colours
from kiosk.households.rules import is_to_ask
from kiosk.households.tables import household
from kiosk.words import Lang


class Household(Struct, frozen=True):
    """A household that has a colour: where it is, and when it was asked; `is_to_ask`: again, soon."""

    id: int
    place: str
    door: str
    colour: Colour
    asked_on: date
    is_to_ask: bool


_PARENT = concern_place.alias("court")


def places_of(tx: Connection, staff_id: int | None, lang: Lang) -> tuple[tuple[int, str], ...]:
    """The places of the grids that somebody works in, by id and name, in the centre's order."""
    grid_of = sa.func.coalesce(concern_place.c.grid_id, _PARENT.c.grid_id)
    is_mine = sa.and_(concern_grid.c.id == grid_of, concern_grid.c.retired_at.is_(None))
    name, court = in_lang(lang, concern_place.c.name), sa.func.coalesce(_PARENT.c.name, "")
    found = (
        sa.select(concern_place.c.id, name.label("shown"), court.label("court"))
        .join_from(concern_place, _PARENT, concern_place.c.parent_id == _PARENT.c.id, isouter=True)
        .join(concern_grid, is_mine)
        .where(concern_grid.c.worker_id == staff_id, concern_place.c.retired_at.is_(None))
        .order_by(concern_place.c.position, concern_place.c.id)
    )
    return tuple((row.id, f"{row.court} {row.shown}".strip()) for row in tx.execute(found))


def households_of(tx: Connection, staff_id: int, today: date, lang: Lang) -> tuple[Household, ...]:
    """Every household with a colour in the grids that somebody works in, by place and door."""
    places, known = dict(places_of(tx, staff_id, lang)), colours(tx)
    mine = sa.and_(household.c.place_id.in_(places), household.c.colour_id.is_not(None))
    found = tx.execute(sa.select(household).where(mine)).all()
    rank = {place: at for at, place in enumerate(places)}
    return tuple(
        Household(
            row.id, places[row.place_id], row.door, known[row.colour_id], row.asked_on,
            is_to_ask(row.asked_on, today),
        )
        for row in sorted(found, key=lambda row: (rank[row.place_id], len(row.door), row.door))
    )  # fmt: skip
