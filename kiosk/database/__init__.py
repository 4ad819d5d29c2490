"""The database: one engine, its file, its prepared statements, and the lock on its folder."""

from kiosk.database.engine import Database, Tx, commits
from kiosk.database.faults import LostDatabase, UnusableDatabase, as_sqlalchemys, cannot_keep
from kiosk.database.opening import (
    FILE,
    MIGRATIONS,
    check_writable,
    has_file,
    is_up_to_date,
    migrate,
    newest_revision,
    open_database,
    open_to_read,
    revision_of,
    shown,
)
from kiosk.database.schema import UtcTime, in_lang, metadata, only_grows, partial_index

__all__ = [
    "FILE",
    "MIGRATIONS",
    "Database",
    "LostDatabase",
    "Tx",
    "UnusableDatabase",
    "UtcTime",
    "as_sqlalchemys",
    "cannot_keep",
    "check_writable",
    "commits",
    "has_file",
    "in_lang",
    "is_up_to_date",
    "metadata",
    "migrate",
    "newest_revision",
    "only_grows",
    "open_database",
    "open_to_read",
    "partial_index",
    "revision_of",
    "shown",
]
