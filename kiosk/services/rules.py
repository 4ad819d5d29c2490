"""Values of the services room: what a screen shows of services and counters."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Pause(StrEnum):
    """Why a counter that is open calls nobody."""

    REST = "rest"
    LUNCH = "lunch"
    MEETING = "meeting"
    ERRAND = "errand"


class Service(Struct, frozen=True):
    """One service in one language. `closed_reason` is empty unless it was closed early today.

    `letter` stands before its numbers, `initials` are those of its pinyin, `hours` its own or empty;
    `for_whom` is empty for anybody, "staff" where staff alone give its numbers, else words to be shown.
    A timed one (a stall) takes people from `opens_at` to `closes_at` whatever the centre's hours, and on a
    day without them nobody.
    """

    code: str
    name: str
    place: str
    icon: str
    closed_reason: str
    daily_cap: int | None
    is_timed: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    letter: str = ""
    initials: str = ""
    hours: str = ""
    for_whom: str = ""


class Group(Struct, frozen=True):
    """A tile of the home screen: services that belong together."""

    slug: str
    name: str
    icon: str
    count: int


class Material(Struct, frozen=True):
    """One line of a checklist."""

    text: str
    note: str
    is_optional: bool = False


class Counter(Struct, frozen=True):
    """A counter, what it serves (codes and names), who has it open (a staff id), and its pause."""

    number: int
    opened_by: int | None
    opened_at: datetime | None
    pause: Pause | None
    codes: tuple[str, ...]
    services: tuple[str, ...]
    paused_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a clerk sits there."""
        return self.opened_by is not None

    @property
    def is_calling(self) -> bool:
        """Whether people are called to it now."""
        return self.is_open and self.pause is None
