"""Who came and went, every scan, and hours that nobody scanned."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index


def _one_inside(name: str, columns: tuple[str, ...], when: str) -> sa.Index:
    return partial_index(name, *columns, where=f"status = 'inside' AND {when}")


sign_in = sa.Table(
    "sign_in",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_day_id", sa.ForeignKey("event_day.id"), nullable=False),
    sa.Column("person_id", sa.ForeignKey("person.id")),
    sa.Column("registration_id", sa.ForeignKey("registration.id")),
    sa.Column("people", sa.Integer, nullable=False, server_default=sa.text("1")),
    sa.Column("status", sa.String(8), nullable=False),
    sa.Column("is_first", sa.Boolean, nullable=False),  # later ones of the same day are a coming back
    sa.Column("counts_hours", sa.Boolean, nullable=False),
    sa.Column("is_doubtful", sa.Boolean, nullable=False, server_default=sa.false()),  # the clock was wrong
    sa.Column("in_at", UtcTime, nullable=False),
    sa.Column("out_at", UtcTime),
    sa.Column("minutes", sa.Integer),
    sa.Index("ix_sign_in_day", "event_day_id", "status", "counts_hours"),
    sa.Index("ix_sign_in_person", "person_id", "in_at"),
    sa.Index("ix_sign_in_registration", "registration_id"),
    sa.Index("ix_sign_in_status", "status", "counts_hours"),
    _one_inside("uq_sign_in_person", ("event_day_id", "person_id"), "person_id IS NOT NULL"),
    _one_inside("uq_sign_in_registration", ("registration_id",), "registration_id IS NOT NULL"),
    # nobody serves on two shifts at once, so no two stays that count can overlap
    _one_inside("uq_sign_in_shift", ("person_id",), "counts_hours AND person_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

scan = sa.Table(
    "scan",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("nonce", sa.String(64), unique=True),
    sa.Column("station", sa.String(32), nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("how", sa.String(8), nullable=False),
    sa.Column(
        "code_key", sa.String(32), nullable=False, server_default=sa.text("''")
    ),  # HMAC, never the code
    sa.Column("direction", sa.String(4), nullable=False, server_default=sa.text("''")),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("did", sa.String(4), nullable=False, server_default=sa.text("''")),  # in, out or nothing
    sa.Column("hint", sa.String(12), nullable=False, server_default=sa.text("''")),
    sa.Column("number", sa.String(12), nullable=False, server_default=sa.text("''")),
    sa.Column("minutes", sa.Integer),
    sa.Column("event_day_id", sa.ForeignKey("event_day.id")),
    sa.Column("person_id", sa.ForeignKey("person.id")),
    sa.Column("registration_id", sa.ForeignKey("registration.id")),
    sa.Column("sign_in_id", sa.ForeignKey("sign_in.id")),
    sa.Column("ticket_id", sa.ForeignKey("ticket.id")),
    sa.Column("undo_of", sa.ForeignKey("scan.id"), unique=True),
    sa.Column("reason", sa.String(128), nullable=False, server_default=sa.text("''")),
    sa.Column("happened_at", UtcTime, nullable=False),
    sa.Column("recorded_at", UtcTime, nullable=False),
    sa.Column("clock_at", UtcTime, nullable=False),  # the latest time ever recorded, up to this row
    sa.Index("ix_scan_code_key", "code_key", "id"),
    sa.Index("ix_scan_station", "station", "id"),
    sqlite_autoincrement=True,
)

hours_change = sa.Table(
    "hours_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sign_in_id", sa.ForeignKey("sign_in.id"), index=True),
    sa.Column("manual_hours_id", sa.ForeignKey("manual_hours.id"), index=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("minutes", sa.Integer),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("reason", sa.String(128), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)

manual_hours = sa.Table(
    "manual_hours",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False, index=True),
    sa.Column("team_id", sa.ForeignKey("team.id")),
    sa.Column("served_on", sa.Date, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("points_per_hour", sa.Integer, nullable=False),
    sa.Column("what", sa.String(48), nullable=False),
    sa.Column("reason", sa.String(128), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sa.Column("withdrawn_at", UtcTime),
    sqlite_autoincrement=True,
)
