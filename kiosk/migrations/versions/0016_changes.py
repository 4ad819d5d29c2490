"""The history of what staff changed in the centre."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "office_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(96), nullable=False),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("before", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("after", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.ForeignKeyConstraint(["undoes"], ["office_change.id"], name=op.f("fk_office_change_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_change")),
        sa.UniqueConstraint("undoes", name=op.f("uq_office_change_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_office_change_thing", "office_change", ["kind", "key", "id"])
    op.create_index("ix_office_change_at", "office_change", ["at"])
