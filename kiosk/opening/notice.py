"""The State Council's notice of a year's holidays, read from its text as it is pasted.

A line is "四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。" There are seven
holidays, two of which may share a line; each is counted against its own words and the law, so that what was
cut off or mistyped is named and nothing is taken over.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.opening.holidays import keep_holidays, known_of
from kiosk.opening.refusals import (
    LineMissing,
    NoticeOfAnotherYear,
    NoYearInNotice,
    WrongCount,
    WrongWeekday,
    WrongWorked,
)
from kiosk.opening.rules import SATURDAY, HolidayDay
from kiosk.opening.workdays import STATUTORY

LONGEST_TEXT = 10_000
NAMES = {
    "元旦": ("元旦", 1), "春节": ("春节", 4), "清明节": ("清明", 1), "劳动节": ("劳动节", 2),
    "端午节": ("端午", 1), "中秋节": ("中秋", 1), "国庆节": ("国庆节", 3),
}  # fmt: skip
"""Each holiday as the notice calls it: as we do, and how many days the law (of November 2024) gives it."""

LAW_SINCE, YEARS_AHEAD = 2025, 2
WEEKDAY_SIGNS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}

_NAME = "|".join(NAMES)
_HEAD = rf"((?:{_NAME})(?:[、和与及](?:{_NAME}))*):"
"""Compiled when it is first looked for, once a year: at each start it took 3 ms."""
_YEAR = re.compile(r"(20\d\d)年(?:部分)?节假日|现将(20\d\d)年")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
_OFF = re.compile(rf"{_DAY}(?:至{_DAY})?")
_ONE = re.compile(_DAY)


class Notice(Struct, frozen=True):
    """What a notice says: its year, and each day that is off or worked for one."""

    year: int
    days: tuple[HolidayDay, ...]

    @property
    def off(self) -> int:
        """How many days are off."""
        return sum(one.is_off for one in self.days)

    @property
    def worked(self) -> int:
        """How many days of weekends are worked."""
        return len(self.days) - self.off


def read_notice(text: str, since: date) -> Notice:
    """What a pasted notice says, of this year or one of the two after it.

    Raises NoYearInNotice, NoticeOfAnotherYear, LineMissing, WrongCount, WrongWeekday, WrongWorked.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:LONGEST_TEXT]))
    found = _YEAR.search(plain)
    if not found:
        raise NoYearInNotice
    year = int(found[1] or found[2])
    if not since.year <= year <= since.year + YEARS_AHEAD:
        raise NoticeOfAnotherYear(year=year)
    lines = list(_lines(plain))
    told = {name for names, _ in lines for name in names}
    for name in NAMES:
        if name not in told:
            raise LineMissing(name=name)
    days = [one for names, line in lines for one in _days_of(year, names, line)]
    _check_law(year, days)
    return Notice(year, tuple({one.day: one for one in days}.values()))


def _lines(plain: str) -> Iterator[tuple[list[str], str]]:
    """The holidays that each line is about, and the line."""
    heads = list(re.finditer(_HEAD, plain))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(plain)
        yield re.findall(_NAME, head[1]), plain[head.end() : end]


def _days_of(year: int, names: list[str], line: str) -> list[HolidayDay]:
    name, shown = NAMES[names[0]][0], "、".join(names)
    span = _OFF.match(line)
    if not span or not line[span.end() :].startswith("放假"):
        raise LineMissing(name=shown)
    first = _day(year, None, span.groups()[:4], shown)
    last = _day(year, first, span.groups()[4:], shown) if span[7] else first
    off = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counted = re.search(r"(?:共|放假)(\d+)天", line)
    if not off or (counted and int(counted[1]) != len(off)):
        raise WrongCount(name=shown)
    worked = [
        _day(year, None, one.groups(), shown)
        for sentence in line.split("。")
        if "上班" in sentence
        for one in _ONE.finditer(sentence)
    ]
    by_law = sum(NAMES[one][1] for one in names)
    on_weekdays = sum(day.weekday() < SATURDAY for day in off)
    is_even = year < LAW_SINCE or on_weekdays - len(worked) == by_law
    if not is_even or any(day.weekday() < SATURDAY or day in off for day in worked):
        raise WrongWorked(name=shown)
    return [HolidayDay(day, name, is_off) for days, is_off in ((off, True), (worked, False)) for day in days]


def _day(year: int, before: date | None, parts: tuple[str | None, ...], name: str) -> date:
    """A day as the notice writes it; a year or month that it leaves out is that of the day before."""
    own_year, month, day, beside = parts
    try:
        found = date(
            int(own_year) if own_year else before.year if before else year,
            int(month) if month else before.month if before else 0,
            int(day or 0),
        )
    except ValueError as fault:
        raise WrongWeekday(name=name) from fault
    said = re.search(r"(?:周|星期)([一二三四五六日天])", beside or "")
    if said and WEEKDAY_SIGNS[said[1]] != found.weekday():
        raise WrongWeekday(name=name)
    return found


def _check_law(year: int, days: list[HolidayDay]) -> None:
    """Raise WrongCount when a day that is off by law is not off."""
    off = {one.day for one in days if one.is_off}
    lacking = [day for day in sorted(STATUTORY) if day.year == year and day not in off]
    if lacking:
        raise WrongCount(name=f"{lacking[0].month}月{lacking[0].day}日")


def keep_notice(tx: Connection, asked: Asked, notice: Notice) -> bool:
    """Keep what a notice says; whether any of it is new.

    A day of another year, as the last of December before a New Year, stands beside what that year has.
    """
    others = {one.day.year for one in notice.days if one.day.year != notice.year}
    known = {one.day: one for year in others for one in known_of(tx, year)}
    return keep_holidays(tx, asked, (known | {one.day: one for one in notice.days}).values())
