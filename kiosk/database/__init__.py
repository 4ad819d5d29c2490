"""The database: one engine, its file, its prepared statements, and the lock on its folder."""

from kiosk.database.engine import (
    FILE,
    MIGRATIONS,
    Database,
    Tx,
    UnusableDatabase,
    UtcTime,
    as_sqlalchemys,
    commits,
    is_up_to_date,
    metadata,
    migrate,
    newest_revision,
    open_database,
    open_to_read,
    revision_of,
    shown,
)

__all__ = [
    "FILE",
    "MIGRATIONS",
    "Database",
    "Tx",
    "UnusableDatabase",
    "UtcTime",
    "as_sqlalchemys",
    "commits",
    "is_up_to_date",
    "metadata",
    "migrate",
    "newest_revision",
    "open_database",
    "open_to_read",
    "revision_of",
    "shown",
]
