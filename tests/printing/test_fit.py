"""Whatever a centre puts on a slip: it fits, can be read, and nothing that one must know is missing."""

from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printing.drawing import fonts
from printing.drawing.canvas import Paper, line_height, paper_for
from printing.drawing.layout import Beside, QrBlock, Stack
from printing.drawing.lettering import Figure, Lines, Tag, text
from printing.escpos import encode
from printing.slips import draw, kinds
from printing.slips.come_back import ComeBackSlip
from printing.slips.contact_card import ContactCardSlip
from printing.slips.first_password import FirstPasswordSlip
from printing.slips.receipt import ReceiptSlip
from printing.slips.ruler import RulerSlip
from printing.slips.sign_in import SignInSlip
from printing.slips.ticket import TicketSlip
from printing.slips.trial import TrialSlip
from printing.slips.volunteer_card import VolunteerCardSlip
from tests.printing.paper import codes, picture
from tests.printing.specimens import ADDRESS, LANGS, LONG_SERVICE, SIZES, TEN, USUAL, WIDTHS, full


def _named(paper):
    return f"{paper.width_dots}{'-large' if paper.large else ''}"


every_paper = pytest.mark.parametrize(
    "paper", [paper_for(w, large) for w in WIDTHS for large in SIZES], ids=_named
)
every_kind = pytest.mark.parametrize("kind", sorted(USUAL))
every_language = pytest.mark.parametrize("lang", LANGS)
HANGING = "，。、；：！）》〉」』】〕”’"
TODAY = "2026-11-21 09:05"


def long(slip, paper):
    """Millimetres of paper."""
    return paper.mm(draw(slip, paper, "1234").height)


def placed(block, x=0):
    """The pieces that ink comes from, each with the dots it starts at."""
    if isinstance(block, Stack):
        for each in block.blocks:
            yield from placed(each, x)
    elif isinstance(block, Beside):
        for start, each in block.parts:
            yield from placed(each, x + start)
    else:
        yield x, block


def inked(line, piece):
    """Dots that the ink of a line takes: the right half of a closing mark is white and may hang over."""
    hanging = fonts.advance(line[-1], piece.size, piece.weight) // 2 if line and line[-1] in HANGING else 0
    return fonts.width(line, piece.size, piece.weight) - hanging


def pieces(slip, paper, of):
    return [(x, each) for x, each in placed(slip.layout(paper, "1234")) if isinstance(each, of)]


def words(slip, paper):
    """All that stands on the slip, without the places where lines end."""
    said = [piece for _, piece in pieces(slip, paper, (Lines, Figure, Tag))]
    parts = (
        "".join(p.lines) if isinstance(p, Lines) else getattr(p, "word", getattr(p, "figure", ""))
        for p in said
    )
    return "".join(parts).replace(" ", "")


def test_every_kind_has_its_specimens():
    assert sorted(USUAL) == sorted(kinds())


@every_paper
@every_kind
@every_language
def test_the_usual_slip_is_not_longer_than_a_hand(kind, lang, paper):
    assert long(USUAL[kind][lang], paper) <= 100


@pytest.mark.long
@every_paper
@every_kind
@every_language
@pytest.mark.parametrize("address", ["", ADDRESS], ids=["digits", "address"])
def test_the_codes_are_read_out_of_the_bytes_that_are_sent(kind, lang, paper, address):
    for slip in (USUAL[kind][lang], full(kind, lang, address)):
        assert codes(encode(draw(slip, paper, "1234"))) == sorted(codes_of(slip))


def codes_of(slip):
    if isinstance(slip, FirstPasswordSlip | RulerSlip):
        return []
    if isinstance(slip, ContactCardSlip):
        return [code for code in (slip.vcard, slip.wechat) if code]
    return [slip.printer if isinstance(slip, TrialSlip) else slip.qr]


@every_paper
@every_kind
@pytest.mark.parametrize("address", ["", ADDRESS], ids=["digits", "address"])
def test_a_module_has_six_dots_and_the_code_four_modules_of_white_around_it(kind, paper, address):
    has_good_codes(full(kind, "zh", address), paper)


def has_good_codes(slip, paper):
    sent = picture(encode(draw(slip, paper, "1234")))
    drawn = [block.code for _, block in pieces(slip, paper, QrBlock)]
    found = zxingcpp.read_barcodes(sent)
    assert len(found) == len(drawn) == len(codes_of(slip))
    for code in found:
        at = code.position
        left, top, right, bottom = at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y
        module = min(drawn, key=lambda c: abs(c.across * c.module - (right - left))).module
        assert module >= 6
        white = 4 * module - 2  # zxing's corners are right to a dot or so
        assert left >= white
        assert right + white <= sent.width
        around = sent.crop((left - white, top - white, right + white, bottom + white))
        around.paste(255, (white - 2, white - 2, around.width - white + 2, around.height - white + 2))
        assert around.getextrema() == (255, 255)


