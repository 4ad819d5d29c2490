import random

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printing.canvas import paper_for
from printing.escpos import BAND_ROWS, FEED_AND_CUT, RESET, encode, without_commands
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.paper import bands


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("1", (width, height), random.Random(7).randbytes(width // 8 * height))


def test_a_slip_is_reset_bands_and_a_cut():
    raw = encode(noise(576, 300))
    assert raw.startswith(RESET + b"\x1dv0\x00\x48\x00\x80\x00")
    assert raw.endswith(FEED_AND_CUT)
    assert [rows for _, rows, _ in bands(raw)] == [128, 128, 44]


@pytest.mark.parametrize("height", [1, 48, 96, 127, 128, 129, 176, 224, 256, 800])
def test_no_band_is_too_high_or_of_a_height_that_clones_misprint(height):
    for _, rows, raster in bands(encode(noise(384, height))):
        assert rows <= BAND_ROWS
        assert rows % 48 != 0
        assert len(raster) == rows * 48


def test_the_raster_equals_that_of_python_escpos():
    image = draw(TicketSlip.sample(), paper_for(576), "7")
    peer = Dummy()
    inked = Image.frombytes("1", image.size, image.tobytes())
    peer.image(inked.convert("L").point(lambda ink: 255 - ink), fragment_height=BAND_ROWS)
    theirs = b"".join(raster for _, _, raster in bands(peer.output))
    ours = b"".join(raster for _, _, raster in bands(encode(image)))[: len(theirs)]
    assert ours == without_commands(theirs)


@given(st.binary(max_size=200), st.sampled_from([b"\x10\x04\x01", b"\x10\x05", b"\x10\x14\x01\x00\x01"]))
def test_a_raster_never_holds_a_real_time_command_and_loses_no_dot(around, command):
    raster = around + command + around
    safe = without_commands(raster)
    assert len(safe) == len(raster)
    assert not [at for at in range(len(safe) - 1) if safe[at] == 0x10 and safe[at + 1] in (4, 5, 0x14)]
    assert all(after & before == before for before, after in zip(raster, safe, strict=True))


def test_a_grey_picture_is_refused():
    with pytest.raises(ValueError, match="one bit"):
        encode(Image.new("L", (576, 8)))
