"""A disk that is full, slow or read-only: really so once, and the doctor says it."""

import os
import shutil

import pytest

from kiosk.doctor import disk as disk_check
from tests.doctor.read_only import read_only


def test_disk_that_is_read_only_is_told(box, worst):
    with read_only(box.settings.folder):
        grade, said = worst("disk")
    assert grade == "BROKEN"
    assert "read-only" in said.lower()


def usage(free):
    return lambda _: shutil._ntuple_diskusage(10**12, 10**12 - free, free)


@pytest.mark.parametrize(("free", "grade"), [(10**8, "BROKEN"), (6 * 10**8, "REMARK"), (10**10, "WELL")])
def test_disk_without_room_is_told(worst, monkeypatch, free, grade):
    monkeypatch.setattr(shutil, "disk_usage", usage(free))
    assert worst("disk")[0] == grade


def test_disk_that_fills_up_soon_at_this_pace_is_told(box, clock, visitor, worst, monkeypatch):
    visitor.take("A")
    clock.forward(days=10)
    (box.settings.folder / "slips").mkdir()
    (box.settings.folder / "slips" / "1.bin").write_bytes(bytes(10**6))
    monkeypatch.setattr(shutil, "disk_usage", usage(5 * 10**9))
    assert worst("disk")[0] == "WELL"
    (box.settings.folder / "slips" / "2.bin").write_bytes(b"")
    os.truncate(box.settings.folder / "slips" / "2.bin", 2 * 10**9)  # 200 MB a day: 25 days
    grade, said = worst("disk")
    assert grade == "REMARK"
    assert "enough for 24 days" in said


def test_disk_that_is_slow_is_told_in_milliseconds(worst, monkeypatch):
    monkeypatch.setattr(disk_check, "SLOW_MS", 0.0)
    grade, said = worst("disk")
    assert grade == "REMARK"
    assert "a write takes" in said


def test_disk_nothing_is_left_of_the_measuring(box, worst):
    worst("disk")
    assert not list(box.settings.folder.glob("*.part"))