@every_paper
@every_kind
@every_language
def test_no_letter_is_too_small_no_line_too_close_and_none_leaves_the_paper(kind, lang, paper):
    for slip in (USUAL[kind][lang], full(kind, lang, ADDRESS)):
        for x, piece in pieces(slip, paper, (Lines, Figure, Tag)):
            assert piece.size >= 32
            if isinstance(piece, Lines):
                assert line_height(piece.size) >= 1.3 * piece.size
                assert all(x + inked(line, piece) <= paper.width_dots for line in piece.lines)
            else:
                assert x + piece.width <= paper.width_dots


@every_paper
@pytest.mark.parametrize("kind", ["ticket", "receipt"])
def test_the_number_has_120_to_160_dots_however_full_the_slip_is(kind, paper):
    for slip in (USUAL[kind]["zh"], full(kind, "zh", ADDRESS)):
        sizes = [piece.size for _, piece in pieces(slip, paper, Figure) if piece.figure == slip.number]
        assert [size for size in sizes if 120 <= size <= 160] == sizes != []


@every_paper
@every_language
def test_a_password_is_in_the_largest_letters_of_its_slip_and_whole(paper, lang):
    for slip in (USUAL["first_password"][lang], full("first_password", lang)):
        lines = [piece for _, piece in pieces(slip, paper, Lines)]
        told = next(piece for piece in lines if slip.password.startswith(piece.lines[0][:5]))
        assert "".join(told.lines) == slip.password
        assert told.size >= 60
        assert told.weight == "bold"


LISTS = {"ticket": "materials", "come_back": "bring"}


@every_language
@pytest.mark.parametrize("large", SIZES)
@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("count", [6, 8, 10])
def test_on_80_mm_ten_papers_and_a_long_service_fit(kind, count, large, lang):
    changes = {LISTS[kind]: TEN[lang][:count], "service": LONG_SERVICE[lang]}
    slip = replace(USUAL[kind][lang], **changes)
    assert long(slip, paper_for(576, large)) <= 100
    assert long(full(kind, lang, ADDRESS), paper_for(576, large)) <= 100


@pytest.mark.parametrize("large", SIZES)
@pytest.mark.parametrize("width", [512, 384])
@pytest.mark.parametrize(
    ("kind", "lang", "count"),
    [("ticket", "zh", 10), ("ticket", "en", 8), ("come_back", "zh", 10), ("come_back", "en", 7)],
)
def test_on_narrower_paper_so_many_papers_and_a_long_service_fit(kind, lang, count, width, large):
    changes = {LISTS[kind]: TEN[lang][:count], "service": LONG_SERVICE[lang]}
    assert long(replace(USUAL[kind][lang], **changes), paper_for(width, large)) <= 100


@every_paper
@every_kind
@every_language
def test_what_fits_in_no_way_makes_the_paper_longer_and_drops_nothing(kind, lang, paper):
    slip = full(kind, lang, ADDRESS)
    assert long(slip, paper) <= 122
    said = words(slip, paper)
    for thing in getattr(slip, LISTS.get(kind, ""), ()):
        assert f"☐{thing}".replace(" ", "") in said
    for field in ("service", "event", "where", "address", "hours", "by", "when", "estimate", "note"):
        assert getattr(slip, field, "").replace(" ", "") in said


def test_the_centre_and_labels_give_way_before_advice_and_advice_before_a_thing_to_bring():
    paper = paper_for(384)
    usual = replace(TicketSlip.sample(), centre="邻里中心", missed="过号说一声。", materials=())
    seen = []
    for count in range(0, 31, 2):
        slip = replace(usual, materials=tuple(f"材料{n}复印件" for n in range(count)))
        said = words(slip, paper)
        seen.append(("邻里中心" in said, "过号说一声。" in said))
        assert said.count("☐") == count
    assert sorted(set(seen), reverse=True) == [(True, True), (False, True), (False, False)]
    assert seen == sorted(seen, reverse=True)


def test_large_print_is_larger_as_long_as_there_is_room():
    few = replace(TicketSlip.sample(), materials=("身份证",), missed="", priority="")
    for width in WIDTHS:
        sizes = [
            max(
                piece.size
                for _, piece in pieces(few, paper_for(width, large), Lines)
                if "身份证" in piece.lines
            )
            for large in SIZES
        ]
        assert sizes[1] > sizes[0]


@every_paper
@pytest.mark.parametrize("kind", ["ticket", "come_back", "receipt", "sign_in"])
def test_a_reprint_says_so_however_full_it_is(kind, paper):
    for lang, badge in (("zh", "补打"), ("en", "Reprint")):
        again, first = (replace(full(kind, lang, ADDRESS), reprint=is_again) for is_again in (True, False))
        assert badge in words(again, paper)
        assert badge not in words(first, paper)


