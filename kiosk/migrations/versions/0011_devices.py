"""Which machines are the centre's own, the codes that let them in, and who has changed what."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Change the tables."""
    device = op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("enrolled_at", UtcTime(), nullable=False),
        sa.Column("enrolled_by", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=True),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "enrolment_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_code")),
        sqlite_autoincrement=True,
    )
    change = op.create_table(
        "device_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("note", sa.String(128), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_change_device_id")),
        sa.ForeignKeyConstraint(["code_id"], ["enrolment_code.id"], name=op.f("fk_device_change_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_change")),
        sqlite_autoincrement=True,
    )
    _know_the_box(device, change)


def _know_the_box(device: sa.Table, change: sa.Table) -> None:
    # a centre that gives numbers already must not stand still in the morning after: its touchscreen may well
    # forget cookies at each start. So the box itself stays its station until staff say otherwise
    tx = op.get_bind()
    if tx.execute(sa.text("SELECT 1 FROM ticket LIMIT 1")).first() is None:
        return
    at = datetime.now(UTC)
    row = {"kind": "station", "name": "本机", "way": "box", "enrolled_at": at}
    device_id = tx.execute(sa.insert(device).values(row).returning(device.c.id)).scalar_one()
    tx.execute(sa.insert(change).values(device_id=device_id, verb="enrol", at=at, note="box"))
