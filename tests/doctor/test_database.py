"""A database that is damaged, of another version or not writable: really so once, and the doctor says it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kiosk import backup
from kiosk.database import FILE
from tests.doctor.read_only import read_only


def test_database_a_damaged_page_is_told_with_how_to_restore(box, worst, damage):
    backup.keep_day(box)
    box.database.close()
    damage(box.settings.folder / FILE, "service")
    grade, said = worst("database")
    assert grade == "BROKEN"
    assert f"kiosk restore {box.settings.folder}/backups/linli-2026-11-23.zip --data" in said


def test_database_an_index_that_does_not_fit_its_table_is_told(box, worst):
    """A quick check does not see it; a queue is read by its indexes."""
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db, db:
        db.execute("CREATE INDEX odd ON service (name)")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX odd ON service (place)' WHERE name = 'odd'")
    assert worst("database")[0] == "BROKEN"


def test_database_a_row_whose_partner_is_missing_is_told(box, worst):
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db, db:
        db.execute("DELETE FROM service WHERE code = 'A'")
    grade, said = worst("database")
    assert grade == "BROKEN"
    assert "has no service" in said


@pytest.mark.parametrize(("revision", "grade"), [("0001", "REMARK"), ("9999", "BROKEN")])
def test_database_tables_of_another_version_are_told(box, worst, revision, grade):
    with box.database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
    assert worst("database")[0] == grade


def test_database_that_is_not_written_ahead_is_told(box, worst):
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    grade, said = worst("database")
    assert grade == "REMARK"
    assert "delete" in said


def test_database_a_log_that_never_shrinks_is_told(box, worst, monkeypatch):
    monkeypatch.setattr("kiosk.doctor.database.LONG_LOG", 1000)
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES ('K', 1, 1, 1)")
    assert "log has grown" in worst("database")[1]


def test_database_whose_file_cannot_be_written_is_told(box, worst):
    path = box.settings.folder / FILE
    box.database.close()
    with read_only(path):
        grade, said = worst("database")
    assert grade == "BROKEN"
    assert f"{path} cannot be written: Read-only" in said


def test_database_in_a_folder_that_is_closed_is_not_called_damaged(box, worst):
    folder = box.settings.folder
    box.database.close()
    with read_only(folder):
        grade, said = worst("database")
        with pytest.raises(backup.Closed, match="cannot be opened"):
            backup.make_backup(folder, folder.with_name("kept.zip"), datetime(2026, 11, 30, tzinfo=UTC))
    assert grade == "BROKEN"
    assert f"{folder / FILE} cannot be opened" in said
    assert not folder.with_name("kept.zip").exists()


def test_database_that_is_sound_is_well(worst):
    assert worst("database")[0] == "WELL"


def test_database_a_file_that_others_may_read_is_told(box, worst):
    (box.settings.folder / FILE).chmod(0o644)
    assert worst("database")[0] == "REMARK"
