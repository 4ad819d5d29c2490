"""Sentences for the hall, and what became of each: rows that are only ever added."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

open_sentence = sa.Table(
    "open_sentence",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("tells", sa.String(8), nullable=False),
    sa.Column("said", sa.String(24), nullable=False),
    sa.Column("done", sa.String(40), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

open_step = sa.Table(
    "open_step",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sentence_id", sa.ForeignKey("open_sentence.id"), nullable=False),
    sa.Column("stand", sa.String(8), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("sentence_id", "stand"),
    sqlite_autoincrement=True,
)
"""Released, taken down: once each."""
