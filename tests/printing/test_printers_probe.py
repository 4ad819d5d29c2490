"""What a printer is found to answer is written down, and how slips are confirmed follows from it."""

import dataclasses

import pytest

from printing.drawing.canvas import paper_for
from printing.escpos import ASK_WHEN_READ, FEED_AND_CUT, ask_when_printed, encode
from printing.printers import open_printer
from printing.printers._transport.known import FILE, Known, known, remember
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fake_printer import FakePrinter, PtyFake
from tests.printing.fakes import PATIENT, soon, url_of

SLIP = draw(TicketSlip.sample(), paper_for(384), "7")


@pytest.fixture
def fake():
    made = []

    def make(mode="ok", way="tcp", **more):
        made.append(FakePrinter(mode, **more) if way == "tcp" else PtyFake(mode, **more))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


def asked(printer):
    probed = printer.probe()
    assert probed is not None
    return probed


@pytest.mark.parametrize("way", ["tcp", "serial", "device"])
def test_a_printer_that_answers_everything_is_known_by_its_name_and_nothing_is_printed(fake, way, tmp_path):
    printer = fake(way=way)
    probed = asked(open_printer(url_of(way, printer), tmp_path))
    assert probed.status == "ready"
    assert probed.known == Known((1, 2, 3, 4), True, True, True, "LINLI FAKE-80")
    assert printer.slips == []
    assert not printer.torn.strip(b"\x1b@")


@pytest.mark.parametrize(
    ("answers", "confirm"),
    [
        ({"state", "gs_r", "process_id"}, "process_id"),
        ({"state", "gs_r"}, "gs_r"),
        ({"state"}, "none"),
        (set(), "none"),
    ],
)
def test_the_best_proof_that_a_printer_gives_is_the_one_used_from_then_on(fake, answers, confirm, tmp_path):
    machine = fake(answers=frozenset(answers))
    printer = open_printer(url_of("tcp", machine, **(PATIENT | {"status_s": 0.2})), tmp_path)
    probed = asked(printer)
    assert probed.known.confirm == confirm
    assert probed.status == ("ready" if "state" in answers else "unknown")
    printer.remember(probed)
    machine.asked.clear()
    assert printer.print("42", SLIP).state == "printed"
    assert soon(lambda: machine.slips)
    assert [slip.lstrip(b"\x1b@") for slip in machine.slips] == [encode(SLIP).lstrip(b"\x1b@")]
    _, _, question = machine.asked.rpartition(FEED_AND_CUT)
    asked_for = {"process_id": ask_when_printed(b"0042"), "gs_r": ASK_WHEN_READ, "none": b""}
    assert question == asked_for[confirm]


def test_a_printer_without_dle_eot_is_asked_by_automatic_status(fake, tmp_path):
    machine = fake(answers=frozenset({"automatic", "gs_r"}))
    printer = open_printer(url_of("tcp", machine, status_s=0.2), tmp_path)
    assert printer.status() == "unknown"
    printer.remember(asked(printer))
    assert printer.status() == "ready"
    machine.mode = "near-end"
    assert printer.status() == "paper_low"


def test_with_its_cover_open_the_printer_is_said_to_be_so(fake, tmp_path):
    assert asked(open_printer(url_of("tcp", fake("cover-open")), tmp_path)).status == "cover_open"


def test_what_is_known_holds_for_the_printer_however_it_is_used(tmp_path):
    found = dataclasses.replace(Known(), process_id=True, name="XP-80")
    remember(tmp_path, "tcp://h:9100?stall_s=2.5", found)
    remember(tmp_path, "device:/dev/usb/lp0", Known(gs_r=False))
    assert known(tmp_path, "tcp://h:9100") == known(tmp_path, "tcp://h:9100?confirm=gs_r") == found
    assert known(tmp_path, "device:/dev/usb/lp0").confirm == "none"
    assert known(tmp_path, "tcp://other:9100") == Known()


@pytest.mark.parametrize(
    "written", ["", "{", "[]", '{"tcp://h:9100": 1}', '{"tcp://h:9100": {"states": [1]}, "x": {}}']
)
def test_a_spoilt_note_is_as_good_as_none(tmp_path, written):
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    assert known(tmp_path, "tcp://h:9100").confirm == "gs_r"


def test_a_printer_that_is_not_there_cannot_be_asked(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_printer("device:/dev/no-such-printer", tmp_path).probe()
    assert open_printer("file:", tmp_path).probe() is None
