"""The database as a file on a disk: copied and examined while a server may be writing to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.database.schema import only_grows

MOST_FAULTS = 10
SEQUENCE_GAP = 20_000
"""More rows than any table grows by between two backups."""

_BEGIN_SERIALS = """
INSERT INTO sqlite_sequence (name, seq)
SELECT name, 0 FROM sqlite_master
WHERE sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)
"""
"""A table that never had a row has no serial to go on from yet."""


def copy(source: Path, target: Path) -> None:
    """Write a consistent copy of the database `source` to `target`, which must be missing or empty.

    VACUUM INTO reads one snapshot: writers go on meanwhile, and a page that is damaged stops it.
    Raises sqlite3.Error; SQLITE_FULL when the disk is.
    """
    with _opened(source) as db:
        db.execute("VACUUM INTO ?", (str(target),))


def faults(path: Path, *, thorough: bool = False) -> list[str]:
    """What SQLite finds wrong in the file, at most ten lines; empty when it is sound.

    `thorough` also compares every index with its table. A file that cannot be read is one fault.
    """
    check = "integrity_check" if thorough else "quick_check"
    try:
        with _opened(path) as db:
            told = [str(row[0]) for row in db.execute(f"PRAGMA {check}({MOST_FAULTS})")]
            lost = db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS)
    except sqlite3.Error as fault:
        return [str(fault)]
    return [line for line in told if line != "ok"] + [
        f"{row[0]}: row {row[1]} has no {row[2]}" for row in lost
    ]


def is_closed(path: Path) -> bool:
    """Whether the file is not ours to open, by its rights or its disk: whether it is whole is not known then.

    One with a log is read only in a folder where we may write.
    """
    try:
        with _opened(path) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as fault:
        return says_closed(fault)
    return False


def says_closed(fault: sqlite3.Error) -> bool:
    """Whether SQLite may not open or write the file, which says nothing of what is in it."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


def unread(path: Path) -> str:
    """Why one of the tables cannot be read, from the file and not from what a server remembers of it.

    Empty when the ends of each can. Milliseconds, however much is in them: it is no `faults`.
    """
    try:
        with _opened(path) as db:
            for name in _tables(db):
                for way in ("", "DESC"):  # where the oldest rows are, and the newest
                    db.execute(f'SELECT * FROM "{name}" ORDER BY rowid {way} LIMIT 1').fetchone()  # noqa: S608
    except sqlite3.Error as fault:
        return str(fault)
    return ""


def records(path: Path) -> int:
    """How many rows are in the tables that only grow. Raises sqlite3.Error."""
    with _opened(path) as db:
        counts = (
            db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - a table's own name
            for name in _tables(db)
            if only_grows(name)
        )
        return sum(counts)


def _tables(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def revision(path: Path) -> str:
    """The newest migration that the file has seen; empty for a database that is not ours."""
    try:
        with _opened(path) as db:
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def pragma(path: Path, name: str) -> str:
    """What `PRAGMA name` answers for this file. Raises sqlite3.Error."""
    with _opened(path) as db:
        return str(db.execute(f"PRAGMA {name}").fetchone()[0])


def open_sequence_gap(path: Path) -> None:
    """Let all serials go on SEQUENCE_GAP further: what was given out since this copy is never given again.

    Otherwise the slip of a ticket that the copy does not know would open the next person's ticket, and the
    cookie of a clerk whom it does not know the next clerk's. Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(_BEGIN_SERIALS)
        db.execute("UPDATE sqlite_sequence SET seq = seq + ?", (SEQUENCE_GAP,))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    # mode=ro: a doctor who opened it for writing would fold the log of a killed server in when leaving
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
        yield db
