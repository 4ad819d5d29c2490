"""Ratings of finished visits, which the database itself keeps as they are."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime
from kiosk.database.dialects import keep_rows

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the three tables, and have them kept."""
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(8), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("service_code", sa.String(8), nullable=False),
        sa.Column("counter_number", sa.Integer()),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("entered_by", sa.Integer()),
        sa.Column("finished_at", UtcTime(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "subject", "subject_id", "round", name=op.f("uq_rating_subject_subject_id_round")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rating_day", "rating", ["service_day"])
    op.create_table(
        "rating_word",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("chips", sa.String(128), nullable=False),
        sa.Column("chips_version", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_word_rating_id")),
        sa.PrimaryKeyConstraint("rating_id", name=op.f("pk_rating_word")),
    )
    op.create_table(
        "rating_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_review_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_review")),
        sa.UniqueConstraint("rating_id", "staff_id", name=op.f("uq_rating_review_rating_id_staff_id")),
        sqlite_autoincrement=True,
    )
    tx = op.get_bind()
    keep_rows(
        tx,
        "rating",
        (
            "id", "subject", "subject_id", "round", "grade", "source", "service_day", "service_code",
            "counter_number", "staff_id", "entered_by", "finished_at", "at",
        ),
    )  # fmt: skip
    keep_rows(tx, "rating_word", ("rating_id", "chips", "chips_version", "at"), emptied="words")
    keep_rows(tx, "rating_review", ("id", "rating_id", "verdict", "staff_id", "note", "at"))
