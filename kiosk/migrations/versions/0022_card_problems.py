"""Contact cards by problem, with hours that a machine reads; cards are retired, never deleted."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the columns, make the tables."""
    op.add_column(
        "contact_card", sa.Column("week", sa.String(128), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("contact_card", sa.Column("retired_at", UtcTime()))
    op.create_table(
        "card_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(32), nullable=False),
        sa.Column("en", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("icon", sa.String(32), nullable=False),
        sa.Column("retired_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_problem")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "problem_card",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["card_problem.id"], name=op.f("fk_problem_card_problem_id")),
        sa.ForeignKeyConstraint(["card_id"], ["contact_card.id"], name=op.f("fk_problem_card_card_id")),
        sa.PrimaryKeyConstraint("problem_id", "card_id", name=op.f("pk_problem_card")),
    )
