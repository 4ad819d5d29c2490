"""Print jobs: a row each, written with what it prints, and one for every step. Printers and rolls too."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index


def _box() -> sa.Column[str]:
    """Whose printer it is: `Settings.box`. Empty on a database that has one box: it moves with its folder."""
    return sa.Column("box", sa.String(16), nullable=False, server_default=sa.text("''"))


print_job = sa.Table(
    "print_job",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("slip", sa.Text, nullable=False),
    sa.Column("subject", sa.String(48), nullable=False, index=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, default=0),
    # how many rows of print_change there are: a page's form names it, and an older one does nothing
    sa.Column("steps", sa.Integer, nullable=False, default=0, server_default=sa.text("0")),
    # a test page for a printer that is only being tried; null: whichever is in use when its turn comes
    sa.Column("setup_id", sa.ForeignKey("printer_setup.id"), nullable=True),
    _box(),
    sa.Index("ix_print_job_status", "status", "id"),
    sqlite_autoincrement=True,
)

print_change = sa.Table(
    "print_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("job_id", sa.ForeignKey("print_job.id"), nullable=False, index=True),
    sa.Column("step", sa.String(16), nullable=False, server_default=sa.text("''")),
    sa.Column("from_status", sa.String(16), nullable=False, server_default=sa.text("''")),
    sa.Column("to_status", sa.String(16), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("accepted", sa.Integer, nullable=False, default=0),
    sa.Column("mm", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("staff_id", sa.Integer, nullable=True),
    sa.Column("note", sa.String(200), nullable=False, default=""),
    _box(),
    partial_index("ix_print_change_mm", "id", where="mm > 0", unique=False),
)

printer_setup = sa.Table(
    "printer_setup",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("url", sa.String(300), nullable=False),
    sa.Column("width_dots", sa.Integer, nullable=False),
    sa.Column("large", sa.Boolean, nullable=False),
    sa.Column("is_trial", sa.Boolean, nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    _box(),
    sqlite_autoincrement=True,
)
"""Every printer that was chosen or tried in the back office; the newest that is no trial is in use."""

printer_change = sa.Table(
    "printer_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("url", sa.String(300), nullable=False),
    sa.Column("to_state", sa.String(16), nullable=False, index=True),
    sa.Column("at", UtcTime, nullable=False),
    _box(),
    sqlite_autoincrement=True,
)
"""A row whenever the printer in use said something else than before."""

paper_roll = sa.Table(
    "paper_roll",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("after_change", sa.Integer, nullable=False),  # the newest print_change when it was put in
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    _box(),
    sqlite_autoincrement=True,
)
