"""Keeping a centre as one file, while it runs."""

import errno
import json
import os
import sqlite3
import subprocess
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from kiosk import backup
from kiosk.backup import archive
from kiosk.database import FILE, newest_revision, sqlite_file
from kiosk.settings import FILE as SETTINGS_FILE
from tests.conftest import MORNING

PRIVATE = 0o600


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_backup_holds_the_database_the_settings_and_the_secret_and_nothing_else(box, tmp_path):
    folder = box.settings.folder
    (folder / SETTINGS_FILE).write_text("guard_s = 3\n", encoding="utf-8")
    (folder / "slips").mkdir()
    kept = backup.make_backup(folder, tmp_path / "kept.zip", box.now())
    with zipfile.ZipFile(kept) as opened:
        assert sorted(opened.namelist()) == ["kiosk.db", "kiosk.toml", "secret"]
        assert opened.read("secret") == (folder / "secret").read_bytes()
        assert opened.read(SETTINGS_FILE) == b"guard_s = 3\n"


def test_only_its_owner_may_read_a_backup_and_what_is_unpacked_of_it(kept, tmp_path):
    (tmp_path / "out").mkdir()
    archive.unpack(kept, tmp_path / "out")
    for path in (kept, *(tmp_path / "out").iterdir()):
        assert path.stat().st_mode & 0o777 == PRIVATE


def test_a_backup_has_what_still_stands_in_the_log(box, visitor, kept, tmp_path, rows):
    visitor.post("/tickets", {"service": "A", "tap": "late"}, status=303)
    assert (box.settings.folder / f"{FILE}-wal").stat().st_size > 0
    later = backup.make_backup(box.settings.folder, tmp_path / "later.zip", box.now())
    for name, taps in ((kept, []), (later, [("late",)])):
        out = tmp_path / f"out-{name.stem}"
        out.mkdir()
        archive.unpack(name, out)
        assert rows(out) == taps


def test_a_backup_made_while_somebody_writes_is_one_moment(box, tmp_path, rows):
    """Each write makes two rows; a copy that has one of them without the other is torn."""
    leaving = threading.Event()

    def write():
        turn = 0
        while not leaving.is_set():
            turn += 1
            with box.database.write() as tx:
                tx.exec_driver_sql(
                    "INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES (?, 1, 1, 1)",
                    (f"x{turn}",),
                )
                tx.exec_driver_sql(
                    "INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES (?, 1, 1, 1)",
                    (f"y{turn}",),
                )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            kept = backup.make_backup(box.settings.folder, tmp_path / f"{turn}.zip", box.now())
            out = tmp_path / str(turn)
            out.mkdir()
            archive.unpack(kept, out)
            question = "SELECT sum(service_code LIKE 'x%'), sum(service_code LIKE 'y%') FROM pace"
            ((ones, others),) = rows(out, question)
            assert ones == others
    finally:
        leaving.set()
        writer.join(10)
    assert ones > 0


def test_the_label_tells_when_and_by_which_version_it_was_made(box, kept):
    label = backup.read_label(kept)
    assert label.made_at == box.now()
    assert label.revision == newest_revision()
    assert set(label.sha256) == {"kiosk.db", "secret"}


def test_the_same_centre_at_the_same_moment_gives_the_same_file(box, kept, tmp_path):
    again = backup.make_backup(box.settings.folder, tmp_path / "again.zip", box.now())
    assert again.read_bytes() == kept.read_bytes()


def test_a_box_whose_clock_woke_up_in_1970_is_kept_too(box, tmp_path):
    """A zip knows no year before 1980."""
    kept = backup.make_backup(box.settings.folder, tmp_path / "kept.zip", MORNING.replace(year=1970))
    assert backup.read_label(kept).made_at.year == 1970


def test_a_folder_gets_a_file_with_the_date_as_its_name(box, tmp_path):
    kept = backup.make_backup(box.settings.folder, tmp_path, box.now())
    assert kept == tmp_path / "linli-2026-11-23-010000.zip"


def test_where_there_is_no_centre_there_is_nothing_to_keep(tmp_path):
    with pytest.raises(backup.NoCentre):
        backup.make_backup(tmp_path / "nowhere", tmp_path / "kept.zip", MORNING)
    assert list(tmp_path.iterdir()) == []


def test_only_a_backup_is_overwritten_never_the_database_itself(box, kept):
    folder = box.settings.folder
    backup.make_backup(folder, kept, box.now())
    before = bytes_in(folder)
    with pytest.raises(backup.InTheWay):
        backup.make_backup(folder, folder / FILE, box.now())
    assert bytes_in(folder) == before


def test_a_damaged_database_is_not_kept_and_the_older_backup_stays(box, kept, damage):
    box.database.close()
    before = kept.read_bytes()
    damage(box.settings.folder / FILE, "service")
    with pytest.raises(backup.Damaged):
        backup.make_backup(box.settings.folder, kept, box.now())
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir() if path.is_file()] == [kept.name]


def test_an_index_that_was_damaged_is_sound_again_in_the_backup(box, tmp_path, damage):
    """A copy page by page would carry the damage along."""
    box.database.close()
    damage(box.settings.folder / FILE, "ix_ticket_day_status")
    assert sqlite_file.faults(box.settings.folder / FILE, thorough=True) != []
    kept = backup.make_backup(box.settings.folder, tmp_path / "kept.zip", box.now())
    (tmp_path / "out").mkdir()
    archive.unpack(kept, tmp_path / "out")
    assert sqlite_file.faults(tmp_path / "out" / FILE, thorough=True) == []


