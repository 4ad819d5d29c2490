"""Papers read back with a PDF reader that is not ours: words, typeface, codes, pages."""

import ctypes
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
import zxingcpp
from PIL import ImageDraw

from printing.drawing import fonts
from printing.papers import (
    Card,
    CardSheet,
    DoorCard,
    DoorCards,
    HoursCertificate,
    LedgerSheet,
    Listing,
    OpenPoster,
    PaperFailed,
    Served,
    SurveySheet,
    certificate,
    drawn,
    drawn_apart,
)
from tests.printing.few_letters import few

pytestmark = pytest.mark.long

CODE = "2000042123456789012345{:02d}"
ADDRESS = "http://192.168.100.100:8000/t/"
SHEET = CardSheet(
    centre="邻里社区党群服务中心",
    cards=tuple(Card(f"某某{n}", ("理发服务队", "维修队"), CODE.format(n)) for n in range(12)),
    made_on="2026-11-24",
)
CERTIFICATE = HoursCertificate(
    centre="邻里社区党群服务中心",
    number="20261124-0012",
    name="某某某",
    first_on="2026-01-01",
    last_on="2026-11-24",
    served=(
        Served("便民生活日：修电动车、理发、量血压、磨剪刀", "老城街道理发服务队", 12, 1430),
        Served("防溺水巡河", "江小团", 3, 400),
        Served("居民议事", "", 1, 60),
    ),
    issued_on="2026-11-24",
)


SCORES = SurveySheet(
    centre="邻里社区党群服务中心",
    place="老年食堂",
    criteria=("口味", "营养", "服务", "卫生"),
    grades=("非常满意", "满意", "基本满意", "不满意", "非常不满意"),
    qr="http://192.168.100.100:8000/q/k7m2pd",
    made_on="2026-11-24",
)
IN_ENGLISH = replace(SHEET, lang="en", centre="Linli")

LETTERS = "".join(
    file.read_text(encoding="utf-8")
    for file in (Path(__file__), *Path(certificate.__file__).parent.glob("*.py"))
)
"""All that is written here and on papers."""


@cache
def made(paper) -> bytes:
    """A paper is the same file each time, so it is drawn once for all that is asked of it."""
    with few(LETTERS):
        return drawn(paper)


whole = cache(drawn)
"""The same from the machine's own typefaces."""


def words(pdf: bytes) -> list[str]:
    """What each page says, white space left out."""
    pages = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in pages]


LINE_OF_NAME = (0, 340, 1240, 390)
"""Where a certificate names its owner, in dots at 150 dpi."""


def pictures(pdf: bytes, dpi: int = 150):
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def test_a_sheet_has_ten_cards_a_page_each_with_its_name_and_its_code_at_level_h():
    pdf = made(SHEET)
    first, second = words(pdf)
    assert (first.count("志愿者卡"), second.count("志愿者卡")) == (10, 2)
    assert all(card.name in first + second for card in SHEET.cards)
    found = [code for picture in pictures(pdf) for code in zxingcpp.read_barcodes(picture)]
    assert sorted(code.text for code in found) == [card.qr for card in SHEET.cards]
    assert {code.ec_level for code in found} == {"H"}


def test_cards_with_an_address_before_the_digits_are_read_too_and_after_a_crease():
    sheet = replace(SHEET, cards=tuple(replace(card, qr=ADDRESS + card.qr) for card in SHEET.cards[:10]))
    (picture,) = pictures(made(sheet), dpi=200)
    for code in zxingcpp.read_barcodes(picture):
        x, y = code.position.top_left.x, code.position.top_left.y
        side = code.position.bottom_right.x - x
        ImageDraw.Draw(picture).line((x, y + side * 0.55, x + side, y + side * 0.6), fill=255, width=6)
    assert sorted(code.text for code in zxingcpp.read_barcodes(picture)) == [c.qr for c in sheet.cards]


def test_a_score_sheet_is_a_poster_whose_code_is_read_and_a_page_to_fill_in():
    poster, sheet = words(made(SCORES))
    assert "老年食堂" in poster
    (found,) = zxingcpp.read_barcodes(pictures(made(SCORES))[0])
    assert found.text == SCORES.qr
    assert all(one in sheet for one in SCORES.criteria)
    assert sheet.count("□") == 20
    # where phones do not reach the centre there is nothing to scan
    (alone,) = words(made(replace(SCORES, qr="")))
    assert alone == sheet


