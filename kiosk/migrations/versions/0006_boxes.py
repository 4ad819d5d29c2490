"""Several boxes on one database: whose a print job, a printer and a roll is, and what they share."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OF_A_BOX = ("print_job", "print_change", "printer_setup", "printer_change", "paper_roll")


def upgrade() -> None:
    """Change the tables."""
    for table in OF_A_BOX:
        # a centre that has its database to itself is the box "": what it has printed stays its own
        op.add_column(
            table, sa.Column("box", sa.String(length=16), server_default=sa.text("''"), nullable=False)
        )
    op.create_table(
        "centre_fact",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_centre_fact")),
    )