@pytest.fixture
def stick(tmp_path):
    """A stick of 150 KB: smaller than the demo's database, a real file system that is full."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=152k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_stick_is_told_and_left_as_it_was(box, stick):
    with pytest.raises(backup.NoRoom):
        backup.make_backup(box.settings.folder, stick / "kept.zip", box.now())
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC, errno.ENODEV])
def test_a_stick_pulled_out_while_packing_leaves_no_backup_of_that_name(box, tmp_path, monkeypatch, fault):
    real = os.fsync

    def pulled(descriptor):
        if Path(f"/proc/self/fd/{descriptor}").readlink().name == "kept.zip.part":
            raise OSError(fault, os.strerror(fault))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", pulled)
    with pytest.raises(OSError, match=os.strerror(fault)):
        backup.make_backup(box.settings.folder, tmp_path / "kept.zip", box.now())
    assert not list(tmp_path.glob("kept*"))


def test_a_stick_that_lies_about_what_it_wrote_is_found_out(box, tmp_path, monkeypatch):
    """Cheap sticks take everything and keep half: every byte is read back before the name appears."""
    real = archive.pack

    def half(out, *rest):
        real(out, *rest)
        out.seek(out.tell() // 3)
        out.write(bytes(600))
        out.seek(0, os.SEEK_END)

    monkeypatch.setattr(archive, "pack", half)
    with pytest.raises(backup.NotSound):
        backup.make_backup(box.settings.folder, tmp_path / "kept.zip", box.now())
    assert not list(tmp_path.glob("kept*"))


def test_a_backup_cut_short_anywhere_is_no_backup(kept, tmp_path):
    whole, cut = kept.read_bytes(), tmp_path / "cut.zip"
    for length in range(0, len(whole), len(whole) // 40):
        cut.write_bytes(whole[:length])
        assert not backup.is_backup(cut)


def test_one_wrong_byte_anywhere_is_found(kept, tmp_path):
    whole, wrong = kept.read_bytes(), tmp_path / "wrong.zip"
    with zipfile.ZipFile(kept) as opened:
        start = max(entry.header_offset for entry in opened.infolist())
    # what a zip says twice (names, sizes, dates) may be wrong in one place and still be read right
    # once, and the last bits of what is packed are nobody's
    for at in range(200, start - 2, max(1, start // 40)):
        wrong.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with pytest.raises(backup.NotSound):
            archive.unpack(wrong)


def label_for(entries):
    digests = dict.fromkeys(entries, "0" * 64)
    label = {"linli_backup": 1, "made_at": "2026-11-23T01:00:00+00:00", "version": "0", "revision": "0002"}
    return json.dumps(label | {"sha256": digests}).encode()


@pytest.mark.parametrize(
    "names",
    [
        ("../kiosk.db", "secret"),
        ("/etc/passwd", "kiosk.db", "secret"),
        ("kiosk.db",),
        ("kiosk.db", "secret", "cron.sh"),
        ("kiosk.db", "secret", "sub/kiosk.toml"),
        ("kiosk.db\\..\\x", "kiosk.db", "secret"),
    ],
)
def test_foreign_paths_are_refused(tmp_path, names):
    made, out = tmp_path / "made.zip", tmp_path / "out"
    out.mkdir()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, b"x")
        packed.comment = label_for(names)
    with pytest.raises(backup.NotSound):
        archive.unpack(made, out)
    assert list(out.iterdir()) == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused(tmp_path):
    made = tmp_path / "made.zip"
    with zipfile.ZipFile(made, "w") as packed:
        for name in ("kiosk.db", "secret", "secret"):
            packed.writestr(name, b"x")
        packed.comment = label_for({"kiosk.db", "secret"})
    with pytest.raises(backup.NotSound):
        archive.unpack(made)


@pytest.mark.parametrize(("name", "size"), [("secret", 2 * 10**6), ("kiosk.db", 10**8)])
def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path, name, size):
    made, out = tmp_path / "bomb.zip", tmp_path / "out"
    out.mkdir()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in ("kiosk.db", "secret"):
            packed.writestr(each, bytes(size) if each == name else b"x")
        packed.comment = label_for(("kiosk.db", "secret"))
    assert made.stat().st_size < 200_000
    with pytest.raises(backup.NotSound, match=r"too large|swell"):
        archive.unpack(made, out)
    assert list(out.iterdir()) == []


def test_a_zip_of_somebody_else_is_no_backup(tmp_path):
    made = tmp_path / "holiday.zip"
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("kiosk.db", b"x")
    with pytest.raises(backup.NotSound):
        backup.read_label(made)


def test_a_backup_whose_database_is_damaged_inside_is_found_by_examining_it(
    box, tmp_path, monkeypatch, damage
):
    """As if the page had been damaged before the label was made: the checksums agree, SQLite does not."""
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    damage(box.settings.folder / FILE, "service")
    monkeypatch.setattr(
        "kiosk.database.sqlite_file.copy", lambda source, target: target.write_bytes(source.read_bytes())
    )
    monkeypatch.setattr("kiosk.database.sqlite_file.faults", lambda path: [])
    kept = backup.make_backup(box.settings.folder, tmp_path / "kept.zip", box.now())
    monkeypatch.undo()
    (tmp_path / "out").mkdir()
    with pytest.raises(backup.NotSound):
        backup.check_backup(kept, tmp_path / "out")
