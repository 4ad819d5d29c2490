"""What staff have said about clips: another reading, their own recording. Clips made here are files alone."""

import sqlalchemy as sa

from kiosk.database import UtcTime, metadata

# a text that staff gave a reading or a recording; without a row it is read as the engine reads it
clip = sa.Table(
    "clip",
    metadata,
    sa.Column("key", sa.String(20), primary_key=True),  # rules.key_of(words, lang)
    sa.Column("lang", sa.String(2), nullable=False),
    sa.Column("words", sa.String(500), nullable=False),
    sa.Column("reading", sa.String(2000), nullable=False, server_default=sa.text("''")),
    sa.Column("recording", sa.String(32), nullable=False, server_default=sa.text("''")),
)

# in the database and not only a file: so it is in every backup, comes back with it, and other boxes have it
recording = sa.Table(
    "recording",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),  # the hash of its sound
    sa.Column("sound", sa.LargeBinary, nullable=False),
    sa.Column("length_ms", sa.Integer, nullable=False),
    sa.Column("kept_at", UtcTime, nullable=False),
)
