import sqlite3
from contextlib import closing

import pytest

from kiosk import backup
from kiosk.database import FILE


@pytest.fixture
def kept(box, tmp_path):
    """A backup of the demo centre, made a moment ago."""
    return backup.make_backup(box.settings.folder, tmp_path / "kept.zip", box.now())


@pytest.fixture
def rows():
    """What an SQL question to the database in a folder answers."""

    def ask(folder, question="SELECT tap FROM ticket ORDER BY id"):
        with closing(sqlite3.connect(folder / FILE)) as db:
            return db.execute(question).fetchall()

    return ask


@pytest.fixture
def engine() -> str:
    """What is tried here lies in a file; PostgreSQL's own tests say so by name."""
    return "sqlite"
