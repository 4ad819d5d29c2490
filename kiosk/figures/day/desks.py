"""How long a counter was open, paused, and had somebody before it, by who sat there. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from kiosk.clock import lasted
from kiosk.figures.day.cases import FigureStep
from kiosk.figures.rules import LONGEST_S
from kiosk.tickets import Status, standing_steps

_AT_HAND = (Status.CALLED, Status.SERVING)


class DeskStep(Struct, frozen=True):
    """A change of a counter: open, close, pause or go_on, by whom."""

    counter: int
    verb: str
    staff_id: int
    at: datetime


class Stay(Struct, frozen=True):
    """From when until when somebody stood before a counter, from the call on."""

    counter: int
    staff_id: int | None
    since: datetime
    until: datetime


class DeskTime(Struct, frozen=True):
    """Seconds that one member of staff had one counter open on a day, paused, and busy with somebody."""

    counter: int
    staff_id: int
    open_s: int = 0
    pause_s: int = 0
    busy_s: int = 0


def stays_of(steps: Sequence[FigureStep], now: datetime) -> tuple[Stay, ...]:
    """Where one ticket's holder stood and how long; who stands there still has been until `now`."""
    stays = []
    since: FigureStep | None = None
    for step in standing_steps(steps):
        if step.to_status in _AT_HAND and step.from_status not in _AT_HAND:
            since = step
        elif since is not None and step.to_status not in _AT_HAND:
            stays.append(_stay(since, step.at))
            since = None
    if since is not None:
        stays.append(_stay(since, now))
    return tuple(one for one in stays if one.counter)


def _stay(since: FigureStep, until: datetime) -> Stay:
    return Stay(since.counter or 0, since.staff_id, since.at, until)


def desk_times(steps: Iterable[DeskStep], stays: Sequence[Stay], now: datetime) -> tuple[DeskTime, ...]:
    """Each counter's times of one day by who sat there, out of the counters' changes of that day.

    A counter that nobody closed counts until the last person left it; today, where `now` is later than
    everything, until now.
    """
    open_s: dict[tuple[int, int], int] = {}
    pause_s: dict[tuple[int, int], int] = {}
    by_counter: dict[int, list[DeskStep]] = {}
    for step in steps:
        by_counter.setdefault(step.counter, []).append(step)
    for counter, changes in by_counter.items():
        ends = max([stay.until for stay in stays if stay.counter == counter], default=changes[-1].at)
        last = DeskStep(counter, "close", 0, min(now, max(ends, changes[-1].at)))
        for step, after in zip(changes, [*changes[1:], last], strict=True):
            took = _seconds(step.at, after.at)
            if step.verb == "close":
                continue
            key = (counter, step.staff_id)
            open_s[key] = open_s.get(key, 0) + took
            if step.verb == "pause":
                pause_s[key] = pause_s.get(key, 0) + took
    busy_s: dict[tuple[int, int], int] = {}
    for stay in stays:
        key = (stay.counter, stay.staff_id or 0)
        busy_s[key] = busy_s.get(key, 0) + _seconds(stay.since, stay.until)
    return tuple(
        DeskTime(*key, open_s.get(key, 0), pause_s.get(key, 0), busy_s.get(key, 0))
        for key in sorted(open_s.keys() | busy_s.keys())
    )


def _seconds(since: datetime, until: datetime) -> int:
    took = lasted(since, until)
    whole = 0 if took is None else int(took.total_seconds())
    return whole if whole <= LONGEST_S else 0
