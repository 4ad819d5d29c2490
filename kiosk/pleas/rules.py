"""What a call for help is, how it stands, and when one is rung softly."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from kiosk.clock import is_within, lasted

COMING_FOR = timedelta(minutes=3)
"""So long after staff have said that they come the station says so; who presses later needs somebody anew."""

UNDO_FOR = timedelta(minutes=1)
"""So long whoever has closed a plea may open it again."""

FALSE_ALARMS, FALSE_WITHIN = 3, timedelta(minutes=10)
"""After so many that were nothing, from one station, the next ones ring once: a child is at the screen.

我不舒服 rings as ever, whoever has played before.
"""


class Kind(StrEnum):
    """What was pressed."""

    UNWELL = "unwell"
    HELP = "help"


class Stand(StrEnum):
    """How a plea stands."""

    RINGING = "ringing"
    COMING = "coming"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a plea ended: staff were there; nobody was; the resident took it back; nobody said."""

    SEEN = "seen"
    NOBODY = "nobody"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


FALSE = (Outcome.NOBODY, Outcome.WITHDRAWN)
"""Ends of a plea that was none."""


class Verb(StrEnum):
    """What was done about a plea, as its history tells."""

    ASK = "ask"
    WORSE = "worse"
    ANSWER = "answer"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Plea(Struct, frozen=True):
    """A plea as it is kept. `post` and `counter` are of who comes; `answered_by` is a staff id.

    `number` is of the ticket on whose screen it was pressed, "" without one. `is_quiet`: it rings once.
    """

    id: int
    station: str
    kind: Kind
    asked_at: datetime
    number: str = ""
    ticket_id: int | None = None
    is_quiet: bool = False
    answered_at: datetime | None = None
    answered_by: int | None = None
    post: str = ""
    counter: int | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    outcome: str = ""

    @property
    def stand(self) -> Stand:
        """Whether it rings, somebody comes, or it is over."""
        if self.closed_at is not None:
            return Stand.CLOSED
        return Stand.RINGING if self.answered_at is None else Stand.COMING

    def is_told_at_station(self, now: datetime) -> bool:
        """Whether who stands at its station is told of it still."""
        if self.stand == Stand.COMING and self.answered_at is not None:
            return is_within(self.answered_at, now, COMING_FOR)
        return self.stand == Stand.RINGING

    def is_overdue(self, now: datetime, after_s: int) -> bool:
        """Whether nobody has said for too long that they come."""
        waited = lasted(self.asked_at, now)
        return self.stand == Stand.RINGING and waited is not None and waited >= timedelta(seconds=after_s)


def ringing_first(pleas: tuple[Plea, ...]) -> tuple[Plea, ...]:
    """Those that ring before those that somebody goes to, the unwell before the others, the oldest first."""
    return tuple(sorted(pleas, key=lambda one: (one.stand != Stand.RINGING, one.kind != Kind.UNWELL, one.id)))
