"""Lists as offices write them: titles, headings of two rows, two telephones, sheets, hidden rows."""

import csv
import io
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook

from kiosk import people
from kiosk.people.columns import AS_SEEN
from kiosk.people.headings import heading_of
from kiosk.spreadsheets import Sheet, read_tables
from kiosk.spreadsheets.__main__ import read as read_workbook

DATE = "2026-11-28T00:00:00"


def people_in(*rows, **hidden):
    """Names and phones of a list, as nobody has chosen anything."""
    found = people.listed(people.lists_in([Sheet("表", [list(row) for row in rows], **hidden)]))
    assert found.faults == ()
    return [(line.name, line.phone, line.teams) for line in found.lines]


def faults_in(*rows):
    found = people.listed(people.lists_in([Sheet("表", [list(row) for row in rows])]))
    return [(fault.row, fault.letter, fault.what) for fault in found.faults]


WANG = ("王某", "13800001111", ("理发队",))


@pytest.mark.parametrize(
    "above",
    [
        [["2026年志愿者名单，江边社区"]],
        [[], ["", ""]],
        [["志愿者"], ["制表：某某", "2026年11月"]],
        [["服务队"]],
    ],
    ids=("a title", "blank rows", "a title that is a column's name", "another"),
)
def test_the_heading_is_found_under_what_offices_write_above_it(above):
    assert people_in(*above, ["姓名", "手机", "服务队"], WANG[:2] + WANG[2]) == [WANG]


@pytest.mark.parametrize(
    "heading",
    [
        ["姓\n名", "手机\n（11位）", "服务\n队"],
        ["姓　名", "手机/电话", "所属服务队"],
        ["姓名", "手機號碼", "服務隊"],
        ["姓名", "聯絡電話", "團隊"],
        ["姓名", "电话1", "服务队1"],
    ],
)
def test_a_column_is_known_with_a_line_break_in_traditional_letters_or_with_a_number(heading):
    assert people_in(heading, ["王某", "13800001111", "理发队"]) == [WANG]


@pytest.mark.parametrize(
    "heading",
    [
        # merged downwards, as the reader of workbooks fills it
        [["姓名", "联系方式", "", "服务队"], ["姓名", "手机", "微信", "服务队"]],
        # as a CSV of the same keeps it
        [["姓名", "联系方式", "", "服务队"], ["", "手机", "微信", ""]],
        [["基本信息", "", "", "服务队"], ["姓名", "手机", "微信", ""]],
        [["姓名", "联系方式", "", "服务队"], ["", "", "", ""], ["", "手机", "微信", ""]][::2],
    ],
)
def test_a_heading_of_two_rows_is_no_person(heading):
    rows = [*heading, ["王某", "13800001111", "wx", "理发队"]]
    assert people_in(*rows) == [WANG]
    found = people.lists_in([Sheet("", rows)]).lists[0]
    assert found.ignored == ("微信",)


def test_a_second_row_that_says_another_thing_is_not_of_the_heading():
    assert faults_in(["姓名", "手机"], ["手机", "姓名"], ["王某", ""]) == [
        (2, "A", "heading_again"),
        (2, "B", "phone"),
    ]
    assert faults_in(["姓名"], ["手机"], ["王某"]) == [(2, "A", "heading_again")]


def test_a_heading_printed_again_is_no_person_and_another_one_is_named():
    again = [["姓名", "服务队"], ["王某", "理发队"], ["姓名", "服务队"], ["李某", "理发队"]]
    assert [name for name, *_ in people_in(*again)] == ["王某", "李某"]
    assert faults_in(["姓名", "服务队"], ["王某", ""], ["服务队", "姓名"]) == [(3, "A", "heading_again")]


def test_the_telephone_that_is_there_counts_the_mobile_first_and_a_second_is_named():
    heading = ["姓名", "座机", "手机", "手机2"]
    rows = [
        ["王某", "", "13800001111", ""],
        ["李某", "62251001", "", ""],
        ["赵某", "62251002", "13800003333", ""],
        ["钱某", "", "", "13800004444"],
        ["孙某", "无", "13800005555", ""],
    ]
    assert [phone for _, phone, _ in people_in(heading, *rows)] == [
        "13800001111", "62251001", "13800003333", "13800004444", "13800005555",
    ]  # fmt: skip
    found = people.lists_in([Sheet("", [heading, *rows])]).lists[0]
    assert found.spare_phones == (4, 6)
    assert faults_in(heading, ["王某", "无", "", ""]) == [(2, "B", "phone")]
    assert faults_in(heading, ["王某", "110101199003070038", "13800001111", ""]) == [(2, "B", "id_number")]


def test_teams_in_several_columns_are_all_joined():
    rows = [["姓名", "服务队1", "服务队2"], ["王某", "理发队", "维修队"]]
    assert people_in(*rows) == [("王某", "", ("理发队", "维修队"))]


def test_two_people_in_a_row_are_refused_and_an_empty_second_column_is_not():
    heading = ["姓名", "电话", "姓名", "电话"]
    assert faults_in(heading, ["王某", "", "李某", "13800001111"]) == [(1, "C", "two_names")]
    assert people_in(heading, ["王某", "13800001111", "", ""]) == [("王某", "13800001111", ())]


def test_a_column_that_has_no_title_is_named_by_its_letter():
    found = people.lists_in([Sheet("", [["姓名"], ["王某", "", "理发队"]])]).lists[0]
    assert found.ignored == ("C",)


