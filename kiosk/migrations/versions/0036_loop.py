"""A bad rating becomes a complaint, which nobody sees who was there; score sheets of places."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime
from kiosk.database.dialects import keep_rows

revision = "0036"
down_revision = "0035"

COLUMNS = ("position", "code", "name", "name_en", "icon", "kind", "length", "unit")
INNER = (
    (100, "rating", "差评", "Bad rating", "message-square", "complaint", 15, "workday", True),
    (101, "sheet", "评分表上的话", "A score sheet", "message-square", "suggestion", 15, "workday", False),
)
"""Categories that the house itself takes in under; how long they may take is the centre's."""


def upgrade() -> None:
    """Whom of staff a concern shuts out beside the accused, the categories of the loop, and score sheets."""
    op.add_column("concern", sa.Column("barred", sa.String(64), server_default=sa.text("''"), nullable=False))
    category = sa.table(
        "concern_category", *(sa.column(name) for name in COLUMNS), sa.column("is_sealed", sa.Boolean())
    )
    rows = [dict(zip((*COLUMNS, "is_sealed"), row, strict=True)) for row in INNER]
    op.bulk_insert(category, rows)
    _sheets()
    _answers()


def _sheets() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("name_en", sa.String(48), server_default=sa.text("''"), nullable=False),
        sa.Column("run_by", sa.Integer()),
        sa.Column("retired_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "survey_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(12), nullable=False),
        sa.Column("name_en", sa.String(24), server_default=sa.text("''"), nullable=False),
        sa.Column("retired_at", UtcTime()),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_criterion_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_criterion")),
        sa.UniqueConstraint("survey_id", "name", name=op.f("uq_survey_criterion_survey_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_survey_criterion_survey_id"), "survey_criterion", ["survey_id"])


def _answers() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("quarter_on", sa.Date(), nullable=False),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("entered_by", sa.Integer()),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_answer_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("tap", name=op.f("uq_survey_answer_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_survey_answer_quarter", "survey_answer", ["survey_id", "quarter_on"])
    op.create_table(
        "survey_mark",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["survey_answer.id"], name=op.f("fk_survey_mark_answer_id")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["survey_criterion.id"], name=op.f("fk_survey_mark_criterion_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", "criterion_id", name=op.f("pk_survey_mark")),
    )
    tx = op.get_bind()
    columns = ("id", "survey_id", "quarter_on", "filled_on", "at", "source", "entered_by", "tap")
    keep_rows(tx, "survey_answer", columns)
    keep_rows(tx, "survey_mark", ("answer_id", "criterion_id", "grade"))
