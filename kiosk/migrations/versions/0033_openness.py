"""Sentences for the hall, which one writes and another releases; what happened is found by its time."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0033"
down_revision = "0031"


def upgrade() -> None:
    """A centre has none at first: then the hall is told nothing but how many."""
    op.create_table(
        "open_sentence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("tells", sa.String(8), nullable=False),
        sa.Column("said", sa.String(24), nullable=False),
        sa.Column("done", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_open_sentence_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_sentence")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_sentence_concern_id", "open_sentence", ["concern_id"])
    op.create_table(
        "open_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(8), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["sentence_id"], ["open_sentence.id"], name=op.f("fk_open_step_sentence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_step")),
        sa.UniqueConstraint("sentence_id", "stand", name=op.f("uq_open_step_sentence_id_stand")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_concern_change_at", "concern_change", ["at"])
