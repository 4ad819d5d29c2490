"""The Windows spooler, played by a stand-in for winspool.drv; the real one has not been tried."""

import ctypes
import time

import pytest

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import kinds
from printing.printers.windows import DocInfo, JobInfo, WindowsPrinter, WindowsSettings
from printing.slips import draw
from printing.slips.ticket import TicketSlip

SLIP = draw(TicketSlip.sample(), paper_for(384), "7")
SPOOLING, PRINTED, DELETED, ERROR = 0x8, 0x80, 0x100, 0x2


class Winspool:
    """Functions as winspool.drv has them: they answer 0 for a failure and write into what they are given."""

    def __init__(self):
        self.printer_bits = 0
        self.job_bits = [SPOOLING, PRINTED]
        self.documents, self.cancelled, self.open = [], [], 0
        self.takes, self.pause_s, self.knows = None, 0.0, ("XP 80C",)

    def OpenPrinterW(self, name, handle, defaults):  # noqa: N802 - Windows' own names here and below
        time.sleep(self.pause_s)
        if name.value not in self.knows:
            return 0
        handle._obj.value = 7
        self.open += 1
        return 1

    def ClosePrinter(self, handle):  # noqa: N802
        self.open -= 1
        return 1

    def GetPrinterW(self, handle, level, room, size, needed):  # noqa: N802
        assert (handle.value, level, size) == (7, 6, 4)
        room._obj.value = self.printer_bits
        return 1

    def StartDocPrinterW(self, handle, level, document):  # noqa: N802
        told = ctypes.cast(document, ctypes.POINTER(DocInfo)).contents
        self.documents.append([told.name, told.kind, b""])
        return 41 + len(self.documents)

    def StartPagePrinter(self, handle):  # noqa: N802
        return 1

    def WritePrinter(self, handle, content, size, taken):  # noqa: N802
        taken._obj.value = size if self.takes is None else self.takes
        self.documents[-1][2] += content[: taken._obj.value]
        return 1

    def EndPagePrinter(self, handle):  # noqa: N802
        return 1

    def EndDocPrinter(self, handle):  # noqa: N802
        return 1

    def GetJobW(self, handle, number, level, room, size, needed):  # noqa: N802
        bits = self.job_bits.pop(0) if len(self.job_bits) > 1 else self.job_bits[0]
        if bits is None:
            return 0
        JobInfo.from_buffer(room).status = bits
        return 1

    def SetJobW(self, handle, number, level, job, command):  # noqa: N802
        self.cancelled.append((number, command))
        return 1


@pytest.fixture
def winspool():
    return Winspool()


@pytest.fixture
def printer(winspool, tmp_path):
    settings = WindowsSettings(queue="XP 80C", command_s=0.5, confirm_s=0.5)
    return WindowsPrinter(settings, "windows:XP%2080C", tmp_path, winspool)


def test_it_is_offered_on_windows_only():
    assert "windows" not in kinds()
    assert WindowsPrinter.system == "nt"


def test_a_slip_goes_to_the_spooler_as_raw_bytes(printer, winspool):
    outcome = printer.print("42", SLIP)
    assert (outcome.state, outcome.accepted) == ("printed", len(encode(SLIP)))
    assert winspool.documents == [["Linli 42", "RAW", encode(SLIP)]]
    assert (winspool.open, winspool.cancelled) == (0, [])


def test_a_job_that_has_left_the_queue_is_done(printer, winspool, monkeypatch):
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 87, raising=False)
    winspool.job_bits = [SPOOLING, None]
    assert printer.print("42", SLIP).state == "printed"


@pytest.mark.parametrize(("bits", "note"), [([ERROR], "waiting"), ([SPOOLING, DELETED], "gone")])
def test_a_job_that_does_not_end_well_is_unconfirmed(printer, winspool, bits, note):
    winspool.job_bits = bits
    outcome = printer.print("42", SLIP)
    assert outcome.state == "unconfirmed"
    assert note in outcome.note


def test_a_job_that_hangs_is_taken_back(printer, winspool):
    winspool.job_bits = [SPOOLING]
    assert printer.print("42", SLIP).state == "unconfirmed"
    assert winspool.cancelled == [(42, 3)]


def test_a_spooler_that_takes_only_a_part_is_no_fresh_start(printer, winspool):
    winspool.takes = 100
    assert printer.print("42", SLIP).state == "unconfirmed"
    assert winspool.cancelled == [(42, 3)]
    assert winspool.open == 0


@pytest.mark.parametrize(
    ("bits", "status"),
    [
        (0, "ready"),
        (0x10, "paper_out"),
        (0x400010, "cover_open"),
        (0x8, "error"),
        (0x80, "offline"),
        (0x1, "offline"),
    ],
)
def test_what_the_spooler_says_of_the_printer_is_understood(printer, winspool, bits, status):
    winspool.printer_bits = bits
    assert printer.status() == status


def test_a_printer_that_cannot_print_is_sent_nothing(printer, winspool):
    winspool.printer_bits = 0x10
    outcome = printer.print("42", SLIP)
    assert (outcome.state, outcome.accepted, outcome.note) == ("failed", 0, "paper_out")
    assert winspool.documents == []


def test_a_printer_of_another_name_is_offline(printer, winspool):
    winspool.knows = ()
    outcome = printer.print("42", SLIP)
    assert (outcome.state, outcome.accepted, outcome.note) == ("failed", 0, "offline")


def test_a_spooler_that_hangs_holds_nobody_up(printer, winspool):
    winspool.pause_s = 3
    begun = time.monotonic()
    assert printer.status() == "unknown"
    assert time.monotonic() - begun < 1.5


def test_without_windows_it_is_offline(tmp_path):
    printer = WindowsPrinter(WindowsSettings(queue="XP 80C"), "windows:XP%2080C", tmp_path)
    assert printer.status() == "offline"
