"""How offices head a list of people: which rows are the heading, and which column is what."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from kiosk.people.rules import phone_digits, tidy

Rows = Sequence[Sequence[str]]

TITLES = {
    "name": "姓名 名字 志愿者姓名 队员姓名 人员姓名 志愿者 队员 name",
    "phone": "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 本人电话 phone mobile tel"
    " 座机 固定电话 固话 备用电话 其他电话 联络电话 电话手机 手机电话",
    "team": "服务队 服务队名称 志愿服务队 团队 团队名称 队伍 所属服务队 所属团队 所属队伍 小组 team",
    "partner": "合伙人 社区合伙人 合伙人名称 合作单位 共建单位 partner",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 证件号 证件号码 身份号码 idnumber idcard",
}
"""What the columns are called in the tables of streets, schools and companies."""

_FIELDS = {title: field for field, titles in TITLES.items() for title in titles.split()}
_SIMPLIFIED = str.maketrans(
    "機號碼電話聯絡繫務隊團組願員夥單證屬稱無動", "机号码电话联络系务队团组愿员伙单证属称无动"
)
_WITHIN = 10  # rows in which the heading begins; above it stand the title and the date of the table
_HIGHEST = 3  # rows of a heading


class Heading(Struct, frozen=True):
    """The heading of a list: the first row below it, and the title of each column.

    `places` has the columns of each field, counted from 0, mobiles before other telephones.
    """

    below: int
    titles: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    def title(self, place: int) -> str:
        """What a column is called, empty where it has no name."""
        return self.titles[place] if place < len(self.titles) else ""


def heading_of(rows: Rows) -> Heading | None:
    """The heading of a list, of one row or of several with merged cells; None when there is none."""
    first = max(range(min(_WITHIN, len(rows))), key=lambda at: len(_fields(rows[at])), default=0)
    if not rows or not _is_heading(rows[first]):
        return None
    block = [rows[first]]
    while len(block) < _HIGHEST and _goes_on(block, rows[first + len(block) :]):
        block.append(rows[first + len(block)])
    above = rows[first - 1] if first else ()
    titles = [_title(block, above, place) for place in range(max(map(len, (*block, above))))]
    below = first + len(block)
    return Heading(below, tuple(titles), _places(titles, rows[below:]))


def field_of(title: str) -> str:
    """The field that a column's title names: 手机号（必填）, *手机* and 電話2 are the phone; else empty."""
    bare = _bare(title)
    return _FIELDS.get(bare) or _FIELDS.get(re.sub("[0-9一二三]$", "", bare), "")


def letter_of(place: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter_of(before - 1) if before else "") + chr(ord("A") + last)


_BESIDE = re.compile(r"\(.*?\)|[\s*:：_\-/]")


def _bare(title: str) -> str:
    return _BESIDE.sub("", tidy(title)).lower().translate(_SIMPLIFIED)


def _fields(row: Sequence[str]) -> set[str]:
    return {field for cell in row if (field := field_of(cell))}


def _is_heading(row: Sequence[str]) -> bool:
    return bool(_fields(row) & {"name", "team", "partner"})


def _goes_on(block: Rows, below: Rows) -> bool:
    """Whether the next row is of the heading too: 手机 and 微信 under 联系方式, and nobody beside them."""
    if not below or not _fields(below[0]):
        return False
    for place, cell in enumerate(below[0]):
        above = next((field for row in block if (field := field_of(_cell(row, place)))), "")
        is_somebody = bool(phone_digits(cell)) if above == "phone" else field_of(cell) != above
        if above and cell.strip() and is_somebody:
            return False
    return True


def _title(block: Rows, above: Sequence[str], place: int) -> str:
    """A column's title: the lowest row of the heading that says something, or what stands over a blank."""
    for row in reversed(block):
        if _bare(cell := _cell(row, place)):
            return tidy(cell)
    over = _cell(above, place)
    return tidy(over) if field_of(over) else ""


def _places(titles: Sequence[str], below: Rows) -> dict[str, tuple[int, ...]]:
    """Where each field stands. One that stands in several columns counts where something is written."""
    found: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        if field := field_of(title):
            found.setdefault(field, []).append(place)
    places = {}
    for field, columns in found.items():
        used = [place for place in columns if any(_cell(row, place).strip() for row in below)]
        # an identity card's column counts only when something is written in it
        kept = used or ([] if field == "id_number" else columns[:1])
        if kept:
            places[field] = tuple(sorted(kept, key=lambda place: not _is_mobile(titles[place])))
    return places


def _is_mobile(title: str) -> bool:
    return any(word in _bare(title) for word in ("手机", "移动", "mobile"))


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
