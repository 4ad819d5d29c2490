"""Score sheets, their criteria, and what was marked on them.

The database itself refuses to delete or change an answer and its marks (migration), as it does for ratings.
What somebody wrote beside them is a concern.
"""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

survey = sa.Table(
    "survey",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(8), nullable=False, unique=True),  # of the short link
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("name", sa.String(24), nullable=False),
    sa.Column("name_en", sa.String(48), nullable=False, server_default=sa.text("''")),
    sa.Column("run_by", sa.Integer),  # who of staff runs the place: never types its sheets in
    sa.Column("retired_at", UtcTime),
    sqlite_autoincrement=True,
)

survey_criterion = sa.Table(
    "survey_criterion",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("survey_id", sa.ForeignKey("survey.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String(12), nullable=False),  # another name is another criterion
    sa.Column("name_en", sa.String(24), nullable=False, server_default=sa.text("''")),
    sa.Column("retired_at", UtcTime),
    sa.UniqueConstraint("survey_id", "name"),
    sqlite_autoincrement=True,
)

survey_answer = sa.Table(
    "survey_answer",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("survey_id", sa.ForeignKey("survey.id"), nullable=False),
    sa.Column("quarter_on", sa.Date, nullable=False),  # its first day
    sa.Column("filled_on", sa.Date, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("source", sa.String(8), nullable=False),
    sa.Column("entered_by", sa.Integer),  # who typed a paper one
    sa.Column("tap", sa.String(64), nullable=False, unique=True),
    sa.Index("ix_survey_answer_quarter", "survey_id", "quarter_on"),
    sqlite_autoincrement=True,
)

survey_mark = sa.Table(
    "survey_mark",
    metadata,
    sa.Column("answer_id", sa.ForeignKey("survey_answer.id"), primary_key=True),
    sa.Column("criterion_id", sa.ForeignKey("survey_criterion.id"), primary_key=True),
    sa.Column("grade", sa.Integer, nullable=False),
)
