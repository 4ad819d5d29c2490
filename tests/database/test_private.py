"""Nobody else on the machine reads a centre's folder, and no link that was laid there is written through."""

import os
import stat

import pytest
from click.testing import CliRunner
from PIL import Image

from kiosk import backup, cli
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.database import folder_lock
from kiosk.database.joining import written_once
from kiosk.doctor._target import write_ms
from kiosk.settings import Settings
from printing.printers import open_printer
from printing.printers._transport import notes


@pytest.fixture(autouse=True)
def careless():
    """Whoever starts a station has a umask that hides nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder):
    return sorted(
        str(path.relative_to(folder))
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.lstat().st_mode & folder_lock.OTHERS
    )


def test_whatever_a_station_writes_is_its_owners_alone(tmp_path, monkeypatch):
    folder = tmp_path / "data"

    def serve(box, *_):
        open_printer("file:", folder / "slips").print("1", Image.new("1", (576, 100)))
        backup.keep_day(box)
        (folder / "recordings").mkdir()
        (folder / "recordings" / "day.json").write_text("what another part writes", encoding="utf-8")
        assert (folder / "kiosk.db-wal").exists()
        assert open_to_others(folder) == []
        box.database.close()

    monkeypatch.setattr(cli, "run", serve)
    for words in (["init"], ["serve"]):
        told = CliRunner().invoke(main, [*words, "--data", str(folder)])
        assert told.exit_code == 0, told.output
    assert open_to_others(folder) == []


def test_a_folder_that_others_could_read_is_put_right_at_start(tmp_path):
    folder = tmp_path / "data"
    (folder / "slips" / "old").mkdir(parents=True)
    (folder / "replaced" / "20260101T000000Z").mkdir(parents=True)
    (folder / "kept").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_bytes(b"not ours")
    for name in ("kiosk.toml", "slips/1.png", "slips/old/2.png", "replaced/20260101T000000Z/secret"):
        (folder / name).write_bytes(b"")
    assert "slips/old/2.png" in open_to_others(folder)
    box = open_box(Settings(folder))
    assert open_to_others(folder) == []
    box.database.close()
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o666


def test_a_folder_of_everybody_and_folders_that_are_no_centres_keep_what_is_in_them(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"")
    tmp_path.chmod(0o1777)
    folder_lock.keep_others_out(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    assert stat.S_IMODE((tmp_path / "photos" / "one.jpg").stat().st_mode) == 0o666


PICTURE = Image.new("1", (576, 8))


def keep(box, folder):
    backup.make_backup(box.settings.folder, folder / "kept.zip", box.now())


def print_slip(_, folder):
    assert open_printer("file:", folder).print("7", PICTURE).state == "printed"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("kept.zip.part", keep),
        ("kept.zip.db.part", keep),
        ("7.bin.part", print_slip),
        ("7.bin", print_slip),
        ("7.png.part", print_slip),
        ("7.png", print_slip),
        ("known.json.part", lambda _, folder: notes.write(folder / "known.json", "tcp://a", {})),
        ("secret.PID", lambda _, folder: written_once(folder / "secret", lambda: b"s" * 32)),
        ("doctor.part", lambda _, folder: write_ms(folder)),
    ],
)
def test_a_link_that_was_laid_in_the_way_of_a_draft_is_not_written_through(box, tmp_path, name, write):
    precious, folder = tmp_path / "precious", tmp_path / "open"
    precious.write_bytes(b"precious")
    folder.mkdir()
    (folder / name.replace("PID", str(os.getpid()))).symlink_to(precious)
    write(box, folder)
    assert precious.read_bytes() == b"precious"


def test_a_settings_file_that_is_a_link_to_nowhere_is_not_written_through(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "kiosk.toml").symlink_to(tmp_path / "elsewhere")
    refused = CliRunner().invoke(main, ["init", "--data", str(folder)])
    assert (refused.exit_code, "kiosk.toml" in refused.output) == (1, True)
    assert not (tmp_path / "elsewhere").exists()


def test_what_was_put_aside_by_a_restore_is_private_too(box, tmp_path):
    folder = box.settings.folder
    kept = backup.make_backup(folder, tmp_path / "kept.zip", box.now())
    (folder / "replaced").mkdir(mode=0o777)
    backup.restore(folder, kept, box.now(), replace=True)
    assert [name for name in open_to_others(folder) if "kiosk.db" not in name] == []
    assert stat.S_IMODE((folder / "replaced").stat().st_mode) == 0o700


@pytest.fixture
def engine():
    """What is tried here lies in a file."""
    return "sqlite"
