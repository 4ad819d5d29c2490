"""A ledger (台账) as a sheet of words: what stands over its columns, how wide they are, its rows."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from kiosk.centre import Centre
from kiosk.figures.rules import Span
from kiosk.words import mark


class Ledger(StrEnum):
    """The ten ledgers, in the order in which they are offered."""

    CONCERNS = "concerns"
    DIARY = "diary"
    FINDINGS = "findings"
    TASKS = "tasks"
    RATINGS = "ratings"
    HOPES = "hopes"
    CASES = "cases"
    REMINDERS = "reminders"
    POINTS = "points"
    SCORES = "scores"


TITLES = {
    Ledger.CONCERNS: mark("诉求登记台账"),
    Ledger.DIARY: mark("民情日志台账"),
    Ledger.FINDINGS: mark("问题反馈和整改清单"),
    Ledger.TASKS: mark("任务清单和通报"),
    Ledger.RATINGS: mark("好差评和差评整改台账"),
    Ledger.HOPES: mark("微心愿台账"),
    Ledger.CASES: mark("代办台账"),
    Ledger.REMINDERS: mark("资格认证和到期提醒台账"),
    Ledger.POINTS: mark("议题台账"),
    Ledger.SCORES: mark("满意度汇总"),
}
"""As they stand on paper, which is filed in Chinese; a page says them in its language."""

Head = tuple[str, int]
"""A column's title and its width: shares of the page, and letters in a workbook."""


class Viewer(Struct, frozen=True):
    """For whom a ledger is made: role, id and name; `sees_phones` when a reason was given and noted."""

    role: str
    staff_id: int
    name: str
    sees_phones: bool = False


class Wanted(Struct, frozen=True):
    """Which ledger of which days, for whom."""

    ledger: Ledger
    span: Span
    viewer: Viewer


class Sheet(Struct, frozen=True):
    """A ledger. `total` is a last row, or none; `concerns` are the ids whose telephone numbers it shows."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    concerns: tuple[int, ...] = ()


class Making(Struct, frozen=True):
    """What a ledger is made with: the centre, whom it is for, staff's names."""

    centre: Centre
    viewer: Viewer
    names: dict[int, str]
    now: datetime

    def day(self, moment: datetime | None) -> str:
        """A moment as its date; "" for none."""
        return "" if moment is None else f"{self.centre.local(moment):%Y-%m-%d}"

    def minute(self, moment: datetime) -> str:
        """A moment as date and minute."""
        return f"{self.centre.local(moment):%Y-%m-%d %H:%M}"

    def who(self, staff_id: int | None) -> str:
        """Somebody of staff; "" for nobody."""
        return self.names.get(staff_id or 0, "")


def masked(phone: str, tail: str) -> str:
    """A number as a ledger shows it unasked: its last four digits."""
    return f"****{tail}" if tail else "****" * bool(phone)
