"""The law of concerns: which verb leads where, who may do it, what a promise and a pause are."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a concern is."""

    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    NEED = "need"
    QUESTION = "question"
    PRAISE = "praise"
    HOPE = "wish"
    CASE = "case"
    FINDING = "finding"
    TASK = "task"
    REMINDER = "reminder"


class Source(StrEnum):
    """How a concern came in."""

    STATION = "station"
    COUNTER = "counter"
    DESK = "desk"
    CALL = "call"
    WECHAT = "wechat"
    DOOR = "door"
    STAIRWELL = "stairwell"
    MEETING = "meeting"
    PATROL = "patrol"
    RATING = "rating"
    SHEET = "sheet"
    STREET = "street"
    HOTLINE = "12345"
    DATE = "night"


class State(StrEnum):
    """Where a concern stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    ANSWERED = "answered"
    DONE = "done"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What can happen to a concern."""

    TAKE_IN = "take_in"
    SETTLE = "settle"
    ACCEPT = "accept"
    HAND_OVER = "hand_over"
    SEND_BACK = "send_back"
    STEP = "step"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    ANSWER = "answer"
    AGREE = "agree"
    LAPSE = "lapse"
    REOPEN = "reopen"
    RECHECK = "recheck"
    CLOSE = "close"
    DECLINE = "decline"
    MERGE = "merge"
    GATHER = "gather"
    UNMERGE = "unmerge"
    WITHDRAW = "withdraw"
    SEAL = "seal"
    SAY_MORE = "say_more"
    SUM_UP = "sum_up"
    SORT = "sort"
    LOOK = "look"
    TOLD = "told"
    UNDO = "undo"
    RECOUNT = "recount"
    REPRINT = "reprint"
    WIPE = "wipe"
    CALL_BACK = "call_back"


_S, _V = State, Verb

MOVES: dict[tuple[State, Verb], State] = {
    (_S.NEW, _V.SETTLE): _S.ANSWERED,
    (_S.NEW, _V.ACCEPT): _S.OPEN,
    (_S.NEW, _V.HAND_OVER): _S.NEW,
    (_S.OPEN, _V.HAND_OVER): _S.OPEN,
    (_S.OPEN, _V.ACCEPT): _S.OPEN,
    (_S.OPEN, _V.SEND_BACK): _S.NEW,
    (_S.OPEN, _V.STEP): _S.OPEN,
    (_S.OPEN, _V.PAUSE): _S.WAITING,
    (_S.WAITING, _V.RESUME): _S.OPEN,
    (_S.OPEN, _V.EXTEND): _S.OPEN,
    (_S.WAITING, _V.EXTEND): _S.WAITING,
    (_S.OPEN, _V.ANSWER): _S.ANSWERED,
    (_S.WAITING, _V.ANSWER): _S.ANSWERED,
    (_S.ANSWERED, _V.AGREE): _S.DONE,
    (_S.MERGED, _V.AGREE): _S.DONE,
    (_S.ANSWERED, _V.LAPSE): _S.DONE,
    (_S.ANSWERED, _V.REOPEN): _S.OPEN,
    (_S.DONE, _V.REOPEN): _S.OPEN,
    (_S.MERGED, _V.REOPEN): _S.OPEN,
    (_S.ANSWERED, _V.RECHECK): _S.ANSWERED,
    (_S.DONE, _V.RECHECK): _S.DONE,
    (_S.ANSWERED, _V.CLOSE): _S.DONE,
    (_S.NEW, _V.DECLINE): _S.DECLINED,
    (_S.OPEN, _V.DECLINE): _S.DECLINED,
    (_S.NEW, _V.MERGE): _S.MERGED,
    (_S.OPEN, _V.MERGE): _S.MERGED,
    (_S.WAITING, _V.MERGE): _S.MERGED,
    (_S.MERGED, _V.UNMERGE): _S.NEW,
    (_S.MERGED, _V.TOLD): _S.MERGED,
    (_S.NEW, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.OPEN, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.WAITING, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.ANSWERED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.MERGED, _V.WITHDRAW): _S.WITHDRAWN,
    **{(state, _V.GATHER): state for state in (_S.NEW, _S.OPEN, _S.WAITING, _S.ANSWERED)},
    **{(state, _V.SEAL): state for state in _S},
    **{(state, _V.RECOUNT): state for state in (_S.NEW, _S.OPEN, _S.WAITING, _S.MERGED)},
    **{(state, verb): state for state in _S for verb in (_V.LOOK, _V.REPRINT, _V.WIPE)},
    **{(state, verb): state for state in (_S.NEW, _S.OPEN, _S.WAITING) for verb in (_V.SUM_UP, _V.SORT)},
    **{(state, _V.CALL_BACK): state for state in (_S.NEW, _S.OPEN, _S.WAITING, _S.ANSWERED, _S.DONE)},
    **{(state, _V.SAY_MORE): state for state in (_S.NEW, _S.OPEN, _S.ANSWERED, _S.MERGED)},
    (_S.WAITING, _V.SAY_MORE): _S.OPEN,
}
"""(state, verb) → state is the whole law; a pair that is not here is refused.

TAKE_IN has no line: there is nothing before it. UNDO has none: it leads back to before the last.
GATHER is told of the one that another was merged into, TOLD of those that were merged when it was answered.
CLOSE is 销号: of a finding that somebody else has re-checked and found mended.
A word of the resident's own resumes what was paused. Whoever is merged and says "no" has a concern of their
own again, with the same owner.
"""

