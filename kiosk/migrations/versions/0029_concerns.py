"""What residents say and ask for, and what becomes of it."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0029"
down_revision = "0028"


COLUMNS = ("position", "code", "name", "name_en", "icon", "kind", "length", "unit")
STARTER = (
    (0, "water_power", "停水停电", "No water or power", "droplets", "complaint", 24, "hour", True, False),
    (1, "lights", "楼道灯路灯", "Lights", "zap", "complaint", 5, "workday", True, False),
    (2, "rubbish", "垃圾卫生", "Rubbish and cleaning", "trash-2", "complaint", 5, "workday", True, False),
    (3, "noise", "太吵了", "Too noisy", "volume-2", "complaint", 5, "workday", False, False),
    (4, "help", "家里要帮忙", "Help at home", "hand-heart", "need", 5, "workday", False, False),
    (5, "parking", "停车和充电", "Parking and charging", "car", "complaint", 5, "workday", True, False),
    (
        6,
        "property",
        "物业的事",
        "The property office",
        "building-2",
        "complaint",
        15,
        "workday",
        False,
        False,
    ),
    (7, "staff", "工作人员的事", "About the staff", "user-round", "complaint", 10, "workday", False, True),
    (8, "idea", "我有建议", "I have an idea", "message-square", "suggestion", 15, "workday", False, False),
    (9, "other", "别的事", "Something else", "circle-help", "need", 5, "workday", False, False),
)


def upgrade() -> None:
    """Make the tables, and the categories that every centre begins with; they are its own from then on."""
    op.create_table(
        "concern_category",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("name_en", sa.String(32), server_default=sa.text("''"), nullable=False),
        sa.Column("icon", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(8), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("card_id", sa.Integer()),
        sa.Column("retired_at", UtcTime()),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_concern_category")),
    )
    op.create_table(
        "concern_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("name_en", sa.String(40), server_default=sa.text("''"), nullable=False),
        sa.Column("retired_at", UtcTime()),
        sa.ForeignKeyConstraint(["parent_id"], ["concern_place.id"], name=op.f("fk_concern_place_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_place")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "concern_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_concern_number")),
    )
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("source_ref", sa.String(48), server_default=sa.text("''"), nullable=False),
        sa.Column("category_code", sa.String(16), nullable=False),
        sa.Column("place_id", sa.Integer()),
        sa.Column("words", sa.String(500), server_default=sa.text("''"), nullable=False),
        sa.Column("about", sa.String(120), server_default=sa.text("''"), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("accused_id", sa.Integer()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.String(12), server_default=sa.text("''"), nullable=False),
        sa.Column("reply", sa.String(300), server_default=sa.text("''"), nullable=False),
        sa.Column("solved", sa.String(8), server_default=sa.text("''"), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("offered_to", sa.Integer()),
        sa.Column("returns", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("has_extension", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("merged_into", sa.Integer()),
        sa.Column("ticket_id", sa.Integer()),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("taken_by", sa.Integer()),
        sa.Column("station", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("tap", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(2), server_default=sa.text("'zh'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", UtcTime()),
        sa.Column("is_provisional", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("answered_at", UtcTime()),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("recheck_on", sa.Date()),
        sa.Column("resume_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["category_code"], ["concern_category.code"], name=op.f("fk_concern_category_code")
        ),
        sa.ForeignKeyConstraint(["merged_into"], ["concern.id"], name=op.f("fk_concern_merged_into")),
        sa.ForeignKeyConstraint(["place_id"], ["concern_place.id"], name=op.f("fk_concern_place_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_concern_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_concern_year_number")),
        sa.UniqueConstraint("tap", name=op.f("uq_concern_tap")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_concern_merged_into", "concern", ["merged_into"])
    where = sa.text("recheck_on IS NOT NULL")
    op.create_index(
        "ix_concern_recheck_on",
        "concern",
        ["recheck_on"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_index("ix_concern_state", "concern", ["state", "due_on"])
    op.create_index("ix_concern_station", "concern", ["station", "taken_at"])
    where = sa.text("source_ref <> ''")
    op.create_index(
        "uq_concern_source_ref",
        "concern",
        ["source", "source_ref"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "concern_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("name", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("tail", sa.String(4), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_party_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_party")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concern_party_concern_id"), "concern_party", ["concern_id"])
    op.create_table(
        "concern_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(12), nullable=False),
        sa.Column("from_state", sa.String(12)),
        sa.Column("to_state", sa.String(12), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("reason", sa.String(16), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.String(300), server_default=sa.text("''"), nullable=False),
        sa.Column("told", sa.String(8), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_change_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concern_change_concern_id"), "concern_change", ["concern_id"])
    op.create_table(
        "concern_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", UtcTime()),
        sa.Column("met_at", UtcTime()),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_clock_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_clock")),
        sa.UniqueConstraint(
            "concern_id", "what", "round", name=op.f("uq_concern_clock_concern_id_what_round")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concern_clock_concern_id"), "concern_clock", ["concern_id"])
    op.create_table(
        "concern_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("note", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_pause_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_pause")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concern_pause_concern_id"), "concern_pause", ["concern_id"])
    op.create_table(
        "concern_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("wiped_at", UtcTime()),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_file_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_file")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concern_file_concern_id"), "concern_file", ["concern_id"])
    category = sa.table(
        "concern_category",
        *(sa.column(name) for name in COLUMNS),
        sa.column("is_public", sa.Boolean()),
        sa.column("is_sealed", sa.Boolean()),
    )
    op.bulk_insert(
        category, [dict(zip((*COLUMNS, "is_public", "is_sealed"), row, strict=True)) for row in STARTER]
    )
