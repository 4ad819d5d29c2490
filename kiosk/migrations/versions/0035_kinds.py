"""What kinds of concerns need of their own: cards for doors, patrols, hopes, papers held, batches, dates."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "door_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printed_at", UtcTime(), nullable=False),
        sa.Column("printed_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_card")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "patrol",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["concern_place.id"], name=op.f("fk_patrol_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sa.UniqueConstraint("tap", name=op.f("uq_patrol_tap")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "finding",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(48), server_default=sa.text("''"), nullable=False),
        sa.Column("demand", sa.String(120), server_default=sa.text("''"), nullable=False),
        sa.Column("fix_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_finding_concern_id")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_finding_patrol_id")),
        sa.PrimaryKeyConstraint("concern_id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_patrol_id"), "finding", ["patrol_id"])
    op.create_table(
        "hope",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(120), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("released_by", sa.Integer()),
        sa.Column("team_id", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("claim_until", sa.Date()),
        sa.Column("minutes", sa.Integer()),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_hope_concern_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_hope_team_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hope_person_id")),
        sa.PrimaryKeyConstraint("concern_id", name=op.f("pk_hope")),
    )
    op.create_table(
        "hope_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(12), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("team_id", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.ForeignKeyConstraint(["concern_id"], ["hope.concern_id"], name=op.f("fk_hope_change_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hope_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_hope_change_concern_id"), "hope_change", ["concern_id"])
    op.create_table(
        "case_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(96), nullable=False),
        sa.Column("held_at", UtcTime(), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=False),
        sa.Column("returned_at", UtcTime()),
        sa.Column("returned_by", sa.Integer()),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_case_paper_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_paper_concern_id"), "case_paper", ["concern_id"])
    op.create_table(
        "product",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_product_concern_id")),
        sa.PrimaryKeyConstraint("concern_id", name=op.f("pk_product")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(48), nullable=False),
        sa.Column("told_by", sa.String(32), server_default=sa.text("''"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("tap", name=op.f("uq_batch_tap")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "due_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("tail", sa.String(4), server_default=sa.text("''"), nullable=False),
        sa.Column("place_id", sa.Integer()),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ticket_id", sa.Integer()),
        sa.Column("ended_at", UtcTime()),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["concern_place.id"], name=op.f("fk_due_date_place_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_due_date_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date")),
        sa.UniqueConstraint("tap", name=op.f("uq_due_date_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_due_date_due_on"), "due_date", ["due_on"])
    op.create_table(
        "due_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.ForeignKeyConstraint(["due_id"], ["due_date.id"], name=op.f("fk_due_change_due_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_due_change_due_id"), "due_change", ["due_id"])
    where = sa.text("ticket_id IS NOT NULL")
    op.create_index(
        "ix_concern_ticket_id",
        "concern",
        ["ticket_id"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