RUNNING = (State.NEW, State.OPEN, State.WAITING)
"""Somebody still has to do something."""

OVER = (State.DONE, State.DECLINED, State.MERGED, State.WITHDRAWN)


class Outcome(StrEnum):
    """What the answer says; apart from whether the resident calls it solved."""

    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    PLANNED = "planned"
    IMPOSSIBLE = "impossible"


class Solved(StrEnum):
    """The resident's own word on an answer."""

    YES = "yes"
    HALF = "half"
    NO = "no"


class Level(StrEnum):
    """How pressing a concern is, by its clocks; LONG is late by as long again, or the third round."""

    CALM = "calm"
    TOMORROW = "tomorrow"
    TODAY = "today"
    OVERDUE = "overdue"
    LONG = "long"


class PauseReason(StrEnum):
    """Why a concern may rest: a closed list."""

    NOT_REACHED = "not_reached"
    PAPERS = "papers"
    OUTSIDE = "outside"
    WEATHER = "weather"
    PLAN = "plan"
    VOTE = "vote"


class DeclineReason(StrEnum):
    """Why a concern is not taken on; each says where to go instead."""

    COURT = "court"
    PETITION = "petition"
    DISCIPLINE = "discipline"
    MARKET = "market"
    OTHER = "other"


class Told(StrEnum):
    """How the answer reached the resident."""

    RECEIPT = "receipt"
    PHONE = "phone"
    HERE = "here"
    DOOR = "door"


class Reached(StrEnum):
    """What came of calling somebody back."""

    YES = "yes"
    NO = "no"
    UNWILLING = "unwilling"


class PartyRole(StrEnum):
    """Who somebody of a concern is: who asked, for whom it is, who said "me too"."""

    ASKER = "asker"
    FOR = "for"
    ALSO = "also"


class What(StrEnum):
    """What a clock is about."""

    ACCEPT = "accept"
    CONTACT = "contact"
    ANSWER = "answer"
    RECHECK = "recheck"


class Unit(StrEnum):
    """What a promise is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"


ACCEPT_DAYS = CONTACT_DAYS = 1
"""Working days until somebody has taken it on, and until who left a number has been spoken to."""

RECHECK_DAYS = 7
LAPSE_DAYS = 7
"""Days after which an answer without a word of the resident's is closed, as 未回音: never as solved."""

REOPEN_DAYS = 30
LONGEST_PAUSE_DAYS = 30
EXTEND_DAYS = 5
"""Working days that one extension adds; once a round."""

