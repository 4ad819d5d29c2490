"""Notices: what is told, from when to when, and where."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("zh", sa.String(64), nullable=False),
    sa.Column("en", sa.String(128), nullable=False, server_default=sa.text("''")),
    sa.Column("from_at", UtcTime, nullable=False),
    sa.Column("until_at", UtcTime, nullable=False),
    sa.Column("on_station", sa.Boolean, nullable=False),
    sa.Column("on_board", sa.Boolean, nullable=False),
    sa.Column("on_slip", sa.Boolean, nullable=False),
    sa.Column("on_phone", sa.Boolean, nullable=False),
    sa.Column("is_spoken", sa.Boolean, nullable=False),
    sa.Column("service_code", sa.String(8), sa.ForeignKey("service.code")),  # none: for everybody
    sa.Column("ended_at", UtcTime),  # taken down before its time; a notice is never deleted
    sa.Index("ix_notice_until_at", "until_at"),
    sqlite_autoincrement=True,
)
