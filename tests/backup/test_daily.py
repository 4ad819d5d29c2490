"""The day's backup: once a day, thinned, carried to a second folder."""

import json
import os
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import backup
from kiosk.box import open_box
from kiosk.database import metadata, only_grows
from kiosk.server.nightly import AFTER_FAULT_S, NightlyJobs
from tests.conftest import MORNING


@pytest.fixture
def again(box, clock):
    """The same centre with some settings changed."""
    opened = []

    def reopen(**changed):
        opened.append(open_box(replace(box.settings, **changed), clock))
        return opened[-1]

    yield reopen
    for each in opened:
        each.database.close()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def backups(box):
    return box.settings.folder / backup.FOLDER


def test_a_day_is_kept_once_even_over_restarts(box, again, clock):
    assert backup.is_due(box)
    backup.keep_day(box)
    made = (backups(box) / "linli-2026-11-23.zip").stat().st_mtime_ns
    clock.forward(hours=5)
    assert not backup.is_due(again())
    assert (backups(box) / "linli-2026-11-23.zip").stat().st_mtime_ns == made
    clock.forward(hours=12)
    assert backup.is_due(box)


def test_only_as_many_days_as_wanted_are_kept_and_nobody_elses_files_go(again, clock):
    box = again(keep_backups=3)
    backups(box).mkdir()
    for name in ("mine.zip", "linli-2026-11-20.zip.part", "linli-2026-11-20.zip.db.part", "note.txt"):
        (backups(box) / name).write_text("x")
    for _ in range(5):
        backup.keep_day(box)
        clock.forward(days=1)
    days = [f"linli-2026-11-{day}.zip" for day in (25, 26, 27)]
    assert names(backups(box)) == sorted([*days, "mine.zip", "note.txt"])


def test_todays_backup_stays_when_the_clock_once_ran_ahead(again, clock):
    box = again(keep_backups=2)
    for year in (2097, 2098, 2099):
        clock.at = MORNING.replace(year=year)
        backup.keep_day(box)
    clock.at = MORNING
    backup.keep_day(box)
    assert names(backups(box)) == ["linli-2026-11-23.zip", "linli-2099-11-23.zip"]


def test_none_are_made_when_none_are_wanted(again):
    assert not backup.is_due(again(keep_backups=0))


def test_a_second_folder_gets_the_same_file(again, tmp_path, clock):
    (tmp_path / "stick").mkdir()
    box = again(backup_folder=str(tmp_path / "stick"), keep_backups=1)
    for _ in range(2):
        backup.keep_day(box)
        assert not backup.is_due(box)
        clock.forward(days=1)
    assert names(tmp_path / "stick") == ["linli-2026-11-24.zip"]
    ours = (backups(box) / "linli-2026-11-24.zip").read_bytes()
    assert (tmp_path / "stick" / "linli-2026-11-24.zip").read_bytes() == ours


def test_a_stick_that_is_not_there_is_written_down_until_it_is_back(again, tmp_path):
    stick = tmp_path / "stick"
    box = again(backup_folder=str(stick))
    with pytest.raises(backup.SecondFolderMissing):
        backup.keep_day(box)
    assert not stick.exists()
    assert (backups(box) / "linli-2026-11-23.zip").exists()
    fault = backup.last_fault(backups(box))
    assert fault is not None
    assert fault.at == MORNING
    assert str(stick) in fault.why
    stick.mkdir()
    assert backup.is_due(box)
    backup.keep_day(box)
    assert backup.last_fault(backups(box)) is None


def test_the_newest_backup_is_the_one_written_last_that_can_be_read(box, clock):
    backup.keep_day(box)
    clock.forward(days=1)
    backup.keep_day(box)
    (backups(box) / "linli-2026-11-25.zip").write_bytes(b"half a file")
    newest = backup.newest_backup(backups(box))
    assert newest is not None
    assert (newest[0].name, newest[1].made_at) == ("linli-2026-11-24.zip", MORNING + timedelta(days=1))


def test_the_nightly_jobs_keep_the_day_and_rests_after_a_failure(again, tmp_path, monkeypatch, caplog):
    stick, now = tmp_path / "stick", [1000.0]
    monkeypatch.setattr("kiosk.server.nightly.monotonic", lambda: now[0])
    box = again(backup_folder=str(stick))
    watch = NightlyJobs(box)
    watch._keep()
    assert "no backup today" in caplog.text
    stick.mkdir()
    now[0] += AFTER_FAULT_S - 1
    watch._keep()
    assert names(stick) == []
    now[0] += 2
    watch._keep()
    assert names(stick) == ["linli-2026-11-23.zip"]


