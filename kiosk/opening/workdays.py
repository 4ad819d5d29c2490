"""Working days as the State Council's notice says: weekends worked count, days off do not; beyond it the law.

A promise of five working days is counted by this, whether the hall is open on a Sunday or not.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.opening.holidays import of_library
from kiosk.opening.rules import SATURDAY, HolidayDay
from kiosk.opening.tables import public_holiday

STATUTORY_SINCE = 2027
STATUTORY = frozenset(
    date(year, month, day)
    for year, others in {
        2027: ((2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (6, 9), (9, 15)),
        2028: ((1, 25), (1, 26), (1, 27), (1, 28), (4, 4), (5, 28), (10, 3)),
        2029: ((2, 12), (2, 13), (2, 14), (2, 15), (4, 4), (6, 16), (9, 22)),
        2030: ((2, 2), (2, 3), (2, 4), (2, 5), (4, 5), (6, 5), (9, 12)),
    }.items()
    for month, day in ((1, 1), *others, (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
)
"""The 13 days that are off by law (of November 2024), in years that no notice has told of yet."""


class Workdays(Struct, frozen=True):
    """Which days are worked. `until` is the last year that a notice tells of: later days are provisional."""

    off: frozenset[date]
    worked: frozenset[date]
    until: int

    def is_worked(self, day: date) -> bool:
        """Whether offices work on this day, as far as is known."""
        if day.year > self.until:
            return day.weekday() < SATURDAY and day not in STATUTORY
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def is_provisional(self, day: date) -> bool:
        """Whether the notice that decides about this day is still to come."""
        return day.year > self.until

    def after(self, start: date, count: int) -> date:
        """The last of `count` working days; the first day does not count (Civil Code 201, 203)."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; none when it is not later."""
        days = (end - start).days
        return sum(self.is_worked(start + timedelta(days=n)) for n in range(1, days + 1))


def workdays_of(days: Iterable[HolidayDay]) -> Workdays:
    """The same from the days of notices. A year is known when any of its days is."""
    found = tuple(days)
    return Workdays(
        frozenset(one.day for one in found if one.is_off),
        frozenset(one.day for one in found if not one.is_off),
        max((one.day.year for one in found), default=STATUTORY_SINCE - 1),
    )


def workdays(tx: Connection) -> Workdays:
    """Which days are worked, by what is known in `tx`: a file that was brought is believed first."""
    brought = tuple(HolidayDay(row.day, row.name, row.is_off) for row in _BROUGHT.all(tx, {}))
    return _merged(brought) if brought else _shipped()


_BROUGHT = Prepared(sa.select(public_holiday).order_by(public_holiday.c.day))


@cache
def _shipped() -> Workdays:
    return workdays_of(of_library(FIRST_YEAR))


FIRST_YEAR = 2025
"""Nothing here counts from an earlier day."""


def _merged(brought: tuple[HolidayDay, ...]) -> Workdays:
    years = {one.day.year for one in brought}
    kept = (one for one in of_library(FIRST_YEAR) if one.day.year not in years)
    return workdays_of((*kept, *brought))
