"""The state's holidays and the days that are worked for them, of the years that were brought in by a file."""

import sqlalchemy as sa

from kiosk.database import metadata

public_holiday = sa.Table(
    "public_holiday",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String(32), nullable=False),
    sa.Column("is_off", sa.Boolean, nullable=False),  # false: a Saturday or Sunday that is worked
)
