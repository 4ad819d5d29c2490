"""What is chosen by touch: six choices a page at most, as many as two rows of a wide panel hold.

A page never scrolls. A long name takes more of a row, so fewer stand on its page and none is cut.
"""

from collections.abc import Iterable
from unicodedata import east_asian_width

from flask import url_for
from msgspec import Struct
from msgspec.structs import replace

from kiosk import services
from kiosk.screens.web.page import say
from kiosk.words import mark

MOST, ROWS, ROW = 6, 2, 12
"""Choices on a page, its rows on a wide panel, and the parts of a row: a half is six of them."""

QUARTER, THIRD, HALF = 3, 4, 6

SHORT = {QUARTER: 11, THIRD: 14}
"""Characters that a tile of so many parts holds in its two lines, with large text too."""

MIDDLING = 26
"""Characters of the two lines of a half; longer names are set smaller, down to the least size of letters."""

LONGEST = 64
"""Characters of a name, and so of what stands in a tile at all."""

LATIN, SMALL = 0.45, 0.7
"""The width of a Latin letter, set smaller where it stands in rows, and of a note's, against a character."""


class Rest(Struct, frozen=True):
    """Why a page's choices give no numbers, when they do next where that is known, and the clips for it."""

    words: str
    begins: str = ""
    said: str = "closed"


class Choice(Struct, frozen=True):
    """A tile: where it leads, its icon and name, and a note under it: why it is shut, or who is ahead.

    `then` are the clips that say the note where its words have none, `code` is a service's. `share` are its
    parts of a row on a wide panel; `is_first` for what most people come for, `is_on` for what was chosen.
    """

    href: str
    icon: str
    name: str
    note: str = ""
    share: int = THIRD
    is_first: bool = False
    is_shut: bool = False
    is_on: bool = False
    then: str = ""
    code: str = ""

    @property
    def looks(self) -> str:
        """The classes of its tile."""
        every = {
            "tile--first": self.is_first,
            "tile--shut": self.is_shut,
            "tile--half": self.share == HALF,
            "tile--third": self.share == THIRD,
            "tile--long": width(self.name, self.note) > SHORT[THIRD],
            "tile--longest": self.share == HALF and width(self.name, self.note) > MIDDLING,
        }
        return "".join(f" {name}" for name, is_so in every.items() if is_so)


class Page(Struct, frozen=True):
    """Some of the choices: the page `number` of `count`, both counted as people do.

    `rest` is why none of them gives a number, where that is said above them.
    """

    shown: tuple[Choice, ...]
    number: int
    count: int
    rest: Rest | None = None


def width(name: str, note: str = "") -> float:
    """How many Chinese characters wide a name is with its note."""
    return _ems(name) + SMALL * _ems(note)


def is_long(name: str) -> bool:
    """Whether a heading of this name needs the smaller letters."""
    return width(name) > MIDDLING


def _ems(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WF" else LATIN for sign in text)


def service_choice(service: services.Service, closed: str) -> Choice:
    """A service; one that is shut says why and still opens its page, where a long reason stands alone."""
    href = url_for("station.service.service", code=service.code)
    note = closed if width(service.name, closed) <= LONGEST else say(mark("现在不能取号"))
    return _fitted(
        Choice(href, service.icon, service.name, note, THIRD, is_shut=bool(closed), code=service.code)
    )


def popular_choice(service: services.Service, closed: str) -> Choice:
    """One of the services most asked for."""
    return replace(service_choice(service, closed), share=HALF, is_first=True)


REASON_ICONS = {"elder": "armchair", "disabled": "accessibility", "veteran": "medal"}

NEUTRAL = (
    "file-text", "hand-heart", "scroll-text", "badge-check", "book-open", "message-square", "landmark",
    "map-pin", "clock", "id-card", "heart-handshake", "user-round",
)  # fmt: skip
"""Icons for whoever cannot read, where the own one of a choice stands on its page already."""


def apart(shown: Iterable[Choice]) -> tuple[Choice, ...]:
    """The same choices, each with another icon: the second of two alike gets a neutral one."""
    shown = tuple(shown)
    own, used = {choice.icon for choice in shown}, set[str]()
    found = []
    for choice in shown:
        icon = choice.icon
        if icon in used:
            icon = next((one for one in NEUTRAL if one not in own | used), icon)
        used.add(icon)
        found.append(replace(choice, icon=icon))
    return tuple(found)


def reason_choice(href: str, icon: str, name: str, note: str = "", then: str = "") -> Choice:
    """A reason to go first, with what it is worth; two stand in a row of a wide panel."""
    return Choice(href, icon, name, note, HALF, then=then)


def lost_choice(code: str, name: str, icon: str) -> Choice:
    """A service that somebody waits for, who may have lost the slip."""
    return _fitted(Choice(url_for("station.lost_slip.lost", service=code), icon, name))


def group_choice(group: services.Group, closed: str = "") -> Choice:
    """A group of services; one that is shut for today says so, and still opens its page."""
    href = url_for("station.home.services", group=group.slug)
    return _fitted(Choice(href, group.icon, group.name, closed, QUARTER, is_shut=bool(closed)))


def at_rest(choice: Choice) -> Choice:
    """The same where the whole centre gives no numbers: one banner says why, and each tile looks it."""
    return replace(choice, note="", is_shut=True, then="choice-closed")


def with_ahead(choice: Choice, ahead: int, said: str) -> Choice:
    """The same with how many are ahead; one that is shut says why it is instead."""
    words = say(mark("前面%(n)s人"), n=ahead) if ahead else say(mark("现在没人排队"))
    return choice if choice.is_shut else replace(choice, note=words, then=said)


def _fitted(choice: Choice) -> Choice:
    fits = width(choice.name, choice.note) <= SHORT[choice.share]
    return choice if fits else replace(choice, share=HALF)


def pages(choices: Iterable[Choice], rows: int = ROWS, most: int = MOST) -> tuple[tuple[Choice, ...], ...]:
    """Cut into pages of `rows` and of `most` choices, in their order; one empty page of none."""
    found: list[list[Choice]] = [[]]
    row, left = 1, ROW
    for choice in choices:
        if choice.share > left:
            row, left = row + 1, ROW
        if row > rows or len(found[-1]) == most:
            found.append([])
            row, left = 1, ROW
        found[-1].append(choice)
        left -= choice.share
    return tuple(apart(page) for page in found)


def page_of(every: tuple[tuple[Choice, ...], ...], asked: int) -> Page:
    """The page that was asked for, from 0; the last one for more than there are."""
    number = min(asked, len(every) - 1)
    return Page(every[number], number + 1, len(every))
