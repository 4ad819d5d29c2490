"""What a catalogue's file holds: sheets of rows of texts, whatever kind of file it is."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field


class SheetKind(StrEnum):
    """What a sheet is about; the order is that in which its rows are taken in."""

    GROUP = "groups"
    SERVICE = "services"
    MATERIAL = "materials"
    OUTCOME = "outcomes"
    COUNTER = "counters"
    PRIORITY = "priorities"


class Spec(Struct, frozen=True):
    """A sheet: its title, and its columns as field → (heading, width). Headings of windows are numbers."""

    title: str
    columns: Mapping[str, tuple[str, int]]

    def heading(self, name: str) -> str:
        """The heading of a field; of a window its number."""
        return self.columns[name][0] if name in self.columns else name


def _both(name: str, heading: str, width: int, width_en: int) -> dict[str, tuple[str, int]]:
    """The columns of a text and of its English."""
    return {name: (heading, width), f"{name}_en": (f"{heading}（英文）", width_en)}


_CODE, _SLUG = {"code": ("代码", 10)}, {"slug": ("代码", 10)}
_OF_SERVICE = {"code": ("业务的代码", 12)}
_LETTER, _ICON, _RETIRED = {"letter": ("字母", 8)}, {"icon": ("图标", 16)}, {"retired": ("停用", 8)}
_NAME = ("name", "名称")

SHEETS = {
    SheetKind.GROUP: Spec("类别", _SLUG | _both(*_NAME, 20, 28) | _ICON | _LETTER | _RETIRED),
    SheetKind.SERVICE: Spec(
        "业务",
        _CODE
        | {"group": ("类别的代码", 12)}
        | _both(*_NAME, 28, 36)
        | _LETTER
        | _ICON
        | _both("place", "在哪里等", 20, 24)
        | {"initials": ("拼音首字母", 14), "duration_min": ("大约几分钟", 12), "hours": ("自己的时间", 20)}
        | {"for_whom": ("谁能取号", 14), "daily_cap": ("一天最多几个号", 14), "is_popular": ("放在首页", 10)}
        | _RETIRED,
    ),
    SheetKind.MATERIAL: Spec(
        "要带的东西",
        _OF_SERVICE
        | _both("text", "要带什么", 28, 36)
        | _both("note", "说明", 20, 28)
        | {"kind": ("谁带", 12)},
    ),
    SheetKind.OUTCOME: Spec(
        "办结的结果",
        _OF_SERVICE
        | {"kind": ("是什么", 10)}
        | _both("text", "结果", 20, 28)
        | _both("reasons", "原因", 36, 48),
    ),
    SheetKind.COUNTER: Spec("窗口", _OF_SERVICE | {"name": ("名称", 28)}),
    SheetKind.PRIORITY: Spec(
        "优先", _CODE | _both(*_NAME, 20, 28) | {"head_start_min": ("相当于早到几分钟", 16)} | _RETIRED
    ),
}

YES, NO = "是", ""
TICK = "✓"
KINDS = {"own": "本人", "agent": "代办人", "if_you_have": "有就带"}
"""For whom a material is, as a sheet says it."""
ENDS = {"result": "结果", "way": "怎么办的"}
"""What a line of the outcomes says, as a sheet says it."""


class Row(Struct, frozen=True):
    """A row of a sheet: its number, from 1, and its cells by field."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


class Book(Struct, frozen=True):
    """A whole file. A sheet that is missing says nothing; `centre` is the address of its own centre."""

    sheets: Mapping[SheetKind, tuple[Row, ...]]
    centre: str = ""
    columns: Mapping[SheetKind, tuple[str, ...]] = field(default_factory=dict)

    def rows(self, kind: SheetKind) -> tuple[Row, ...]:
        """The rows of a sheet."""
        return self.sheets.get(kind, ())


class Fault(Struct, frozen=True):
    """A cell that cannot be taken: `column` is a field, empty for the whole row; `what` a code."""

    sheet: SheetKind
    row: int
    column: str
    what: str
    about: str = ""
