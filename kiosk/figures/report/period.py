"""The report of a month or a year, put together: in Chinese, as the street office files it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.figures.attendance import Attendance, attendance_of
from kiosk.figures.day.cases import Case
from kiosk.figures.day.reading import cases_of_day
from kiosk.figures.names import names_of
from kiosk.figures.refusals import NoReport
from kiosk.figures.report.changed import changed, together
from kiosk.figures.report.words import COLUMNS, DESK_COLUMNS, key_words, written
from kiosk.figures.rules import By, Cell, Span, month_before, month_of, values
from kiosk.figures.totals import Figures, Row, by_month, figures_of
from printing.papers import FiguresReport, ReportChart

FIRST_YEAR = 2000
"""No report is of an earlier one."""

_LINES = (
    *("tickets", "cases", "served", "wait_median_s", "wait_p90_s", "promise_share", "walk_mean_s"),
    *("serve_mean_s", "holds", "misses", "transferred", "left", "missed_out", "closed", "told_share"),
    *("open_s", "idle_share"),
)
"""The figures of the report's first page."""

_LEDGER = ("tickets", "cases", "served", "wait_mean_s", "wait_p90_s", "promise_share", "serve_mean_s", "left")
_LEDGER_HEADS = ("业务", "取号", "件数", "办结", "平均等候", "九成以内", "承诺内", "平均办理", "弃号")
_UNITS = {one.name: one.unit for one in COLUMNS + DESK_COLUMNS} | {"wait_mean_s": "time"}


class Period(NamedTuple):
    """A month like 2026-11, or a year (`month` 0)."""

    year: int
    month: int = 0

    @property
    def span(self) -> Span:
        """Its days."""
        if self.month:
            return month_of(date(self.year, self.month, 1))
        return Span(date(self.year, 1, 1), date(self.year, 12, 31))

    @property
    def before(self) -> Span:
        """The days that it is compared with: of a month those of the one before, of a year the same."""
        if self.month:
            return month_before(self.span.first)
        return Span(date(self.year - 1, 1, 1), date(self.year - 1, 12, 31))

    @property
    def name(self) -> str:
        """How its files are called."""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.year}年{self.month}月服务统计" if self.month else f"{self.year}年服务统计"

    @property
    def words_before(self) -> str:
        """What it is compared with is called."""
        return "上个月" if self.month else "上一年"


def period_of(name: str, today: date) -> Period:
    """The period called "2026-11" or "2026". Raises NoReport for what is none or has not begun."""
    year, _, month = name.partition("-")
    parts = [part for part in (year, month) if part]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(year) != 4 or "-" in month:
        raise NoReport
    if ("-" in name) != bool(month) or (month and (len(month) != 2 or not 1 <= int(month) <= 12)):
        raise NoReport
    period = Period(int(year), int(month or 0))
    if period.year < FIRST_YEAR or period.span.first > today:
        raise NoReport
    return period


class Reported(Struct, frozen=True):
    """All that a report says: the figures by service, of the time before too, and the paper."""

    period: Period
    found: Figures
    paper: FiguresReport


def report_of(tx: Connection, centre: Centre, period: Period, now: datetime) -> Reported:
    """The report of a month or year. Raises NoReport."""
    today = centre.day(now)
    if period.span.first > today:
        raise NoReport
    found = figures_of(tx, centre, period.span, By.SERVICE, now)
    before = figures_of(tx, centre, period.before, By.SERVICE, now)
    attended = [attendance_of(tx, one) for one in (period.span, period.before)]
    names = names_of(tx, "zh").of(By.SERVICE)
    promise = centre.settings.wait_promise_min
    paper = FiguresReport(
        centre=centre.name("zh"),
        title=period.title,
        first_on=str(period.span.first),
        last_on=str(min(period.span.last, today)),
        made_on=str(today),
        before=period.words_before,
        paragraph=changed(
            found.whole, before.whole, promise,
            together(_by_name(found.rows, names), _by_name(before.rows, names)), period.words_before,
        ),
        lines=tuple(_lines(found.whole, before.whole, promise, attended)),
        charts=_charts(found, names, period),
        heads=_LEDGER_HEADS,
        ledger=tuple(_ledger(found.rows, names, promise)),
        total=_line("合计", found.whole, promise),
        notes=tuple(_notes(found, promise)),
    )  # fmt: skip
    return Reported(period, found, paper)


