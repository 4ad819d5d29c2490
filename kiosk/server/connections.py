"""Which connections are closed: who takes too long over something, and who has the most when room is scarce.

Plain values and the time passed in. Nobody is refused for the number of connections behind one address: a
thousand phones may share the one of a router. When room gets scarce the oldest that ask nothing go, of
whoever has the most.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Stage(StrEnum):
    """What a connection is about."""

    FRESH = "fresh"
    """Nothing was asked on it yet."""
    IDLE = "idle"
    """What was asked is answered."""
    HEADER = "header"
    BODY = "body"
    ASKED = "asked"
    """A request stands in the queue or is being answered."""
    ANSWER = "answer"
    """An answer waits to be taken."""


LONGEST_S = {Stage.FRESH: 10.0, Stage.HEADER: 10.0, Stage.BODY: 30.0, Stage.IDLE: 60.0, Stage.ANSWER: 60.0}
"""Seconds that a stage may last, however steadily its bytes come. The queue is ours to hurry."""

ROOM_KEPT = 64
"""Connections that strangers never get: a hall has twenty screens, a browser opens six to a place."""

SLACK = 40
"""One part in so many is made free beyond what is needed: looking through two thousand takes 5 ms."""


class Line(NamedTuple):
    """A connection: `since` (seconds, monotonic) it is in its stage, and the bytes it makes us hold."""

    address: str
    stage: Stage
    since: float
    holds: int = 0
    is_favoured: bool = False


def overdue(lines: Mapping[int, Line], now: float) -> list[int]:
    """Those that are longer in their stage than it may last."""
    latest = {stage: now - LONGEST_S.get(stage, float("inf")) for stage in Stage}
    return [key for key, line in lines.items() if line.since <= latest[line.stage]]


def room_for_strangers(most: int, favoured: int) -> int:
    """How many connections strangers may have of `most`, while `favoured` are of enrolled devices."""
    return max(0, most - max(min(ROOM_KEPT, most // 4), favoured))


def surplus(lines: dict[int, Line], most: int) -> list[int]:
    """What to close so that strangers leave room; nothing while there is some."""
    strangers = {key: line for key, line in lines.items() if not line.is_favoured}
    room = room_for_strangers(most, len(lines) - len(strangers))
    too_many = len(strangers) - room
    if too_many > 0:
        return _of_the_greediest(strangers, lambda _: 1, too_many + room // SLACK)
    return _of_the_greediest(lines, lambda _: 1, len(lines) - most)


def hoarded(lines: dict[int, Line], most_bytes: int) -> list[int]:
    """What to close so that no more than `most_bytes` are held for slow senders and readers."""
    too_much = sum(line.holds for line in lines.values()) - most_bytes
    if too_much <= 0:
        return []
    held = {key: line for key, line in lines.items() if line.holds}
    return _of_the_greediest(held, lambda line: line.holds, too_much)


def _of_the_greediest(lines: dict[int, Line], weigh: Callable[[Line], int], too_much: int) -> list[int]:
    """Connections of `too_much` weight: always the next of the address that has the most.

    Of its own those that ask nothing go first, and of these the oldest.
    """
    by_address: defaultdict[str, list[int]] = defaultdict(list)
    for key, line in reversed(lines.items()):
        by_address[line.address].append(key)
    for keys in by_address.values():  # the last goes first
        keys.sort(key=lambda key: (lines[key].stage is not Stage.ASKED, -lines[key].since))
    greed = [(-sum(weigh(lines[key]) for key in keys), address) for address, keys in by_address.items()]
    heapify(greed)
    found: list[int] = []
    while too_much > 0 and greed:
        weight, address = heappop(greed)
        found.append(by_address[address].pop())
        freed = weigh(lines[found[-1]])
        too_much -= freed
        if by_address[address]:
            heappush(greed, (weight + freed, address))
    return found
