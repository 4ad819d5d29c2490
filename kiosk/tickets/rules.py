"""The law of the queue: which verb leads where, in which order people are called, when a turn is missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What can happen to a ticket after it was taken."""

    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    CANCEL = "cancel"


MOVES: dict[tuple[Status, Verb], Status] = {
    (Status.WAITING, Verb.CALL_NEXT): Status.CALLED,
    (Status.WAITING, Verb.CALL): Status.CALLED,
    (Status.NO_SHOW, Verb.CALL): Status.CALLED,
    (Status.CALLED, Verb.RECALL): Status.CALLED,
    (Status.CALLED, Verb.START): Status.SERVING,
    (Status.CALLED, Verb.NO_SHOW): Status.NO_SHOW,
    (Status.SERVING, Verb.FINISH): Status.SERVED,
    (Status.WAITING, Verb.CANCEL): Status.CANCELLED,
    (Status.CALLED, Verb.CANCEL): Status.CANCELLED,
    (Status.SERVING, Verb.CANCEL): Status.CANCELLED,
}
"""(status, verb) → status is the whole law; a pair that is not here is refused."""

AT_HAND = (Status.CALLED, Status.SERVING)
"""A ticket in one of these stands before a counter."""

OPEN = (Status.WAITING, *AT_HAND)
"""A ticket in one of these still wants something."""


def sources(verb: Verb) -> tuple[Status, ...]:
    """The statuses that `verb` may leave."""
    return tuple(status for status, known in MOVES if known == verb)


def target(verb: Verb) -> Status:
    """The one status that `verb` leads to."""
    (to,) = {status for (_, known), status in MOVES.items() if known == verb}
    return to


def number_text(letter: str, count: int) -> str:
    """A number as people see it: letter and at least three digits, A001."""
    return f"{letter}{count:03d}"


def rank_at(taken_at: datetime, head_start: timedelta) -> datetime:
    """The one sort key of the queue: priority counts as having come earlier, so nobody starves."""
    return taken_at - head_start


@dataclass(frozen=True)
class MissedRule:
    """When a called person counts as absent: after so many calls and so long since the first."""

    calls: int
    after: timedelta

    def seconds_left(self, called_at: datetime, now: datetime) -> int:
        """Whole seconds until it may be marked; 0 when enough time has passed."""
        return max(0, -((now - called_at - self.after) // timedelta(seconds=1)))

    def calls_left(self, calls: int) -> int:
        """How many more calls it takes."""
        return max(0, self.calls - calls)


@dataclass(frozen=True)
class Tap:
    """What the station sends when a resident presses 取号.

    `tap` is unique to the page the button stood on; `station` names the terminal, empty when unknown;
    `another` says that a second ticket is wanted on purpose.
    """

    service: str
    tap: str
    station: str = ""
    priority: str | None = None
    phone_tail: str | None = None
    for_someone_else: bool = False
    another: bool = False


@dataclass(frozen=True)
class Taken:
    """The ticket of a tap; `already` when the resident had taken it before."""

    ticket_id: int
    token: str
    already: bool
