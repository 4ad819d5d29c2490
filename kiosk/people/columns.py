"""A list of people as offices write it: which row is the heading, which column is what, what is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.people.rules import LONGEST_TEAM, name_fault, person_name_fault, phone_digits, phone_fault, tidy

Rows = Sequence[Sequence[str]]

TITLES = {
    "name": "姓名 名字 志愿者姓名 队员姓名 人员姓名 志愿者 队员 name",
    "phone": "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 本人电话 phone mobile tel",
    "team": "服务队 服务队名称 志愿服务队 团队 团队名称 队伍 所属服务队 所属团队 所属队伍 小组 team",
    "partner": "合伙人 社区合伙人 合伙人名称 合作单位 共建单位 partner",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 证件号 证件号码 身份号码 idnumber idcard",
}
"""What the columns are called in the tables of streets, schools and companies."""

_FIELDS = {title: field for field, titles in TITLES.items() for title in titles.split()}
_HEADING_WITHIN = 10  # rows; above it stand the title and the date of the table
_LONGEST_SHOWN = 24


@dataclass(frozen=True)
class ColumnFault:
    """A wrong cell: its row as the spreadsheet counts it (0 for the whole file), its column's title, letter.

    `what` is empty, long, no_name, phone, id_number, formula, twice, same_name, closed, id_column,
    no_heading or nobody; `about` is the row or the team that it speaks of.
    """

    row: int
    column: str
    letter: str
    written: str
    what: str
    about: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One person of the list; `phone` is digits. A list of teams alone has lines without a name."""

    row: int
    name: str
    phone: str
    teams: tuple[str, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A whole list: every line that is right, every fault, and the columns that are left aside."""

    lines: tuple[SheetRow, ...]
    faults: tuple[ColumnFault, ...]
    ignored: tuple[str, ...] = ()


def listed(tables: Sequence[Rows]) -> Listed:
    """The list in the first of `tables` that has a heading."""
    for rows in tables:
        heading = next((n for n, row in enumerate(rows[:_HEADING_WITHIN]) if _is_heading(row)), None)
        if heading is not None:
            return _listed(rows, heading)
    return Listed((), (ColumnFault(0, "", "", "", "no_heading"),))


def _listed(rows: Rows, heading: int) -> Listed:
    titles = [tidy(cell) for cell in rows[heading]]
    places = _places(rows, heading)
    ignored = tuple(t for n, t in enumerate(titles) if t and n not in places.values())
    if (place := places.pop("id_number", None)) is not None:
        refused = ColumnFault(heading + 1, titles[place], _letter(place), "", "id_column")
        return Listed((), (refused,), ignored)
    reader = _Reader(titles, places)
    lines = [line for n, row in enumerate(rows[heading + 1 :], heading + 2) if (line := reader.line(n, row))]
    faults = [*reader.faults, *_repeated(lines, reader)]
    if not lines and not faults:
        faults = [ColumnFault(0, "", "", "", "nobody")]
    return Listed(tuple(lines), tuple(sorted(faults, key=lambda fault: fault.row)), ignored)


class _Reader:
    """Reads rows by the places of their columns and collects what is wrong with them."""

    def __init__(self, titles: Sequence[str], places: dict[str, int]) -> None:
        self._titles = titles
        self._places = places
        self.faults: list[ColumnFault] = []

    def line(self, number: int, row: Sequence[str]) -> SheetRow | None:
        """The row's person; None for an empty row or a wrong one, whose faults are then noted."""
        cells = {field: tidy(row[at]) if at < len(row) else "" for field, at in self._places.items()}
        if not any(cells.values()):
            return None
        wrong = [self.fault(number, field, cells[field], what) for field, what in _wrong(cells)]
        self.faults += wrong
        if wrong:
            return None
        name, phone, team, partner = (cells.get(field, "") for field in ("name", "phone", "team", "partner"))
        return SheetRow(number, name, phone_digits(phone) or "", _names(team), _names(partner))

    def fault(self, row: int, field: str, written: str, what: str, about: str = "") -> ColumnFault:
        """A fault in the column of `field`; an identity card's number is not shown again."""
        place = self._places.get(field, 0)
        shown = "" if what == "id_number" else written[:_LONGEST_SHOWN]
        title = self._titles[place] if place < len(self._titles) else ""
        return ColumnFault(row, title, _letter(place), shown, what, about)


def _wrong(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Which fields of a row are wrong, and how."""
    for field, text in cells.items():
        what = _cell_fault(field, text)
        if what and (what != "empty" or field == "name"):
            yield field, what


def _cell_fault(field: str, text: str) -> str:
    if text.startswith("="):
        return "formula"
    if field == "phone":
        return phone_fault(text)
    if field == "name":
        return person_name_fault(text)
    return next((what for name in _names(text) if (what := name_fault(name, LONGEST_TEAM))), "")


def _repeated(lines: Sequence[SheetRow], reader: _Reader) -> Iterator[ColumnFault]:
    """Lines that say what an earlier one has said, or that nobody can tell from it."""
    seen: dict[tuple[str, str], SheetRow] = {}
    said: set[tuple[object, ...]] = set()
    for line in lines:
        who, whole = (line.name, line.phone), (line.name, line.phone, line.teams, line.partners)
        before = seen.setdefault(who, line)
        is_twice = whole in said
        said.add(whole)
        if is_twice or (before is not line and line.name and not line.phone):
            what = "twice" if is_twice else "same_name"
            yield reader.fault(line.row, "name", line.name, what, str(before.row))


def _is_heading(row: Sequence[str]) -> bool:
    fields = {field for cell in row if (field := _field(cell))}
    return bool(fields & {"name", "team", "partner"})


def _places(rows: Rows, heading: int) -> dict[str, int]:
    """Where each field stands. An identity card's column counts only when something is written in it."""
    below = rows[heading + 1 :]
    places: dict[str, int] = {}
    for place, cell in enumerate(rows[heading]):
        field = _field(cell)
        is_used = any(place < len(row) and row[place].strip() for row in below)
        if field and (is_used or field != "id_number"):
            places.setdefault(field, place)
    return places


def _field(title: str) -> str:
    """The field that a column's title names: 手机号（必填） and *手机* are the phone."""
    bare = re.sub(r"\(.*?\)|[\s*:：_\-]", "", tidy(title)).lower()
    return _FIELDS.get(bare, "")


def _names(text: str) -> tuple[str, ...]:
    """The names in one cell: 理发队、维修队."""
    return tuple(dict.fromkeys(name for part in re.split(r"[、,，;；/|]", text) if (name := tidy(part))))


def _letter(place: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
