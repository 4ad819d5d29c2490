"""Tickets, the last number of each letter and day, and one row for every change of a ticket."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata, partial_index

last_number = sa.Table(
    "last_number",
    metadata,
    sa.Column("service_day", sa.Date, primary_key=True),
    sa.Column("letter", sa.String(2), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

priority = sa.Table(
    "priority",
    metadata,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(32), nullable=False),
    sa.Column("name_en", sa.String(48), nullable=False),
    sa.Column("head_start_min", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("retired_at", UtcTime),
)

ticket = sa.Table(
    "ticket",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False, default=0),
    sa.Column("service_day", sa.Date, nullable=False),
    sa.Column("number", sa.String(8), nullable=False),
    sa.Column("service_code", sa.String(8), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("taken_at", UtcTime, nullable=False),
    sa.Column("rank_at", UtcTime, nullable=False),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sa.Column("station", sa.String(32), nullable=False, default=""),
    sa.Column("priority_code", sa.ForeignKey("priority.code")),
    sa.Column("phone_tail", sa.String(4)),
    sa.Column("for_someone_else", sa.Boolean, nullable=False, default=False),
    sa.Column("counter_number", sa.Integer),
    sa.Column("called_at", UtcTime),
    sa.Column("calls", sa.Integer, nullable=False, default=0),
    sa.Column("only_counter", sa.Integer),  # no other counter may call it
    sa.Column("hold", sa.String(8), nullable=False, server_default=sa.text("''")),
    sa.Column("lacks", sa.Text, nullable=False, server_default=sa.text("''")),  # one a line
    sa.Column("is_slow", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("wants_staff", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("cannot_hear", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("taken_by_staff", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_trial", sa.Boolean, nullable=False, server_default=sa.false()),  # in no figure
    sa.Column("lang", sa.String(2), nullable=False, server_default=sa.text("'zh'")),  # it was taken in
    sa.Column("estimate_low_min", sa.Integer),
    sa.Column("estimate_high_min", sa.Integer),
    sa.UniqueConstraint("service_day", "number"),
    sa.Index("ix_ticket_day_status", "service_day", "status", "rank_at", "service_code", "only_counter"),
    sa.Index("ix_ticket_counter", "counter_number", "status"),
    # a counter has one person before it, whatever two tabs or two clerks try
    partial_index("uq_ticket_at_hand", "counter_number", where="status IN ('called', 'serving')"),
    sqlite_autoincrement=True,  # a serial is never given twice, so an old code never opens a new ticket
)

change = sa.Table(
    "change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("ticket_id", sa.ForeignKey("ticket.id"), nullable=False, index=True),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("from_status", sa.String(12)),
    sa.Column("to_status", sa.String(12), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("counter_number", sa.Integer),
    sa.Column("staff_id", sa.Integer),
    sa.Column("note", sa.String(128), nullable=False, default=""),
    sa.Column("service_code", sa.String(8)),
    sa.Column(
        "before", sa.Text, nullable=False, server_default=sa.text("''")
    ),  # JSON of what an undo puts back
    sa.Index("ix_change_to_status", "to_status", "at"),
    sa.Index("ix_change_counter", "counter_number", "id"),
    sqlite_autoincrement=True,
)

visit_detail = sa.Table(
    "visit_detail",
    metadata,
    sa.Column("change_id", sa.ForeignKey("change.id"), primary_key=True),
    sa.Column("outcome", sa.String(20), nullable=False, server_default=sa.text("''")),
    sa.Column("outcome_en", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("reason", sa.String(40), nullable=False, server_default=sa.text("''")),
    sa.Column("reason_en", sa.String(128), nullable=False, server_default=sa.text("''")),
    sa.Column("way", sa.String(20), nullable=False, server_default=sa.text("''")),
    sa.Column("way_en", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("note", sa.String(200), nullable=False, server_default=sa.text("''")),
)
"""What a clerk said of a step: what came of it, why, how, and a note. In the words of that day, whatever the
catalogue says later; a row is written with its change and never again."""

spoken_call = sa.Table(
    "spoken_call",
    metadata,
    sa.Column("change_id", sa.ForeignKey("change.id"), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)
"""The calls that a board has said aloud, and when the first one did."""

voice = sa.Table(
    "voice",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),  # 1: the hall has one voice, however many boards speak
    sa.Column("since", UtcTime, nullable=False),
    sa.Column("until", UtcTime, nullable=False),
)
"""From when until when some board could be heard."""

pace = sa.Table(
    "pace",
    metadata,
    sa.Column("service_code", sa.String(8), primary_key=True),
    sa.Column("visits", sa.Integer, nullable=False),
    sa.Column("mean_log", sa.Float, nullable=False),
    sa.Column("var_log", sa.Float, nullable=False),
    sa.Column("learned_on", sa.Date),  # the day of its newest visit; what follows is of that day
    sa.Column("dawn_visits", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("dawn_log", sa.Float, nullable=False, server_default=sa.text("0")),
    sa.Column("today", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Column("today_log", sa.Float, nullable=False, server_default=sa.text("0")),
)

closed_day = sa.Table(
    "closed_day",
    metadata,
    sa.Column("service_day", sa.Date, primary_key=True),
    sa.Column("closed_at", UtcTime, nullable=False),
    sa.Column("tickets", sa.Integer, nullable=False),
)
