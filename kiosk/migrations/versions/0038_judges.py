"""Who was asked to judge a bad rating beside those who lead; promises are found by the day they end on."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime
from kiosk.database.dialects import keep_rows

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """A row for each who was asked, which the database itself keeps; two indexes."""
    op.create_table(
        "rating_judge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_judge_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_judge")),
        sa.UniqueConstraint("rating_id", "staff_id", name=op.f("uq_rating_judge_rating_id_staff_id")),
        sqlite_autoincrement=True,
    )
    keep_rows(op.get_bind(), "rating_judge", ("id", "rating_id", "staff_id", "asked_by", "at"))
    op.create_index("ix_rating_staff", "rating", ["staff_id", "at"])
    op.create_index("ix_concern_clock_due_on", "concern_clock", ["due_on"])