def test_cards_are_as_large_as_a_business_card():
    (picture,) = pictures(made(replace(SHEET, cards=SHEET.cards[:10])), dpi=254)  # 10 dots a millimetre
    tops = sorted(code.position.top_left.y for code in zxingcpp.read_barcodes(picture))[::2]
    assert [round((low - high) / 10) for high, low in pairwise(tops)] == [54] * 4


def test_a_certificate_says_who_when_how_long_and_where_the_seal_goes():
    (page,) = words(made(CERTIFICATE))
    for told in (
        "志愿服务时长证明",
        "编号：20261124-0012",
        "兹证明某某某于2026年1月1日至2026年11月24日期间，在邻里社区党群服务中心参加志愿服务",
        "服务时长共计31小时30分钟（1890分钟）",
        "老城街道理发服务队1223小时50分钟",
        "合计1631小时30分钟",
        "盖章处",
        "出具日期：2026年11月24日",
        "第1页，共1页",
    ):
        assert told in page


def test_a_certificate_without_confirmed_hours_says_so():
    (page,) = words(made(replace(CERTIFICATE, served=())))
    assert "没有经核实的服务时长" in page
    assert "合计" not in page


@pytest.mark.parametrize(("rows", "count"), [(7, 1), (9, 2), (17, 2), (36, 3)])
def test_a_long_certificate_repeats_the_titles_and_never_parts_the_seal_from_the_total(rows, count):
    pages = words(made(replace(CERTIFICATE, served=(Served("防溺水巡河", "江小团", 1, 60),) * rows)))
    last = [
        n for n, page in enumerate(pages) for part in ("合计", "特此", "盖章处", "负责人") if part in page
    ]
    assert last == [len(pages) - 1] * 4
    assert len(pages) == count
    assert "".join(pages).count("防溺水巡河") == rows
    assert all("活动服务队次数服务时长" in page for page in pages)
    assert f"第{len(pages)}页，共{len(pages)}页" in pages[-1]


def tree(pdf: bytes) -> list[list[Any]]:
    """What a reader is told of each page, read by pdfium: kind, text for a picture, language, parts in it."""
    document = pypdfium2.PdfDocument(pdf)
    assert raw.FPDFCatalog_IsTagged(document.raw)
    found = []
    for page in document:
        root = raw.FPDF_StructTree_GetForPage(page.raw)
        count = raw.FPDF_StructTree_CountChildren(root)
        found.append([element(raw.FPDF_StructTree_GetChildAtIndex(root, at)) for at in range(count)])
        raw.FPDF_StructTree_Close(root)
    return found


def element(one) -> tuple[str, str, str, list[Any]]:
    def said(ask) -> str:
        length = ask(one, None, 0)
        room = ctypes.create_string_buffer(max(length, 2))
        ask(one, room, length)
        return room.raw[: max(length, 2) - 2].decode("utf-16-le")

    inside = [
        raw.FPDF_StructElement_GetChildAtIndex(one, at)
        for at in range(raw.FPDF_StructElement_CountChildren(one))
    ]
    kinds = (
        raw.FPDF_StructElement_GetType,
        raw.FPDF_StructElement_GetAltText,
        raw.FPDF_StructElement_GetLang,
    )
    kind, alt, lang = (said(ask) for ask in kinds)
    return kind, alt, lang, [element(part) for part in inside if part]


def heard(pdf: bytes, page: int) -> list[str]:
    """What is drawn on a page within a part; each piece of the page must be in one or be ornament."""
    drawn_on = pypdfium2.PdfDocument(pdf)[page]
    textpage, told = drawn_on.get_textpage(), []
    for one in drawn_on.get_objects():
        marks = raw.FPDFPageObj_CountMarks(one.raw)
        names = [mark_of(raw.FPDFPageObj_GetMark(one.raw, at)) for at in range(marks)]
        assert names, "a piece of the page that is neither a part nor ornament"
        if names[0] != "Artifact" and one.type == raw.FPDF_PAGEOBJ_TEXT:
            length = raw.FPDFTextObj_GetText(one.raw, textpage.raw, None, 0)
            room = (ctypes.c_ushort * length)()
            raw.FPDFTextObj_GetText(one.raw, textpage.raw, room, length)
            told.append(bytes(room).decode("utf-16-le").rstrip("\0 "))
    return told


def mark_of(mark) -> str:
    length = ctypes.c_ulong()
    room = (ctypes.c_ushort * 64)()
    raw.FPDFPageObjMark_GetName(mark, room, 128, length)
    return bytes(room)[: length.value - 2].decode("utf-16-le")


