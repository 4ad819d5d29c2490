"""How long people waited, hour by hour: the waits and the shares are those of the office's figures."""

from collections.abc import Sequence

from msgspec import Struct

from kiosk.figures import Waits
from kiosk.simulation.day import Wait


class Hour(Struct, frozen=True):
    """Who arrived in one hour, and how long those of them who were called had waited, in minutes."""

    hour: int
    arrivals: int
    called: int
    median_min: float | None
    p90_min: float | None
    longest_min: float | None


def by_hour(waits: Sequence[Wait]) -> tuple[Hour, ...]:
    """One line for each hour of arrival from the first to the last."""
    known = [wait.hour for wait in waits]
    hours = range(min(known), max(known) + 1) if known else ()
    return tuple(summed(hour, [wait for wait in waits if wait.hour == hour]) for hour in hours)


def summed(hour: int, waits: Sequence[Wait]) -> Hour:
    """The figures of these people together."""
    known = Waits.of(wait.wait_s for wait in waits if wait.wait_s is not None)
    told = (_minutes(one) for one in (known.median_s, known.p90_s, known.longest_s))
    return Hour(hour, len(waits), len(known), *told)


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60
