"""The law of the queue: which verb leads where, in which order people are called, when a turn is missed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from kiosk.clock import lasted


class Status(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What can happen to a ticket after it was taken."""

    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    FINISH = "finish"
    CONTINUE = "continue"
    CONTINUE_HERE = "continue_here"
    TRANSFER = "transfer"
    NO_SHOW = "no_show"
    REJOIN = "rejoin"
    CANCEL = "cancel"
    CLOSE_DAY = "close_day"
    REOPEN_DAY = "reopen_day"
    UNDO = "undo"
    NOTE = "note"


MOVES: dict[tuple[Status, Verb], Status] = {
    (Status.WAITING, Verb.CALL_NEXT): Status.CALLED,
    (Status.WAITING, Verb.CALL): Status.CALLED,
    (Status.NO_SHOW, Verb.CALL): Status.CALLED,
    (Status.HELD, Verb.CALL): Status.CALLED,
    (Status.CALLED, Verb.RECALL): Status.CALLED,
    (Status.CALLED, Verb.START): Status.SERVING,
    (Status.CALLED, Verb.NO_SHOW): Status.NO_SHOW,
    (Status.CALLED, Verb.HOLD): Status.HELD,
    (Status.SERVING, Verb.HOLD): Status.HELD,
    (Status.HELD, Verb.RESUME): Status.SERVING,
    (Status.HELD, Verb.REJOIN): Status.WAITING,
    (Status.NO_SHOW, Verb.REJOIN): Status.WAITING,
    (Status.CALLED, Verb.TRANSFER): Status.WAITING,
    (Status.SERVING, Verb.TRANSFER): Status.WAITING,
    (Status.SERVING, Verb.FINISH): Status.SERVED,
    (Status.SERVED, Verb.CONTINUE): Status.WAITING,
    (Status.SERVED, Verb.CONTINUE_HERE): Status.SERVING,
    (Status.WAITING, Verb.CANCEL): Status.CANCELLED,
    (Status.CALLED, Verb.CANCEL): Status.CANCELLED,
    (Status.SERVING, Verb.CANCEL): Status.CANCELLED,
    (Status.HELD, Verb.CANCEL): Status.CANCELLED,
    (Status.NO_SHOW, Verb.CANCEL): Status.CANCELLED,
    (Status.WAITING, Verb.CLOSE_DAY): Status.CANCELLED,
    (Status.CALLED, Verb.CLOSE_DAY): Status.CANCELLED,
    (Status.SERVING, Verb.CLOSE_DAY): Status.CANCELLED,
    (Status.HELD, Verb.CLOSE_DAY): Status.CANCELLED,
}
"""(status, verb) → status is the whole law; a pair that is not here is refused.

UNDO, REOPEN_DAY and NOTE have no line: one takes back the newest move of a counter, whatever that was, along
this same table, one the closing of a day that was not over, and a note moves nobody.
"""

AT_HAND = (Status.CALLED, Status.SERVING)
"""A ticket in one of these stands before a counter."""

ASIDE = (Status.HELD, Status.NO_SHOW)
"""A ticket in one of these is out of the line and may come back into it."""

LIVE = (Status.WAITING, *AT_HAND, *ASIDE)
"""A ticket in one of these still wants something."""

CALLS = (Verb.CALL_NEXT, Verb.CALL, Verb.RECALL)
"""What the board speaks."""

LEAVES_COUNTER = (Verb.FINISH, Verb.HOLD, Verb.NO_SHOW, Verb.TRANSFER)
"""What ends the time that a person occupied a counter: the estimate learns from it."""

UNDO_WITHIN = timedelta(seconds=10)


class Hold(StrEnum):
    """Why a ticket is aside, as in Chinese halls: 不持件, 持件, 等待."""

    FETCH = "fetch"
    KEPT = "kept"
    WAIT = "wait"


class MissedBecause(StrEnum):
    """Why somebody who was called did not come, as far as anybody knows."""

    NO_ANSWER = "no_answer"
    OUTSIDE = "outside"
    ELSEWHERE = "elsewhere"
    GONE_HOME = "gone_home"


class LeftBecause(StrEnum):
    """Why somebody left without service."""

    TOO_LONG = "too_long"
    PAPERS = "papers"
    NOT_HERE = "not_here"
    ANOTHER_DAY = "another_day"


class Place(StrEnum):
    """Where a visit goes on with its next service."""

    HERE = "here"
    FRONT = "front"
    ARRIVAL = "arrival"


def sources(verb: Verb) -> tuple[Status, ...]:
    """The statuses that `verb` may leave."""
    return tuple(status for status, known in MOVES if known == verb)


def target(verb: Verb) -> Status:
    """The one status that `verb` leads to."""
    (to,) = {status for (_, known), status in MOVES.items() if known == verb}
    return to


JUST_BEFORE = timedelta(microseconds=-1)
JUST_AFTER = timedelta(microseconds=1)
"""Between two ranks there is always room: nobody taps twice within a microsecond."""


