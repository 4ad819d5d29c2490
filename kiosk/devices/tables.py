"""The enrolled devices, the codes that enrol them, and one row for every change of either."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

device = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("way", sa.String(8), nullable=False),
    # SHA-256 of 256 random bits, so it needs no salt; none for the box itself, which is known without one
    sa.Column("token_hash", sa.String(64), unique=True),
    sa.Column("enrolled_at", UtcTime, nullable=False),
    sa.Column("enrolled_by", sa.Integer),
    sa.Column("address", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("seen_at", UtcTime),
    sa.Column("revoked_at", UtcTime),
    sqlite_autoincrement=True,
)

enrolment_code = sa.Table(
    "enrolment_code",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # keyed with the centre's secret: of six digits alone a hash would be read back in a second
    sa.Column("code_key", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("made_by", sa.Integer),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("wrong_tries", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("used_at", UtcTime),
    sqlite_autoincrement=True,
)

device_change = sa.Table(
    "device_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("device_id", sa.ForeignKey("device.id")),
    sa.Column("code_id", sa.ForeignKey("enrolment_code.id")),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("note", sa.String(128), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)
