"""What a device says unasked, or only repeats, is no answer: neither a fault nor a slip that was printed."""

import pytest

from printing.answers import split
from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import open_printer
from printing.printers._transport.line import Line
from printing.printers.tcp import TcpPrinter
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fake_printer import PtyFake
from tests.printing.fakes import PATIENT, fake, soon, url_of

__all__ = ["fake"]

SLIP = draw(TicketSlip.sample(), paper_for(384), "7")
GREETINGS = (b"ready", b"ready\r\n", b"OK\r\n", b"rvrvrv", b"Welcome to XPort_1 7\r\n", b"\x14\x00\x00\x0f")


def told(printer, image=SLIP, job="42"):
    return printer.print(job, image).state


@pytest.mark.parametrize("after_s", [0.0, 0.1])
@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_device_that_greets_is_as_it_says_when_it_is_asked(fake, tmp_path, greeting, after_s):
    machine = fake(greeting=greeting, greets_after_s=after_s)
    printer = open_printer(url_of("tcp", machine, **PATIENT | {"status_s": 0.2}), tmp_path)
    assert printer.status() == "ready"
    assert told(printer) == "printed"
    assert soon(lambda: machine.slips == [encode(SLIP)])
    machine.mode = "cover-open"
    assert printer.status() == "cover_open"


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_of_one_that_answers_nothing_is_no_answer(fake, tmp_path, greeting):
    machine = fake("mute", greeting=greeting, greets_after_s=0.1)
    printer = open_printer(url_of("tcp", machine, status_s=0.08, confirm_s=0.1, drain_s=0.05), tmp_path)
    assert printer.status() == "unknown"
    assert told(printer) == "unconfirmed"


def test_what_greets_is_known_for_what_it_answers(fake, tmp_path):
    for greeting in GREETINGS[:2]:
        machine = fake(greeting=greeting, greets_after_s=0.1)
        probed = open_printer(url_of("tcp", machine, **PATIENT), tmp_path).probe()
        assert probed is not None
        assert (probed.status, probed.known.states) == ("ready", (1, 2, 3, 4))


@pytest.mark.parametrize("confirm", ["auto", "gs_r", "process_id", "none"])
def test_what_only_repeats_what_it_is_sent_has_printed_nothing(fake, tmp_path, confirm):
    printer = open_printer(url_of("tcp", fake("echo"), confirm=confirm, confirm_s=0.1), tmp_path)
    assert printer.status() == "unknown"
    outcome = printer.print("42", SLIP)
    assert (outcome.state, "only repeats" in outcome.note) == ("unconfirmed", True)


def test_an_echo_on_a_serial_line_is_no_printer_either(tmp_path):
    machine = PtyFake("echo")
    printer = open_printer(url_of("serial", machine, confirm_s=0.1), tmp_path)
    assert printer.status() == "unknown"
    assert told(printer) == "unconfirmed"
    with pytest.raises(OSError, match="only repeats"):
        printer.probe()
    machine.close()


def test_a_fault_is_believed_when_it_is_said_twice(fake, tmp_path, monkeypatch):
    """One wrong answer on a shared line, the right one a moment later."""
    machine = fake("cover-open")
    printer = open_printer(url_of("tcp", machine, **PATIENT), tmp_path)
    real, asked = machine._mechanism._state, []

    def first_wrong(n):
        asked.append(n)
        if len(asked) == 5:
            machine._mechanism.mode = "ok"
        return real(n)

    monkeypatch.setattr(machine._mechanism, "_state", first_wrong)
    assert printer.status() == "ready"
    assert asked == [1, 2, 3, 4] * 2


def test_a_printer_that_is_busy_with_another_caller_is_not_called_away(fake, tmp_path, monkeypatch):
    printer = open_printer(url_of("tcp", fake()), tmp_path)
    assert isinstance(printer, TcpPrinter)
    real, calls = printer._reach, []

    def refused_once():
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionRefusedError
        return real()

    monkeypatch.setattr(printer, "_reach", refused_once)
    assert printer.status() == "ready"


@pytest.mark.parametrize("heard", [b"ready", b"OK\r\n", b"\x10\x04\x01", b"\x14\x00", b"_name", b"\x15"])
def test_what_is_no_answer_is_strange(heard):
    assert not split(heard).are_states_alone


def test_answers_and_flow_control_are_not_strange():
    assert split(b"\x11\x16\x12\x14\x00\x00\x0f\x12\x12\x13").are_states_alone


def test_who_was_quiet_is_listened_to_again_only_after_something_odd(fake, tmp_path, monkeypatch):
    listened = []
    settle = Line.settle

    def noted(line, quiet_s):
        listened.append(quiet_s)
        return settle(line, quiet_s)

    monkeypatch.setattr(Line, "settle", noted)
    machine = fake()
    printer = open_printer(url_of("tcp", machine, **PATIENT), tmp_path)
    assert [told(printer), told(printer)] == ["printed", "printed"]
    assert len(listened) == 1
    machine.mode = "cover-open"
    assert told(printer) == "failed"
    machine.mode = "ok"
    assert told(printer) == "printed"
    assert len(listened) == 3  # before the cover was believed open, and before the slip after it
