"""Letters of numbers apart from codes, and what staff say of a service, a group, a counter and a priority."""

import sqlalchemy as sa
from alembic import op

from kiosk.database import UtcTime
from kiosk.database.dialects import widen

revision = "0017"
down_revision = "0016"

OF_A_SERVICE = (
    "service_time", "material", "counter_service", "service_change", "stall", "ticket", "change", "pace",
)  # fmt: skip


def upgrade() -> None:
    """Change the tables."""
    widen(op.get_bind(), "service", "code", 8)
    for table in OF_A_SERVICE:
        widen(op.get_bind(), table, "service_code", 8)
    for table in ("service_group", "service", "counter", "priority"):
        op.add_column(table, sa.Column("retired_at", UtcTime()))
    _add_text("service_group", "letter", 2)
    for name, length in (("letter", 2), ("initials", 32), ("hours", 128), ("for_whom", 32)):
        _add_text("service", name, length)
    op.add_column("service", sa.Column("duration_min", sa.Integer()))
    op.execute("UPDATE service SET letter = code")  # until now one was the other
    op.add_column(
        "material", sa.Column("kind", sa.String(12), server_default=sa.text("'own'"), nullable=False)
    )
    op.execute("UPDATE material SET kind = 'agent' WHERE is_agents")
    op.drop_column("material", "is_agents")


def _add_text(table: str, name: str, length: int) -> None:
    op.add_column(table, sa.Column(name, sa.String(length), server_default=sa.text("''"), nullable=False))
