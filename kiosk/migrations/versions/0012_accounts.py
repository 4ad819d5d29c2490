"""Who is logged in is known to the server; what was done about accounts is an appended row."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Change the tables."""
    op.add_column("staff", sa.Column("is_enabled", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column(
        "staff", sa.Column("has_given_password", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"])
    op.create_table(
        "staff_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("by_staff_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_change_staff_id")),
        sa.ForeignKeyConstraint(["by_staff_id"], ["staff.id"], name=op.f("fk_staff_change_by_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staff_change_staff_id"), "staff_change", ["staff_id"])
