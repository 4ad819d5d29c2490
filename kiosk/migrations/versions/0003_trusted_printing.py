"""Who did what to a print job, how long slips are, which printer is in use and how it is."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "printer_setup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("width_dots", sa.Integer(), nullable=False),
        sa.Column("large", sa.Boolean(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer_setup")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "printer_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_printer_change_to_state"), "printer_change", ["to_state"])
    op.create_table(
        "paper_roll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after_change", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_roll")),
        sqlite_autoincrement=True,
    )
    op.add_column("print_job", sa.Column("steps", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # not by copying the table: dropping the old one would break every print_change that points at it
    op.execute(
        "ALTER TABLE print_job ADD COLUMN setup_id INTEGER"
        " CONSTRAINT fk_print_job_setup_id REFERENCES printer_setup (id)"
    )
    for column in ADDED:
        op.add_column("print_change", column)
    some = sa.text("mm > 0")
    op.create_index("ix_print_change_mm", "print_change", ["id"], sqlite_where=some, postgresql_where=some)


ADDED = (
    sa.Column("step", sa.String(length=16), server_default=sa.text("''"), nullable=False),
    sa.Column("from_status", sa.String(length=16), server_default=sa.text("''"), nullable=False),
    sa.Column("mm", sa.Integer(), server_default=sa.text("0"), nullable=False),
    sa.Column("staff_id", sa.Integer(), nullable=True),
)
