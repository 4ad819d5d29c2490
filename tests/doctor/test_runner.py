"""The doctor's round: everything is looked at, whatever one check does."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk import doctor
from kiosk.doctor import _runner
from kiosk.doctor._findings import well


@pytest.fixture
def patient(box, clock):
    return doctor.target_in(box.settings.folder, {}, clock)


def results(patient):
    return {result.name: result for result in doctor.examine(patient)}


def test_everything_the_station_needs_is_looked_at(patient):
    assert set(results(patient)) == {
        "backup", "clock", "database", "disk", "fonts", "printers", "settings", "sound", "speech", "station",
    }  # fmt: skip


def test_a_demo_centre_on_this_machine_is_not_broken(patient):
    broken = [result for result in doctor.examine(patient) if result.grade == doctor.Grade.BROKEN]
    assert broken == []


def test_the_page_for_centres_names_every_check():
    page = (Path(__file__).parents[2] / "docs" / "keeping.md").read_text(encoding="utf-8")
    assert [
        name
        for name, check in doctor.checks().items()
        if f"| {check.TITLE[0]} {check.TITLE[1]} |" not in page
    ] == []


def test_looking_changes_nothing(box, patient):
    box.database.close()
    before = {path.name: path.read_bytes() for path in box.settings.folder.iterdir()}
    results(patient)
    after = {path.name: path.read_bytes() for path in box.settings.folder.iterdir()}
    # SQLite leaves an empty log and its index beside a file that it has only read
    assert {name: text for name, text in after.items() if not name.endswith(("-wal", "-shm"))} == before
    assert after.get("kiosk.db-wal", b"") == b""


def test_looking_does_not_wait_for_a_writer_nor_hold_one_up(box, patient):
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES ('K', 1, 1, 1)")
        assert results(patient)["database"].grade == doctor.Grade.WELL
        tx.exec_driver_sql("INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES ('L', 1, 1, 1)")


def broken_off(_patient):
    yield well("好", "so far")
    raise RuntimeError("the floor gave way")


@pytest.mark.parametrize("how", ["breaks", "hangs"])
def test_a_check_that_breaks_or_hangs_says_so_and_the_others_go_on(patient, monkeypatch, how):
    released = threading.Event()
    act = broken_off if how == "breaks" else lambda _: [released.wait(30)]
    bad = SimpleNamespace(TITLE=("坏", "Bad"), DEADLINE_S=0.2, check=act)
    good = SimpleNamespace(TITLE=("好", "Good"), check=lambda _: [well("好", "well")])
    monkeypatch.setattr(_runner, "checks", lambda: {"bad": bad, "good": good})
    try:
        first, second = doctor.examine(patient)
    finally:
        released.set()
    assert first.grade == doctor.Grade.BROKEN
    assert ("the floor gave way" if how == "breaks" else "no result") in first.findings[-1].said[1]
    assert (second.name, second.grade) == ("good", doctor.Grade.WELL)


@pytest.mark.parametrize("file", ["nothing", "noise", "empty"])
def test_a_database_that_cannot_be_read_stops_no_other_check(box, patient, file):
    box.database.close()
    if file == "nothing":
        patient.database.unlink()
    else:
        patient.database.write_bytes(b"noise " * 4000 if file == "noise" else b"")
    for name, result in results(patient).items():
        for finding in result.findings:
            assert "broke off" not in finding.said[1], (name, finding.said[1])
