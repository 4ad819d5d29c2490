import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printing.drawing.canvas import paper_for
from printing.escpos import BAND_ROWS, FEED_AND_CUT, RESET, encode, without_commands
from printing.slips import draw
from tests.printing.paper import bands
from tests.printing.specimens import ADDRESS, SIZES, USUAL, WIDTHS, full


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


def theirs(image):
    """What python-escpos sends for the picture, in bands as high as ours."""
    from escpos.printer import Dummy  # here: it reads 0.4 s of YAML in each process that collects

    peer = Dummy()
    inked = Image.frombytes("1", image.size, image.tobytes())
    peer.image(inked.convert("L").point(lambda ink: 255 - ink), fragment_height=BAND_ROWS)
    return peer.output


def as_ours(across, rows, raster):
    """Their band with the two differences that are meant: no height of 48 or 96, no real-time command."""
    if rows in (48, 96):
        rows, raster = rows + 1, raster + bytes(across)
    return across, rows, re.sub(b"\x10(?=[\x04\x05\x14])", b"\x11", raster)


@pytest.mark.long
@pytest.mark.parametrize("large", SIZES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", sorted(USUAL))
def test_the_bands_of_every_slip_equal_those_of_python_escpos(kind, width, large):
    for slip in (*USUAL[kind].values(), full(kind, "zh", ADDRESS)):
        image = draw(slip, paper_for(width, large), "1234")
        assert bands(encode(image)) == [as_ours(*band) for band in bands(theirs(image))]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("height", [1, 47, 48, 49, 96, 128, 129, 176, 224, 256, 799])
def test_the_bands_of_any_height_equal_those_of_python_escpos(width, height):
    image = noise(width, height)
    ours = bands(encode(image))
    assert ours == [as_ours(*band) for band in bands(theirs(image))]
    assert sum(rows for _, rows, _ in ours) == height + (height % BAND_ROWS in (48, 96))


def commands(raw):
    """Where a printer would obey a real-time command: DLE EOT, DLE ENQ or DLE DC4."""
    return [at for at in range(len(raw) - 1) if raw[at] == 0x10 and raw[at + 1] in (0x04, 0x05, 0x14)]


SPOILT = {
    "a command in the middle of a row": {100: b"\x10\x04\x01"},
    "every real-time command": {10: b"\x10\x04\x01\x10\x05\x02\x10\x14\x01\x00\x01\x10\x14\x08"},
    "over the border of two rows": {71: b"\x10\x04\x01", 143: b"\x10\x14\x02"},
    "over the border of two bands": {128 * 72 - 1: b"\x10\x04\x01"},
    "right after a band's header": {0: b"\x10\x04\x01", 128 * 72: b"\x10\x05\x01"},
    "only a DLE at the very end": {300 * 72 - 1: b"\x10"},
    "one behind the other": {50: b"\x10\x10\x04\x10\x10\x10\x05\x04\x14"},
    "all of it": dict.fromkeys(range(0, 300 * 72 - 3, 3), b"\x10\x04\x01"),
}


@pytest.mark.parametrize("places", SPOILT.values(), ids=SPOILT)
def test_a_slip_whose_picture_holds_real_time_commands_is_sent_without_them(places):
    packed = bytearray(300 * 72)
    for at, put in places.items():
        packed[at : at + len(put)] = put
    image = Image.frombytes("1", (576, 300), bytes(packed))
    sent = encode(image)
    assert commands(sent) == []
    raster = b"".join(band[2] for band in bands(sent))
    added = [after ^ before for before, after in zip(packed, raster, strict=True)]
    assert set(added) <= {0, 1}, "at most the last dot of a byte is added, none is lost"
    # where a band ends the next one's header comes between
    assert sum(added) == len([at for at in commands(packed) if at + 1 not in (128 * 72, 256 * 72)])


@pytest.mark.parametrize("height", [16, 4 * 128 + 16, 48, 96])
def test_a_bands_own_header_never_begins_a_command(height):
    # 16 rows are the byte 10 in the header: what follows it is the second byte of the rows, always 0
    for width in WIDTHS:
        for dots in (b"\x04\x05\x14", b"\x05", b"\x10"):
            packed = (dots * (width * height))[: width // 8 * height]
            assert commands(encode(Image.frombytes("1", (width, height), packed))) == []


command_like = st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x11, 0x00]), max_size=80).map(bytes)


@given(command_like | st.binary(max_size=400))
def test_a_raster_never_holds_a_real_time_command_and_loses_no_dot(raster):
    safe = without_commands(raster)
    assert len(safe) == len(raster)
    assert commands(safe) == []
    assert without_commands(safe) == safe
    assert all(after & before == before for before, after in zip(raster, safe, strict=True))


def test_a_grey_picture_is_refused():
    with pytest.raises(ValueError, match="one bit"):
        encode(Image.new("L", (576, 8)))
