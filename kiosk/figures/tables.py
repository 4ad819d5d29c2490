"""Days that are over, added up once: what a month or a year is read from."""

import sqlalchemy as sa

from kiosk.database import metadata
from kiosk.figures.rules import COUNTS

WHOLE = "whole"
"""The kind of a day's one row of everything: where it is, the day is kept."""

figure_day = sa.Table(
    "figure_day",
    metadata,
    sa.Column("kind", sa.String(8), primary_key=True),  # WHOLE or a By
    sa.Column("service_day", sa.Date, primary_key=True),
    sa.Column("key", sa.String(32), primary_key=True),
    *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
    sa.Column("waits", sa.LargeBinary, nullable=False),
)
"""Derived from the changes of tickets and counters: emptied at any time, the night fills it again."""
