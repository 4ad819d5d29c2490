"""Voices and ink beside the database: copied once beside the backups, and brought back with one."""

import shutil
from dataclasses import replace
from hashlib import sha256

import pytest

from kiosk import backup
from kiosk.box import open_box
from kiosk.concerns.actions import files

VOICE, INK = b"a voice", b"some ink"


@pytest.fixture
def own(box):
    """The centre's own folder of them, with two files."""
    folder = box.settings.folder / files.FOLDER
    for content in (VOICE, INK):
        files._write(folder / sha256(content).hexdigest(), content)
    return folder


def contents(folder):
    return {path.read_bytes() for path in folder.iterdir()}


def test_a_backup_has_a_copy_of_each_and_a_restore_brings_back_what_is_lost(box, own):
    backup.keep_day(box)
    beside = box.settings.folder / backup.FOLDER
    assert contents(beside / files.FOLDER) == {VOICE, INK}
    assert (beside / files.FOLDER).stat().st_mode & 0o077 == 0
    box.database.close()
    shutil.rmtree(own)
    backup.restore(box.settings.folder, beside / "linli-2026-11-23.zip", box.now(), replace=True)
    assert contents(own) == {VOICE, INK}


def test_what_was_wiped_goes_out_of_the_copies_a_fortnight_later(box, own, clock):
    backup.keep_day(box)
    (own / sha256(VOICE).hexdigest()).unlink()
    copies = box.settings.folder / backup.FOLDER / files.FOLDER
    for days, left in ((1, {VOICE, INK}), (13, {VOICE, INK}), (2, {INK})):
        clock.forward(days=days)
        backup.keep_day(box)
        assert contents(copies) == left


def test_a_folder_that_is_lost_as_a_whole_takes_no_copy_with_it(box, own, clock):
    backup.keep_day(box)
    shutil.rmtree(own)
    for _ in range(20):
        clock.forward(days=1)
        backup.keep_day(box)
    assert contents(box.settings.folder / backup.FOLDER / files.FOLDER) == {VOICE, INK}


def test_the_second_folder_gets_them_too(box, own, tmp_path, clock):

    stick = tmp_path / "stick"
    stick.mkdir()
    again = open_box(replace(box.settings, backup_folder=str(stick)), clock)
    backup.keep_day(again)
    again.database.close()
    assert contents(stick / files.FOLDER) == {VOICE, INK}
