"""Contact cards: whom residents can turn to, and when."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

contact_card = sa.Table(
    "contact_card",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("post", sa.String(32), nullable=False),
    sa.Column("post_en", sa.String(64), nullable=False),
    sa.Column("name", sa.String(32), nullable=False, default=""),
    sa.Column("phone", sa.String(32), nullable=False),
    sa.Column("address", sa.String(96), nullable=False),
    sa.Column("address_en", sa.String(128), nullable=False),
    sa.Column("hours", sa.String(96), nullable=False),
    sa.Column("hours_en", sa.String(128), nullable=False),
    sa.Column("wechat", sa.String(300), nullable=False, default=""),
    # when somebody is there, as `kiosk.opening_hours` reads it; empty: nobody has said
    sa.Column("week", sa.String(128), nullable=False, server_default=sa.text("''")),
    sa.Column("retired_at", UtcTime),
)

# what residents come with ("下水道堵了"), and whose cards help
card_problem = sa.Table(
    "card_problem",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("zh", sa.String(32), nullable=False),
    sa.Column("en", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("icon", sa.String(32), nullable=False),
    sa.Column("retired_at", UtcTime),
    sqlite_autoincrement=True,
)

problem_card = sa.Table(
    "problem_card",
    metadata,
    sa.Column("problem_id", sa.ForeignKey("card_problem.id"), primary_key=True),
    sa.Column("card_id", sa.ForeignKey("contact_card.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
)

card_change = sa.Table(
    "card_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("card_id", sa.ForeignKey("contact_card.id"), nullable=False, index=True),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("staff_id", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

card_tap = sa.Table(
    "card_tap",
    metadata,
    sa.Column("tap", sa.String(64), primary_key=True),
    sa.Column("card_id", sa.ForeignKey("contact_card.id"), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)
"""Every press of 打印 that a slip was made for: pressed again because its answer was lost, it makes none."""
