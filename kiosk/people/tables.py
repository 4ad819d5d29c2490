"""The register 花名册: teams and partners, people, who belongs where, and one row for every change of it."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

team = sa.Table(
    "team",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(48), nullable=False, unique=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("contact", sa.String(64), nullable=False, default=""),
    sa.Column("is_active", sa.Boolean, nullable=False, default=True),
    sa.Column("name_en", sa.String(96), nullable=False, server_default=sa.text("''")),
    sqlite_autoincrement=True,
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("phone", sa.String(16), nullable=False, default=""),
    sa.Column("phone_tail", sa.String(4), nullable=False, default=""),
    sa.Column("card_revision", sa.Integer, nullable=False, default=0),
    sa.Column("is_active", sa.Boolean, nullable=False, default=True),
    # whoever writes second, by a double press or from another tab, is told that the person is known
    sa.UniqueConstraint("name", "phone"),
    sa.Index("ix_person_phone_tail", "phone_tail"),
    sqlite_autoincrement=True,  # a serial is never given twice, so an old card never names somebody else
)

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("person_id", sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("team_id", sa.ForeignKey("team.id"), primary_key=True, index=True),
)

people_change = sa.Table(
    "people_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person_id", sa.ForeignKey("person.id"), index=True),
    sa.Column("team_id", sa.ForeignKey("team.id"), index=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("note", sa.String(128), nullable=False, default=""),
    sqlite_autoincrement=True,
)

people_import = sa.Table(
    "people_import",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("filename", sa.String(80), nullable=False),
    sa.Column("seen_change", sa.Integer, nullable=False),  # the register's newest change when it was compared
    sa.Column("rows", sa.Text, nullable=False),  # JSON; emptied once it is imported or too old
    sa.Column("done_at", UtcTime),
)
