"""Roles, how long a log-in holds, what may be a password, and how many wrong ones are too many."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do.

    A clerk serves, the desk signs people in, a manager does the office's daily work, an admin everything; a
    viewer reads the hall and the figures and changes nothing.
    """

    ADMIN = "admin"
    MANAGER = "manager"
    CLERK = "clerk"
    DESK = "desk"
    VIEWER = "viewer"


MOST_FAILURES = 5
"""Wrong passwords in a row, for one name from one address, before it is locked out."""

MOST_FAILURES_ANYWHERE = 50
"""The same from all addresses together: slows a guesser with many addresses; one alone locks no clerk out."""

MOST_FAILURES_HERE = 20
"""Wrong passwords from one address, whatever the names: names that nobody has are guesses too."""

LOCKED_FOR = timedelta(minutes=5)
"""How long a lock lasts after the last failure; also how far back failures count."""

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
}
"""After which time without a press it ends. A clerk's is longer than a quiet morning or a lunch break: nobody
is asked for a password with a visitor before her. A desk opened at nine takes scans at a lecture at two.
Who can open accounts has the shortest; a viewer, who changes nothing, looks on all day."""

NOTED_EVERY = timedelta(minutes=5)
"""A press is noted so often at most: a write of the disk for each would be felt in the hall."""


def locked_until(here: list[datetime], anywhere: list[datetime], address: list[datetime]) -> datetime | None:
    """When a log-in opens again; None when it is open.

    From recent failures of this name at this address, of this name at all, and of this address with any name.
    """
    counted = ((here, MOST_FAILURES), (anywhere, MOST_FAILURES_ANYWHERE), (address, MOST_FAILURES_HERE))
    return max(
        (max(failures) + LOCKED_FOR for failures, most in counted if len(failures) >= most), default=None
    )


def is_a_name(name: str) -> bool:
    """Whether this can be a log-in name: one word, as it is typed."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and not re.search(r"\s", name)


def leans_on(password: str, known: Iterable[str]) -> bool:
    """Whether hardly more than what everybody here knows is in it: the log-in name, the centre's."""
    left = password.casefold()
    for one in sorted((name.casefold() for name in known), key=len, reverse=True):
        left = left.replace(one, "") if one else left
    return left != password.casefold() and len(re.sub(r"[\W\d_]", "", left)) < OWN_LETTERS
