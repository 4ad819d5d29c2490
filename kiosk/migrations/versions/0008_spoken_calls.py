"""Which calls were said aloud, and whether a board can be heard."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "spoken_call",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_spoken_call_change_id")),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_spoken_call")),
    )
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
    )
