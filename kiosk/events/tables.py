"""Events, their days, who put their name down, who came, and every scan."""

import sqlalchemy as sa

from kiosk.db import UtcTime, metadata

event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("title", sa.String(48), nullable=False),
    sa.Column("title_en", sa.String(96), nullable=False, server_default=sa.text("''")),
    sa.Column("about", sa.String(300), nullable=False, server_default=sa.text("''")),
    sa.Column("about_en", sa.String(500), nullable=False, server_default=sa.text("''")),
    sa.Column("place", sa.String(64), nullable=False),
    sa.Column("place_en", sa.String(96), nullable=False, server_default=sa.text("''")),
    sa.Column("team_id", sa.ForeignKey("team.id")),  # who organises it: a team or a partner
    sa.Column("first_on", sa.Date, nullable=False),
    sa.Column("starts", sa.Time, nullable=False),  # on the centre's wall
    sa.Column("lasts_min", sa.Integer, nullable=False),
    sa.Column("rule", sa.String(200), nullable=False, server_default=sa.text("''")),  # RRULE, empty: once
    sa.Column("capacity", sa.Integer),
    sa.Column("early_min", sa.Integer, nullable=False, server_default=sa.text("30")),
    sa.Column("grace_min", sa.Integer, nullable=False, server_default=sa.text("30")),
    sa.Column("points_per_hour", sa.Integer, nullable=False, server_default=sa.text("10")),
    sa.Column("ended_at", UtcTime),  # no more days from then on
    sqlite_autoincrement=True,
)

event_day = sa.Table(
    "event_day",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_id", sa.ForeignKey("event.id"), nullable=False),
    sa.Column("held_on", sa.Date, nullable=False),
    sa.Column("opens_at", UtcTime, nullable=False),
    sa.Column("starts_at", UtcTime, nullable=False),
    sa.Column("ends_at", UtcTime, nullable=False),
    # kept with the day: a change of the event later rewrites nobody's hours
    sa.Column("grace_min", sa.Integer, nullable=False),
    sa.Column("points_per_hour", sa.Integer, nullable=False),
    sa.Column("capacity", sa.Integer),
    sa.Column("cancelled_at", UtcTime),
    sa.Column("cancelled_reason", sa.String(128), nullable=False, server_default=sa.text("''")),
    sa.UniqueConstraint("event_id", "held_on"),
    sa.Index("ix_event_day_ends_at", "ends_at"),
    sqlite_autoincrement=True,
)

event_change = sa.Table(
    "event_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_id", sa.ForeignKey("event.id"), nullable=False, index=True),
    sa.Column("event_day_id", sa.ForeignKey("event_day.id")),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("note", sa.String(200), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)

stall = sa.Table(
    "stall",
    metadata,
    sa.Column("service_code", sa.ForeignKey("service.code"), primary_key=True),
    sa.Column("event_id", sa.ForeignKey("event.id"), nullable=False, index=True),
)

registration = sa.Table(
    "registration",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("event_day_id", sa.ForeignKey("event_day.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("person_id", sa.ForeignKey("person.id")),
    sa.Column("name", sa.String(16), nullable=False, server_default=sa.text("''")),
    sa.Column("phone_tail", sa.String(4)),
    sa.Column("people", sa.Integer, nullable=False, server_default=sa.text("1")),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sa.Column("station", sa.String(32), nullable=False, server_default=sa.text("''")),
    sa.Column("staff_id", sa.Integer),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("cancelled_at", UtcTime),
    sa.UniqueConstraint("event_day_id", "number"),
    sa.Index(
        "uq_registration_person",
        "event_day_id",
        "person_id",
        unique=True,
        sqlite_where=sa.text("person_id IS NOT NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND cancelled_at IS NULL"),
    ),
    sqlite_autoincrement=True,  # a serial is never given twice, so an old slip never opens a new registration
)


def _one_inside(name: str, columns: tuple[str, ...], when: str) -> sa.Index:
    where = sa.text(f"status = 'inside' AND {when}")
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


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
    sa.Column("is_doubtful", sa.Boolean, nullable=False, server_default=sa.text("0")),  # the clock was wrong
    sa.Column("in_at", UtcTime, nullable=False),
    sa.Column("out_at", UtcTime),
    sa.Column("minutes", sa.Integer),
    sa.Index("ix_sign_in_day", "event_day_id", "status"),
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

matter = sa.Table(
    "matter",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_day_id", sa.ForeignKey("event_day.id"), nullable=False, index=True),
    sa.Column("text", sa.String(500), nullable=False),
    sa.Column("raised_by", sa.String(48), nullable=False, server_default=sa.text("''")),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
