"""Recordings of staff are in every backup and come back with it; what the machine has made is made again."""

from kiosk import backup, speech
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.settings import Settings


def test_a_recording_comes_back_with_the_backup_and_is_heard(box, clock, tmp_path):
    with box.database.write() as tx:
        speech.set_recording(tx, Asked(clock(), 1), "欢迎来到社区", "zh", speech.Take(b"RIFFmine", 900))
    kept = backup.make_backup(box.settings.folder, tmp_path / "kept.zip", clock())
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    backup.restore(folder, kept, clock())
    found = open_box(Settings(folder=folder, is_demo=True))
    speech.open_shelves(found.database.engine, folder)
    with found.database.read() as tx:
        (stem,) = speech.said(tx, "欢迎来到社区")
        assert speech.sound_of(tx, stem.removeprefix("@")) == b"RIFFmine"
    found.database.close()
    assert len(list((folder / "voice").iterdir())) == 1
