"""The loop that prints, and the printer process."""

import json
import os
import signal
import threading
import time

import pytest
from PIL import Image

from printing.drawing.canvas import paper_for
from printing.printer_child import InProcessPrinter, serve
from printing.printer_process import Printed, PrinterProcess, Setup
from printing.printers import BadPrinter, Outcome, open_printer
from printing.slips import pack
from printing.slips.ticket import TicketSlip
from printing.worker import Claimed, Worker

SLIP = pack(TicketSlip.sample())
HERE, ELSEWHERE = Setup("memory:", 384), Setup("memory:", 576)


def job(number: int, kind: str = "ticket", slip: str = SLIP, setup: Setup = HERE) -> Claimed:
    return Claimed(number, kind, slip, setup)


class Jobs:
    """A source that remembers what happened."""

    def __init__(self, *jobs: Claimed, faults: int = 0) -> None:
        self.left, self.faults = list(jobs), faults
        self.happened: list[tuple] = []
        self.setup = HERE
        self.heard: list[tuple] = []

    def in_use(self) -> Setup:
        return self.setup

    def note_status(self, setup: Setup, status: str) -> None:
        self.heard.append((setup, status))

    def recover(self) -> None:
        self.happened.append(("recover",))

    def claim(self) -> Claimed | None:
        if self.faults:
            self.faults -= 1
            raise OSError("database is locked")
        return self.left.pop(0) if self.left else None

    def report(self, job_id: int, pressed: Printed) -> None:
        self.happened.append((job_id, pressed.outcome.state))


@pytest.fixture
def printing(tmp_path):
    workers = []

    def run(jobs, press=None, ask_every_s=0.05):
        def open_printer_process(setup):
            return press or InProcessPrinter(open_printer(setup.url, tmp_path), paper_for(setup.width_dots))

        wake = threading.Event()
        worker = Worker(jobs, open_printer_process, wake, rest_s=0.05, ask_every_s=ask_every_s)
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
    jobs = Jobs(job(1), job(2))
    printing(jobs)
    soon(lambda: jobs.happened == [("recover",), (1, "printed"), (2, "printed")])


def test_a_slip_that_cannot_be_drawn_is_hopeless_and_stops_no_other(printing, caplog):
    jobs = Jobs(job(1, slip="{}"), job(2, kind="poster"), job(3))
    printing(jobs)
    soon(lambda: jobs.happened[1:] == [(1, "failed"), (2, "failed"), (3, "printed")])


def test_a_busy_database_is_asked_again(printing, caplog):
    jobs = Jobs(job(1), faults=2)
    printing(jobs)
    soon(lambda: (1, "printed") in jobs.happened)


def test_a_fault_that_lasts_is_logged_once_until_a_slip_is_written_down_again(printing, caplog):
    jobs = Jobs(job(1), faults=5)
    printing(jobs)
    soon(lambda: (1, "printed") in jobs.happened)
    assert [record.message for record in caplog.records].count("printing failed; it goes on") == 1
    jobs.faults = 2
    soon(lambda: not jobs.faults)
    soon(lambda: [record.message for record in caplog.records].count("printing failed; it goes on") == 2)


def test_a_report_that_fails_is_made_again_and_the_slip_is_not_printed_twice(printing, caplog):
    class Forgetful(Jobs):
        def report(self, job_id, pressed):
            self.happened.append(("tried", job_id))
            if self.happened.count(("tried", job_id)) < 3:
                raise OSError("database is locked")
            super().report(job_id, pressed)

    jobs = Forgetful(job(1))
    printing(jobs)
    soon(lambda: jobs.happened.count((1, "printed")) == 1)
    assert jobs.left == []


def test_a_printer_process_that_breaks_leaves_no_job_standing_as_sending(printing, caplog):
    class Broken:
        def print(self, *_):
            raise RuntimeError("jammed")

        def status(self):
            return "error"

        def close(self):
            pass

    jobs = Jobs(job(1))
    printing(jobs, Broken())
    soon(lambda: (1, "unconfirmed") in jobs.happened)


