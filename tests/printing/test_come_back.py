"""The slip that sends a resident home for papers: its length, its code, and everything the clerk chose."""

import dataclasses

import pytest

from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.slips import draw, pack, unpack
from printing.slips.come_back import ComeBackSlip
from tests.printing.paper import codes

WIDTHS = (576, 512, 384)
CHINESE = dataclasses.replace(
    ComeBackSlip.sample(),
    bring=(
        "身份证（原件）",
        "身份证复印件（1份）",
        "户口本（首页和本人页）",
        "银行卡复印件（1份）",
        "1寸照片（1张）",
        "手机（收验证码用）",
    ),
    note="",
)
ENGLISH = dataclasses.replace(
    CHINESE,
    centre="Community Service Centre",
    service="Pension certification",
    bring=(
        "ID card",
        "Copy of the ID card",
        "Household register",
        "Copy of the bank card",
        "1-inch photo",
        "Mobile phone",
    ),
    by="by 17:30 today",
    where="counters 1 and 2",
    lang="en",
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_six_papers_to_fetch_are_not_longer_than_a_hand(slip, width):
    paper = paper_for(width)
    assert paper.mm(draw(slip, paper, "1234").height) <= 100


@pytest.mark.parametrize("width", [576, 512])
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_on_wide_paper_four_of_them_and_a_note_fit_as_well(slip, width):
    paper = paper_for(width)
    noted = dataclasses.replace(slip, bring=slip.bring[:4], note="照片要近半年拍的。")
    assert paper.mm(draw(noted, paper, "1234").height) <= 100


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_the_code_that_brings_her_back_in_line_is_read_off_the_paper(slip, width, large):
    address = dataclasses.replace(slip, qr="http://192.168.100.100:8000/t/" + slip.qr)
    for shown in (slip, address):
        image = draw(shown, paper_for(width, large), "7")
        assert image.width == width
        assert codes(encode(image)) == [shown.qr]


def test_a_slip_waits_as_text_with_its_papers_in_their_order():
    assert unpack("come_back", pack(CHINESE)) == CHINESE


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "change",
    [
        {"number": "A013"},
        {"service": "高龄补贴"},
        {"bring": CHINESE.bring[:5]},
        {"by": "明天12:00前"},
        {"where": "3号窗口"},
        {"qr": "100004212345678901234598"},
        {"printed": "2026-11-21 09:06"},
        {"note": "照片要近半年拍的。"},
        {"lang": "en"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_the_clerk_changes_is_seen_on_the_paper(change, width):
    paper = paper_for(width)
    changed = dataclasses.replace(CHINESE, **change)
    assert draw(changed, paper, "7").tobytes() != draw(CHINESE, paper, "7").tobytes()


def test_on_wide_paper_the_centre_is_seen_too():
    paper = paper_for(576)
    changed = dataclasses.replace(CHINESE, centre="中心")
    assert draw(changed, paper, "7").tobytes() != draw(CHINESE, paper, "7").tobytes()


def test_the_job_is_seen_on_the_paper():
    paper = paper_for(576)
    assert draw(CHINESE, paper, "8").tobytes() != draw(CHINESE, paper, "7").tobytes()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_paper_has_its_own_place_on_the_list(width):
    for slip in (CHINESE, ENGLISH):
        whole = draw(slip, paper_for(width), "7").tobytes()
        for left_out in slip.bring:
            rest = tuple("" if paper == left_out else paper for paper in slip.bring)
            assert draw(dataclasses.replace(slip, bring=rest), paper_for(width), "7").tobytes() != whole


@pytest.mark.parametrize("width", WIDTHS)
def test_with_nothing_to_fetch_the_slip_has_no_empty_list(width):
    paper = paper_for(width)
    nothing = draw(dataclasses.replace(CHINESE, bring=()), paper, "7")
    assert draw(dataclasses.replace(CHINESE, bring=("", " ")), paper, "7").tobytes() == nothing.tobytes()
    assert codes(encode(nothing)) == [CHINESE.qr]


def test_without_a_place_or_an_hour_the_slip_still_prints():
    bare = dataclasses.replace(CHINESE, centre="", service="", bring=(), by="", where="")
    for width in WIDTHS:
        assert codes(encode(draw(bare, paper_for(width), "7"))) == [bare.qr]
