"""Events, their days, who put their name down, and what was raised at a meeting."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index

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
    sa.Index("ix_event_day_held_on", "held_on"),
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
    partial_index(
        "uq_registration_person",
        "event_day_id",
        "person_id",
        where="person_id IS NOT NULL AND cancelled_at IS NULL",
    ),
    sqlite_autoincrement=True,  # a serial is never given twice, so an old slip never opens a new registration
)

meeting_point = sa.Table(
    "meeting_point",
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