def test_the_bell_wakes_it_at_once(tmp_path):
    jobs = Jobs()
    wake = threading.Event()
    press = InProcessPrinter(open_printer("memory:", tmp_path), paper_for(384))
    worker = Worker(jobs, lambda _: press, wake, rest_s=60)
    worker.start()
    soon(lambda: jobs.happened)
    time.sleep(0.05)
    jobs.left.append(job(1))
    wake.set()
    soon(lambda: (1, "printed") in jobs.happened)
    worker.stop(5)
    assert not worker.is_alive()


class Balky:
    """A press whose printer fails until it is mended; it remembers what it was asked."""

    def __init__(self, setup=HERE, status="paper_out"):
        self.setup, self.answer, self.asked, self.closed = setup, status, [], False

    def print(self, job_id, *_):
        self.asked.append(job_id)
        if self.answer != "ready":
            return Printed(Outcome("failed", 0, self.answer), 90)
        return Printed(Outcome("printed", 900), 90)

    def status(self):
        self.asked.append("?")
        return self.answer

    def close(self):
        self.closed = True


def test_it_asks_the_printer_when_idle_and_at_once_after_a_failure(printing):
    jobs, press = Jobs(), Balky()
    wake = printing(jobs, press, ask_every_s=60)
    soon(lambda: jobs.heard == [(HERE, "paper_out")])
    jobs.left.append(job(1))
    wake.set()
    soon(lambda: len(jobs.heard) == 2)
    assert press.asked == ["?", 1, "?"]


def test_a_printer_that_is_off_is_told_in_the_log_once_until_it_works_again(printing, caplog):
    caplog.set_level("DEBUG")
    jobs, press = Jobs(job(1), job(2)), Balky()
    printing(jobs, press)
    soon(lambda: len(jobs.happened) == 3)
    press.answer = "ready"
    jobs.left.append(job(3))
    soon(lambda: len(jobs.happened) == 4)
    press.answer = "paper_out"
    jobs.left.append(job(4))
    soon(lambda: len(jobs.happened) == 5)
    told = [record.args[0] for record in caplog.records if record.levelname == "WARNING"]
    assert told == [1, 4]


def test_every_slip_that_may_be_lost_is_told_in_the_log(printing, caplog):
    class Doubtful(Balky):
        def print(self, job_id, *_):
            return Printed(Outcome("unconfirmed", 90, "no answer"), 90)

    jobs = Jobs(job(1), job(2))
    printing(jobs, Doubtful())
    soon(lambda: len(jobs.happened) == 3)
    assert [record.args[0] for record in caplog.records if record.levelname == "WARNING"] == [1, 2]


def test_a_printer_that_was_mended_is_heard_of_with_its_next_slip(printing):
    jobs, press = Jobs(), Balky()
    wake = printing(jobs, press, ask_every_s=60)
    soon(lambda: jobs.heard)
    press.answer = "ready"
    jobs.left.append(job(1))
    wake.set()
    soon(lambda: jobs.heard[1:] == [(HERE, "ready")])


def test_another_printer_is_taken_up_without_a_restart(printing):
    opened = []

    def press_of(setup):
        opened.append(Balky(setup, "ready"))
        return opened[-1]

    jobs, wake = Jobs(job(1)), threading.Event()
    worker = Worker(jobs, press_of, wake, rest_s=0.02, ask_every_s=60)
    worker.start()
    soon(lambda: jobs.heard)
    jobs.setup = ELSEWHERE
    soon(lambda: len(opened) == 2 and jobs.heard[-1] == (ELSEWHERE, "ready"))
    jobs.left += [job(2, setup=HERE), job(3, setup=ELSEWHERE)]
    wake.set()
    soon(lambda: (3, "printed") in jobs.happened)
    worker.stop(5)
    assert [press.setup for press in opened] == [HERE, ELSEWHERE, HERE, ELSEWHERE]
    assert [[a for a in press.asked if a != "?"] for press in opened] == [[1], [], [2], [3]]
    assert all(press.closed for press in opened)


def test_a_printer_that_cannot_be_opened_fails_its_slip_for_good(printing, tmp_path, caplog):
    jobs = Jobs(job(1, setup=Setup("pigeon:")), job(2))
    printing(jobs)
    soon(lambda: jobs.happened[1:] == [(1, "failed"), (2, "printed")])


