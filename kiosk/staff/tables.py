"""Who may work here, and every attempt to log in."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(32), nullable=False, unique=True),
    sa.Column("password_hash", sa.String(256), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

log_in_attempt = sa.Table(
    "log_in_attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # a hash: people type a password where the name belongs
    sa.Column("name_key", sa.String(32), nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("is_success", sa.Boolean, nullable=False, default=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Index("ix_log_in_attempt_name_key", "name_key", "at"),
)
