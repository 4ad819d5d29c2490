"""Time is passed in: screens and the worker ask a Clock, rooms get `now` as a value.

A wall clock is set back and on. What was written while it was ahead lies in the future until its hour has
come again: every "less than so long ago" and every "so long since" is asked here, so all rooms meet it alike.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""

CLOCK_SLACK = timedelta(minutes=1)
"""Two boxes may differ by so much, and a clock is set by so much day by day; by more, and it was wrong."""


def system_clock() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def service_day(now: datetime, zone: ZoneInfo) -> date:
    """The date on the centre's wall; numbers restart with it."""
    return now.astimezone(zone).date()


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """The local midnight before `now`, in UTC. Found by date, so a day of 23 or 25 hours is right too."""
    return datetime.combine(service_day(now, zone), time(), zone).astimezone(UTC)


def lies_ahead(moment: datetime, now: datetime) -> bool:
    """Whether `moment` was written by a clock that was ahead: it cannot be compared with `now`."""
    return moment > now + CLOCK_SLACK


def bounds(now: datetime, span: timedelta) -> tuple[datetime, datetime]:
    """Between which moments something lies that happened less than `span` ago, both ends left out.

    The later end is no further off than `span` itself: a clock set back makes a guard last twice as long at
    most, never until its hour has come again.
    """
    return now - span, now + min(span, CLOCK_SLACK)


def is_within(moment: datetime, now: datetime, span: timedelta) -> bool:
    """Whether `moment` is less than `span` ago."""
    after, before = bounds(now, span)
    return after < moment < before


def lasted(since: datetime, until: datetime) -> timedelta | None:
    """How long it took; None when the clock went back meanwhile: nobody knows, and nothing learns from it."""
    return None if lies_ahead(since, until) else max(until - since, timedelta())


EVEN_FOR_S = 600.0
"""A clock that was just set, or a box that was just started, is believed after this: whoever sets a clock
looks at it again within minutes, and nothing that a night does is wanted sooner."""


class EvenClock:
    """Whether the wall clock runs as the machine's own time does, which nobody can set.

    Only then is a new date the end of the day: one look at a wrong one is none, nor is a boot on it.
    """

    def __init__(self, own_s: Callable[[], float] = monotonic) -> None:
        self._own_s = own_s
        self._seen: tuple[datetime, float] | None = None
        self._even_since = own_s()

    def look(self, now: datetime) -> bool:
        """Note that it is `now`; whether the clock has run evenly for EVEN_FOR_S, without a step."""
        own = self._own_s()
        if self._seen is not None:
            wall, before = self._seen
            if abs(now - wall - timedelta(seconds=own - before)) > CLOCK_SLACK:
                self.doubt()
        self._seen = now, own
        return own - self._even_since >= EVEN_FOR_S

    def doubt(self) -> None:
        """Something contradicts this clock: it has to run evenly anew."""
        self._even_since = self._own_s()
