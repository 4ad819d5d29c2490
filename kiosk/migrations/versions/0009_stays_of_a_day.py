"""The stays of one day that count, found by an index: a month's hours are not looked for among ten years'."""

from alembic import op

revision = "0009"
down_revision = "0008"

COLUMNS = ["event_day_id", "status", "counts_hours"]


def upgrade() -> None:
    """Change the tables."""
    op.drop_index("ix_sign_in_day", table_name="sign_in")
    op.create_index("ix_sign_in_day", "sign_in", COLUMNS, unique=False)
