"""Clips that are lost and a machine without sound: really so once, and the doctor says it."""

import shutil

import pytest

from kiosk.doctor import sound as sound_check


@pytest.fixture
def clips(tmp_path, monkeypatch):
    """The clips, linked to, on a machine with a sound device."""
    shutil.copytree(sound_check.CLIPS, tmp_path / "audio")
    (tmp_path / "cards").write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", encoding="ascii")
    monkeypatch.setattr(sound_check, "CLIPS", tmp_path / "audio")
    monkeypatch.setattr(sound_check, "DEVICES", tmp_path / "cards")
    return tmp_path / "audio"


def test_sound_that_is_whole_is_well(worst, clips):
    assert worst("sound")[0] == "WELL"


@pytest.mark.parametrize("clip", ["zh/a.mp3", "en/7.mp3", "zh/counter-12.mp3", "zh/taken.mp3", "chime.mp3"])
def test_sound_a_missing_clip_is_named(worst, clips, clip):
    (clips / clip).unlink()
    grade, said = worst("sound")
    assert grade == "BROKEN"
    assert clip in said


def test_sound_a_clip_that_was_cut_short_is_named(worst, clips):
    whole = (clips / "zh/hao.mp3").read_bytes()
    (clips / "zh/hao.mp3").unlink()
    (clips / "zh/hao.mp3").write_bytes(whole[:700])
    assert "zh/hao.mp3" in worst("sound")[1]


def test_sound_a_lost_list_of_clips_is_told(worst, clips):
    (clips / sound_check.RECORD).unlink()
    assert worst("sound")[0] == "BROKEN"


def test_sound_a_service_that_no_clip_can_say_is_named(box, worst, clips):
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO counter (number) VALUES (101)")
    grade, said = worst("sound")
    assert grade == "REMARK"
    assert "101" in said


@pytest.mark.parametrize("cards", [None, "--- no soundcards ---\n"])
def test_sound_a_machine_without_a_device_is_told(worst, clips, cards):
    sound_check.DEVICES.unlink()
    if cards:
        sound_check.DEVICES.write_text(cards, encoding="ascii")
    assert "no sound device" in worst("sound")[1]