def test_hidden_rows_are_left_out_or_taken_in_as_somebody_chooses_and_are_named():
    rows = [["姓名", "手机"], ["王某", "13800001111"], ["李某", "12"], [], ["赵某", ""]]
    file = people.lists_in([Sheet("表", rows, hidden_rows=[3, 4, 5], hidden_columns=[1])])
    assert file.leaves_a_choice
    assert (file.lists[0].hidden_rows, file.lists[0].hidden_columns) == ((3, 5), ("手机",))
    seen, whole = (people.listed(file, people.Choice(0, with_hidden)) for with_hidden in (False, True))
    assert ([line.name for line in seen.lines], seen.faults) == (["王某"], ())
    assert [line.name for line in whole.lines] == ["王某", "赵某"]
    assert [(fault.row, fault.what) for fault in whole.faults] == [(3, "phone")]


def test_a_name_that_stands_in_a_hidden_row_is_not_twice_in_the_list():
    rows = [["姓名"], ["王某"], ["王某"]]
    file = people.lists_in([Sheet("", rows, hidden_rows=[2])])
    assert people.listed(file, AS_SEEN).faults == ()
    assert [fault.what for fault in people.listed(file, people.Choice(0, True)).faults] == ["twice"]


def test_every_other_sheet_is_named_and_can_be_chosen_unless_it_is_hidden_or_no_list():
    file = people.lists_in(
        [
            Sheet("说明", [["请填下一张"]]),
            Sheet("理发队", [["姓名"], ["王某"]]),
            Sheet("空", [[]]),
            Sheet("维修队", [["姓名"], ["李某"]]),
            Sheet("旧名单", [], is_hidden=True),
        ]
    )
    assert [one.sheet for one in file.lists] == ["理发队", "维修队"]
    assert file.aside == ("说明", "旧名单")
    assert [line.name for line in people.listed(file, people.Choice(1)).lines] == ["李某"]
    assert not people.lists_in([Sheet("", [["姓名"], ["王某"]])]).leaves_a_choice


@pytest.mark.parametrize(
    "written",
    ["#N/A", "True", DATE, "45987", "1.5", "-", "/", "合计：23人", "小计", "制表人:王某", "12:30:00"],
)
def test_what_is_no_name_is_named_in_a_list_too(written):
    assert faults_in(["姓名"], [written]) == [(2, "A", "no_name")]


@pytest.mark.parametrize("written", ["#N/A", "#REF!", "TRUE", DATE])
def test_a_team_is_not_called_like_an_error_of_a_spreadsheet(written):
    assert faults_in(["姓名", "服务队"], ["王某", written]) == [(2, "B", "no_team")]
    assert people_in(["姓名", "服务队"], ["王某", "666"]) == [("王某", "", ("666",))]


PHONES: list[tuple[Any, str]] = [
    (6234567.0, "6234567"),
    ("6234567.0", "6234567"),
    ("021-62345678-8", "02162345678-8"),
    ("013800001111", "13800001111"),
    (8613800001111, "13800001111"),
    ("8613800001112", "13800001112"),
    ("1.3800001111E10", "13800001111"),
    ("1.3800001113E+10", "13800001113"),
    (13800001114, "13800001114"),
    (13800001115.0, "13800001115"),
    ("+86 21 6234 5678", "02162345678"),
    ("\u202a13800001116\u202c", "13800001116"),
    ("\u200b13800001117\ufeff", "13800001117"),
    ("+852 9123 4567", "+85291234567"),
    ("'13800001118", "13800001118"),
]


def as_workbook(rows) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("gb18030")


@pytest.mark.parametrize(
    "read", [lambda rows: read_workbook(as_workbook(rows)), lambda rows: read_tables(as_csv(rows))]
)
def test_every_telephone_comes_through_a_workbook_and_a_csv(read):
    rows = [["姓名", "电话"], *([f"王某{n}", written] for n, (written, _) in enumerate(PHONES))]
    found = people.listed(people.lists_in(read(rows)))
    assert found.faults == ()
    assert [line.phone for line in found.lines] == [kept for _, kept in PHONES]


def test_a_list_without_a_heading_has_none():
    assert heading_of([]) is None
    assert heading_of([["王某", "13800001111"]]) is None
    assert faults_in(["王某", "13800001111"]) == [(0, "", "no_heading")]


ODD = [
    "姓名", "手机", "服务队", "合伙人", "身份证", "电话2", "座机", "序号", "王某", "13800001111", "12", "=A1",
    "", "", "\n", "（）", "*", "\ud800", "110101199003070038", "、", "True", "姓名\n1",
]  # fmt: skip
"""What stands in lists, and what should not."""


@pytest.mark.parametrize("seed", range(4))
def test_no_list_whatever_stands_in_it_ends_in_a_breakdown_or_shows_an_identity_number(seed):
    chance = Random(seed)
    for _ in range(40):
        most = (5, 5, *[len(ODD)] * chance.randint(0, 10))  # titles above, anything below
        rows = [chance.choices(ODD[:kinds], k=chance.randint(0, 6)) for kinds in most]
        hidden = chance.choices(range(1, 13), k=2)
        file = people.lists_in([Sheet("表", rows, hidden, [chance.randint(0, 5)])])
        for choice in (AS_SEEN, people.Choice(0, True), people.Choice(1)):
            found = people.listed(file, choice)
            assert found.lines or found.faults
            assert not any("110101" in fault.written for fault in found.faults)
