"""Colours as the centre names them, households that have one, and who asked, looked and printed."""

import sqlalchemy as sa

from kiosk.concerns.tables import concern_place
from kiosk.database import UtcTime, metadata

household_colour = sa.Table(
    "household_colour",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String(16), nullable=False),
    sa.Column("meaning", sa.String(40), nullable=False, server_default=sa.text("''")),
    sa.Column("swatch", sa.String(8), nullable=False),
    sa.Column("retired_at", UtcTime),
    sqlite_autoincrement=True,
)

household = sa.Table(
    "household",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("place_id", sa.ForeignKey(concern_place.c.id), nullable=False),
    sa.Column("door", sa.String(16), nullable=False),
    sa.Column("colour_id", sa.ForeignKey(household_colour.c.id)),
    # a colour says something about health or hardship: with consent alone, and asked again each year
    sa.Column("asked_on", sa.Date),
    sa.Column("asked_by", sa.Integer),
    sa.UniqueConstraint("place_id", "door"),
    sqlite_autoincrement=True,
)

household_change = sa.Table(
    "household_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("household_id", sa.ForeignKey("household.id"), nullable=False, index=True),
    sa.Column("what", sa.String(8), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),
    sqlite_autoincrement=True,
)
