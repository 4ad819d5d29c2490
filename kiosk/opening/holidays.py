"""The state's holidays: of the years that the locked library knows, and of those that a file has brought.

Each autumn the State Council announces the next year. A centre without internet gets that year as one small
file, in the form in which it is passed round: {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01",
"isOffDay": true}, …]}.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.changes import Noted
from kiosk.opening.actions import HOLIDAYS
from kiosk.opening.refusals import NoHolidays
from kiosk.opening.rules import WEEKDAYS, Holiday, HolidayDay, by_holiday
from kiosk.opening.tables import public_holiday
from kiosk.opening_hours import SpecialDay
from kiosk.words import Own

WORKED_EN = "worked for a day off in a public holiday"
MOST_DAYS = 400
"""Days in one file; a year has about forty."""
LONGEST_NAME = 32


def holidays(tx: Connection, since: date) -> tuple[Holiday, ...]:
    """Every holiday that is known and not over on `since`, the next first; a file is believed first."""
    known = {one.day: one for one in of_library(since.year)} | {
        row.day: HolidayDay(row.day, row.name, row.is_off)
        for row in tx.execute(sa.select(public_holiday).where(public_holiday.c.day >= date(since.year, 1, 1)))
    }
    return tuple(one for one in by_holiday(known.values()) if max(one.days[-1].day, one.last) >= since)


def holiday_of(tx: Connection, key: str, since: date) -> Holiday:
    """The holiday with this key. Raises NoHolidays."""
    found = next((one for one in holidays(tx, since) if one.key == key), None)
    if found is None:
        raise NoHolidays
    return found


def known_until(tx: Connection, since: date) -> int:
    """The last year whose holidays are known; the year before `since` when none is."""
    years = [one.year for one in holidays(tx, date(since.year, 1, 1))]
    return max(years, default=since.year - 1)


def read_holidays(content: bytes, since: date) -> tuple[HolidayDay, ...]:
    """The days of a file, of this year and later. Raises NoHolidays for what is no such file."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
        days = found["days"]
        if not isinstance(days, list) or not 0 < len(days) <= MOST_DAYS:
            raise NoHolidays
        read = [_day(one) for one in days]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NoHolidays from fault
    if len({one.day for one in read}) != len(read):
        raise NoHolidays
    kept = tuple(one for one in read if since.year <= one.day.year <= since.year + 2)
    if not kept:
        raise NoHolidays
    return kept


def known_of(tx: Connection, year: int) -> tuple[HolidayDay, ...]:
    """Every day of a year that is known: as a file or a notice said, else as the library does."""
    in_year = public_holiday.c.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = tx.execute(sa.select(public_holiday).where(in_year)).all()
    if rows:
        return tuple(HolidayDay(row.day, row.name, row.is_off) for row in rows)
    return tuple(one for one in of_library(year) if one.day.year == year)


def _day(written: Any) -> HolidayDay:
    name, is_off = written["name"], written["isOffDay"]
    if not isinstance(name, str) or not isinstance(is_off, bool):
        raise TypeError
    name = "".join(sign for sign in name if sign.isprintable()).strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(name)
    return HolidayDay(date.fromisoformat(written["date"]), name, is_off)


def keep_holidays(tx: Connection, asked: Asked, days: Iterable[HolidayDay]) -> bool:
    """Keep the days of a file, instead of what an earlier file said of the same years; whether any is new."""
    new = {one.day: one for one in days}
    years = sorted({day.year for day in new})
    in_years = public_holiday.c.day.between(date(years[0], 1, 1), date(years[-1], 12, 31))
    old = {
        row.day: HolidayDay(row.day, row.name, row.is_off)
        for row in tx.execute(sa.select(public_holiday).where(in_years))
    }
    if old == new:
        return False
    tx.execute(sa.delete(public_holiday).where(in_years))
    tx.execute(
        sa.insert(public_holiday),
        [{"day": one.day, "name": one.name, "is_off": one.is_off} for one in new.values()],
    )
    name = "、".join(str(year) for year in years)
    before, after = (
        {f"{day}": f"{one.name} {'休' if one.is_off else '班'}" for day, one in sorted(some.items())}
        for some in (old, new)
    )
    noted = Noted("opening", f"{HOLIDAYS}{years[0]}", name, "change" if old else "add", before or None, after)
    changes.note(tx, asked, noted)
    return True


def days_for(
    centre: Centre, holiday: Holiday, today: date, worked_as: Mapping[date, int] | None = None
) -> dict[date, SpecialDay | None]:
    """What a centre that follows a holiday does on its days that are still to come.

    `worked_as`: the weekday (0 is Monday) as which each day is worked, where it isn't the likely one.
    """
    words, like = Own(f"{holiday.name}调休上班", WORKED_EN), likely(centre, holiday) | dict(worked_as or {})
    return {
        one.day: SpecialDay(words=Own(holiday.name))
        if one.is_off
        else SpecialDay(words=words, like=like[one.day])
        for one in holiday.days
        if one.day >= today
    }


def likely(centre: Centre, holiday: Holiday) -> dict[date, int]:
    """As which weekday a centre works each day that is worked: the one made up for, if it is open then."""
    open_on = open_weekdays(centre)
    return {day: like if like in open_on else open_on[0] for day, like in holiday.worked_as.items()}


def open_weekdays(centre: Centre) -> tuple[int, ...]:
    """The weekdays (0 is Monday) on which the centre is open; all seven where it has no hours."""
    week = range(len(WEEKDAYS))
    return tuple(day for day in week if centre.hours.of_weekday(day)) or tuple(week)


def is_followed(centre: Centre, holiday: Holiday, today: date) -> bool:
    """Whether the centre is off and open on the days of a holiday that are to come as the state says."""
    wanted, known = days_for(centre, holiday, today), centre.hours.days
    return bool(wanted) and all(
        special is not None and day in known and known[day].is_off == special.is_off
        for day, special in wanted.items()
    )


def not_followed(tx: Connection, centre: Centre, today: date, ahead: timedelta) -> tuple[Holiday, ...]:
    """The holidays that begin within `ahead` and on which the centre would be open as on other days."""
    near = (one for one in holidays(tx, today) if today <= one.first <= today + ahead)
    return tuple(one for one in near if not is_followed(centre, one, today))


def of_library(first_year: int) -> Iterable[HolidayDay]:
    """The days of the years from `first_year` on that the locked library knows."""
    # 1,000 dates of twenty years, which no page but one asks for
    from chinese_calendar.constants import Holiday as Named
    from chinese_calendar.constants import holidays as off
    from chinese_calendar.constants import workdays as worked

    words = {named.value: named.chinese for named in Named}
    for days, is_off in ((off, True), (worked, False)):
        for day, name in days.items():
            if day.year >= first_year:
                yield HolidayDay(day, words[name], is_off)
