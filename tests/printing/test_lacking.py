"""Letters that nothing here can draw: told before, seen on paper, never left out."""

from dataclasses import replace

import pytest

from printing.drawing import fonts, lacking
from printing.drawing.canvas import paper_for
from printing.slips import draw, kinds
from printing.slips.ruler import RulerSlip
from printing.slips.volunteer_card import VolunteerCardSlip
from tests.printing.specimens import WIDTHS

NOWHERE = "\U0010fffd"  # no typeface draws it
PRIVATE = "\ue000"


def test_a_letter_of_private_use_is_not_drawn_from_a_typeface_that_has_something_else_there(monkeypatch):
    monkeypatch.setattr("printing.drawing.typefaces.having", lambda *_: 1 / 0)
    fonts.use(None)
    assert fonts.undrawn(f"王{PRIVATE}") == PRIVATE


def test_the_server_is_told_what_cannot_be_drawn_and_common_letters_cost_nothing(monkeypatch):
    assert lacking.undrawn_apart(f"王𠮷{NOWHERE}喆{PRIVATE}{NOWHERE}") == f"{PRIVATE}{NOWHERE}"
    monkeypatch.setattr(lacking, "run_module", lambda *_, **__: 1 / 0)
    assert lacking.undrawn_apart("王小明喆堃珺·〇Anna 13800001111") == ""
    assert lacking.undrawn_apart(f"李某{NOWHERE}{PRIVATE}𠮷") == f"{PRIVATE}{NOWHERE}"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_with_such_a_letter_says_which_one_is_missing_and_no_other_does(width, lang):
    card, paper = replace(VolunteerCardSlip.sample(), lang=lang), paper_for(width)
    as_it_was, rare = draw(card, paper, "7"), draw(replace(card, name=f"王{NOWHERE}"), paper, "7")
    assert as_it_was.height == card.layout(paper, "7").height
    assert rare.height > draw(replace(card, name="王〓"), paper, "7").height


def test_every_kind_of_slip_can_say_so():
    for kind in kinds().values():
        if kind is RulerSlip:
            continue  # nothing on it was written by people
        slip = kind.sample()
        named = next(name for name, value in vars(slip).items() if isinstance(value, str) and "心" in value)
        rare = replace(slip, **{named: f"{vars(slip)[named]}{NOWHERE}"})
        assert draw(rare, paper_for(576), "7").height > draw(slip, paper_for(576), "7").height


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "〓是本机字体里没有的字（U+10FFFD、U+E000），请用笔写上。"),
        ("en", "〓 stands for a character that no typeface here has (U+10FFFD, U+E000): please write it in."),
    ],
)
def test_the_sentence_on_paper_names_the_letters_by_their_numbers(lang, said):
    assert lacking.note(f"王{NOWHERE}{PRIVATE}", lang) == said
    assert lacking.note("王小明", lang) == ""
