"""Readings and recordings of what is spoken."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "clip",
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("reading", sa.String(2000), server_default=sa.text("''"), nullable=False),
        sa.Column("recording", sa.String(32), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_clip")),
    )
    op.create_table(
        "recording",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_recording")),
    )
