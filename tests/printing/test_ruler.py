"""The ruler page shows what it is for."""

import pytest

from kiosk.spool import width_read
from printing.drawing.canvas import FLOOR, paper_for
from printing.drawing.layout import on_paper
from printing.drawing.ruler import ruler_page
from printing.escpos import encode
from printing.slips.ruler import DOTS_A_MM, STEPS_MM, Staircase
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


@pytest.mark.parametrize(("head", "longest"), [(576, 72), (512, 64), (384, 48)])
def test_the_longest_line_that_a_head_prints_whole_tells_its_width(head, longest):
    """It is drawn for the widest head: a narrower one prints the left part."""
    steps = Staircase(576, 32)
    drawn = on_paper(steps, paper_for(576)).image
    row = steps.height // len(STEPS_MM)
    whole = []
    for number, mm in enumerate(STEPS_MM):
        line = drawn.crop((0, number * row, 576, number * row + row))
        box = line.getbbox()
        assert box is not None
        if box[2] <= head:
            whole.append(mm)
        assert mm * DOTS_A_MM - 4 <= box[2] <= mm * DOTS_A_MM
    assert max(whole) == longest
    assert width_read(longest) == head
