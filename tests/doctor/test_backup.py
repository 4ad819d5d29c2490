"""Backups that are missing, damaged or too old: really so once, and the doctor says it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk import backup
from kiosk.database import metadata, only_grows
from tests.disks import IN_MEMORY


@pytest.fixture
def stick(tmp_path):
    """A folder on another disk; only its device is looked at."""
    others = (IN_MEMORY, Path(__file__).parent)
    return str(next(folder for folder in others if folder.stat().st_dev != tmp_path.stat().st_dev))


def test_backup_none_yet_is_a_remark_on_the_first_day_and_a_fault_later(clock, visitor, worst, stick):
    visitor.take("A")
    assert worst("backup", backup_folder=stick)[0] == "REMARK"
    clock.forward(days=3)
    assert worst("backup", backup_folder=stick)[0] == "BROKEN"


def test_backup_older_than_what_was_done_since_is_told(box, clock, visitor, worst, stick):
    backup.keep_day(box)
    clock.forward(days=5)
    assert worst("backup", backup_folder=stick)[0] == "WELL"  # the centre was shut: nothing would be lost
    visitor.take("A")
    grade, said = worst("backup", backup_folder=stick)
    assert grade == "BROKEN"
    assert "the last 5 days" in said


def test_backup_that_cannot_be_opened_is_told(box, worst):
    backup.keep_day(box)
    (file,) = (box.settings.folder / backup.FOLDER).iterdir()
    whole = bytearray(file.read_bytes())
    whole[400:420] = bytes(20)
    file.write_bytes(whole)
    grade, said = worst("backup")
    assert grade == "BROKEN"
    assert "cannot be opened" in said


def test_backup_that_holds_far_less_than_the_one_before_is_told_with_the_way_back(
    box, visitor, clock, worst, stick
):
    visitor.post("/tickets", {"service": "A", "tap": "one"}, status=303)
    backup.keep_day(box)
    with box.database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            if only_grows(table.name) or table.name == "print_job":
                tx.execute(sa.delete(table))
    clock.forward(days=1)
    backup.keep_day(box)
    grade, said = worst("backup")
    assert (grade, "data may be lost" in said) == ("BROKEN", True)
    assert visitor.client.get("/healthz").json["status"] == "attention"


def test_backup_that_failed_in_the_night_is_told(box, worst):
    (box.settings.folder / backup.FOLDER).mkdir()
    fault = '{"at": "2026-11-22T16:00:00+00:00", "why": "盘满了"}'
    (box.settings.folder / backup.FOLDER / "fault.json").write_text(fault, encoding="utf-8")
    grade, said = worst("backup")
    assert grade == "BROKEN"
    assert "盘满了" in said


def test_backup_only_on_this_machine_is_a_remark(box, worst, tmp_path, stick):
    backup.keep_day(box)
    assert "USB stick" in worst("backup")[1]
    assert "same disk" in worst("backup", backup_folder=str(tmp_path))[1]
    assert worst("backup", backup_folder=str(tmp_path / "gone"))[0] == "BROKEN"
    assert worst("backup", backup_folder=stick)[0] == "WELL"


def test_full_or_write_protected_sticks_are_told_before_a_backup_fails(box, worst, small_disk):
    folder = str(small_disk.folder)
    assert worst("backup", backup_folder=folder)[0] == "REMARK"  # there is none yet
    small_disk.fill()
    assert f"no backup can be written to {folder}: No space" in worst("backup", backup_folder=folder)[1]
    small_disk.sweep()
    small_disk.become_read_only()
    grade, said = worst("backup", backup_folder=folder)
    assert grade == "BROKEN"
    assert f"no backup can be written to {folder}: Read-only" in said