def rank_at_front(own: datetime, ranks: Sequence[datetime]) -> datetime:
    """The rank of who is next: before everybody in `ranks` (those who wait, in order)."""
    return min([own, *(first + JUST_BEFORE for first in ranks[:1])])


def rank_after(people: int, own: datetime, ranks: Sequence[datetime]) -> datetime:
    """The rank of who comes back after `people` others of `ranks`; after all of them when they are fewer.

    Never earlier than the own rank: coming back late is no way to the front. Who came back to the same
    place before stays before.
    """
    rank = max([own, *(last + JUST_AFTER for last in ranks[:people][-1:])])
    for taken in ranks[people:]:
        if taken != rank:
            break
        rank += JUST_AFTER
    return rank


def number_text(letter: str, count: int) -> str:
    """A number as people see it: letter and at least three digits, A001."""
    return f"{letter}{count:03d}"


def rank_at(taken_at: datetime, head_start: timedelta) -> datetime:
    """The one sort key of the queue: priority counts as having come earlier, so nobody starves."""
    return taken_at - head_start


def arrived_behind(furthest: datetime, people: int) -> datetime:
    """The arrival of who comes while the clock is behind `furthest`, the latest arrival of the day.

    `people` have come since then: each stands a microsecond behind the one before, in the order of coming.
    """
    return furthest + (people + 1) * JUST_AFTER


class MissedRule(Struct, frozen=True):
    """When a called person counts as absent: after so many calls and so long since the first."""

    calls: int
    after: timedelta
    more_for_slow: timedelta = timedelta()

    def seconds_left(self, called_at: datetime, now: datetime, *, is_slow: bool = False) -> int:
        """Whole seconds until it may be marked; 0 when enough time has passed. Who walks slowly gets more.

        Called by a clock that was ahead: how long ago is not known, and the calls alone decide.
        """
        after = self.after + (self.more_for_slow if is_slow else timedelta())
        since = lasted(called_at, now)
        return 0 if since is None else max(0, -((since - after) // timedelta(seconds=1)))

    def calls_left(self, calls: int) -> int:
        """How many more calls it takes."""
        return max(0, self.calls - calls)

    def unheard(self, heard: "Heard") -> int:
        """How many of the calls that it takes were made and not heard yet."""
        return self.calls_left(heard.calls) - self.calls_left(heard.made)


UNHEARD_FOR = timedelta(seconds=60)
"""So long a call waits to be said aloud; then it counts all the same, or a broken board would lock 过号."""


class MadeCall(Struct, frozen=True):
    """One press of 叫号 or 重呼: when it was `made`, when `spoken`, and whether a board had a voice then."""

    made: datetime
    spoken: datetime | None
    has_voice: bool

    def counts_since(self, now: datetime) -> datetime | None:
        """Since when it counts towards 过号; None while the hall is still to hear it.

        Without a voice the press counts. A clock that was set back lets nothing wait longer.
        """
        if not self.has_voice and self.spoken is None:
            return self.made
        latest = self.made + UNHEARD_FOR
        if self.spoken is not None:
            return min(self.spoken, latest)
        return None if self.made <= now < latest else latest


class Heard(Struct, frozen=True):
    """The calls of somebody who stands called: how many were `made`, how many of them count, since when."""

    made: int
    calls: int
    since: datetime | None


def heard_of(made: Sequence[MadeCall], now: datetime) -> Heard:
    """What counts of the calls that were made, in any order."""
    counting = [since for call in made if (since := call.counts_since(now)) is not None]
    return Heard(len(made), len(counting), min(counting, default=None))


class Tap(Struct, frozen=True):
    """What the station sends when a resident presses 取号.

    `tap` is unique to the page the button stood on; `station` names the terminal, empty when unknown;
    `another` says that a second ticket is wanted on purpose; `staff_id` is who took it for a resident.
    `by_phone`: it is a resident's own phone, which has one number at a time and gets no slip.
    `left_at`: when the visit before this one ended there; what was taken until then is other people's.
    `is_trial`: staff try the way from tap to served, and no figure has it.
    """

    service: str
    tap: str
    station: str = ""
    priority: str | None = None
    phone_tail: str | None = None
    for_someone_else: bool = False
    another: bool = False
    staff_id: int | None = None
    by_phone: bool = False
    is_trial: bool = False
    left_at: datetime | None = None


class Taken(Struct, frozen=True):
    """The ticket of a tap; `already` when the resident had taken it before."""

    ticket_id: int
    token: str
    already: bool


MINUTE = timedelta(minutes=1)


def busiest_minute(moments: Sequence[datetime]) -> tuple[int, datetime]:
    """The most of `moments` (rising, at least one) that lie within a minute, and when that one began."""
    most, began, first = 0, moments[0], 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= MINUTE:
            first += 1
        if last - first + 1 > most:
            most, began = last - first + 1, moments[first]
    return most, began
