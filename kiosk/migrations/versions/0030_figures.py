"""Days that are over, added up."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

COUNTS = (
    *("tickets", "cases", "served", "transferred", "left", "missed_out", "closed", "misses", "missed_n"),
    *("recalls", "recalled_n", "holds", "held_n", "hold_n", "hold_s", "walk_n", "walk_s", "serve_n"),
    *("serve_s", "told", "in_range", "unsure", "open_s", "pause_s", "busy_s"),
)


def upgrade() -> None:
    """Make the table; the night fills it, of earlier days too."""
    op.create_table(
        "figure_day",
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("waits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "service_day", "key", name=op.f("pk_figure_day")),
    )
