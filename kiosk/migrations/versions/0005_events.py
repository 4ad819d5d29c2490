"""Events, their days, registrations, sign-ins, scans, hours, stalls and what meetings raise."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=48), nullable=False),
        sa.Column("title_en", sa.String(length=96), server_default=sa.text("''"), nullable=False),
        sa.Column("about", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("about_en", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("place_en", sa.String(length=96), server_default=sa.text("''"), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("lasts_min", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("early_min", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.Column("grace_min", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.Column("points_per_hour", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_event_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "manual_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("points_per_hour", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=48), nullable=False),
        sa.Column("reason", sa.String(length=128), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("tap", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_manual_hours_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_manual_hours_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_hours")),
        sa.UniqueConstraint("tap", name=op.f("uq_manual_hours_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_manual_hours_person_id"), "manual_hours", ["person_id"], unique=False)
    op.create_table(
        "event_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("opens_at", UtcTime(), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("grace_min", sa.Integer(), nullable=False),
        sa.Column("points_per_hour", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", UtcTime(), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=128), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_day_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_day")),
        sa.UniqueConstraint("event_id", "held_on", name=op.f("uq_event_day_event_id_held_on")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_day_ends_at", "event_day", ["ends_at"], unique=False)
    op.create_table(
        "service_time",
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("opens_at", UtcTime(), nullable=False),
        sa.Column("closes_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_code"], ["service.code"], name=op.f("fk_service_time_service_code")
        ),
        sa.PrimaryKeyConstraint("service_code", "service_day", name=op.f("pk_service_time")),
    )
    op.create_table(
        "stall",
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_stall_event_id")),
        sa.ForeignKeyConstraint(["service_code"], ["service.code"], name=op.f("fk_stall_service_code")),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_stall")),
    )
    op.create_index(op.f("ix_stall_event_id"), "stall", ["event_id"], unique=False)
    op.create_table(
        "event_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("event_day_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("note", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_day_id"], ["event_day.id"], name=op.f("fk_event_change_event_day_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_change_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_change_event_id"), "event_change", ["event_id"], unique=False)
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_day_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("raised_by", sa.String(length=48), server_default=sa.text("''"), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("tap", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["event_day_id"], ["event_day.id"], name=op.f("fk_matter_event_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("tap", name=op.f("uq_matter_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_matter_event_day_id"), "matter", ["event_day_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("event_day_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=16), server_default=sa.text("''"), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=True),
        sa.Column("people", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("tap", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("cancelled_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_day_id"], ["event_day.id"], name=op.f("fk_registration_event_day_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("event_day_id", "number", name=op.f("uq_registration_event_day_id_number")),
        sa.UniqueConstraint("tap", name=op.f("uq_registration_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_registration_person",
        "registration",
        ["event_day_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("person_id IS NOT NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_day_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("counts_hours", sa.Boolean(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("in_at", UtcTime(), nullable=False),
        sa.Column("out_at", UtcTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_day_id"], ["event_day.id"], name=op.f("fk_sign_in_event_day_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_sign_in_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sign_in_day", "sign_in", ["event_day_id", "status"], unique=False)
    op.create_index("ix_sign_in_person", "sign_in", ["person_id", "in_at"], unique=False)
    op.create_index("ix_sign_in_registration", "sign_in", ["registration_id"], unique=False)
    op.create_index("ix_sign_in_status", "sign_in", ["status", "counts_hours"], unique=False)
    op.create_index(
        "uq_sign_in_person",
        "sign_in",
        ["event_day_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("status = 'inside' AND person_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'inside' AND person_id IS NOT NULL"),
    )
    op.create_index(
        "uq_sign_in_registration",
        "sign_in",
        ["registration_id"],
        unique=True,
        sqlite_where=sa.text("status = 'inside' AND registration_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'inside' AND registration_id IS NOT NULL"),
    )
    op.create_index(
        "uq_sign_in_shift",
        "sign_in",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("status = 'inside' AND counts_hours AND person_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'inside' AND counts_hours AND person_id IS NOT NULL"),
    )
    op.create_table(
        "hours_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_in_id", sa.Integer(), nullable=True),
        sa.Column("manual_hours_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(length=128), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["manual_hours_id"], ["manual_hours.id"], name=op.f("fk_hours_change_manual_hours_id")
        ),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name=op.f("fk_hours_change_sign_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_hours_change_manual_hours_id"), "hours_change", ["manual_hours_id"], unique=False
    )
    op.create_index(op.f("ix_hours_change_sign_in_id"), "hours_change", ["sign_in_id"], unique=False)
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("code_key", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        sa.Column("direction", sa.String(length=4), server_default=sa.text("''"), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("did", sa.String(length=4), server_default=sa.text("''"), nullable=False),
        sa.Column("hint", sa.String(length=12), server_default=sa.text("''"), nullable=False),
        sa.Column("number", sa.String(length=12), server_default=sa.text("''"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("event_day_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("sign_in_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("undo_of", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=128), server_default=sa.text("''"), nullable=False),
        sa.Column("happened_at", UtcTime(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("clock_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_day_id"], ["event_day.id"], name=op.f("fk_scan_event_day_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_scan_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_scan_registration_id")
        ),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name=op.f("fk_scan_sign_in_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_scan_ticket_id")),
        sa.ForeignKeyConstraint(["undo_of"], ["scan.id"], name=op.f("fk_scan_undo_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("nonce", name=op.f("uq_scan_nonce")),
        sa.UniqueConstraint("undo_of", name=op.f("uq_scan_undo_of")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_scan_code_key", "scan", ["code_key", "id"], unique=False)
    op.create_index("ix_scan_station", "scan", ["station", "id"], unique=False)
    op.add_column("service", sa.Column("is_timed", sa.Boolean(), server_default=sa.false(), nullable=False))
