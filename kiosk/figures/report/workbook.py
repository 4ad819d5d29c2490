"""Figures as a workbook: their sums, by what was asked, by day, and every visit without a name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from kiosk import spreadsheets
from kiosk.centre import Centre
from kiosk.figures.day.cases import Case
from kiosk.figures.names import Names
from kiosk.figures.report.words import (
    CHANNEL_WORDS,
    END_WORDS,
    HEADS,
    Column,
    Say,
    columns_of,
    in_chinese,
    key_words,
)
from kiosk.figures.rules import By, values
from kiosk.figures.totals import Figures, Row
from kiosk.spreadsheets import Table
from kiosk.words import mark

MOST_RAW = 31
"""Days of which every visit is written: a month; a year of them would take minutes."""

_KINDS = {"count": "number", "time": "number", "share": "hours", "long": "number"}
_UNITS = {"time": mark("（秒）"), "long": mark("（秒）"), "share": mark("（比例）")}

VISITS = (
    ("day", mark("日期"), 12, "date"),
    ("number", mark("号码"), 8, "text"),
    ("place", mark("第几件"), 8, "number"),
    ("service", mark("业务代码"), 10, "text"),
    ("service_name", mark("业务"), 28, "text"),
    ("channel", mark("取号的地方"), 16, "text"),
    ("priority", mark("优先"), 14, "text"),
    ("for_someone_else", mark("替别人办"), 10, "number"),
    ("hour", mark("钟点"), 8, "number"),
    ("came", mark("开始排队"), 10, "text"),
    ("called", mark("第一次叫到"), 10, "text"),
    ("ended", mark("结束的时间"), 10, "text"),
    ("wait_s", mark("等候（秒）"), 10, "number"),
    ("walk_s", mark("走到窗口（秒）"), 10, "number"),
    ("serve_s", mark("办理（秒）"), 10, "number"),
    ("hold_s", mark("挂起（秒）"), 10, "number"),
    ("holds", mark("挂起次数"), 8, "number"),
    ("misses", mark("过号次数"), 8, "number"),
    ("recalls", mark("重呼次数"), 8, "number"),
    ("counter", mark("窗口"), 8, "number"),
    ("end", mark("结束时"), 14, "text"),
    ("outcome", mark("结果"), 16, "text"),
    ("reason", mark("原因"), 20, "text"),
    ("way", mark("怎么办的"), 14, "text"),
    ("told_low_min", mark("预计最短（分钟）"), 10, "number"),
    ("told_high_min", mark("预计最长（分钟）"), 10, "number"),
    ("unsure", mark("时间说不清"), 10, "number"),
)
"""The columns of every visit: what it is called in code, on the sheet, its width and kind."""

Cells = tuple[str | int | float, ...]


class Writing(NamedTuple):
    """For which centre it is written, in which words, and what the centre's own things are called."""

    centre: Centre
    names: Names
    say: Say = in_chinese

    @property
    def promise(self) -> int:
        """The centre's promise in minutes."""
        return self.centre.settings.wait_promise_min


def workbook(found: Figures, cases: Sequence[Case] | None, by: Writing) -> bytes:
    """The workbook; None for `cases`: too many days for every visit. Up to a second a thousand visits.

    Raises TooManyTasks.
    """
    sheets = [_about(found, cases is None, by), _rows(found.by, found.rows, by)]
    if found.by != By.DAY:
        sheets.append(_rows(By.DAY, found.days, by))
    if cases is not None:
        columns = [spreadsheets.Column(by.say(title), width, kind) for _, title, width, kind in VISITS]
        sheets.append(Table(by.say(mark("每一件")), columns, [_visit(case, by) for case in cases]))
    return spreadsheets.write_tables(sheets)


def _about(found: Figures, is_long: bool, by: Writing) -> Table:
    told = values(found.whole, by.promise)
    say = by.say
    rows = [
        (say(mark("从")), str(found.span.first)),
        (say(mark("到")), str(found.span.last)),
        (say(mark("承诺多少分钟以内叫到")), str(by.promise)),
        *((_title(one, say), _plain(told[one.name])) for one in columns_of(By.COUNTER)),
    ]
    if is_long:
        rows.append((say(mark("每一件的记录")), say(mark("超过31天，没有写。请一个月一个月地导出。"))))
    columns = [spreadsheets.Column(say(mark("数")), 28), spreadsheets.Column(say(mark("是多少")), 20)]
    return Table(say(mark("合计")), columns, rows)


def _rows(kind: By, rows: Iterable[Row], by: Writing) -> Table:
    shown = columns_of(kind)
    columns = [spreadsheets.Column(by.say(HEADS[kind]), 26)]
    columns += [spreadsheets.Column(_title(one, by.say), 12, _KINDS[one.unit]) for one in shown]
    names = by.names.of(kind)
    lines = []
    for row in rows:
        told = values(row.cell, by.promise)
        lines.append((key_words(kind, row.key, names, by.say), *(_number(told[one.name]) for one in shown)))
    return Table(by.say(HEADS[kind]), columns, lines)


def _title(column: Column, say: Say) -> str:
    unit = _UNITS.get(column.unit)
    return say(column.words) + (say(unit) if unit else "")


def _number(value: float | None) -> str | int | float:
    return "" if value is None else value


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _visit(case: Case, by: Writing) -> Cells:
    of, say, names = case.ticket, by.say, by.names
    return (
        _day(of.day), of.number, case.place, case.service, names.of(By.SERVICE).get(case.service, ""),
        say(CHANNEL_WORDS[of.channel]), names.of(By.PRIORITY).get(of.priority, of.priority),
        int(of.for_someone_else), case.hour,
        *(_clock(by.centre, at) for at in (case.came_at, case.called_at, case.ended_at)),
        *(_number(one) for one in (case.wait_s, case.walk_s, case.serve_s, case.hold_s)),
        case.holds, case.misses, case.recalls, _number(case.counter), say(END_WORDS[case.end]),
        case.outcome, case.reason, case.way,
        _number(of.told_low_min), _number(of.told_high_min), int(case.is_unsure),
    )  # fmt: skip


def _day(day: date) -> str:
    return day.isoformat()


def _clock(centre: Centre, moment: datetime | None) -> str:
    return "" if moment is None else f"{centre.local(moment):%H:%M:%S}"
