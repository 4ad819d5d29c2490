"""Notices: what is told on station, board, slip and phone page."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(64), nullable=False),
        sa.Column("en", sa.String(128), server_default=sa.text("''"), nullable=False),
        sa.Column("from_at", UtcTime(), nullable=False),
        sa.Column("until_at", UtcTime(), nullable=False),
        sa.Column("on_station", sa.Boolean(), nullable=False),
        sa.Column("on_board", sa.Boolean(), nullable=False),
        sa.Column("on_slip", sa.Boolean(), nullable=False),
        sa.Column("on_phone", sa.Boolean(), nullable=False),
        sa.Column("is_spoken", sa.Boolean(), nullable=False),
        sa.Column("service_code", sa.String(8)),
        sa.Column("ended_at", UtcTime()),
        sa.ForeignKeyConstraint(["service_code"], ["service.code"], name=op.f("fk_notice_service_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_until_at", "notice", ["until_at"])
