"""The parts of a counter's page, as its template lays them out."""

from msgspec import Struct

from kiosk import services


class Look(Struct, frozen=True):
    """What of the lists the clerk wants to see: waiting people after the first `skipped`, whose number ends
    with `number` ("" for everybody), all who are aside instead of the newest, services that `service` means.

    `panel` is open when the page comes; afterwards it is as she leaves it. `is_here`: the one with this
    number stands before her, as a scanned slip has told.
    """

    skipped: int = 0
    number: str = ""
    is_all: bool = False
    service: str = ""
    panel: str = ""
    is_here: bool = False

    def query(self) -> dict[str, str | int]:
        """The same in an address; what is usual is left out."""
        asked: dict[str, str | int] = {
            "from": self.skipped,
            "number": self.number,
            "all": int(self.is_all),
            "find": self.service,
            "here": int(self.is_here),
        }
        return {name: value for name, value in asked.items() if value}


EVERYBODY = Look()
"""The lists as they are, nobody looked for."""


class Tag(Struct, frozen=True):
    """A few words beside a number; a plain note without an icon."""

    words: str
    icon: str = ""
    is_first: bool = False


class Wait(Struct, frozen=True):
    """What is missing until 过号 is allowed: calls to make, calls made that were not heard yet, seconds."""

    calls: int
    unheard: int
    seconds: int

    @property
    def calls_left(self) -> int:
        """How many calls are still to be heard."""
        return self.calls + self.unheard

    @property
    def is_both(self) -> bool:
        """Whether calls and seconds are missing."""
        return bool(self.calls_left and self.seconds)


class Act(Struct, frozen=True):
    """A button that does one verb, to `ticket` if it is about one. `wait` is why it is not to be had yet.

    `also` is a second key for it; with `calls_next` the same press calls who is next.
    """

    verb: str
    words: str
    icon: str
    key: str = ""
    ticket: int | None = None
    reason: str = ""
    is_off: bool = False
    wait: Wait | None = None
    also: str = ""
    calls_next: bool = False

    @property
    def name(self) -> str:
        """Its id on the page."""
        return f"{self.verb}-{self.ticket or ''}"


class End(Struct, frozen=True):
    """A result that ends the visit by its key; with `reasons` the key opens them: words, and what is sent."""

    words: str
    key: str
    sent: str
    reasons: tuple[tuple[str, str], ...] = ()


class Way(Struct, frozen=True):
    """A way in which it was done: words, what is sent, whether it is chosen before anybody chooses."""

    words: str
    sent: str
    is_chosen: bool


class Past(Struct, frozen=True):
    """One step of the ticket at hand: when, what, and what was said of it."""

    at: str
    words: str
    said: str


class Hand(Struct, frozen=True):
    """The person before the counter.

    `runs_s` is for how many seconds what is going on has gone on, in words before and after the minutes;
    None where a clock was set back. `told` are sentences about the visit so far, `note` what stays with it.
    """

    id: int
    number: str
    service: str
    service_code: str
    icon: str
    words: str
    is_fetched: bool
    is_beckoned: bool
    tags: tuple[Tag, ...]
    runs: str = ""
    runs_s: int | None = None
    usual: str = ""
    told: tuple[Tag, ...] = ()
    note: str = ""
    past: tuple[Past, ...] = ()


class Line(Struct, frozen=True):
    """One person of a list: what stands there, and what can be done.

    `why` asks for the reason to call somebody who waits before the others; `hold` is the kind of a hold.
    `is_meant`: the only one whose number was looked for.
    """

    id: int
    number: str
    service: str
    tags: tuple[Tag, ...]
    acts: tuple[Act, ...] = ()
    why: str = ""
    hold: str = ""
    is_elsewhere: bool = False
    is_meant: bool = False


class People(Struct, frozen=True):
    """A list of `count`: the lines shown, and how many are `hidden` of those looked for."""

    lines: tuple[Line, ...]
    count: int
    hidden: int = 0


class Paging(Struct, frozen=True):
    """The place among all `found` of those shown, counted from 1, and how to see those before and after."""

    first: int
    last: int
    found: int
    before: Look | None
    after: Look | None

    @property
    def is_needed(self) -> bool:
        """Whether not everybody is shown."""
        return self.before is not None or self.after is not None


class Elsewhere(Struct, frozen=True):
    """Another counter at which the same clerk sits, and who stands there ("" for nobody)."""

    counter: int
    number: str


class CounterNow(Struct, frozen=True):
    """All that a counter shows, in the clerk's language."""

    number: int
    state: str
    pause: str
    pause_words: str
    hand: Hand | None
    next: Line | None
    materials: tuple[services.Material, ...]
    main: Act
    onward: Act | None
    others: tuple[Elsewhere, ...]
    presses: tuple[Act, ...]
    can_continue: bool
    can_pause: bool
    can_call: bool
    reasons: tuple[str, ...]
    wait: Wait | None
    undo: Act | None
    undo_s: int
    undo_words: str
    leave: Act
    ends: tuple[End, ...]
    ways: tuple[Way, ...]
    left: tuple[Act, ...]
    absent: tuple[Act, ...]
    look: Look
    waiting: People
    paging: Paging
    held: People
    missed: People

    def asks(self) -> dict[str, int]:
        """What a poll asks besides news: whether that still stands which changes without a change."""
        unheard = self.wait.unheard if self.wait else 0
        return ({"undo": 1} if self.undo else {}) | ({"unheard": unheard} if unheard else {})

    @property
    def found(self) -> int:
        """How many have the number that was looked for, waiting or aside."""
        aside = (len(people.lines) + people.hidden for people in (self.held, self.missed))
        return self.paging.found + sum(aside)

    @property
    def hidden(self) -> int:
        """How many are aside and not shown."""
        return self.held.hidden + self.missed.hidden
