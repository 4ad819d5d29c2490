"""Ratings, what was said beside them, and what was found of the bad ones.

The database itself refuses to delete or change a row of `rating` and of `rating_review` (migration): nobody
polishes them, an administrator as little as a clerk. The words beside a rating can be emptied, no more.
"""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

rating = sa.Table(
    "rating",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subject", sa.String(8), nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("grade", sa.Integer, nullable=False),
    sa.Column("source", sa.String(8), nullable=False),
    sa.Column("service_day", sa.Date, nullable=False),
    sa.Column("service_code", sa.String(8), nullable=False),
    sa.Column("counter_number", sa.Integer),
    sa.Column("staff_id", sa.Integer),  # whose visit it was; no page names the person
    sa.Column("entered_by", sa.Integer),  # who typed a paper one
    sa.Column("finished_at", UtcTime, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("subject", "subject_id", "round"),
    sa.Index("ix_rating_day", "service_day"),
    sa.Index("ix_rating_staff", "staff_id", "at"),
    sqlite_autoincrement=True,
)

rating_word = sa.Table(
    "rating_word",
    metadata,
    sa.Column("rating_id", sa.ForeignKey("rating.id"), primary_key=True),
    sa.Column("chips", sa.String(128), nullable=False),  # codes between spaces
    sa.Column("chips_version", sa.Integer, nullable=False),
    sa.Column("words", sa.String(200), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)

rating_review = sa.Table(
    "rating_review",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("rating_id", sa.ForeignKey("rating.id"), nullable=False),
    sa.Column("verdict", sa.String(12), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("note", sa.String(200), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("rating_id", "staff_id"),
    sqlite_autoincrement=True,
)

rating_judge = sa.Table(
    "rating_judge",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("rating_id", sa.ForeignKey("rating.id"), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),  # who was asked to judge it, and sees it since
    sa.Column("asked_by", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("rating_id", "staff_id"),
    sqlite_autoincrement=True,
)
