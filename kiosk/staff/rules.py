"""Roles, how long a log-in holds, what may be a password, and how many wrong ones are too many."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from msgspec import Struct

from kiosk.signs import has_pictures


class Role(StrEnum):
    """What a member of staff may do.

    A clerk serves, the desk signs people in, a manager does the office's daily work, an admin everything; a
    viewer reads the hall and the figures and changes nothing. What residents say is a grid worker's
    in their own buildings, the secretary's to decide on, and the street's where it is about the secretary.
    """

    ADMIN = "admin"
    MANAGER = "manager"
    CLERK = "clerk"
    DESK = "desk"
    VIEWER = "viewer"
    GRID = "grid"
    SECRETARY = "secretary"
    STREET = "street"


SERVING = frozenset({Role.CLERK, Role.MANAGER, Role.ADMIN})
"""Who may sit at a counter."""


FAILURES_COUNT_FOR = timedelta(hours=1)
"""How far back a wrong password counts."""

FREE = 5
"""Wrong passwords in a row, for one name from one address, that cost nobody a wait: fingers slip."""

FREE_HERE = 20
"""The same for one address, whatever the names: names that nobody has are guesses too."""

FREE_ANYWHERE = 300
"""The same for one name from all addresses together. Ten that try as fast as they may come to 210 in an hour,
so they change nothing for anybody else; what comes to more is slowed where this name is not at home."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=5)
"""The wait after the first one too many, doubled by each one after it. It ends by itself and is no lock."""

ELSEWHERE_WAIT = FIRST_WAIT
"""For a name that is tried from hundreds of addresses, it never grows."""

AT_BOX = "box"
"""Stands for an address where the box itself asks. Nobody waits there: whoever stands at the touchscreen
could keep staff from the one machine that always lets them in."""

TOLD_AT_BOX = 20
"""Wrong passwords at the box within an hour, of which staff are told on their pages."""

AT_HOME_FOR = timedelta(days=30)
"""Who has logged in from an address since then is at home there: what others try elsewhere is not felt."""

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128

LONGEST_NAME = 32

OWN_LETTERS = 4
"""Letters that a password has beside names that everybody here knows: digits after a name are no more."""

LONGEST = timedelta(hours=12)
"""How long a log-in holds at most: a working day, so that nobody is thrown out in the afternoon."""

IDLE = {
    Role.ADMIN: timedelta(hours=1),
    Role.MANAGER: timedelta(hours=2),
    Role.CLERK: timedelta(hours=4),
    Role.DESK: timedelta(hours=6),
    Role.VIEWER: timedelta(hours=12),
    Role.GRID: timedelta(hours=4),
    Role.SECRETARY: timedelta(hours=2),
    Role.STREET: timedelta(hours=1),
}
"""After which time without a press it ends. A clerk's is longer than a quiet morning or a lunch break: nobody
is asked for a password with a visitor before her. A desk opened at nine takes scans at a lecture at two.
Who can open accounts has the shortest, and who looks in from the street; a viewer, who changes nothing,
looks on all day."""

NOTED_EVERY = timedelta(minutes=5)
"""A press is noted so often at most: a write of the disk for each would be felt in the hall."""


class Failures(Struct, frozen=True):
    """The wrong passwords that count, oldest first: of this name at this address since it last got in there,
    of this address with any name, of this name anywhere.
    """

    here: Sequence[datetime]
    address: Sequence[datetime]
    anywhere: Sequence[datetime]


def open_again_at(failures: Failures) -> datetime | None:
    """When this name may be tried again at this address, by what was tried from here; None for at once."""
    counted = ((failures.here, FREE), (failures.address, FREE_HERE))
    opens = [tried[-1] + _wait(len(tried) - free) for tried, free in counted if len(tried) >= free]
    return max(opens, default=None)


def _wait(too_many: int) -> timedelta:
    # doubled thirty times it is past every longest wait, a thousand times past what a timedelta holds
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(too_many, 30)))


def place_of(address: str) -> str:
    """What counts as one address: each by itself, also of IPv6.

    A hall's network is one /64: counted as one, a visitor's laptop would keep all staff waiting. Who takes
    many addresses of it is slowed by name, as hundreds of machines are.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    mapped = found.ipv4_mapped if found.version == 6 else None
    return str(mapped or found)


def is_a_name(name: str) -> bool:
    """Whether this can be a log-in name: one word of letters that every keyboard has."""
    is_short = 0 < len(name) <= LONGEST_NAME
    return is_short and name.isprintable() and not re.search(r"\s", name) and not has_pictures(name)


def leans_on(password: str, known: Iterable[str]) -> bool:
    """Whether hardly more than what everybody here knows is in it: the log-in name, the centre's."""
    left = password.casefold()
    for one in sorted((name.casefold() for name in known), key=len, reverse=True):
        left = left.replace(one, "") if one else left
    return left != password.casefold() and len(re.sub(r"[\W\d_]", "", left)) < OWN_LETTERS
