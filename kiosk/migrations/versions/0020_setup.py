"""The steps of setting a centre up, and tickets that are a trial."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the table, and the mark of a trial."""
    op.create_table(
        "setup_step",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setup_step")),
    )
    op.add_column("ticket", sa.Column("is_trial", sa.Boolean(), server_default=sa.false(), nullable=False))
