"""What residents say and ask for, and one row for everything that became of it."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default=sa.text("''"))


concern_category = sa.Table(
    "concern_category",
    metadata,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String(16), nullable=False),
    _text("name_en", 32),
    sa.Column("icon", sa.String(32), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("unit", sa.String(8), nullable=False),
    # a public facility: who sees the same may say "me too"; never noise, neighbours or people
    sa.Column("is_public", sa.Boolean, nullable=False, server_default=sa.false()),
    # about the staff themselves: sealed when it is taken in
    sa.Column("is_sealed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("owner_id", sa.Integer),
    sa.Column("card_id", sa.Integer),  # whom to ask
    sa.Column("retired_at", UtcTime),
)

concern_place = sa.Table(
    "concern_place",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("parent_id", sa.ForeignKey("concern_place.id")),  # a building's compound
    sa.Column("name", sa.String(20), nullable=False),
    _text("name_en", 40),
    sa.Column("retired_at", UtcTime),
    sa.Column("grid_id", sa.Integer),  # a building without one lies in its compound's
    sqlite_autoincrement=True,
)

concern_grid = sa.Table(
    "concern_grid",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("worker_id", sa.Integer),
    sa.Column("retired_at", UtcTime),
    sqlite_autoincrement=True,
)
"""Places whose concerns and households one person knows (网格)."""

concern_number = sa.Table(
    "concern_number",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

concern = sa.Table(
    "concern",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("number", sa.String(8), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("source", sa.String(12), nullable=False),
    _text("source_ref", 48),
    sa.Column("category_code", sa.ForeignKey("concern_category.code"), nullable=False),
    sa.Column("place_id", sa.ForeignKey("concern_place.id")),
    _text("words", 500),  # the resident's own
    _text("about", 120),  # one sentence of staff's
    sa.Column("is_sealed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("accused_id", sa.Integer),  # whom of staff it is about: they never see it
    # about the secretary: no lead sees it, but the street
    sa.Column("is_for_street", sa.Boolean, nullable=False, server_default=sa.false()),
    _text("barred", 64),  # ids between spaces, of who else was there: they never see it either
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("round", sa.Integer, nullable=False, server_default=sa.text("0")),
    _text("outcome", 12),
    _text("reply", 300),
    _text("solved", 8),  # the resident's word; "none" when an answer lapsed
    sa.Column("owner_id", sa.Integer),
    sa.Column("offered_to", sa.Integer),  # handed over, and not accepted yet: the owner stays responsible
    sa.Column("returns", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("has_extension", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("merged_into", sa.ForeignKey("concern.id")),
    sa.Column("ticket_id", sa.ForeignKey("ticket.id")),
    sa.Column("taken_at", UtcTime, nullable=False),
    sa.Column("written_at", UtcTime),  # in a phone on a walk, before it was taken in; else null
    sa.Column("taken_by", sa.Integer),
    _text("station", 64),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sa.Column("lang", sa.String(2), nullable=False, server_default=sa.text("'zh'")),
    sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("0")),
    # of the round that runs: until when the answer is promised
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due_at", UtcTime),
    sa.Column("is_provisional", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("answered_at", UtcTime),
    sa.Column("answered_by", sa.Integer),
    sa.Column("recheck_on", sa.Date),
    sa.Column("resume_on", sa.Date),
    sa.UniqueConstraint("year", "number"),
    sa.Index("ix_concern_state", "state", "due_on"),
    sa.Index("ix_concern_station", "station", "taken_at"),
    sa.Index("ix_concern_merged_into", "merged_into"),
    sa.Index("ix_concern_taken_at", "taken_at"),
    partial_index("uq_concern_source_ref", "source", "source_ref", where="source_ref <> ''"),
    partial_index("ix_concern_ticket_id", "ticket_id", where="ticket_id IS NOT NULL", unique=False),
    partial_index("ix_concern_recheck_on", "recheck_on", where="recheck_on IS NOT NULL", unique=False),
    sqlite_autoincrement=True,
)

concern_party = sa.Table(
    "concern_party",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("role", sa.String(8), nullable=False),
    _text("name", 16),
    _text("phone", 16),
    _text("tail", 4),
    sqlite_autoincrement=True,
)

concern_change = sa.Table(
    "concern_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("from_state", sa.String(12)),
    sa.Column("to_state", sa.String(12), nullable=False),
    sa.Column("round", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),
    _text("reason", 16),
    _text("note", 300),
    _text("told", 8),
    sa.Column("before", sa.Text),  # JSON: how it stood, while the step can be undone
    sa.Index("ix_concern_change_at", "at"),
    sqlite_autoincrement=True,
)

concern_clock = sa.Table(
    "concern_clock",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("what", sa.String(8), nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("unit", sa.String(8), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due_at", UtcTime),
    sa.Column("met_at", UtcTime),
    sa.UniqueConstraint("concern_id", "what", "round"),
    sa.Index("ix_concern_clock_due_on", "due_on"),
    sqlite_autoincrement=True,
)

concern_pause = sa.Table(
    "concern_pause",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("reason", sa.String(16), nullable=False),
    _text("note", 200),
    sa.Column("since_on", sa.Date, nullable=False),
    sa.Column("until_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sqlite_autoincrement=True,
)

concern_file = sa.Table(
    "concern_file",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey("concern.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("bytes", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("wiped_at", UtcTime),
    sqlite_autoincrement=True,
)
"""Voices, ink and photos, which lie beside the database under their hash; `wiped_at` when one was deleted."""
