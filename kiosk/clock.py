"""Time is passed in: screens and the worker ask a Clock, rooms get `now` as a value."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def service_day(now: datetime, zone: ZoneInfo) -> date:
    """The date on the centre's wall; numbers restart with it."""
    return now.astimezone(zone).date()


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """The local midnight before `now`, in UTC. Found by date, so a day of 23 or 25 hours is right too."""
    return datetime.combine(service_day(now, zone), time(), zone).astimezone(UTC)
