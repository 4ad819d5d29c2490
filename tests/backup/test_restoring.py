"""Bringing a backup back: the old centre or the new one, never a mixture."""

import os
from pathlib import Path

import pytest

from kiosk import backup
from kiosk.backup import restoring
from kiosk.box import open_box
from kiosk.database import FILE
from kiosk.settings import FILE as SETTINGS_FILE
from kiosk.settings import Settings


@pytest.fixture
def later(box, visitor, kept):
    """The centre a while after the backup: one more ticket, other settings."""
    visitor.post("/tickets", {"service": "A", "tap": "later"}, status=303)
    (box.settings.folder / SETTINGS_FILE).write_text("guard_s = 3\n", encoding="utf-8")
    box.database.close()
    return box.settings.folder


def snapshot(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_backup_comes_back_into_an_empty_folder(box, kept, tmp_path, rows):
    new = tmp_path / "new"
    new.mkdir()
    back = backup.restore(new, kept, box.now())
    assert back.aside is None
    assert (new / "secret").read_bytes() == (box.settings.folder / "secret").read_bytes()
    assert rows(new, "SELECT count(*) FROM service") == [(13,)]
    assert sorted(path.name for path in new.iterdir()) == ["kiosk.db", "secret"]
    open_box(Settings(folder=new, is_demo=True)).database.close()


def test_a_centre_that_is_there_is_not_touched(box, later, kept):
    before = snapshot(later)
    with pytest.raises(backup.CentreThere):
        backup.restore(later, kept, box.now())
    assert snapshot(later) == before


def test_replacing_keeps_the_old_centre_aside_with_its_settings(box, later, kept, rows):
    back = backup.restore(later, kept, box.now(), replace=True)
    assert rows(later) == []
    assert not (later / SETTINGS_FILE).exists()
    assert back.aside == later / "replaced" / "20261123T010000Z"
    assert back.aside
    assert rows(back.aside) == [("later",)]
    assert (back.aside / SETTINGS_FILE).read_text(encoding="utf-8") == "guard_s = 3\n"


def test_two_restores_in_one_second_keep_both_old_centres(box, later, kept, rows):
    first, second = (backup.restore(later, kept, box.now(), replace=True).aside for _ in range(2))
    assert first
    assert second
    assert first != second
    assert (rows(first), rows(second)) == ([("later",)], [])


def test_a_log_that_a_killed_server_left_goes_aside_with_its_database(box, kept, rows):
    """Left in place it would be replayed over the database that came back."""
    folder = box.settings.folder
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES ('K', 1, 1, 1)")
    assert (folder / f"{FILE}-wal").stat().st_size > 0
    back = backup.restore(folder, kept, box.now(), replace=True)
    assert back.aside
    assert (back.aside / f"{FILE}-wal").exists()
    assert rows(folder, "SELECT service_code FROM pace") == []


@pytest.mark.parametrize("wrong", ["cut", "foreign"])
def test_a_backup_that_is_not_sound_changes_nothing(box, later, kept, wrong):
    before = snapshot(later)
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if wrong == "cut" else b"PK\x05\x06" + bytes(18))
    with pytest.raises(backup.NotSound):
        backup.restore(later, kept, box.now(), replace=True)
    assert snapshot(later) == before


def test_a_backup_of_a_newer_program_changes_nothing(box, later, kept, monkeypatch):
    before = snapshot(later)
    monkeypatch.setattr("kiosk.database.newest_revision", lambda: "0001")
    with pytest.raises(backup.TooNew):
        backup.restore(later, kept, box.now(), replace=True)
    assert snapshot(later) == before


def test_a_serial_given_out_after_the_backup_is_never_given_again(box, visitor, later, kept):
    """The code of a slip is made of it: the lost one would open the next person's ticket."""
    lost = visitor.take("B").attribute("data-ticket")
    box.database.close()
    backup.restore(later, kept, box.now(), replace=True)
    numbers = [visitor.take("C").attribute("data-ticket") for _ in range(3)]
    assert all(int(number) > int(lost) + 1000 for number in numbers)


class PlugPulled(Exception):
    """Stands for the end of everything."""


def test_a_plug_pulled_at_any_step_leaves_one_whole_centre_after_the_next_start(
    box, later, kept, rows, monkeypatch, tmp_path
):
    import shutil

    real, ends = os.rename, []
    for step in range(40):
        folder = tmp_path / f"at-{step}"
        shutil.copytree(later, folder)
        left = iter(range(step))

        def pulled(path, target, left=left):
            if next(left, None) is None:
                raise PlugPulled
            real(path, target)
            return Path(target)

        monkeypatch.setattr(Path, "rename", pulled)
        try:
            backup.restore(folder, kept, box.now(), replace=True)
            ends.append("done")
        except PlugPulled:
            ends.append("pulled")
        monkeypatch.undo()
        backup.finish_restore(folder)
        assert not backup.is_unfinished(folder)
        old = (rows(folder), (folder / SETTINGS_FILE).exists()) == ([("later",)], True)
        new = (rows(folder), (folder / SETTINGS_FILE).exists()) == ([], False)
        assert old or new
        assert (folder / "secret").exists()
        if new:
            (aside,) = (folder / restoring.REPLACED).iterdir()
            assert rows(aside) == [("later",)]
        if ends[-1] == "done":
            break
    assert ends.count("pulled") > 5
    assert ends[-1] == "done"


def test_what_a_broken_off_restore_left_is_not_in_the_way_of_the_next(box, kept, tmp_path, rows):
    (tmp_path / "new" / restoring.DRAFT).mkdir(parents=True)
    (tmp_path / "new" / restoring.DRAFT / FILE).write_bytes(b"half")
    backup.restore(tmp_path / "new", kept, box.now())
    assert rows(tmp_path / "new", "SELECT count(*) FROM service") == [(13,)]


def test_what_only_looks_like_a_restore_moves_nothing(tmp_path):
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("theirs")
    (folder / "restore-ready-empty").mkdir()
    (folder / "restore-ready-file").write_text("a file")
    (folder / "restore-moving-link").symlink_to(elsewhere)
    before = sorted(path.name for path in folder.iterdir())
    assert not backup.is_unfinished(folder)
    assert backup.finish_restore(folder) is None
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (elsewhere / "precious").exists()
