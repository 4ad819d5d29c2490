"""What the centre offers: groups of services, what to bring for each, and the counters that serve them."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

service_group = sa.Table(
    "service_group",
    metadata,
    sa.Column("slug", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("name_en", sa.String(64), nullable=False),
    sa.Column("icon", sa.String(32), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("letter", sa.String(2), nullable=False, server_default=sa.text("''")),  # of its services
    sa.Column("retired_at", UtcTime),
)

service = sa.Table(
    "service",
    metadata,
    sa.Column("code", sa.String(8), primary_key=True),
    sa.Column("group_slug", sa.ForeignKey("service_group.slug"), nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("name_en", sa.String(96), nullable=False),
    sa.Column("place", sa.String(64), nullable=False),
    sa.Column("place_en", sa.String(96), nullable=False),
    sa.Column("icon", sa.String(32), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("is_popular", sa.Boolean, nullable=False, default=False),
    sa.Column("closed_reason", sa.String(128), nullable=False, default=""),
    sa.Column("closed_reason_en", sa.String(128), nullable=False, default=""),
    sa.Column("closed_at", UtcTime),
    sa.Column("closed_on", sa.Date),  # an early close ends with its day
    sa.Column("daily_cap", sa.Integer),
    sa.Column("is_timed", sa.Boolean, nullable=False, server_default=sa.false()),  # see service_time
    sa.Column("letter", sa.String(2), nullable=False, server_default=sa.text("''")),  # else the group's
    sa.Column("initials", sa.String(32), nullable=False, server_default=sa.text("''")),  # of its pinyin
    sa.Column("duration_min", sa.Integer),
    sa.Column("hours", sa.String(128), nullable=False, server_default=sa.text("''")),  # else the centre's
    sa.Column("for_whom", sa.String(32), nullable=False, server_default=sa.text("''")),
    sa.Column("retired_at", UtcTime),
)

letter_of_numbers = sa.case(
    (service.c.letter != "", service.c.letter),
    (service_group.c.letter != "", service_group.c.letter),
    else_=sa.func.substr(service.c.code, 1, 2),
)
"""What stands before a service's numbers: its own letter or its group's. Join both tables for it.

Staff cannot leave both empty; the code stands in for rows of other origin.
"""

# when a timed service (a stall of an event) takes people; without a row for the day it is not there at all
service_time = sa.Table(
    "service_time",
    metadata,
    sa.Column("service_code", sa.ForeignKey("service.code"), primary_key=True),
    sa.Column("service_day", sa.Date, primary_key=True),
    sa.Column("opens_at", UtcTime, nullable=False),
    sa.Column("closes_at", UtcTime, nullable=False),
)

material = sa.Table(
    "material",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("service_code", sa.ForeignKey("service.code"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False, server_default=sa.text("'own'")),  # a MaterialKind
    sa.Column("text", sa.String(64), nullable=False),
    sa.Column("text_en", sa.String(128), nullable=False),
    sa.Column("note", sa.String(64), nullable=False, default=""),
    sa.Column("note_en", sa.String(128), nullable=False, default=""),
)

outcome = sa.Table(
    "outcome",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("service_code", sa.ForeignKey("service.code"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),  # an OutcomeKind
    sa.Column("text", sa.String(20), nullable=False),
    sa.Column("text_en", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("reasons", sa.String(200), nullable=False, server_default=sa.text("''")),  # 、 between them
    sa.Column("reasons_en", sa.String(400), nullable=False, server_default=sa.text("''")),  # ; between them
)

counter = sa.Table(
    "counter",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("opened_by", sa.Integer),
    sa.Column("opened_at", UtcTime),
    sa.Column("pause", sa.String(16), nullable=False, server_default=sa.text("''")),
    sa.Column("paused_at", UtcTime),
    sa.Column("retired_at", UtcTime),
)

counter_service = sa.Table(
    "counter_service",
    metadata,
    sa.Column("counter_number", sa.ForeignKey("counter.number"), primary_key=True),
    sa.Column("service_code", sa.ForeignKey("service.code"), primary_key=True),
)

counter_change = sa.Table(
    "counter_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("counter_number", sa.ForeignKey("counter.number"), nullable=False),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("note", sa.String(64), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)

service_change = sa.Table(
    "service_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("service_code", sa.ForeignKey("service.code"), nullable=False),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("note", sa.String(128), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)
