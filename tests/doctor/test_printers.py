"""Printers that are dead, silent or left slips behind: really so once, and the doctor says it."""

import os
import socket

import pytest

from kiosk import spool
from kiosk.asked import Asked
from kiosk.database import folder_lock
from kiosk.spool import Feed
from printing.printer_process import Printed, Setup
from printing.printers import Outcome


@pytest.fixture
def deaf():
    """A printer that takes the line and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def test_printer_that_is_dead_is_told(worst):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    grade, said = worst("printers", printer=f"tcp://127.0.0.1:{port}")
    assert grade == "BROKEN"
    assert "cannot be reached" in said


def test_printer_that_is_silent_is_not_called_well(worst, deaf):
    grade, said = worst("printers", printer=deaf)
    assert grade == "REMARK"
    assert "nobody knows" in said


def test_printer_address_that_is_not_understood_is_told(worst):
    grade, said = worst("printers", printer="pigeon://coop")
    assert grade == "BROKEN"
    assert "pigeon" in said


def test_printer_of_files_without_a_folder_is_told(box, worst):
    (box.settings.folder / "slips").write_text("a file in its place", encoding="utf-8")
    assert worst("printers")[0] == "BROKEN"


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (Outcome("printed", 9), "WELL"),
        (Outcome("unconfirmed", 9, "no answer"), "REMARK"),
        (Outcome("failed", 0, "no typeface", is_hopeless=True), "BROKEN"),
    ],
)
def test_printer_what_became_of_the_last_slips_is_told(box, visitor, worst, outcome, grade):
    visitor.take("A")
    feed = Feed(box.database, box.clock, box.settings)
    job = feed.claim()
    assert job is not None
    feed.report(job.id, Printed(outcome))
    found, said = worst("printers")
    assert found == grade
    assert outcome.note in said


def test_printer_chosen_in_the_back_office_is_the_one_that_is_asked(box, worst):
    setup = Setup("tcp://127.0.0.1:1", 576, False)
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, setup)
    grade, said = worst("printers", printer="file:")
    assert (grade, "tcp://127.0.0.1:1" in said) == ("BROKEN", True)


@pytest.fixture
def cable():
    """A printer's device file, and how many bytes came out at its other end."""
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)

    def arrived() -> int:
        try:
            return len(os.read(ours, 4096))
        except BlockingIOError:
            return 0

    yield os.ttyname(theirs), arrived
    os.close(ours)
    os.close(theirs)


def test_printer_on_a_cable_is_not_asked_in_the_middle_of_a_slip(box, worst, cable):
    """While the station runs, what it heard last is told; a question could end up inside a picture."""
    url, arrived = f"device://{cable[0]}", cable[1]
    with box.database.write() as tx:
        row = "INSERT INTO printer_change (url, to_state, at) VALUES (?, 'paper_out', ?)"
        tx.exec_driver_sql(row, (url, "2026-11-23 00:00:00.000000"))
    with folder_lock.held(box.settings.folder):
        assert "out of paper" in worst("printers", printer=url)[1]
    assert arrived() == 0
    assert "nobody knows" in worst("printers", printer=url)[1]
    assert arrived() > 0


def test_printer_slips_that_were_left_when_the_station_stopped_are_told(box, visitor, worst):
    visitor.take("A")
    assert "slips were left" in worst("printers")[1]
    with folder_lock.held(box.settings.folder):
        assert worst("printers")[0] == "WELL"


def test_a_full_disk_takes_no_pictures_of_slips_although_an_empty_file_fits(worst, small_disk, box):
    (box.settings.folder / "slips").symlink_to(small_disk.folder)
    small_disk.fill()
    assert "no slip can be written" in worst("printers")[1]
