"""Changes that forget who people are, and are found by kind and by staff."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the mark and the indexes."""
    op.add_column(
        "office_change", sa.Column("is_forgotten", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_office_change_kind", "office_change", ["kind", "id"])
    op.create_index("ix_office_change_staff", "office_change", ["staff_id", "id"])
