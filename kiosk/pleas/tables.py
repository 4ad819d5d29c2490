"""Calls for help from a station, and one row for everything that was done about each."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index

plea = sa.Table(
    "plea",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("station", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    # whose screen it was pressed on; forgotten when the day is over: it says of somebody that she was unwell
    sa.Column("ticket_id", sa.ForeignKey("ticket.id")),
    sa.Column("is_quiet", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("asked_at", UtcTime, nullable=False),
    sa.Column("answered_at", UtcTime),
    sa.Column("answered_by", sa.Integer),
    sa.Column("post", sa.String(16), nullable=False, server_default=sa.text("''")),
    sa.Column("counter_number", sa.Integer),
    sa.Column("closed_at", UtcTime),
    sa.Column("closed_by", sa.Integer),
    sa.Column("outcome", sa.String(16), nullable=False, server_default=sa.text("''")),
    # one of a station at a time, whatever is pressed how often
    partial_index("uq_plea_open", "station", where="closed_at IS NULL"),
    sa.Index("ix_plea_asked_at", "asked_at"),
    sqlite_autoincrement=True,
)

plea_change = sa.Table(
    "plea_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("plea_id", sa.ForeignKey("plea.id"), nullable=False, index=True),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
