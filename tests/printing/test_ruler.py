"""The ruler page shows what it is for."""

import pytest

from printing.drawing.canvas import FLOOR, paper_for
from printing.drawing.ruler import ruler_page
from printing.escpos import encode
from tests.printing.paper import codes

WIDTHS = (576, 512, 384)


def page(width, large=False):
    return ruler_page(paper_for(width, large), "tcp://192.168.1.50:9100", "2026-11-21 09:05")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_a_hand_and_its_three_codes_are_read(width):
    image = page(width)
    assert codes(encode(image)) == ["LINLI 10", "LINLI 6", "LINLI 8"]
    assert image.height <= paper_for(width).longest
    assert page(width, large=True).tobytes() == image.tobytes()


@pytest.mark.parametrize("width", WIDTHS)
def test_both_edges_of_the_head_are_drawn_and_the_millimetres_are_true(width):
    image, paper = page(width), paper_for(width)
    framed = [y for y in range(image.height) if image.getpixel((0, y)) and image.getpixel((width - 1, y))]
    assert len(framed) > FLOOR
    row = framed[0] + 8
    ticks = [x for x in range(3, width - 3) if image.getpixel((x, row)) and not image.getpixel((x - 1, row))]
    assert ticks[:5] == [round(mm * paper.dpi / 25.4) for mm in (1, 2, 3, 4, 5)]
    assert len(ticks) == int(paper.mm(width - 4))
