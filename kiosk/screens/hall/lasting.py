"""What lasts too long in the hall, by the centre's own minutes: a wait, a visit, a pause. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from kiosk import services, tickets
from kiosk.clock import lasted
from kiosk.settings import Settings


class Limits(Struct, frozen=True):
    """From how many minutes on each is told; 0 for never."""

    wait_min: int
    visit_min: int
    pause_min: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """As the centre has set them."""
        return cls(settings.long_wait_min, settings.long_visit_min, settings.long_pause_min)


class Alarm(Struct, frozen=True):
    """One thing that lasts too long: `key` is its name, the same for as long as it lasts.

    `about` is the service's name, the number that is served, or why it is paused (a Pause).
    """

    key: str
    kind: str
    counter: int
    about: str
    minutes: int


def alarms(
    waiting: Iterable[tickets.WaitingCount],
    counters: Iterable[services.Counter],
    hands: Mapping[int, tickets.AtHand],
    limits: Limits,
    at: datetime,
) -> tuple[Alarm, ...]:
    """Waits first, of each service the longest; then visits and pauses by their counters."""
    seats = tuple(counters)
    found = (*_waits(waiting, limits.wait_min, at), *_visits(seats, hands, limits.visit_min, at))
    return (*found, *_pauses(seats, limits.pause_min, at))


def _waits(waiting: Iterable[tickets.WaitingCount], most: int, at: datetime) -> Iterator[Alarm]:
    for one in waiting:
        if minutes := _too_long(one.since, most, at):
            yield Alarm(f"wait-{one.code}", "wait", 0, one.name, minutes)


def _visits(
    seats: Iterable[services.Counter], hands: Mapping[int, tickets.AtHand], most: int, at: datetime
) -> Iterator[Alarm]:
    for one in seats:
        hand = hands.get(one.number)
        if hand and (minutes := _too_long(hand.called_at, most, at)):
            yield Alarm(f"visit-{hand.id}", "visit", one.number, hand.number, minutes)


def _pauses(seats: Iterable[services.Counter], most: int, at: datetime) -> Iterator[Alarm]:
    for one in seats:
        if one.pause and one.paused_at and (minutes := _too_long(one.paused_at, most, at)):
            key = f"pause-{one.number}-{int(one.paused_at.timestamp())}"
            yield Alarm(key, "pause", one.number, one.pause.value, minutes)


def _too_long(since: datetime, most: int, at: datetime) -> int:
    """Whole minutes from `since`, 0 while they are not too many; a clock that was set back tells nothing."""
    took = lasted(since, at)
    minutes = int(took.total_seconds() // 60) if took is not None else 0
    return minutes if most and minutes >= most else 0


def minute_of(at: datetime) -> int:
    """The minute that a page was made in: in the next one all its minutes are others."""
    return int(at.timestamp() // 60)