KEEP_PHOTOS_DAYS = 180

UNDO_WITHIN = timedelta(minutes=10)
"""How long a step can be taken back."""

UNDOABLE = frozenset((
    Verb.SETTLE, Verb.ACCEPT, Verb.HAND_OVER, Verb.SEND_BACK, Verb.STEP, Verb.PAUSE, Verb.RESUME, Verb.EXTEND,
    Verb.ANSWER, Verb.RECHECK, Verb.REOPEN, Verb.DECLINE, Verb.SEAL, Verb.SUM_UP,
))  # fmt: skip
"""Steps of staff's that can be. What was merged is taken apart again by its own verb."""

KEEP_FILES_DAYS = 30
"""Days after the end that a voice or ink is kept, as was said before it was recorded."""

KEEP_PARTY_DAYS, KEEP_WORDS_DAYS = 180, 730
"""Days after the end that it is known whose it was, and what was said."""

MOST_AN_HOUR = 10
"""Concerns from one station within an hour; then a person is asked."""

JUST_NOW, LONGEST_KEPT = timedelta(minutes=1), timedelta(days=7)
"""What a phone kept for less was written when it came; that it kept one for longer is not believed."""

MOST_SAID_A_DAY = 10
"""Lines that one receipt adds within a day; then a person is asked. Whoever finds a receipt holds it."""

INNER = frozenset({"rating", "sheet"})
"""Categories that the house itself takes in under: nobody chooses them, nobody retires them."""

MOST_BARRED = 8
"""People of staff who were there, and whom of all that have to do with it the row can name."""

LONGEST_WORDS, LONGEST_ABOUT, LONGEST_REPLY, LONGEST_NOTE = 500, 120, 300, 200
LONGEST_NAME = 16


class Contact(Struct, frozen=True):
    """How to reach who asked: nothing at all, the last four digits with what to call them, or a number."""

    name: str = ""
    phone: str = ""
    tail: str = ""

    @property
    def is_there(self) -> bool:
        """Whether anybody was named at all."""
        return bool(self.name or self.phone or self.tail)


def contact_of(phone: str, name: str = "") -> Contact | None:
    """What somebody left: eleven or so digits are a number, four are a tail. None for what is neither."""
    digits = re.sub(r"[\s()（）-]", "", phone)
    if not digits:
        return Contact(name)
    if not re.fullmatch(r"[0-9]+", digits, re.ASCII):
        return None
    if len(digits) == 4:
        return Contact(name, tail=digits)
    return Contact(name, digits, digits[-4:]) if 7 <= len(digits) <= 12 else None


def is_phone(written: str) -> bool:
    """Whether this is a number that somebody can be called at."""
    found = contact_of(written)
    return found is not None and bool(found.phone)


def number_text(count: int) -> str:
    """A number as people see it: S and at least four digits, of the year."""
    return f"S{count:04d}"


def target(state: State, verb: Verb) -> State | None:
    """Where the verb leads from here; None where it may not."""
    return MOVES.get((state, verb))


AWAY_FROM_RATINGS = (Verb.SORT, Verb.MERGE, Verb.DECLINE)
"""Ways out that a bad rating's complaint does not have: it is looked into, mended, called back."""


def is_open_to(source: str, verb: Verb) -> bool:
    """Whether what came in this way may take this step at all, however it stands."""
    return source != Source.RATING or verb not in AWAY_FROM_RATINGS


def may_reopen(answered_on: date, today: date) -> bool:
    """Whether the resident's own word still opens it anew."""
    return today <= answered_on + timedelta(days=REOPEN_DAYS)


class Due(Struct, frozen=True):
    """Until when: a day, for hours the moment too. `is_provisional`: the year's notice is still to come."""

    on: date
    at: datetime | None = None
    is_provisional: bool = False

    def is_past(self, now: datetime, today: date) -> bool:
        """Whether it is too late."""
        return now > self.at if self.at is not None else today > self.on
