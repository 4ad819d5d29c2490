"""One press of a contact card's button is one slip, however often the page has to send it."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0015"
down_revision = "0012"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "card_tap",
        sa.Column("tap", sa.String(64), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["contact_card.id"], name=op.f("fk_card_tap_card_id")),
        sa.PrimaryKeyConstraint("tap", "card_id", name=op.f("pk_card_tap")),
    )
