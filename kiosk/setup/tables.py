"""Which steps of setting a centre up are done."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

setup_step = sa.Table(
    "setup_step",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("done_at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),
)
"""What a step has written is in its own room: this says that somebody has looked at it and gone on."""
