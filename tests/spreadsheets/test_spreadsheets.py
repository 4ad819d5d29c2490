"""Tables in every form that a centre's computers make them in, and tables that were made to harm."""

import io
import time
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kiosk import spreadsheets
from kiosk.spreadsheets.__main__ import read
from kiosk.spreadsheets.rules import MOST_FILLED, MOST_MERGED, safe

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TABLE = [["姓名", "手机"], ["王某", "13800001234"], ["李某", "无"]]


def workbook(rows=TABLE, merged=(), edit=None) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    if edit:
        edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, text: str) -> bytes:
    """A workbook in which one part is another, or one more."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return file.getvalue()


def sheet(inside: str) -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData>{inside}</sheetData></worksheet>"
    )


def rows_of(content: bytes) -> list[spreadsheets.Rows]:
    return [one.rows for one in spreadsheets.read_tables(content)]


def test_a_workbook_gives_its_visible_sheets_and_numbers_are_whole():
    def hide(book):
        book.create_sheet("隐藏").sheet_state = "hidden"
        book.create_sheet("第二张").append([13800001234, 13800001234.0, 1.5, True])

    assert rows_of(workbook(edit=hide)) == [
        TABLE,
        [],
        [["13800001234", "13800001234", "1.5", "True"]],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_a_csv_is_read_however_it_was_saved(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in TABLE)
    assert rows_of(text.encode(encoding)) == [TABLE]


@pytest.mark.parametrize(
    "above", ["", "\r\n\r\n", "2026年，志愿者名单，江边\r\n", '"姓名\n（必填）",手机\r\n'], ids=repr
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_of_a_csv_is_known_whatever_stands_above_the_heading(separator, above):
    text = above.replace(",", separator) + "\r\n".join(separator.join(row) for row in TABLE)
    assert rows_of(text.encode())[0][-3:] == TABLE


BIG5 = "姓名,手機,服務隊\n王小明,13800001234,理髮隊\n陳美玲,,合唱團\n"


@pytest.mark.parametrize("text", [BIG5, "姓名\n林志玲\n", "姓名,電話\n歐陽震華,1\n"])
def test_a_csv_in_big5_is_read_as_what_it_is(text):
    assert ["".join(row) for row in rows_of(text.encode("cp950"))[0]] == text.replace(",", "").split()


@pytest.mark.parametrize("names", ["玥玥", "张喆堃", "李珺瑶\n龚翀", "买买提·吐尔逊", "王\ue81e", "𠮷某"])
def test_rare_letters_of_the_mainland_are_not_taken_for_big5(names):
    text = f"姓名\n{names}\n"
    assert [row[0] for row in rows_of(text.encode("gb18030"))[0]] == text.split()


def test_a_csv_keeps_quoted_separators_and_the_trick_against_rounded_numbers():
    content = '姓名,手机\n"王,某","=""13800001234"""\n'.encode()
    assert rows_of(content) == [[["姓名", "手机"], ["王,某", "13800001234"]]]


def test_a_team_merged_over_several_rows_stands_in_each_of_them():
    rows = [["服务队", "姓名"], ["理发队", "王某"], [None, "李某"], [None, None], [None, "赵某"]]
    (read,) = rows_of(workbook(rows, merged=["A2:A4"]))
    assert [row[:2] for row in read] == [
        ["服务队", "姓名"], ["理发队", "王某"], ["理发队", "李某"], [], ["", "赵某"]
    ]  # fmt: skip


def test_rows_and_columns_that_are_hidden_are_named_and_a_hidden_sheet_is_not_opened():
    def hide(book):
        for row in (2, 9):
            book.active.row_dimensions[row].hidden = True
        book.active.column_dimensions["B"].hidden = True
        book.create_sheet("旧名单").sheet_state = "veryHidden"

    first, second = read(workbook([*TABLE, [], ["赵某"]], edit=hide))
    assert (first.hidden_rows, first.hidden_columns, first.is_hidden) == ([2], [1], False)
    assert second == spreadsheets.Sheet("旧名单", [], is_hidden=True)


