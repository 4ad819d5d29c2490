"""What came of a visit and why it went on elsewhere; the outcomes of a service; the language of a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

NOTHING = sa.text("''")


def upgrade() -> None:
    """Tickets of before were taken in Chinese as far as anybody knows."""
    lang = sa.Column("lang", sa.String(2), server_default=sa.text("'zh'"), nullable=False)
    op.add_column("ticket", lang)
    op.create_table(
        "visit_detail",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), server_default=NOTHING, nullable=False),
        sa.Column("outcome_en", sa.String(64), server_default=NOTHING, nullable=False),
        sa.Column("reason", sa.String(40), server_default=NOTHING, nullable=False),
        sa.Column("reason_en", sa.String(128), server_default=NOTHING, nullable=False),
        sa.Column("way", sa.String(20), server_default=NOTHING, nullable=False),
        sa.Column("way_en", sa.String(64), server_default=NOTHING, nullable=False),
        sa.Column("note", sa.String(200), server_default=NOTHING, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_visit_detail_change_id")),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_visit_detail")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.String(20), nullable=False),
        sa.Column("text_en", sa.String(64), server_default=NOTHING, nullable=False),
        sa.Column("reasons", sa.String(200), server_default=NOTHING, nullable=False),
        sa.Column("reasons_en", sa.String(400), server_default=NOTHING, nullable=False),
        sa.ForeignKeyConstraint(["service_code"], ["service.code"], name=op.f("fk_outcome_service_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_service_code"), "outcome", ["service_code"])
