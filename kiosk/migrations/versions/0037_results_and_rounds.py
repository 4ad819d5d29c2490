"""After which result of a visit what runs out again; when an entry at a door was written down."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Nothing is said of results yet: one that is called 已认证 counts as a pension's."""
    op.add_column("concern", sa.Column("written_at", UtcTime(), nullable=True))
    op.create_table(
        "due_result",
        sa.Column("service_code", sa.String(8), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("service_code", "result", name=op.f("pk_due_result")),
    )