@pytest.mark.parametrize("said", ['r="2" hidden="1"', "hidden='true'", 'r="2" ht="0" hidden="true"'])
def test_a_row_is_hidden_however_the_program_writes_it(said):
    rows = "".join(
        f'<row {how}><c t="inlineStr"><is><t>{text}</t></is></c></row>'
        for how, text in (('r="1"', "姓名"), (said, "王某"), ('r="3" hidden="0"', "李某"))
    )
    (found,) = read(sheet(rows))
    assert (found.hidden_rows, len(found.rows)) == ([2], 3)


def strict(content: bytes) -> bytes:
    """The same workbook as Excel saves it under "Strict Open XML"."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for kind in (b"spreadsheetml", b"officeDocument", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/" + kind + b"/2006/"
                part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + kind + b"/")
            new.writestr(name, part)
    return file.getvalue()


def test_a_workbook_in_strict_open_xml_is_read_with_its_merged_cells():
    rows = [["服务队", "姓名", "生日"], ["理发队", "王某", date(1960, 1, 2)], [None, "李某", None]]
    content = workbook(rows, merged=["A2:A3"])
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict(content))).read("xl/workbook.xml")
    assert read(strict(content)) == read(content)
    assert read(content)[0].rows[1:] == [["理发队", "王某", "1960-01-02T00:00:00"], ["理发队", "李某"]]


def test_what_the_format_must_write_in_another_way_is_read_as_it_was_typed():
    escaped = ["手机_x000D_\n号码", "_xD842__xDFB7_某", "_x005F_x0041_", timedelta(hours=12), True]
    assert read(workbook([escaped]))[0].rows == [["手机\r\n号码", "𠮷某", "_x0041_", "12:00:00", "True"]]


def test_a_formula_is_told_as_one_and_never_as_what_it_would_give():
    (read,) = rows_of(workbook([["姓名"], ["=A1"], ['=HYPERLINK("http://x")']]))
    assert [row[0][:1] for row in read[1:]] == ["=", "="]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", spreadsheets.NotATable),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", spreadsheets.NotATable),
        (b"PK\x03\x04 and nothing more", spreadsheets.NotATable),
        (workbook()[:-200], spreadsheets.NotATable),
        (with_part("xl/workbook.xml", "<no"), spreadsheets.NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, spreadsheets.OldTable),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            spreadsheets.LockedTable,
        ),
        (b"\xef\xbb\xbf<html><table><tr><td>", spreadsheets.ForeignTable),
        (b'<?xml version="1.0"?><Workbook>', spreadsheets.ForeignTable),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            spreadsheets.ForeignTable,
        ),
        (with_part("xl/workbook.bin", ""), spreadsheets.ForeignTable),
        (b"%PDF-1.7 \n", spreadsheets.NotATable),
        (with_part("xl/externalLinks/externalLink1.xml", "<x/>"), spreadsheets.LinkedTable),
        (with_part("xl/vbaProject.bin", "x"), spreadsheets.LinkedTable),
        (with_part("xl/embeddings/oleObject1.bin", "x"), spreadsheets.LinkedTable),
        (b"a" * (spreadsheets.LARGEST + 1), spreadsheets.TableTooLarge),
        ("姓名\n".encode() + "王某\n".encode() * 5_100, spreadsheets.TableTooLarge),
    ],
    ids=(
        "empty",
        "a picture",
        "a broken archive",
        "cut off",
        "bad XML",
        "an old workbook",
        "a password",
        "a page of the web",
        "the XML of 2003",
        "another office's",
        "an .xlsb",
        "a PDF",
        "linked",
        "a macro",
        "an object",
        "too many bytes",
        "too many rows",
    ),
)
def test_what_is_no_table_of_ours_is_refused_with_its_reason(content, refusal):
    with pytest.raises(refusal):
        spreadsheets.read_tables(content)


def test_a_bomb_of_zeros_is_refused_before_it_is_unpacked():
    started = time.monotonic()
    with pytest.raises(spreadsheets.TableTooLarge):
        spreadsheets.read_tables(sheet("<row/>" * 3_000_000))
    assert time.monotonic() - started < 5


def test_sheets_that_are_too_many_together_are_refused(monkeypatch):
    def more(book):
        for _ in range(2):
            book.create_sheet().append(["姓名"])

    monkeypatch.setattr("kiosk.spreadsheets.__main__.MOST_ROWS_OF_ALL", len(TABLE) + 1)
    with pytest.raises(OverflowError):
        read(workbook(edit=more))
    assert len(read(workbook(edit=lambda book: book.create_sheet().append(["姓名"])))) == 2


@pytest.mark.long
def test_a_million_rows_are_refused_whether_full_or_empty_and_a_far_cell_costs_nothing():
    full = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_000))
    for inside in (full, "<row/>" * 1_000_000, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'):
        with pytest.raises(spreadsheets.TableTooLarge):
            spreadsheets.read_tables(sheet(inside))


@pytest.mark.parametrize("lie", ["A1:XFD1048576", "A1", "A1:A1"])
def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(lie):
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in enumerate(("姓名", "王某", "李某"), 1)
    )
    part = f'<worksheet {MAIN}><dimension ref="{lie}"/><sheetData>{cells}</sheetData></worksheet>'
    (read,) = rows_of(with_part("xl/worksheets/sheet1.xml", part))
    assert [cell for row in read for cell in row if cell] == ["姓名", "王某", "李某"]


def test_entities_that_multiply_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    part = f"{bomb}<worksheet {MAIN}><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"
    with pytest.raises(spreadsheets.NotATable):
        spreadsheets.read_tables(with_part("xl/worksheets/sheet1.xml", part))


@pytest.mark.long
def test_a_workbook_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(spreadsheets, "LONGEST_READ_S", 1.5)
    cells = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>' * 300_000
    with pytest.raises(spreadsheets.TableTooLarge):
        spreadsheets.read_tables(sheet(f'<row r="1">{cells}</row>'))


def test_a_column_of_text_keeps_what_is_typed_into_it():
    columns = [spreadsheets.Column("手机", 18), spreadsheets.Column("次数", 8, "number")]
    book: Any = load_workbook(io.BytesIO(spreadsheets.write_table("名单", columns, [])))
    formats = [book.active.column_dimensions[letter].number_format for letter in "AB"]
    assert formats == ["@", "General"]


DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")')


def test_what_goes_out_is_text_a_date_a_time_and_a_number_and_comes_back_the_same():
    columns = [
        spreadsheets.Column("姓名", 10), spreadsheets.Column("日期", 12, "date"),
        spreadsheets.Column("开始", 8, "time"),
        spreadsheets.Column("分钟", 8, "number"), spreadsheets.Column("小时", 8, "hours"),
    ]  # fmt: skip
    content = spreadsheets.write_table(
        "志愿服务记录", columns, [["王某", "2026-11-24", "09:30", 90, 1.5], ["李某", "", "", 0, 0]]
    )
    book: Any = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["志愿服务记录"]
    (first, second) = list(book.active.iter_rows(min_row=2))
    assert [cell.value.isoformat() if hasattr(cell.value, "isoformat") else cell.value for cell in first] == [
        "王某", "2026-11-24T00:00:00", "09:30:00", 90, 1.5
    ]  # fmt: skip
    assert [cell.number_format for cell in first] == ["General", "yyyy-mm-dd", "hh:mm", "General", "0.00"]
    assert [cell.value for cell in second][:2] == ["李某", None]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_goes_out_as_text(text):
    content = spreadsheets.write_table("x", [spreadsheets.Column("名", 9)], [[text]])
    book: Any = load_workbook(io.BytesIO(content))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value[0] == "'"
    assert safe("王=1") == "王=1"


def test_text_that_looks_like_a_spreadsheets_error_goes_out_as_text():
    content = spreadsheets.write_table("x", [spreadsheets.Column("名", 9)], [["#REF!"]])
    book: Any = load_workbook(io.BytesIO(content))
    assert (book.active["A2"].data_type, book.active["A2"].value) in (("s", "#REF!"), ("inlineStr", "#REF!"))


@pytest.mark.parametrize(("count", "rows"), [(MOST_MERGED + 1, 2), (40, MOST_FILLED // 39)])
def test_merged_cells_that_lie_over_one_another_are_not_followed(count, rows):
    """450,000 of them kept the reading process busy for as long as it was let."""
    inside = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, rows + 1))
    merged = f'<mergeCell ref="A1:A{rows}"/>' * count
    source = f"<worksheet {MAIN}><sheetData>{inside}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    with pytest.raises(OverflowError):
        read(with_part("xl/worksheets/sheet1.xml", source))
    fewer = source.replace('<mergeCell ref="A1:A', '<nothing ref="A1:A')
    assert read(with_part("xl/worksheets/sheet1.xml", fewer))
