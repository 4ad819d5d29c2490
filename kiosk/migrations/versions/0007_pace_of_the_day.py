"""How a service's pace stood when the day began, and the visits of that day alone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Change the tables."""
    op.add_column("pace", sa.Column("learned_on", sa.Date(), nullable=True))
    for name, kind in (
        ("dawn_visits", sa.Integer()),
        ("dawn_log", sa.Float()),
        ("today", sa.Integer()),
        ("today_log", sa.Float()),
    ):
        op.add_column("pace", sa.Column(name, kind, server_default=sa.text("0"), nullable=False))