def test_a_certificate_is_heard_as_a_heading_paragraphs_and_a_table_with_titles():
    pdf = made(CERTIFICATE)
    (page,) = tree(pdf)
    ((kind, _, _, parts),) = page
    kinds = [part[0] for part in parts]
    assert (kind, kinds) == ("Document", ["H1", "P", "P", "P", "P", "P", "Table", *["P"] * 7])
    rows = [(row[0], [cell[0] for cell in row[3]]) for row in parts[6][3]]
    assert rows == [("TR", ["TH"] * 4), *[("TR", ["TD"] * 4)] * 4]
    told = heard(pdf, 0)
    assert (told[0], told[1]) == ("志愿服务时长证明", "编号：20261124-0012")
    assert not any("第1页" in one for one in told)


def test_a_paper_says_its_language_and_its_title():
    for paper, lang, title in (
        (CERTIFICATE, "zh-CN", "志愿服务时长证明 20261124-0012"),
        (SHEET, "zh-CN", "邻里社区党群服务中心 志愿者卡"),
        (IN_ENGLISH, "en", "Linli Volunteer card"),
    ):
        pdf = made(paper)
        assert f"/Lang ({lang})".encode() in pdf
        assert b"/DisplayDocTitle true" in pdf
        assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title") == title


def test_titles_that_a_table_repeats_on_each_page_are_heard_once():
    pdf = made(replace(CERTIFICATE, served=(Served("防溺水巡河", "江小团", 1, 60),) * 36))
    told = [one for page in range(len(tree(pdf))) for one in heard(pdf, page)]
    assert told.count("服务队") == 1
    assert told.count("防溺水巡河") == 36
    rows = [row for _, _, _, parts in tree(pdf)[1] for part in parts for row in part[3]]
    assert {row[0] for row in rows} == {"TR"}


def test_a_card_is_heard_as_a_part_of_its_own_and_its_code_says_what_it_is():
    first, second = tree(made(IN_ENGLISH))
    cards = [card for page in (first, second) for _, _, _, cards in page for card in cards]
    assert [card[0] for card in cards] == ["Sect"] * 12
    for place, card in enumerate(cards):
        parts = card[3]
        assert [part[0] for part in parts] == ["P", "P", "H1", "P", "Figure", "P", "P"]
        assert (parts[2][2], parts[4][1]) == ("zh-CN", f"QR code with which 某某{place} signs in")


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0分钟"), (59, "59分钟"), (60, "1小时"), (750, "12小时30分钟")]
)
def test_minutes_are_told_as_people_say_them(minutes, said):
    assert certificate.spoken(minutes) == said


def test_the_typeface_is_inside_and_only_its_used_letters():
    for paper in (SHEET, CERTIFICATE):
        pdf = whole(paper)
        assert pdf.count(b"/FontFile3") == 2
        assert len(pdf) < 60_000


def test_the_same_paper_is_the_same_file_here_and_in_a_process_of_its_own():
    assert whole(CERTIFICATE) == drawn(CERTIFICATE) == drawn_apart(CERTIFICATE)
    assert made(replace(CERTIFICATE, name="某某")) != made(CERTIFICATE)


def test_typefaces_cut_to_a_few_letters_make_the_same_papers():
    """Else the other tests here would tell nothing of what a centre prints."""
    for paper in (SHEET, CERTIFICATE):
        assert words(made(paper)) == words(whole(paper))
        assert pictures(made(paper)) == pictures(whole(paper))
        assert abs(len(made(paper)) - len(whole(paper))) < 100


def test_a_name_in_a_script_that_the_typeface_lacks_comes_from_another_or_is_marked():
    georgian, nowhere = "ანა", "\U0010fffd"
    name = f"𠮷{georgian}龘{nowhere}"
    marked, plain = (made(replace(CERTIFICATE, name=one)) for one in (name, f"𠮷{georgian}龘〓"))
    # 〓 is what eyes see; the letter with its number is copied, searched and read aloud
    assert pictures(marked)[0].crop(LINE_OF_NAME) == pictures(plain)[0].crop(LINE_OF_NAME)
    assert "龘（U+10FFFD）于2026年" in words(marked)[0]
    assert "〓是本机字体里没有的字（U+10FFFD），请用笔写上。" in words(marked)[0]
    assert "〓是本机" not in words(made(CERTIFICATE))[0]
    assert "王\u0378（U+0378）某" in words(made(replace(CERTIFICATE, name="王\u0378某")))[0]


