"""What kinds of concerns need of their own: cards for doors, patrols, hopes, papers held, batches, dates."""

import sqlalchemy as sa

from kiosk.concerns.tables import concern, concern_place
from kiosk.database import UtcTime, metadata
from kiosk.people.tables import person, team
from kiosk.tickets.tables import ticket


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default=sa.text("''"))


door_card = sa.Table(
    "door_card",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("printed_at", UtcTime, nullable=False),
    sa.Column("printed_by", sa.Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""A 民情日志卡 that was printed; the concern that was entered from it has the source `card:<id>`."""

patrol = sa.Table(
    "patrol",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("place_id", sa.ForeignKey(concern_place.c.id)),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("concern_id", sa.ForeignKey(concern.c.id), primary_key=True),
    sa.Column("patrol_id", sa.ForeignKey(patrol.c.id), nullable=False, index=True),
    _text("unit", 48),  # who has to mend it
    _text("demand", 120),
    sa.Column("fix_on", sa.Date, nullable=False),
)

hope = sa.Table(
    "hope",
    metadata,
    sa.Column("concern_id", sa.ForeignKey(concern.c.id), primary_key=True),
    sa.Column("sentence", sa.String(120), nullable=False),
    sa.Column("written_by", sa.Integer, nullable=False),
    sa.Column("released_by", sa.Integer),
    sa.Column("team_id", sa.ForeignKey(team.c.id)),
    sa.Column("person_id", sa.ForeignKey(person.c.id)),
    sa.Column("claim_until", sa.Date),
    sa.Column("minutes", sa.Integer),
)
"""A hope as others may read it: a sentence that a second person released; the team that has claimed it."""

hope_change = sa.Table(
    "hope_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey(hope.c.concern_id), nullable=False, index=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),
    sa.Column("team_id", sa.Integer),
    sa.Column("person_id", sa.Integer),
    sqlite_autoincrement=True,
)

case_paper = sa.Table(
    "case_paper",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("concern_id", sa.ForeignKey(concern.c.id), nullable=False, index=True),
    sa.Column("what", sa.String(96), nullable=False),
    sa.Column("held_at", UtcTime, nullable=False),
    sa.Column("held_by", sa.Integer, nullable=False),
    sa.Column("returned_at", UtcTime),
    sa.Column("returned_by", sa.Integer),
    sqlite_autoincrement=True,
)

product = sa.Table(
    "product",
    metadata,
    sa.Column("concern_id", sa.ForeignKey(concern.c.id), primary_key=True),
    sa.Column("name", sa.String(16), nullable=False),  # the surname alone
    sa.Column("age", sa.Integer, nullable=False),  # the tier: from which age on
    sa.Column("valid_until", sa.Date, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
)
"""What came of a case: the certificate with which the canteen delivers."""

batch = sa.Table(
    "batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.String(48), nullable=False),
    _text("told_by", 32),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""Tasks of the street that came together; each is a concern with the source `batch:<id>:<place>`."""

due_date = sa.Table(
    "due_date",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    _text("name", 16),
    _text("phone", 16),
    _text("tail", 4),
    sa.Column("place_id", sa.ForeignKey(concern_place.c.id)),
    sa.Column("months", sa.Integer, nullable=False),
    sa.Column("last_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False, index=True),
    sa.Column("ticket_id", sa.ForeignKey(ticket.c.id)),
    sa.Column("ended_at", UtcTime),
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""When something runs out for somebody: a pension's certification, a care file, a certificate."""

due_change = sa.Table(
    "due_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("due_id", sa.ForeignKey(due_date.c.id), nullable=False, index=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("staff_id", sa.Integer),
    sqlite_autoincrement=True,
)

due_result = sa.Table(
    "due_result",
    metadata,
    sa.Column("service_code", sa.String(8), primary_key=True),
    sa.Column("result", sa.String(20), primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
)
"""After which result of a visit what runs out again; empty where nobody is to be asked."""
