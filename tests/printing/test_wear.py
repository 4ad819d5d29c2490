"""Codes as they are after a month in a pocket: a few points of docs/codes.md, measured again."""

import re

import pytest

from tests.printing.wear import CODES, PAGE, WEARS, blurred, code_of, creased_between, faded, reads

SLACK = 10  # percent: another version of the reader may differ by two of twenty


def percent(row: str) -> list[int]:
    """The figures of one row of the page, by column."""
    (line,) = re.findall(rf"^\| {re.escape(row)} \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [int(figure) for figure in line.split(" | ")]


@pytest.mark.parametrize(("kind", "width"), CODES)
def test_a_code_as_printed_is_read_at_every_angle(kind, width):
    code = code_of(kind, width)
    assert reads(code, faded, 0) == 20
    assert code.level == ("H" if kind == "volunteer_card" else "Q")


@pytest.mark.parametrize("kind", ["ticket", "volunteer_card"])
def test_on_the_wide_roll_half_a_millimetre_of_blur_and_four_fifths_of_the_ink_may_go(kind):
    code = code_of(kind, 576)
    assert reads(code, blurred, 0.4, 10) == 10
    assert reads(code, faded, 80, 10) == 10


def test_a_card_bears_more_creases_than_a_ticket_where_its_corner_squares_are_whole():
    """Level H is what a card pays its larger code for."""
    ticket, card = (reads(code_of(kind, 576), creased_between, 8) for kind in ("ticket", "volunteer_card"))
    assert card >= ticket + 5


@pytest.mark.parametrize(
    ("row", "wear", "much"),
    [("Faded 85 %", faded, 85), ("Creases, corner squares whole 6", creased_between, 6)],
)
def test_the_page_says_what_is_measured(row, wear, much):
    for (kind, width), said in zip(CODES, percent(row), strict=True):
        assert abs(100 * reads(code_of(kind, width), wear, much) / 20 - said) <= SLACK, (kind, width)


def test_the_page_has_every_row():
    text = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\| \w", text, re.MULTILINE)) == sum(len(levels) for *_, levels in WEARS)
