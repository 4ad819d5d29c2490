"""Holds, transfers, undo, pauses, caps, night close and the estimate's memory."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the tables."""
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, column)
    op.drop_index("ix_ticket_day_status", "ticket")  # with what counting the line asks of a ticket besides
    op.create_index(
        "ix_ticket_day_status",
        "ticket",
        ["service_day", "status", "rank_at", "service_code", "only_counter"],
    )
    op.create_index("ix_change_counter", "change", ["counter_number", "id"])
    op.create_table(
        "pace",
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("mean_log", sa.Float(), nullable=False),
        sa.Column("var_log", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_pace")),
    )
    op.create_table(
        "closed_day",
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_day", name=op.f("pk_closed_day")),
    )
    op.create_table(
        "service_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("note", sa.String(length=128), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_code"], ["service.code"], name=op.f("fk_service_change_service_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_change")),
        sqlite_autoincrement=True,
    )


ADDED: dict[str, tuple[sa.Column[object], ...]] = {
    "ticket": (
        sa.Column("only_counter", sa.Integer(), nullable=True),
        sa.Column("hold", sa.String(length=8), server_default=sa.text("''"), nullable=False),
        sa.Column("lacks", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_slow", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("wants_staff", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("taken_by_staff", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("estimate_low_min", sa.Integer(), nullable=True),
        sa.Column("estimate_high_min", sa.Integer(), nullable=True),
    ),
    "change": (
        sa.Column("service_code", sa.String(length=2), nullable=True),
        sa.Column("before", sa.Text(), server_default=sa.text("''"), nullable=False),
    ),
    "service": (
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
    ),
    "counter": (
        sa.Column("pause", sa.String(length=16), server_default=sa.text("''"), nullable=False),
        sa.Column("paused_at", UtcTime(), nullable=True),
    ),
    "counter_change": (
        sa.Column("note", sa.String(length=64), server_default=sa.text("''"), nullable=False),
    ),
}
