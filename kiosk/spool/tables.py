"""Print jobs: a row each, written with what it prints, and a row for every step it took."""

import sqlalchemy as sa

from kiosk.db import UtcTime, metadata

print_job = sa.Table(
    "print_job",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("slip", sa.Text, nullable=False),
    sa.Column("subject", sa.String(48), nullable=False, index=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, default=0),
    sa.Index("ix_print_job_status", "status", "id"),
    sqlite_autoincrement=True,
)

print_change = sa.Table(
    "print_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("job_id", sa.ForeignKey("print_job.id"), nullable=False, index=True),
    sa.Column("to_status", sa.String(16), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("accepted", sa.Integer, nullable=False, default=0),
    sa.Column("note", sa.String(200), nullable=False, default=""),
)
