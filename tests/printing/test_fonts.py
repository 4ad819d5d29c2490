"""What the typeface can draw, and what happens to a character that it cannot."""

import dataclasses

import pytest

from printing.drawing import fonts, typefaces
from printing.drawing.canvas import paper_for
from printing.drawing.lettering import text
from printing.slips import draw
from printing.slips.ticket import TicketSlip
from tests.printing.specimens import WIDTHS

RARE = "𠮷䶮龘㐂"
NOWHERE = "\U0010fffd"  # no typeface draws it


def bitmap(character, weight: typefaces.Weight = "regular"):
    drawn = fonts.glyph(character, 40, weight).bitmap
    assert drawn
    return drawn


@pytest.fixture
def alone(monkeypatch):
    """No other typeface on the machine."""
    fonts.use(None)
    monkeypatch.setattr(typefaces, "having", lambda character, weight: iter(()))
    yield
    monkeypatch.undo()
    fonts.use(None)


def test_rare_characters_of_names_and_places_are_in_the_typeface_in_use():
    assert fonts.lacking(f"养老保险{RARE}（）“”—…·①㎡￥") == ""
    drawn = {bitmap(character).tobytes() for character in RARE}
    assert len(drawn) == len(RARE)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rare", RARE)
def test_a_rare_character_is_seen_on_the_slip(rare, width):
    paper = paper_for(width)
    names = (f"{name}老户口登记" for name in (rare, fonts.STAND_IN))
    with_it, without = (dataclasses.replace(TicketSlip.sample(), service=name) for name in names)
    assert draw(with_it, paper, "7").tobytes() != draw(without, paper, "7").tobytes()


def test_what_is_lacking_is_named_once_and_in_order():
    assert fonts.lacking(f"社{NOWHERE}区{NOWHERE}") == NOWHERE
    assert fonts.undrawn(f"社{NOWHERE}区{NOWHERE}") == NOWHERE
    assert fonts.lacking(f" \t\n\u3000\u200d\ufe0f{fonts.TICK}e\u0301") == ""


def test_another_typeface_of_the_machine_draws_what_the_first_lacks():
    there = {sign: [*typefaces.having(sign, "regular")] for sign in "☃♞✂⚕⌚𝄞ꙮ" if fonts.lacking(sign)}
    signs = [sign for sign, faces in there.items() if any(typefaces.draws(face, sign) for face in faces)]
    if not signs:
        pytest.skip("no other typeface here draws ☃♞✂⚕⌚𝄞ꙮ: fontconfig finds none, e.g. fonts-dejavu-core")
    for sign in signs:
        assert fonts.set_in(sign, "regular") not in (None, fonts.face("regular"))
        assert bitmap(sign).tobytes() != bitmap(fonts.STAND_IN).tobytes()
        assert bitmap(sign).getbbox()


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_a_character_that_nothing_draws_is_a_stand_in_as_wide_as_any(alone, weight):
    assert bitmap(NOWHERE, weight).tobytes() == bitmap(fonts.STAND_IN, weight).tobytes()
    assert fonts.advance(NOWHERE, 40, weight) == fonts.advance("字", 40, weight) == 40


def test_a_line_of_such_characters_ends_where_other_lines_end(alone):
    block = text(NOWHERE * 30, 40, 384)
    assert block
    assert [fonts.width(line, 40, "regular") for line in block.lines] == [360, 360, 360, 120]


def test_a_machine_without_fontconfig_has_no_other_typeface(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert list(typefaces.having("☃", "regular")) == []


def test_marks_and_joiners_take_no_room_and_composed_letters_are_one():
    assert fonts.width("\u200d\ufe0f\u200b\x07", 40, "regular") == 0
    assert text("u\u0308", 40, 384) == text("ü", 40, 384)


def test_the_box_to_tick_is_drawn_whatever_the_typeface():
    box = bitmap(fonts.TICK)
    assert box.size == (32, 32)
    assert box.getpixel((0, 16))
    assert not box.getpixel((16, 16))


def test_a_font_that_shows_no_chinese_is_refused_with_the_line_that_installs_one(tmp_path):
    (tmp_path / "none.ttf").write_bytes(b"no font")
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        fonts.use(tmp_path / "none.ttf")
    fonts.use(None)
