"""A printer on USB is found by who it is, whatever number its file has got, and no other gets its slips."""

import json
import os
from pathlib import Path

import pytest

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import open_printer
from printing.printers._transport import identity
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fake_printer import PtyFake
from tests.printing.fakes import PATIENT, soon

SLIP = draw(TicketSlip.sample(), paper_for(384), "7")
RECEIPT = {
    "idVendor": "0483",
    "idProduct": "5743",
    "serial": "A1",
    "of_1284": "MFG:XP;MDL:XP-80;CMD:ESC/POS;",
}
LASER = {"idVendor": "03f0", "idProduct": "1d17", "serial": "VNC3", "of_1284": "MFG:HP;MDL:P1005;CMD:PCL;"}
OPTIONS = "&".join(f"{name}={value}" for name, value in PATIENT.items())


class Bus:
    """Files as the kernel makes them when a cable is plugged in, each with a printer at its end (a pty)."""

    def __init__(self, root: Path) -> None:
        self.dev, self.sys = root / "dev" / "usb", root / "sys"
        self.dev.mkdir(parents=True)
        self.fakes: dict[str, PtyFake] = {}
        self._sockets = 0

    def plug_in(self, file: str, socket: str, *, of_1284: str, **told: str) -> PtyFake:
        fake = self.fakes[file] = PtyFake("ok")
        (self.dev / file).symlink_to(fake.path)
        number = os.stat(fake.path).st_rdev  # noqa: PTH116
        device = self.sys / "devices" / f"{socket}-{len(list(self.sys.glob('*')))}" / socket
        interface = device / f"{socket}:1.0"
        interface.mkdir(parents=True, exist_ok=True)
        for name, value in told.items():
            (device / name).write_text(f"{value}\n")
        (interface / "ieee1284_id").write_text(of_1284)
        node = self.sys / "char" / f"{os.major(number)}:{os.minor(number)}"
        node.mkdir(parents=True, exist_ok=True)
        (node / "device").unlink(missing_ok=True)
        (node / "device").symlink_to(interface)
        return fake

    def unplug(self, file: str) -> None:
        (self.dev / file).unlink()
        self.fakes.pop(file).close()


@pytest.fixture
def bus(tmp_path, monkeypatch):
    bus = Bus(tmp_path)
    monkeypatch.setattr(identity, "SYSTEM", bus.sys / "char")
    yield bus
    for file in tuple(bus.fakes):
        bus.unplug(file)


@pytest.fixture
def printer(bus, tmp_path):
    return open_printer(f"device:{bus.dev}/lp0?{OPTIONS}", tmp_path / "slips")


def printed_by(fake, printer):
    return printer.print("42", SLIP).state == "printed" and soon(lambda: fake.slips == [encode(SLIP)])


def test_a_printer_that_comes_back_under_another_number_is_found(bus, printer):
    bus.plug_in("lp0", "1-1", **RECEIPT)
    assert printer.status() == "ready"
    bus.unplug("lp0")
    assert printer.status() == "offline"
    assert printed_by(bus.plug_in("lp1", "1-2", **RECEIPT), printer)


def test_another_printer_that_took_its_number_gets_none_of_its_slips(bus, printer):
    bus.plug_in("lp0", "1-1", **RECEIPT)
    assert printer.status() == "ready"
    bus.unplug("lp0")
    laser = bus.plug_in("lp0", "1-4", **LASER)
    assert printed_by(bus.plug_in("lp1", "1-1", **RECEIPT), printer)
    assert laser.received == 0
    bus.unplug("lp1")
    bus.plug_in("lp2", "1-3", **LASER)
    outcome = printer.print("43", SLIP)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert printer.status() == "offline"
    assert laser.received == 0


def test_one_that_was_put_in_the_place_of_the_old_one_is_taken(bus, printer, tmp_path):
    bus.plug_in("lp0", "1-1", **RECEIPT)
    assert printer.status() == "ready"
    bus.unplug("lp0")
    assert printed_by(bus.plug_in("lp0", "1-1", **RECEIPT | {"idProduct": "0006", "serial": "B7"}), printer)
    note = json.loads((tmp_path / "slips" / identity.FILE).read_text())
    assert [one["serial"] for one in note.values()] == ["B7"]


def test_beside_others_a_new_one_is_taken_when_somebody_says_so(bus, printer):
    bus.plug_in("lp0", "1-1", **RECEIPT)
    bus.plug_in("lp1", "1-4", **LASER)
    assert printer.status() == "ready"
    bus.unplug("lp0")
    bus.plug_in("lp0", "1-1", **RECEIPT | {"serial": "B7"})
    assert printer.status() == "offline"
    assert printer.probe().status == "ready"
    assert printer.status() == "ready"


def test_two_alike_without_a_serial_number_are_told_apart_by_their_sockets(bus, printer):
    cheap = RECEIPT | {"serial": ""}
    bus.plug_in("lp0", "1-1", **cheap)
    other = bus.plug_in("lp1", "1-2", **cheap)
    assert printer.status() == "ready"
    for file in ("lp0", "lp1"):
        bus.unplug(file)
    other = bus.plug_in("lp0", "1-2", **cheap)
    assert printed_by(bus.plug_in("lp1", "1-1", **cheap), printer)
    assert other.received == 0


def test_a_serial_port_behind_an_adapter_is_found_too(bus, tmp_path):
    port = open_printer(f"serial:{bus.dev}/ttyUSB0?{OPTIONS}", tmp_path / "slips")
    adapter = {"idVendor": "1a86", "idProduct": "7523", "serial": "", "of_1284": ""}
    bus.plug_in("ttyUSB0", "1-1", **adapter)
    assert port.status() == "ready"
    bus.unplug("ttyUSB0")
    assert printed_by(bus.plug_in("ttyUSB1", "1-1", **adapter), port)


def test_what_a_printer_says_of_its_state_is_no_part_of_who_it_is(bus):
    bus.plug_in("lp0", "1-1", **RECEIPT | {"of_1284": "MFG:XP;MDL:XP-80;STATUS:BUSY;"})
    bus.plug_in("lp1", "1-1", **RECEIPT)
    assert identity.identity_of(str(bus.dev / "lp0")) == identity.identity_of(str(bus.dev / "lp1"))


def test_a_note_that_cannot_be_written_stops_no_slip(bus, printer, tmp_path):
    fake = bus.plug_in("lp0", "1-1", **RECEIPT)
    (tmp_path / "slips").write_text("a file in its place")
    assert printed_by(fake, printer)


def test_where_the_system_knows_no_devices_the_file_is_the_printer(bus, printer, monkeypatch, tmp_path):
    monkeypatch.setattr(identity, "SYSTEM", tmp_path / "nowhere")
    assert printed_by(bus.plug_in("lp0", "1-1", **RECEIPT), printer)
    assert not (tmp_path / "slips").exists()
