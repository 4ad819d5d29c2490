"""Who may work here, where they are logged in, every attempt to log in, and what was done about accounts."""

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
    sa.Column("is_enabled", sa.Boolean, nullable=False, server_default=sa.true()),
    # somebody else knows it: every page leads to choosing an own one
    sa.Column("has_given_password", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

staff_session = sa.Table(
    "staff_session",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # whoever reads the file, or a backup of it, gets in nowhere
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("begun_at", UtcTime, nullable=False),
    sa.Column("used_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime, nullable=True),
    sa.Column("ended_by", sa.String(16), nullable=True),
    sqlite_autoincrement=True,
)

staff_change = sa.Table(
    "staff_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("staff_id", sa.ForeignKey("staff.id"), nullable=False, index=True),
    # nobody: by a command on the box
    sa.Column("by_staff_id", sa.ForeignKey("staff.id"), nullable=True),
    sa.Column("what", sa.String(24), nullable=False),
    sa.Column("role", sa.String(16), nullable=True),
    sa.Column("at", UtcTime, nullable=False),
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
