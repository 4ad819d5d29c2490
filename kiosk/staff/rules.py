"""Roles, and how many wrong passwords are too many."""

from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do: a clerk serves, the desk signs people in, an admin does everything."""

    CLERK = "clerk"
    DESK = "desk"
    ADMIN = "admin"


MOST_FAILURES = 5
"""Wrong passwords in a row, for one name from one address, before it is locked out."""

MOST_FAILURES_ANYWHERE = 50
"""The same from all addresses together: slows a guesser with many addresses; one alone locks no clerk out."""

MOST_FAILURES_HERE = 20
"""Wrong passwords from one address, whatever the names: names that nobody has are guesses too."""

LOCKED_FOR = timedelta(minutes=5)
"""How long a lock lasts after the last failure; also how far back failures count."""

SHORTEST_PASSWORD = 8

LONGEST = timedelta(hours=12)
"""How long a log-in holds at most: a working day, so that nobody is thrown out in the afternoon."""

IDLE = {
    Role.ADMIN: timedelta(hours=1),
    Role.CLERK: timedelta(hours=4),
    Role.DESK: timedelta(hours=6),
}
"""After which time without a press it ends. A clerk's is longer than a quiet morning or a lunch break: nobody
is asked for a password with a visitor before her. A desk opened at nine takes scans at a lecture at two.
Who can open accounts has the shortest."""

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
