"""The history of what staff changed in the centre, one row for each; in time it forgets who people are."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

office_change = sa.Table(
    "office_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),  # none: done by the machine itself or by a command on it
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("name", sa.String(96), nullable=False),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("before", sa.Text, nullable=False, server_default=sa.text("''")),  # JSON; empty: there was none
    sa.Column("after", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("undoes", sa.ForeignKey("office_change.id"), unique=True),  # a change is undone once
    sa.Column("is_forgotten", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_office_change_thing", "kind", "key", "id"),
    sa.Index("ix_office_change_at", "at"),
    sa.Index("ix_office_change_kind", "kind", "id"),
    sa.Index("ix_office_change_staff", "staff_id", "id"),
    sqlite_autoincrement=True,
)
