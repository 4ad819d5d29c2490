"""The points raised at a meeting have the name that the code and the screens give them."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime
from kiosk.database.dialects import count_on

revision = "0024"
down_revision = "0023"

COLUMNS = "id, event_day_id, text, raised_by, staff_id, at, tap"


def upgrade() -> None:
    """Make the table anew: SQLite renames a table and leaves the old name in its constraints."""
    op.create_table(
        "meeting_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_day_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("raised_by", sa.String(48), server_default=sa.text("''"), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_day_id"], ["event_day.id"], name=op.f("fk_meeting_point_event_day_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_point")),
        sa.UniqueConstraint("tap", name=op.f("uq_meeting_point_tap")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO meeting_point ({COLUMNS}) SELECT {COLUMNS} FROM matter")  # noqa: S608 - constants
    count_on(op.get_bind(), "meeting_point")
    op.drop_table("matter")
    op.create_index(op.f("ix_meeting_point_event_day_id"), "meeting_point", ["event_day_id"])