def test_a_card_says_which_letter_of_the_name_is_to_be_written_in():
    cards = (Card("王\U0010fffd", ("维修队",), CODE.format(1)), SHEET.cards[1])
    (page,) = words(made(replace(SHEET, cards=cards)))
    assert page.count("（U+10FFFD），请用笔写上。") == 1
    (picture,) = pictures(made(replace(SHEET, cards=cards)))
    assert len(zxingcpp.read_barcodes(picture)) == 2


def test_names_however_long_stay_on_the_card_and_the_page():
    long = Card("某" * 40, tuple("江小团青少年防溺水巡河队" for _ in range(5)), CODE.format(1))
    for paper in (replace(SHEET, centre="邻里" * 30, cards=(long,)), replace(CERTIFICATE, name="某" * 40)):
        for picture in pictures(made(paper), dpi=72):
            assert picture.crop((picture.width - 20, 0, picture.width, picture.height)).getextrema()[0] > 100


def test_a_font_that_is_not_there_is_named_and_a_breakdown_is_no_paper():
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        drawn_apart(CERTIFICATE, font="/nowhere/font.ttc")
    with pytest.raises(PaperFailed, match="ValueError") as failed:
        drawn_apart(replace(CERTIFICATE, first_on="yesterday"))
    assert "yesterday" not in str(failed.value)


def test_the_server_never_loads_what_draws_papers():
    code = (
        "import sys, printing.papers, kiosk.app; print({'fpdf', 'fontTools', 'openpyxl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_poster_at_its_fullest_is_one_page_and_says_all_of_it():
    poster = OpenPoster(
        centre="邻里社区党群服务中心",
        month="2026年11月",
        made_on="2026-11-30",
        counts=(("收到", "1203"), ("答复了", "1180"), ("居民说解决了", "960")),
        done=(("灯" * 24, "换" * 40),) * 3,
        cannot=(("路" * 24, "因" * 40),) * 2,
    )
    (page,) = words(whole(poster))
    for said in ("您说·我们办", "2026年11月", "1203", "还办不了的，和为什么", "灯" * 10, "因" * 10):
        assert said in page
    assert page.count("为什么") == 3
    assert page.index("因") < page.index("有话就说")


def test_a_ledger_repeats_its_titles_on_every_lying_page_and_says_who_has_printed_it():
    heads = tuple((f"栏{at}", 8) for at in range(20))
    rows = tuple(tuple(f"第{at}行很长的一句话" for _ in heads) for at in range(60))
    ledger = LedgerSheet(
        "邻里社区党群服务中心", "诉求登记台账", "2026-11-01", "2026-11-30", "2026-12-01", "甲", heads, rows
    )
    pages = words(whole(ledger))
    assert len(pages) > 2
    for page in pages:
        assert "栏0" in page
        assert "甲打印" in page
    assert "共60行" in pages[0]
    assert "这些天没有" in words(whole(replace(ledger, rows=())))[0]


DOORS = DoorCards(
    centre="邻里社区党群服务中心",
    cards=tuple(DoorCard(f"K{n:05d}", ADDRESS + CODE.format(n)) for n in range(9)),
    made_on="2026-11-24",
)
LISTING = Listing(
    centre="邻里社区党群服务中心",
    title="整改清单",
    facts=("2026-11-24",),
    columns=(("编号", 30.0), ("问题", 120.0), ("期限", 30.0)),
    rows=tuple((f"S{n:04d}", "楼道灯坏了", "2026-11-30") for n in range(60)),
    signed=("检查人", "责任单位签收"),
    made_on="2026-11-24",
)


def test_cards_for_doors_have_their_code_on_both_halves_and_eight_lie_on_a_page():
    first, second = pictures(made(DOORS), dpi=200)
    for page, cards in ((first, DOORS.cards[:8]), (second, DOORS.cards[8:])):
        found = sorted(code.text for code in zxingcpp.read_barcodes(page))
        assert found == sorted([card.qr for card in cards] * 2)


def test_a_list_goes_on_over_its_pages_with_its_titles_and_ends_with_who_signs():
    pages = words(made(LISTING))
    assert len(pages) > 1
    assert all("编号问题期限" in page for page in pages)
    assert all(any(row[0] in page for page in pages) for row in LISTING.rows)
    assert "责任单位签收" in pages[-1]
