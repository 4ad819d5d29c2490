"""Slips as pictures: every kind, width, size and language; codes read back off the paper."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.tickets.slips import MISSED
from printing.drawing import fonts
from printing.drawing.canvas import paper_for
from printing.drawing.wrapping import balanced, beginning, lines
from printing.slips import BadSlip, UnknownSlip, draw, kinds, pack, unpack
from printing.slips.ticket import TicketSlip

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


MARKS = "《关于“一老一小”工作的通知》（试行），请看：服务台！（二楼），“左手边”；谢谢……"


@given(st.integers(80, 576), st.sampled_from([32, 40, 48]))
def test_full_width_marks_stand_where_a_printer_of_books_would_set_them(room, size):
    for cut in (lines, balanced):
        for line in cut(MARKS, max(room, 5 * size), lambda piece: fonts.width(piece, size, "regular")):
            assert line[0] not in "》”），：！；。…"
            assert line[-1] not in "《“（"


def measured(piece):
    return 40 * len(piece)


def test_a_number_stays_with_what_it_counts_and_a_short_aside_in_one_piece():
    assert not [line for line in lines("请在1月8日前回来", 120, measured) if line.startswith(("日", "月"))]
    assert lines("八月八日上午（周六）", 280, measured)[-1] == "（周六）"


def test_a_text_begun_in_a_column_goes_on_with_what_is_left():
    done, rest = beginning("请带 身份证和户口本", 160, 2, measured)
    assert (done, rest) == (["请带 身", "份证和户"], "口本")
    done, rest = beginning("an identification", 200, 3, measured)
    assert (done, rest.strip()) == (["an"], "identification")


def test_a_width_that_no_printer_has_is_refused():
    with pytest.raises(ValueError, match="576"):
        paper_for(500)
