"""Each printer, and the network printer against one that misbehaves."""

import os
import socket
import time
from dataclasses import replace

import pytest
from PIL import Image

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import kinds, open_printer
from printing.printers.tcp import TcpPrinter, TcpSettings
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fake_printer import FakePrinter
from tests.printing.paper import codes, picture

SLIP = draw(TicketSlip.sample(), paper_for(576), "7")
QUICK = TcpSettings(host="127.0.0.1", connect_s=0.5, stall_s=0.4, confirm_s=0.4, status_s=0.3, longest_s=5)


@pytest.fixture
def fake():
    made = []

    def make(mode):
        made.append(FakePrinter(mode))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


def tcp(port, tmp_path, **settings):
    return TcpPrinter(replace(QUICK, port=port, **settings), f"tcp://127.0.0.1:{port}", tmp_path)


def soon(check):
    end = time.monotonic() + 3
    while not check() and time.monotonic() < end:
        time.sleep(0.01)
    return check()


def test_the_kinds_are_found():
    assert {"file", "memory", "tcp"} <= set(kinds())


def test_the_file_printer_writes_the_paper_and_the_bytes(tmp_path):
    outcome = open_printer("file:", tmp_path / "slips").print("42", SLIP)
    raw = (tmp_path / "slips" / "42.bin").read_bytes()
    paper = Image.open(tmp_path / "slips" / "42.png")
    assert (outcome.state, outcome.accepted) == ("printed", len(raw))
    assert raw == encode(SLIP)
    assert paper.convert("L").tobytes() == picture(raw).crop((0, 0, 576, SLIP.height)).tobytes()
    assert {path.name for path in (tmp_path / "slips").iterdir()} == {"42.bin", "42.png"}


def test_a_folder_that_cannot_be_written_is_a_failed_attempt(tmp_path):
    (tmp_path / "slips").write_text("in the way", encoding="utf-8")
    outcome = open_printer("file:", tmp_path / "slips").print("42", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)


@pytest.mark.parametrize("confirm", ["gs_r", "process_id", "none"])
def test_a_good_printer_gets_the_whole_slip(fake, tmp_path, confirm):
    printer = fake("ok")
    outcome = tcp(printer.port, tmp_path, confirm=confirm).print("42", SLIP)
    assert outcome.state == "printed"
    assert soon(lambda: printer.slips)
    assert codes(printer.slips[0]) == [TicketSlip.sample().qr]
    assert printer.slips == [encode(SLIP)]


def test_a_printer_that_keeps_its_side_open_holds_nobody_up(fake, tmp_path):
    printer = fake("ok")
    printer.keeps_open = True
    begun = time.monotonic()
    assert tcp(printer.port, tmp_path, drain_s=0.2).print("42", SLIP).state == "printed"
    assert time.monotonic() - begun < 1.5


def test_an_address_that_cannot_be_a_name_is_a_failed_attempt(tmp_path):
    assert open_printer("tcp://a..b:9100", tmp_path).print("42", SLIP).state == "failed"


def test_a_slow_printer_is_waited_for(fake, tmp_path):
    printer = fake("slow")
    assert tcp(printer.port, tmp_path, confirm_s=4).print("42", SLIP).state == "printed"


def test_a_printer_that_never_answers_may_have_printed(fake, tmp_path):
    printer = fake("mute")
    outcome = tcp(printer.port, tmp_path).print("42", SLIP)
    assert outcome.state == "unconfirmed"
    assert outcome.accepted >= len(encode(SLIP))
    assert tcp(printer.port, tmp_path, confirm="none").print("43", SLIP).state == "printed"


@pytest.mark.parametrize("mode", ["stall", "reset"])
def test_a_line_that_breaks_off_in_the_middle_is_no_fresh_start(fake, tmp_path, mode):
    tall = Image.new("1", (576, 8000), 1)
    begun = time.monotonic()
    outcome = tcp(fake(mode).port, tmp_path).print("42", tall)
    assert outcome.state == "failed"
    assert outcome.accepted > 0
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(("mode", "status"), [("paper-out", "paper_out"), ("cover-open", "cover_open")])
def test_a_printer_that_cannot_print_is_sent_nothing(fake, tmp_path, mode, status):
    printer = fake(mode)
    outcome = tcp(printer.port, tmp_path).print("42", SLIP)
    assert (outcome.state, outcome.accepted, outcome.note) == ("failed", 0, status)
    assert (printer.slips, printer.torn) == ([], b"")
    assert tcp(printer.port, tmp_path).status() == status


def test_nobody_at_the_address_is_a_failed_attempt_with_nothing_sent(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    outcome = tcp(port, tmp_path).print("42", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert tcp(port, tmp_path).status() == "offline"


def test_the_status_of_good_and_silent_printers(fake, tmp_path):
    assert tcp(fake("ok").port, tmp_path).status() == "ready"
    assert tcp(fake("mute").port, tmp_path).status() == "unknown"


def test_a_job_takes_no_longer_than_its_limit(fake, tmp_path):
    begun = time.monotonic()
    outcome = tcp(fake("slow").port, tmp_path, longest_s=0.6).print("42", Image.new("1", (576, 4000), 1))
    assert outcome.state == "failed"
    assert time.monotonic() - begun < 2


def test_no_descriptor_is_left_open(fake, tmp_path):
    printer = tcp(fake("ok").port, tmp_path)
    printer.print("1", SLIP)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counts its own listing alike
    for n in range(5):
        printer.print(str(n), SLIP)
    assert soon(lambda: len(os.listdir("/proc/self/fd")) <= before + 2)  # noqa: PTH208
