"""Deadlines of the line to a printer, and what a device file is not."""

import os
import socket
import termios
import time

import pytest

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import open_printer
from printing.printers._transport.file_wire import FileWire
from printing.printers._transport.line import Line
from printing.printers.serial import SerialSettings, set_up
from printing.printers.tcp import TcpWire
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fake_printer import FakePrinter, PtyFake
from tests.printing.fakes import PATIENT, printer_by, soon, url_of

SLIP = draw(TicketSlip.sample(), paper_for(384), "7")


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    yield TcpWire(ours), theirs
    ours.close()
    theirs.close()


def seconds(act):
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def test_a_printer_that_talks_without_end_is_listened_to_no_longer_than_told(pair):
    wire, printer = pair
    printer.sendall(b"\x11" * 100_000)
    line = Line(wire, longest_s=5)
    assert seconds(line.hush) < 0.2
    printer.sendall(b"\x11" * 1000)
    assert seconds(lambda: line.listen(lambda _: False, 0.2)) < 0.6


def test_talk_is_no_progress(pair):
    """A printer that sends its status again and again and takes nothing is stalled all the same."""

    class Chatty(TcpWire):
        def read(self):
            return b"\x14\x00\x00\x0f"

    wire, printer = pair
    printer.sendall(b"\x14")  # never read, so always ready to be
    line = Line(Chatty(wire._socket), longest_s=5)
    with pytest.raises(TimeoutError):
        line.send(bytes(4_000_000), stall_s=0.3)
    assert 0 < line.accepted < 4_000_000


def test_a_driver_that_says_ready_and_takes_nothing_is_not_asked_without_pause(pair):
    class Unwilling(TcpWire):
        asked = 0

        def write(self, payload):
            self.asked += 1
            return 0

    wire = Unwilling(pair[0]._socket)
    with pytest.raises(TimeoutError):
        Line(wire, longest_s=5).send(b"slip", stall_s=0.3)
    assert 1 < wire.asked < 60


def test_the_whole_slip_has_a_limit_however_steadily_it_trickles(tmp_path):
    with printer_by("tcp", "slow", tmp_path, longest_s=0.5, stall_s=5) as (printer, _):
        assert seconds(lambda: printer.print("1", SLIP.resize((576, 6000)))) < 1.5


def test_a_name_server_that_is_dead_holds_nobody_up(tmp_path, monkeypatch):
    real = socket.getaddrinfo

    def dead(*words, **more):
        if more.get("flags"):
            return real(*words, **more)
        time.sleep(3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", dead)
    printer = open_printer("tcp://printer.invalid:9100?connect_s=0.2", tmp_path)
    begun = time.monotonic()
    outcome = printer.print("1", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert printer.status() == "offline"
    assert time.monotonic() - begun < 1.5


def test_a_name_with_two_addresses_is_tried_at_both(tmp_path, monkeypatch):
    printer = FakePrinter("ok")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
            for port in (nobody.getsockname()[1], printer.port)
        ]
        monkeypatch.setattr("printing.printers.tcp.resolved", lambda *_: addresses)
        assert open_printer("tcp://printer.lan", tmp_path).print("1", SLIP).state == "printed"
    printer.close()


def test_a_status_byte_that_nobody_read_does_not_truncate_the_slip(tmp_path):
    """Closing with it unread resets the line: 12,288 of 51,855 bytes arrived, the host saw success."""
    fake = FakePrinter("slow", room=256 * 1024)
    fake.chatters = True
    printer = open_printer(url_of("tcp", fake, confirm="none", **PATIENT, drain_s=5), tmp_path)
    assert printer.print("1", SLIP).state == "printed"
    assert soon(lambda: fake.slips)
    assert fake.slips == [encode(SLIP)]
    fake.close()


def test_what_was_said_before_the_question_is_no_answer_to_it(pair):
    wire, printer = pair
    line = Line(wire, longest_s=5)
    printer.sendall(b"\x00")
    assert line.ask(b"?", lambda heard: b"\x00" in heard, 0.1) == b""
    printer.sendall(b"\x00")
    line.send(b"slip", 1)
    assert not line.listen(lambda heard: b"\x00" in heard, 0.1)


def test_a_device_that_answers_empty_packets_has_not_hung_up(tmp_path):
    """/dev/null reads as empty for ever, as a USB printer does that has nothing to say."""
    printer = open_printer("device:/dev/null?status_s=0.1&confirm_s=0.1", tmp_path)
    assert printer.status() == "unknown"
    assert printer.print("1", SLIP).state == "unconfirmed"


def test_a_file_that_is_no_device_is_not_written_over(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("dear reader", encoding="utf-8")
    outcome = open_printer(f"device:{file}", tmp_path).print("1", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert file.read_text(encoding="utf-8") == "dear reader"


def test_a_pipe_that_nobody_reads_is_offline(tmp_path):
    os.mkfifo(tmp_path / "lp0")
    printer = open_printer(f"device:{tmp_path / 'lp0'}", tmp_path)
    outcome = printer.print("1", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert printer.status() == "offline"


@pytest.mark.parametrize("way", ["serial", "device"])
def test_two_programs_do_not_print_through_one_device_at_once(way, tmp_path):
    with printer_by(way, "ok", tmp_path, **PATIENT) as (printer, _):
        wire = FileWire(printer.settings.path)
        outcome = printer.print("1", SLIP)
        assert (outcome.state, outcome.accepted) == ("failed", 0)
        wire.close()
        assert printer.print("1", SLIP).state == "printed"


def test_a_serial_port_gets_its_speed_and_flow_control_and_changes_no_byte():
    fake = PtyFake("ok")
    wire = FileWire(fake.path)
    fd = wire.fileno()
    set_up(fd, SerialSettings(path=fake.path, baud="38400", flow="xon_xoff", parity="even"))
    i_flags, o_flags, c_flags, l_flags, i_speed, o_speed, _ = termios.tcgetattr(fd)
    assert i_speed == o_speed == termios.B38400
    assert i_flags & termios.IXON
    assert not c_flags & termios.CRTSCTS
    assert not o_flags & termios.OPOST
    assert not l_flags & (termios.ECHO | termios.ICANON | termios.ISIG)
    set_up(fd, SerialSettings(path=fake.path))
    i_flags, _, c_flags, *_ = termios.tcgetattr(fd)
    assert c_flags & termios.CRTSCTS
    assert not i_flags & termios.IXON
    wire.close()
    fake.close()


def test_a_file_that_is_no_serial_port_is_a_failed_attempt(tmp_path):
    outcome = open_printer("serial:/dev/null", tmp_path).print("1", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
