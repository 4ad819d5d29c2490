"""A worn code is still read: every kind of slip, at every width, out of the bytes that are sent."""

import pytest

from printing.slips import kinds
from tests.printing.wear import TRIES, WEARS, blurred, creased, faded, printed, read_of, rubbed

CODED = ("ticket", "come_back", "sign_in", "receipt", "volunteer_card")


@pytest.mark.long
@pytest.mark.parametrize("width", [576, 512, 384])
@pytest.mark.parametrize("kind", CODED)
def test_a_little_wear_of_any_sort_loses_no_code(kind, width):
    paper = printed(kinds()[kind].sample(), width)
    for wear, much in ((blurred, 0.2), (faded, 0.5), (rubbed, 0.04)):
        assert read_of(paper, wear, much) == TRIES, wear.__name__
    assert read_of(paper, creased, 1) >= 12


@pytest.mark.parametrize("width", [576, 512, 384])
def test_a_volunteers_card_bears_more_than_a_ticket(width):
    card, ticket = (printed(kinds()[kind].sample(), width) for kind in ("volunteer_card", "ticket"))
    assert read_of(card, rubbed, 0.12) > read_of(ticket, rubbed, 0.12)
    assert read_of(card, creased, 6) > read_of(ticket, creased, 6)


def test_too_much_wear_is_seen_as_too_much():
    paper = printed(kinds()["ticket"].sample(), 576)
    assert read_of(paper, blurred, 2) == read_of(paper, faded, 0.99) == read_of(paper, rubbed, 0.5) == 0
    assert len(WEARS) == 4
