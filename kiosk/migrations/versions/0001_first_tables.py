"""First tables."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "contact_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("post_en", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=96), nullable=False),
        sa.Column("address_en", sa.String(length=128), nullable=False),
        sa.Column("hours", sa.String(length=96), nullable=False),
        sa.Column("hours_en", sa.String(length=128), nullable=False),
        sa.Column("wechat", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_card")),
    )
    op.create_table(
        "counter",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_counter")),
    )
    op.create_table(
        "last_number",
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_day", "letter", name=op.f("pk_last_number")),
    )
    op.create_table(
        "log_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("is_success", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_in_attempt")),
    )
    with op.batch_alter_table("log_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_log_in_attempt_name_key", ["name_key", "at"], unique=False)

    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=48), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.create_index("ix_print_job_status", ["status", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_job_subject"), ["subject"], unique=False)

    op.create_table(
        "priority",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("name_en", sa.String(length=48), nullable=False),
        sa.Column("head_start_min", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_priority")),
    )
    op.create_table(
        "service_group",
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_en", sa.String(length=64), nullable=False),
        sa.Column("icon", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_service_group")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "card_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["contact_card.id"], name=op.f("fk_card_change_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("card_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_change_card_id"), ["card_id"], unique=False)

    op.create_table(
        "counter_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counter_number", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_number"], ["counter.number"], name=op.f("fk_counter_change_counter_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_change")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "print_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["print_job.id"], name=op.f("fk_print_change_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_change")),
    )
    with op.batch_alter_table("print_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_print_change_job_id"), ["job_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("group_slug", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_en", sa.String(length=96), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("place_en", sa.String(length=96), nullable=False),
        sa.Column("icon", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_popular", sa.Boolean(), nullable=False),
        sa.Column("closed_reason", sa.String(length=128), nullable=False),
        sa.Column("closed_reason_en", sa.String(length=128), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_slug"], ["service_group.slug"], name=op.f("fk_service_group_slug")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_service")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("service_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("rank_at", UtcTime(), nullable=False),
        sa.Column("tap", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("priority_code", sa.String(length=16), nullable=True),
        sa.Column("phone_tail", sa.String(length=4), nullable=True),
        sa.Column("for_someone_else", sa.Boolean(), nullable=False),
        sa.Column("counter_number", sa.Integer(), nullable=True),
        sa.Column("called_at", UtcTime(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["priority_code"], ["priority.code"], name=op.f("fk_ticket_priority_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("service_day", "number", name=op.f("uq_ticket_service_day_number")),
        sa.UniqueConstraint("tap", name=op.f("uq_ticket_tap")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_counter", ["counter_number", "status"], unique=False)
        batch_op.create_index("ix_ticket_day_status", ["service_day", "status", "rank_at"], unique=False)
        batch_op.create_index(
            "uq_ticket_at_hand",
            ["counter_number"],
            unique=True,
            sqlite_where=sa.text("status IN ('called', 'serving')"),
            postgresql_where=sa.text("status IN ('called', 'serving')"),
        )

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("from_status", sa.String(length=12), nullable=True),
        sa.Column("to_status", sa.String(length=12), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("counter_number", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_change_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_ticket_id"), ["ticket_id"], unique=False)
        batch_op.create_index("ix_change_to_status", ["to_status", "at"], unique=False)

    op.create_table(
        "counter_service",
        sa.Column("counter_number", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_number"], ["counter.number"], name=op.f("fk_counter_service_counter_number")
        ),
        sa.ForeignKeyConstraint(
            ["service_code"], ["service.code"], name=op.f("fk_counter_service_service_code")
        ),
        sa.PrimaryKeyConstraint("counter_number", "service_code", name=op.f("pk_counter_service")),
    )
    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(length=2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_agents", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("text_en", sa.String(length=128), nullable=False),
        sa.Column("note", sa.String(length=64), nullable=False),
        sa.Column("note_en", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["service_code"], ["service.code"], name=op.f("fk_material_service_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_service_code"), ["service_code"], unique=False)
