"""Grids and their workers, what is about the secretary, how a concern stood; households by colour."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Nothing of it has to be filled in: without grids and colours a centre goes on as before."""
    op.create_table(
        "concern_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("worker_id", sa.Integer()),
        sa.Column("retired_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_grid")),
        sqlite_autoincrement=True,
    )
    op.add_column("concern_place", sa.Column("grid_id", sa.Integer()))
    op.add_column(
        "concern", sa.Column("is_for_street", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_concern_taken_at", "concern", ["taken_at"])
    op.add_column("concern_change", sa.Column("before", sa.Text()))
    op.create_table(
        "household_colour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("meaning", sa.String(40), server_default=sa.text("''"), nullable=False),
        sa.Column("swatch", sa.String(8), nullable=False),
        sa.Column("retired_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_colour")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(16), nullable=False),
        sa.Column("colour_id", sa.Integer()),
        sa.Column("asked_on", sa.Date()),
        sa.Column("asked_by", sa.Integer()),
        sa.ForeignKeyConstraint(["place_id"], ["concern_place.id"], name=op.f("fk_household_place_id")),
        sa.ForeignKeyConstraint(["colour_id"], ["household_colour.id"], name=op.f("fk_household_colour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("place_id", "door", name=op.f("uq_household_place_id_door")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "household_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_change_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_household_change_household_id"), "household_change", ["household_id"])