@every_paper
@pytest.mark.parametrize(
    "empty",
    [
        TicketSlip("", "A001", "", 0, "", (), "", "1" * 24, TODAY),
        ComeBackSlip("", "A001", "", (), "", "", "1" * 24, TODAY),
        ContactCardSlip("", "社区书记", "", "2251001", "", "", ""),
        ReceiptSlip("", "S001", "", "", "", "1" * 24, TODAY),
        SignInSlip("", "", "", "", "1" * 24, TODAY, has_sign_out=False),
        VolunteerCardSlip("", "", (), "1" * 24, TODAY),
    ],
    ids=lambda slip: slip.kind,
)
def test_with_every_optional_field_empty_a_slip_has_no_empty_heading(empty, paper):
    image = draw(empty, paper, "1")
    said = words(empty, paper)
    assert not [label for label in ("请带", "请在", "地点", "时间", "方式", "离开") if label in said]
    assert codes(encode(image)) == ([] if isinstance(empty, ContactCardSlip) else ["1" * 24])


CARD = ContactCardSlip.sample()


@every_paper
@pytest.mark.parametrize(
    "card",
    [
        replace(
            CARD, vcard=CARD.vcard.replace("社区书记", "老城街道邻里社区党群服务中心书记"), wechat="1" * 24
        ),
        replace(CARD, vcard="1" * 24),
        replace(CARD, wechat=""),
    ],
    ids=["a small one beside a dense one", "the small one first", "one alone"],
)
def test_two_unlike_codes_leave_each_other_their_white(card, paper):
    assert codes(encode(draw(card, paper, "7"))) == sorted(code for code in (card.vcard, card.wechat) if code)
    has_good_codes(card, paper)


def test_a_card_whose_code_is_too_much_for_the_paper_prints_its_number_without_it():
    dense = replace(CARD, vcard=CARD.vcard + "NOTE:" + "社区" * 100)
    assert codes(encode(draw(dense, paper_for(384), "7"))) == [CARD.wechat]


@every_paper
def test_a_number_with_an_extension_stays_on_the_paper(paper):
    phone = "0000-22510010 转 8001 或 8002"
    card = replace(CARD, phone=phone)
    for x, piece in pieces(card, paper, (Lines, Figure)):
        lines = piece.lines if isinstance(piece, Lines) else [piece.figure]
        assert all(
            x + fonts.width(line, piece.size, "bold") <= paper.width_dots for line in lines if "转" in line
        )
    assert phone.replace(" ", "") in words(card, paper)


def test_a_signed_in_person_is_told_to_scan_when_leaving_and_a_registered_one_when_coming():
    usual = SignInSlip.sample()
    paper = paper_for(576)
    assert "离开时，扫这张小票签退。" in words(usual, paper)
    assert "来的那天，扫这张小票签到。" in words(replace(usual, is_registration=True), paper)
    assert "签退" not in words(replace(usual, has_sign_out=False), paper)


def test_a_receipt_tells_its_24_digits_in_fours_and_no_other_code():
    paper = paper_for(576)
    usual = ReceiptSlip.sample()
    for code in (usual.qr, ADDRESS + usual.qr):
        lines = [line for _, p in pieces(replace(usual, qr=code), paper, Lines) for line in p.lines]
        assert "4000 0421 2345 6789 0123 4597" in lines
    for other in ("https://example.org/", "1" * 25):
        assert "1111" not in words(replace(usual, qr=other), paper)


@every_paper
@every_language
def test_a_volunteers_code_is_of_level_h_and_stays_so_however_full_the_card_is(lang, paper):
    for slip in (USUAL["volunteer_card"][lang], full("volunteer_card", lang, ADDRESS)):
        drawn = [block.code.level for _, block in pieces(slip, paper, QrBlock)]
        assert drawn == ["H"]
        (found,) = zxingcpp.read_barcodes(picture(encode(draw(slip, paper, "1234"))))
        assert (found.text, found.ec_level) == (slip.qr, "H")


anything = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=40)


@given(anything, st.integers(60, 576), st.sampled_from([32, 40, 72]))
@settings(max_examples=80, deadline=None)
def test_no_text_whatever_leaves_its_room(content, room, size):
    block = text(content, size, max(room, 4 * size))
    assert all(inked(line, block) <= max(room, 4 * size) for line in (block.lines if block else ()))


@given(anything, anything, st.lists(anything, max_size=12), st.sampled_from(WIDTHS), st.booleans())
@settings(max_examples=25, deadline=None)
def test_no_ticket_whatever_breaks_the_press(service, where, materials, width, large):
    slip = replace(TicketSlip.sample(), service=service, where=where, materials=tuple(materials))
    image = draw(slip, paper_for(width, large), "7")
    assert isinstance(image, Image.Image)
    assert codes(encode(image)) == [slip.qr]


def test_the_paper_tries_its_ways_from_the_roomiest():
    for paper in (Paper(), Paper(large=True)):
        ways = list(paper.ways())
        assert ways[0] == paper
        assert [way.body for way in ways] == sorted((way.body for way in ways), reverse=True)
        assert [way.gap for way in ways] == sorted((way.gap for way in ways), reverse=True)


@every_paper
@every_language
def test_a_notice_stands_whole_at_the_foot_of_a_ticket(lang, paper):
    notice = "养老保险资格认证开始了，请在六月底以前来办" if lang == "zh" else "Come by 30 June: " + "x" * 40
    slip = replace(USUAL["ticket"][lang], notice=notice)
    assert notice.replace(" ", "") in words(slip, paper)
    assert long(slip, paper) <= 112
