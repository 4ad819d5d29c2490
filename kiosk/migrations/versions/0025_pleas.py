"""Calls for help from a station."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "plea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("ticket_id", sa.Integer()),
        sa.Column("is_quiet", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime()),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("post", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("counter_number", sa.Integer()),
        sa.Column("closed_at", UtcTime()),
        sa.Column("closed_by", sa.Integer()),
        sa.Column("outcome", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_plea_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plea")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_plea_open", "plea", ["station"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("ix_plea_asked_at", "plea", ["asked_at"])
    op.create_table(
        "plea_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plea_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["plea_id"], ["plea.id"], name=op.f("fk_plea_change_plea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plea_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plea_change_plea_id"), "plea_change", ["plea_id"])
