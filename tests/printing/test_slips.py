"""Slips as pictures: every kind, width, size and language; codes read back off the paper."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.tickets.paper import MISSED
from printing import fonts
from printing.canvas import FLOOR, paper_for
from printing.escpos import encode
from printing.slips import BadSlip, UnknownSlip, draw, kinds, pack, unpack
from printing.slips.contact_card import ContactCardSlip
from printing.slips.ticket import TicketSlip
from printing.wrapping import lines
from tests.printing.paper import codes

WIDTHS = (576, 512, 384)
DEMO = TicketSlip(
    centre="社区党群服务中心",
    number="A001",
    service="养老保险资格认证",
    ahead=3,
    where="一楼等候区",
    materials=("身份证（原件）", "手机（收验证码用）"),
    missed=MISSED["zh"],
    qr="100000012345678901234567",
    taken="2026-11-23 09:00",
)


@pytest.mark.parametrize("kind", kinds())
def test_a_slip_waits_as_text_and_comes_back_as_it_was(kind):
    slip = kinds()[kind].sample()
    assert unpack(kind, pack(slip)) == slip


def test_an_unknown_kind_and_wrong_fields_are_refused():
    packed = pack(DEMO)
    with pytest.raises(UnknownSlip):
        unpack("poster", packed)
    for wrong in (
        "{}",
        "[]",
        "not json",
        packed.replace('"ahead":3', '"ahead":"3"'),
        packed.replace('"qr"', '"qrr"'),
    ):
        with pytest.raises(BadSlip):
            unpack("ticket", wrong)


def test_a_slip_of_an_older_version_takes_the_defaults():
    assert unpack("ticket", pack(DEMO).replace(',"lang":"zh"', "")) == DEMO


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", kinds())
def test_every_slip_fits_the_width_and_keeps_a_margin_of_nothing_lost(kind, width, large):
    for lang in ("zh", "en"):
        slip = unpack(kind, pack(kinds()[kind].sample()).replace('"lang":"zh"', f'"lang":"{lang}"'))
        image = draw(slip, paper_for(width, large), "7")
        assert (image.mode, image.width) == ("1", width)
        _, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
        assert right > 0
        assert right <= width
        assert bottom <= image.height
        assert top < 40


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tickets_code_is_read_off_the_paper(width):
    assert codes(encode(draw(DEMO, paper_for(width), "7"))) == [DEMO.qr]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_address_as_code_is_read_off_the_paper(width):
    slip = dataclasses.replace(DEMO, qr="http://192.168.100.100:8000/t/" + DEMO.qr)
    assert codes(encode(draw(slip, paper_for(width), "7"))) == [slip.qr]


@pytest.mark.parametrize("width", WIDTHS)
def test_both_codes_of_a_contact_card_are_read_off_the_paper(width):
    card = ContactCardSlip.sample()
    assert codes(encode(draw(card, paper_for(width), "7"))) == sorted([card.vcard, card.wechat])


def test_the_usual_ticket_is_not_longer_than_a_hand():
    paper = paper_for(576)
    assert paper.mm(draw(DEMO, paper, "7").height) <= 100


def test_what_changes_on_a_ticket_changes_its_picture():
    plain = draw(DEMO, paper_for(576), "7").tobytes()
    for change in (
        {"number": "A002"},
        {"ahead": 4},
        {"reprint": True},
        {"priority": "70岁以上"},
        {"where": "二楼"},
    ):
        assert draw(dataclasses.replace(DEMO, **change), paper_for(576), "7").tobytes() != plain
    assert draw(DEMO, paper_for(576), "8").tobytes() != plain


def test_no_letter_is_smaller_than_four_millimetres():
    for width in WIDTHS:
        for large in (False, True):
            paper = paper_for(width, large)
            assert min(paper.body, paper.small, paper.lead, paper.big) >= FLOOR


phrases = st.tuples(
    st.text("养老保险资格认证", min_size=1, max_size=12), st.sampled_from(["", "，", "。）", "：", "； "])
)


@given(st.lists(phrases, min_size=1, max_size=8))
@settings(max_examples=60)
def test_a_closing_mark_never_opens_a_line_and_nothing_is_lost(parts):
    text = "".join(words + mark for words, mark in parts)
    cut = lines(text, 240, lambda piece: fonts.width(piece, 40, "regular"))
    assert "".join(cut).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in cut if line[:1] in tuple("，。）：；")]


def test_a_width_that_no_printer_has_is_refused():
    with pytest.raises(ValueError, match="576"):
        paper_for(500)


def test_a_font_that_shows_no_chinese_is_refused_with_the_line_that_installs_one(tmp_path):
    (tmp_path / "none.ttf").write_bytes(b"no font")
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        fonts.use(tmp_path / "none.ttf")
    fonts.use(None)
