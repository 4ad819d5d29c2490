"""The law of signing in: which answer a scan gets, how minutes are counted, what they are worth."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from kiosk.clock import is_within, lies_ahead


class Word(StrEnum):
    """The one answer of a scan; the screen gives it colour, icon, sentence and sound."""

    OK_IN = "ok_in"
    OK_OUT = "ok_out"
    OUT_LATE = "out_late"
    NEEDS_CONFIRM = "needs_confirm"
    ALREADY_IN = "already_in"
    NOT_IN = "not_in"
    MISREAD = "misread"
    FORGED = "forged"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    WRONG_EVENT = "wrong_event"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    FULL = "full"
    TICKET = "ticket"
    TICKET_BACK = "ticket_back"
    UNDONE = "undone"


DONE = (Word.OK_IN, Word.OK_OUT, Word.OUT_LATE, Word.NEEDS_CONFIRM)
"""The answers after which somebody is signed in or out."""


class Direction(StrEnum):
    """What the desk asks for; with EITHER a second scan at the end of a shift signs out."""

    EITHER = ""
    IN = "in"
    OUT = "out"


class Hint(StrEnum):
    """What else is worth saying: what was probably scanned when it was none of our codes (the code itself is
    kept nowhere), that coming here has ended the stay on another shift, or that it was told too late to be
    believed."""

    NONE = ""
    GLUED = "glued"
    CUT_SHORT = "cut_short"
    FOREIGN = "foreign"
    MOVED_ON = "moved_on"
    TOLD_LATE = "told_late"


class Stay(StrEnum):
    """Where one sign-in stands. PENDING (待核) waits for a coordinator; its minutes count for nothing yet."""

    INSIDE = "inside"
    LEFT = "left"
    PENDING = "pending"
    UNDONE = "undone"


BOUNCE_WITHIN = timedelta(seconds=3)
"""A scanner held over a code reads it again and again: the same code at the same station is one scan."""

TURN_AFTER = timedelta(minutes=10)
"""Who scans again sooner wants to know whether it worked; later, on a shift, they are leaving."""

LEAVING_WITHIN = timedelta(hours=3)
"""So long after a shift's end a scan is still the way out of it; the next morning's is a coming."""

UNDO_WITHIN = timedelta(minutes=15)
LATEST_REPORT = timedelta(minutes=15)
"""So long a scan may have waited for a server that was out of reach. One that says it waited longer is
written where it says, and a person looks: anybody at a desk can say so, and hours hang on it.
"""


class Times(Struct, frozen=True):
    """When a day of an event may be signed into, and which of its minutes count."""

    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    grace: timedelta = timedelta()

    @property
    def cap(self) -> int:
        """The most minutes that one stay can count."""
        return self.minutes(self.starts_at, self.ends_at + self.grace)

    def minutes(self, in_at: datetime, out_at: datetime) -> int:
        """Whole minutes of a stay that count: none before the start, none after the end and its grace."""
        counted = min(out_at, self.ends_at + self.grace) - max(in_at, self.starts_at)
        return max(0, counted // timedelta(minutes=1))


class SignInAttempt(Struct, frozen=True):
    """What decides about somebody whose code is known to be good; `inside_since` while signed in.

    Capacity is not here: counting first and writing then lets two people have the last place, so it is
    the condition of the INSERT itself (`admitting`), which only those meet who have no place yet.
    """

    at: datetime
    direction: Direction
    times: Times
    counts_hours: bool
    is_cancelled: bool = False
    inside_since: datetime | None = None
    is_doubtful: bool = False

    @property
    def goes_out(self) -> bool:
        """Whether this asks for a sign-out; from a day that was cancelled, whatever it asks for."""
        if self.inside_since is not None and self.is_cancelled:
            return True
        if self.direction != Direction.EITHER or self.inside_since is None:
            return self.direction == Direction.OUT
        stayed = self.at - self.inside_since
        return self.counts_hours and (stayed >= TURN_AFTER or self.at > self.times.ends_at)


def judge(attempt: SignInAttempt) -> Word:
    """The answer, one reason, the most useful: cancelled → time → duplicate. Who is inside can always leave.

    With a clock that cannot be right the time decides nothing: they are let in, and a person looks later.
    """
    if attempt.goes_out:
        return Word.OK_OUT if attempt.inside_since else Word.NOT_IN
    if attempt.is_cancelled:
        return Word.CANCELLED
    if attempt.inside_since is None and not attempt.is_doubtful:
        if attempt.at < attempt.times.opens_at:
            return Word.TOO_EARLY
        if attempt.at > attempt.times.ends_at:
            return Word.TOO_LATE
    return Word.ALREADY_IN if attempt.inside_since else Word.OK_IN


def stay_after(times: Times, in_at: datetime, out_at: datetime, *, is_doubtful: bool) -> tuple[Stay, int]:
    """Where a stay stands once it has ended, and its minutes.

    Somebody who leaves later than the grace has forgotten to sign out, or has done much more: a person
    looks. So they do when the clock was wrong.
    """
    is_late = out_at > times.ends_at + times.grace
    minutes = times.minutes(in_at, times.ends_at if is_late else out_at)
    return (Stay.PENDING if is_late or is_doubtful else Stay.LEFT), minutes


def is_told_late(at: datetime, now: datetime) -> bool:
    """Whether it happened so long ago that it counts only when somebody has looked."""
    return now - at >= LATEST_REPORT


def is_doubtful(at: datetime, now: datetime, newest: datetime | None) -> bool:
    """Whether the clock, or the moment that was reported, cannot be right.

    `newest` is the latest time this box has ever written for a scan: a clock behind it has jumped back.
    """
    behind = newest is not None and lies_ahead(newest, now)
    return behind or not is_within(at, now, LATEST_REPORT)


def hint_of(code: str) -> Hint:
    """What a code that could not be read as ours probably is."""
    text = code.strip()
    most = max(len(re.findall(r"[0-9]{24}", text)), len(re.findall(r"/t/[0-9]", text)))
    if most > 1 or re.fullmatch(r"[0-9]{25,}", text):
        return Hint.GLUED
    if re.fullmatch(r"[0-9]{24}", text):
        return Hint.NONE
    # 18 digits are an identity card or a payment code
    if re.fullmatch(r"(?:https?://\S*/t/)?[0-9]{1,23}", text) and not re.fullmatch(r"[0-9]{18}", text):
        return Hint.CUT_SHORT
    return Hint.FOREIGN


def points(per_hour: int, minutes: int) -> int:
    """What confirmed minutes are worth; each stay is rounded down for itself, so that sums agree."""
    return per_hour * minutes // 60
