"""A day of an event is found by its date, however many years of days there are."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Change the tables."""
    op.create_index(op.f("ix_event_day_held_on"), "event_day", ["held_on"])
