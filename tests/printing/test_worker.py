"""The loop that prints, and the press apart."""

import os
import signal
import threading
import time

import pytest

from printing.canvas import paper_for
from printing.hand_press import HandPress
from printing.press import PressApart
from printing.printers import BadPrinter, Outcome, open_printer
from printing.slips import pack
from printing.slips.ticket import TicketSlip
from printing.worker import Claimed, Worker

SLIP = pack(TicketSlip.sample())


class Jobs:
    """A source that remembers what happened."""

    def __init__(self, *jobs: Claimed, faults: int = 0) -> None:
        self.left, self.faults = list(jobs), faults
        self.happened: list[tuple] = []

    def recover(self) -> None:
        self.happened.append(("recover",))

    def claim(self) -> Claimed | None:
        if self.faults:
            self.faults -= 1
            raise OSError("database is locked")
        return self.left.pop(0) if self.left else None

    def report(self, job_id: int, outcome: Outcome) -> None:
        self.happened.append((job_id, outcome.state))


@pytest.fixture
def printing(tmp_path):
    workers = []

    def run(jobs, press=None):
        press = press or HandPress(open_printer("memory:", tmp_path), paper_for(384))
        wake = threading.Event()
        worker = Worker(jobs, press, wake, rest_s=0.05)
        worker.start()
        workers.append(worker)
        return wake

    yield run
    for worker in workers:
        worker.stop(5)
        assert not worker.is_alive()


def soon(check):
    end = time.monotonic() + 10
    while not check() and time.monotonic() < end:
        time.sleep(0.01)
    assert check()


def test_it_recovers_first_and_prints_in_order(printing):
    jobs = Jobs(Claimed(1, "ticket", SLIP), Claimed(2, "ticket", SLIP))
    printing(jobs)
    soon(lambda: jobs.happened == [("recover",), (1, "printed"), (2, "printed")])


def test_a_slip_that_cannot_be_drawn_is_hopeless_and_stops_no_other(printing, caplog):
    jobs = Jobs(Claimed(1, "ticket", "{}"), Claimed(2, "poster", SLIP), Claimed(3, "ticket", SLIP))
    printing(jobs)
    soon(lambda: jobs.happened[1:] == [(1, "failed"), (2, "failed"), (3, "printed")])


def test_a_busy_database_is_asked_again(printing, caplog):
    jobs = Jobs(Claimed(1, "ticket", SLIP), faults=2)
    printing(jobs)
    soon(lambda: (1, "printed") in jobs.happened)


def test_a_report_that_fails_is_made_again_and_the_slip_is_not_printed_twice(printing, caplog):
    class Forgetful(Jobs):
        def report(self, job_id, outcome):
            self.happened.append(("tried", job_id))
            if self.happened.count(("tried", job_id)) < 3:
                raise OSError("database is locked")
            super().report(job_id, outcome)

    jobs = Forgetful(Claimed(1, "ticket", SLIP))
    printing(jobs)
    soon(lambda: jobs.happened.count((1, "printed")) == 1)
    assert jobs.left == []


def test_a_press_that_breaks_leaves_no_job_standing_as_sending(printing, caplog):
    class Broken:
        def print(self, *_):
            raise RuntimeError("jammed")

        def close(self):
            pass

    jobs = Jobs(Claimed(1, "ticket", SLIP))
    printing(jobs, Broken())
    soon(lambda: (1, "unconfirmed") in jobs.happened)


def test_the_bell_wakes_it_at_once(tmp_path):
    jobs = Jobs()
    wake = threading.Event()
    worker = Worker(jobs, HandPress(open_printer("memory:", tmp_path), paper_for(384)), wake, rest_s=60)
    worker.start()
    soon(lambda: jobs.happened)
    time.sleep(0.05)
    jobs.left.append(Claimed(1, "ticket", SLIP))
    wake.set()
    soon(lambda: (1, "printed") in jobs.happened)
    worker.stop(5)
    assert not worker.is_alive()


@pytest.fixture
def apart(tmp_path):
    press = PressApart("file:", tmp_path, 384)
    yield press
    press.close()


def test_the_press_apart_prints_and_ends_with_its_input(apart, tmp_path):
    assert apart.print(1, "ticket", SLIP).state == "printed"
    assert (tmp_path / "1.png").is_file()
    process = apart._running
    apart.close()
    assert process.returncode == 0


def test_a_press_that_is_killed_is_begun_again_for_the_next_slip(apart):
    assert apart.print(1, "ticket", SLIP).state == "printed"
    os.kill(apart._running.pid, signal.SIGKILL)
    apart._running.wait(5)
    assert apart.print(2, "ticket", SLIP).state == "printed"


def test_a_press_that_dies_over_a_slip_leaves_it_unconfirmed(apart, monkeypatch):
    apart.print(1, "ticket", SLIP)
    os.kill(apart._running.pid, signal.SIGSTOP)
    monkeypatch.setattr("printing.press.LONGEST_S", 0.2)
    monkeypatch.setattr("printing.press.ENDING_S", 0.2)
    assert apart.print(2, "ticket", SLIP).state == "unconfirmed"
    monkeypatch.undo()
    assert apart.print(3, "ticket", SLIP).state == "printed"


def test_a_press_with_an_address_that_cannot_work_is_refused_at_once(tmp_path):
    with pytest.raises(BadPrinter):
        PressApart("pigeon:", tmp_path, 384)