def test_without_a_printer_nothing_is_opened_or_asked(printing):
    jobs = Jobs()
    jobs.setup = Setup("off:")
    press = Balky()
    printing(jobs, press)
    time.sleep(0.2)
    assert press.asked == []


@pytest.fixture
def process_of_its_own(tmp_path):
    press = PrinterProcess(Setup("file:", 384), tmp_path)
    yield press
    press.close()


def test_the_printer_process_prints_and_ends_with_its_input(process_of_its_own, tmp_path):
    assert process_of_its_own.print(1, "ticket", SLIP).outcome.state == "printed"
    assert (tmp_path / "1.png").is_file()
    process = process_of_its_own._running
    process_of_its_own.close()
    assert process.returncode == 0


def test_the_printer_process_says_how_the_printer_is_and_how_long_the_slip_was(process_of_its_own, tmp_path):
    assert process_of_its_own.status() == "ready"
    mm = process_of_its_own.print(1, "ticket", SLIP).mm
    with Image.open(tmp_path / "1.png") as slip:
        assert mm == pytest.approx(slip.height / 8 + 15, abs=1)
    os.kill(process_of_its_own._running.pid, signal.SIGKILL)
    process_of_its_own._running.wait(5)
    assert process_of_its_own.status() == "ready"


def test_a_printer_process_that_does_not_answer_is_unknown_and_keeps_nobody(process_of_its_own, monkeypatch):
    process_of_its_own.status()
    os.kill(process_of_its_own._running.pid, signal.SIGSTOP)
    for name in ("ASKING_S", "ENDING_S"):
        monkeypatch.setattr(f"printing.printer_process.{name}", 0.2)
    assert process_of_its_own.status() == "unknown"
    monkeypatch.undo()
    assert process_of_its_own.print(1, "ticket", SLIP).outcome.state == "printed"


def test_a_printer_process_that_is_killed_is_begun_again_for_the_next_slip(process_of_its_own):
    assert process_of_its_own.print(1, "ticket", SLIP).outcome.state == "printed"
    os.kill(process_of_its_own._running.pid, signal.SIGKILL)
    process_of_its_own._running.wait(5)
    assert process_of_its_own.print(2, "ticket", SLIP).outcome.state == "printed"


def test_a_printer_process_that_dies_over_a_slip_leaves_it_unconfirmed(process_of_its_own, monkeypatch):
    process_of_its_own.print(1, "ticket", SLIP)
    os.kill(process_of_its_own._running.pid, signal.SIGSTOP)
    monkeypatch.setattr("printing.printer_process.LONGEST_S", 0.2)
    monkeypatch.setattr("printing.printer_process.ENDING_S", 0.2)
    assert process_of_its_own.print(2, "ticket", SLIP).outcome.state == "unconfirmed"
    monkeypatch.undo()
    assert process_of_its_own.print(3, "ticket", SLIP).outcome.state == "printed"


def test_a_printer_process_with_an_address_that_cannot_work_is_refused_at_once(tmp_path):
    with pytest.raises(BadPrinter):
        PrinterProcess(Setup("pigeon:", 384), tmp_path)


@pytest.mark.parametrize("comes_at", [0, 2])
def test_a_slip_that_comes_ends_the_warming_up(comes_at, capsys):
    told, say = os.pipe()
    line = json.dumps({"job_id": 1, "kind": "ticket", "slip": SLIP}).encode() + b"\n"
    done = []

    class Printer(InProcessPrinter):
        def __init__(self):
            pass

        def warm_up(self):
            for kind in "abc":
                done.append(kind)
                if len(done) == comes_at:
                    os.write(say, line)
                    os.close(say)
                yield kind

        def print(self, job_id, kind, slip):
            done.append(job_id)
            return Printed(Outcome("printed", 0))

    if comes_at == 0:
        os.write(say, line)
        os.close(say)
    with os.fdopen(told) as told_it:
        serve(Printer(), told_it)
    assert done == [*"abc"[:comes_at], 1]
    assert json.loads(capsys.readouterr().out)["outcome"]["state"] == "printed"
