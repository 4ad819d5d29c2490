"""Every fault of a printer by every way to it: how the job ends, how long it takes, what is on paper."""

import time

import pytest
from PIL import Image

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.printers import open_printer
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.fakes import PATIENT, WAYS, printer_by, settled, soon
from tests.printing.paper import codes

pytestmark = pytest.mark.long

SLIP = draw(TicketSlip.sample(), paper_for(576), "7")
TALL = Image.new("1", (576, 8000), 1)
"""576 KB: more than all buffers on the way hold together."""

CAN_SPEAK = [way for way in WAYS if way != "pipe"]
LONGEST_S = 3
"""The sum of the short deadlines; nothing may take longer, whatever the printer does."""


def printed(printer, image=SLIP, job="42"):
    """The outcome, and a claim that it came in time."""
    begun = time.monotonic()
    outcome = printer.print(job, image)
    assert time.monotonic() - begun < LONGEST_S
    return outcome


@pytest.mark.parametrize("mode", ["ok", "near-end", "slow"])
@pytest.mark.parametrize("way", WAYS)
def test_a_printer_that_can_print_gets_the_slip_whole_and_once(way, mode, tmp_path):
    with printer_by(way, mode, tmp_path, **PATIENT) as (printer, fake):
        outcome = printed(printer)
        assert (outcome.state, outcome.accepted >= len(encode(SLIP))) == ("printed", True)
        assert soon(lambda: fake.slips)
        assert (fake.slips, fake.torn) == ([encode(SLIP)], b"")
        assert codes(fake.slips[0]) == [TicketSlip.sample().qr]


@pytest.mark.parametrize("confirm", ["auto", "gs_r", "process_id", "none"])
@pytest.mark.parametrize("way", WAYS)
def test_each_confirmation_is_understood_by_every_way(way, confirm, tmp_path):
    with printer_by(way, "ok", tmp_path, confirm=confirm, **PATIENT) as (printer, fake):
        assert [printed(printer, job=job).state for job in ("41", "42")] == ["printed", "printed"]
        assert soon(lambda: len(fake.slips) == 2)
        assert fake.slips == [encode(SLIP)] * 2


@pytest.mark.parametrize("confirm", ["gs_r", "process_id"])
@pytest.mark.parametrize("way", CAN_SPEAK)
def test_a_mute_printer_may_have_printed(way, confirm, tmp_path):
    with printer_by(way, "mute", tmp_path, confirm=confirm) as (printer, fake):
        outcome = printed(printer)
        assert outcome.state == "unconfirmed"
        assert outcome.accepted >= len(encode(SLIP))
        assert "unknown" in outcome.note
        assert soon(lambda: fake.slips)
        assert fake.slips == [encode(SLIP)]


@pytest.mark.parametrize("mode", ["stall", "reset"])
@pytest.mark.parametrize("way", WAYS)
def test_a_slip_that_breaks_off_in_the_middle_is_no_fresh_start(way, mode, tmp_path):
    with printer_by(way, mode, tmp_path) as (printer, fake):
        outcome = printed(printer, TALL)
        assert outcome.state == "failed"
        assert 0 < outcome.accepted < len(encode(TALL))
        assert fake.slips == []


@pytest.mark.parametrize("way", WAYS)
def test_a_stalled_printer_that_nobody_can_ask_has_printed_nothing_for_sure(way, tmp_path):
    """A slip fits into the buffers on the way: that all of it was sent says nothing."""
    with printer_by(way, "stall", tmp_path, confirm="none") as (printer, _):
        outcome = printed(printer)
        assert outcome.state == "failed"
        assert outcome.accepted > 0


@pytest.mark.parametrize(
    ("mode", "status"),
    [("paper-out", "paper_out"), ("cover-open", "cover_open"), ("cutter-error", "cutter_error")],
)
@pytest.mark.parametrize("way", CAN_SPEAK)
def test_a_printer_that_cannot_print_is_sent_nothing(way, mode, status, tmp_path):
    with printer_by(way, mode, tmp_path) as (printer, fake):
        outcome = printed(printer)
        assert (outcome.state, outcome.accepted, outcome.note) == ("failed", 0, status)
        assert printer.status() == status
        fake.mode = "ok"
        assert printed(printer).state == "printed"
        assert fake.slips == [encode(SLIP)]


@pytest.mark.parametrize("way", CAN_SPEAK)
def test_paper_that_runs_out_in_the_middle_leaves_one_slip_that_comes_out_later(way, tmp_path):
    with printer_by(way, "paper-out-midway", tmp_path) as (printer, fake):
        outcome = printed(printer)
        assert outcome.state == "unconfirmed"
        assert "paper_out" in outcome.note
        assert fake.slips == []
        fake.mode = "ok"
        assert soon(lambda: fake.slips)
        assert fake.slips == [encode(SLIP)]


@pytest.mark.parametrize(
    ("way", "confirm"), [("tcp", "gs_r"), ("serial", "gs_r"), ("device", "gs_r"), ("serial", "process_id")]
)
def test_a_late_answer_does_not_confirm_the_next_slip(way, confirm, tmp_path):
    with printer_by(way, "paper-out-midway", tmp_path, confirm=confirm) as (printer, fake):
        assert printed(printer, job="41").state == "unconfirmed"
        fake.mode = "ok"
        assert soon(lambda: fake.slips)
        fake.mode = "mute"
        assert printed(printer, job="42").state == "unconfirmed"


@pytest.mark.parametrize("way", ["tcp", "serial", "device"])
def test_the_slip_after_one_that_broke_off_comes_out_whole(way, tmp_path):
    """The printer still waits for the rest of a picture, and would swallow the beginning of the next slip."""
    with printer_by(way, "stall", tmp_path) as (printer, fake):
        assert printed(printer, TALL).state == "failed"
        fake.mode = "ok"
        assert settled(fake)
        assert printed(printer).state == "printed"
        assert soon(lambda: fake.slips)
        assert fake.slips[-1].endswith(encode(SLIP))


@pytest.mark.parametrize(
    ("mode", "status"), [("ok", "ready"), ("near-end", "paper_low"), ("mute", "unknown")]
)
@pytest.mark.parametrize("way", CAN_SPEAK)
def test_the_status_is_what_the_printer_says_and_silence_is_unknown(way, mode, status, tmp_path):
    with printer_by(way, mode, tmp_path) as (printer, _):
        assert printer.status() == status


@pytest.mark.parametrize(
    "url", ["tcp://127.0.0.1:9", "device:/dev/no-such-printer", "serial:/dev/no-such-port"]
)
def test_nobody_there_is_a_failed_attempt_with_nothing_sent(url, tmp_path):
    printer = open_printer(url, tmp_path)
    outcome = printed(printer)
    assert (outcome.state, outcome.accepted) == ("failed", 0)
    assert printer.status() == "offline"


def test_a_picture_that_holds_a_command_arrives_whole(tmp_path):
    """DLE EOT 1 inside a picture makes a printer answer and eat three bytes, at every try."""
    image = Image.frombytes("1", (576, 200), (bytes(30) + b"\x10\x04\x01" + bytes(39)) * 200)
    for way in CAN_SPEAK:
        with printer_by(way, "ok", tmp_path) as (printer, fake):
            assert printed(printer, image).state == "printed"
            (sheet,) = fake.sheets
            ink = sheet.picture.point(lambda grey: 255 - grey).convert("1", dither=Image.Dither.NONE)
            dots = [
                seen & meant == meant for seen, meant in zip(ink.tobytes(), image.tobytes(), strict=False)
            ]
            assert len(dots) == 72 * 200
            assert all(dots)
