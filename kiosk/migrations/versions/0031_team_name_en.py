"""A team's name in English, for the pages of events."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Without one its own name stands there, as before."""
    op.add_column("team", sa.Column("name_en", sa.String(96), server_default=sa.text("''"), nullable=False))