def cases_in(tx: Connection, centre: Centre, span: Span) -> list[Case]:
    """Every case of these days, in their order; a twentieth of a second a day of 800."""
    days = (span.first + timedelta(days=number) for number in range(span.days))
    return [case for day in days for case in cases_of_day(tx, centre, day)]


def _by_name(rows: Iterable[Row], names: dict[str, str]) -> list[tuple[str, int]]:
    return [(names.get(row.key, row.key), row.cell.cases) for row in rows]


def _lines(
    now: Cell, before: Cell, promise: int, attended: Sequence[Attendance]
) -> Iterable[tuple[str, str, str]]:
    new, old = values(now, promise), values(before, promise)
    for one in (*COLUMNS, *DESK_COLUMNS):
        if one.name not in _LINES:
            continue
        words = f"{promise}分钟以内叫到" if one.name == "promise_share" else one.words
        yield words, written(new[one.name], one.unit), written(old[one.name], one.unit)
    this, that = attended
    yield "活动（场）", str(this.event_days), str(that.event_days)
    yield "签到（人次）", str(this.people), str(that.people)
    yield "志愿服务时长", written(this.minutes * 60, "long"), written(that.minutes * 60, "long")


def _ledger(rows: Iterable[Row], names: dict[str, str], promise: int) -> Iterable[tuple[str, ...]]:
    for row in rows:
        yield _line(key_words(By.SERVICE, row.key, names), row.cell, promise)


def _line(words: str, cell: Cell, promise: int) -> tuple[str, ...]:
    told = values(cell, promise)
    return words, *(written(told[name], _UNITS[name]) for name in _LEDGER)


def _charts(found: Figures, names: dict[str, str], period: Period) -> tuple[ReportChart, ...]:
    days = found.days if period.month else by_month(found.days)
    hours, services = found.hours, found.rows[:10]
    return (
        ReportChart(
            "每天办了多少件" if period.month else "每月办了多少件",
            tuple(_day(row.key) for row in days),
            ("件数", "办结"),
            (_counts(days, "cases"), _counts(days, "served")),
        ),
        ReportChart(
            "几点来的人等了多少分钟",
            tuple(key_words(By.HOUR, row.key, {}) for row in hours),
            ("一半的人以内", "九成的人以内"),
            (
                tuple(_minutes(row.cell.known_waits.median_s) for row in hours),
                tuple(_minutes(row.cell.known_waits.p90_s) for row in hours),
            ),
        ),
        ReportChart(
            "各项业务办了多少件（最多的十项）",
            tuple(names.get(row.key, row.key) for row in services),
            ("件数", "办结"),
            (_counts(services, "cases"), _counts(services, "served")),
        ),
    )


def _counts(rows: Iterable[Row], name: str) -> tuple[float | None, ...]:
    return tuple(getattr(row.cell, name) for row in rows)


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _day(key: str) -> str:
    _, month, day = key.split("-")
    return f"{int(day)}" if int(day) else f"{int(month)}月"


def _notes(found: Figures, promise: int) -> Iterable[str]:
    yield f"等候从取号（或转来）算到叫号；承诺：{promise}分钟以内叫到。不到10件的不算比例和平均，写“–”。"
    if found.has_today:
        yield "还没有过完，到制表时为止。"
    if found.left_out:
        yield f"有{found.left_out}天的记录还没有整理好，没有算在里面。"
    if found.whole.unsure:
        yield f"有{found.whole.unsure}件的时间说不清（电脑的钟改过），没有算进时间里。"
