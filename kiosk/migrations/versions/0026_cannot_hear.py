"""Whoever cannot hear is called by somebody who comes and is seen."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Note it with the ticket."""
    op.add_column("ticket", sa.Column("cannot_hear", sa.Boolean(), server_default=sa.false(), nullable=False))