def test_a_watch_that_runs_makes_the_first_backup_by_itself(box):
    watch = NightlyJobs(box)
    watch.start()
    for _ in range(200):
        if not backup.is_due(box):
            break
        watch._leaving.wait(0.05)
    watch.stop(10)
    assert names(backups(box)) == ["linli-2026-11-23.zip"]


def test_a_disk_without_room_is_written_down_or_at_least_told(box, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("kiosk.backup.daily.make_backup", full)
    with pytest.raises(OSError, match="No space"):
        backup.keep_day(box)
    fault = backup.last_fault(backups(box))
    assert fault is not None
    assert "No space" in fault.why


@pytest.fixture
def emptied(again, visitor, clock, tmp_path):
    """A centre that kept two full days, two days each, here and on a stick, and lost its records since."""
    stick = tmp_path / "stick"
    stick.mkdir()
    box = again(keep_backups=2, backup_folder=str(stick))
    for turn in range(3):
        visitor.post("/tickets", {"service": "A", "tap": f"{turn}", "for_someone_else": "1"}, status=303)
    for _ in range(2):
        backup.keep_day(box)
        clock.forward(days=1)
    with box.database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            if only_grows(table.name) or table.name in ("print_job", "spoken_call"):
                tx.execute(sa.delete(table))
    return box


FULL = [f"linli-2026-11-{day}.zip" for day in (23, 24)]


def test_backups_of_an_emptied_centre_push_none_out_that_holds_more(emptied, clock, tmp_path):
    for _ in range(4):
        backup.keep_day(emptied)
        clock.forward(days=1)
    for folder in (backups(emptied), tmp_path / "stick"):
        kept = [name for name in names(folder) if name.endswith(".zip")]
        assert kept == [*FULL, "linli-2026-11-27.zip", "linli-2026-11-28.zip"]


def test_a_backup_that_holds_far_less_is_told_until_the_fuller_one_is_taken_away(emptied):
    assert not backup.is_shrunk(backups(emptied))
    backup.keep_day(emptied)
    found = backup.find_shrunk(backups(emptied))
    assert found is not None
    assert (found.newest.name, found.records, found.fuller.name) == ("linli-2026-11-25.zip", 0, FULL[1])
    assert backup.is_shrunk(backups(emptied))
    for name in FULL:
        (backups(emptied) / name).rename(emptied.settings.folder / name)
    assert backup.find_shrunk(backups(emptied)) is None
    assert not backup.is_shrunk(backups(emptied))


def test_a_centre_that_grows_or_lost_a_little_is_not_shrunk_and_old_days_go(again, visitor, clock):
    box = again(keep_backups=2)
    for turn in range(4):
        visitor.post("/tickets", {"service": "A", "tap": f"{turn}", "for_someone_else": "1"}, status=303)
        backup.keep_day(box)
        clock.forward(days=1)
    assert names(backups(box)) == ["linli-2026-11-25.zip", "linli-2026-11-26.zip"]
    assert backup.find_shrunk(backups(box)) is None


def test_a_backup_by_hand_does_not_replace_one_that_holds_far_more(emptied):
    full = backups(emptied) / FULL[1]
    before = full.read_bytes()
    with pytest.raises(backup.HoldsLess, match="not overwritten"):
        backup.make_backup(emptied.settings.folder, full, emptied.now())
    assert full.read_bytes() == before
    assert names(backups(emptied)) == FULL


def test_a_label_without_a_count_is_no_reason_to_keep_or_to_warn(emptied, monkeypatch, clock):
    for name in FULL:
        uncounted(backups(emptied) / name)
    for _ in range(2):
        backup.keep_day(emptied)
        clock.forward(days=1)
    assert names(backups(emptied)) == ["linli-2026-11-25.zip", "linli-2026-11-26.zip"]
    assert backup.find_shrunk(backups(emptied)) is None


def uncounted(path):
    """As a backup of the time before rows were counted."""
    with zipfile.ZipFile(path, "a") as archive:
        label = json.loads(archive.comment)
        del label["records"]
        archive.comment = json.dumps(label).encode()
