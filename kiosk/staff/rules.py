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

LOCKED_FOR = timedelta(minutes=5)
"""How long a lock lasts after the last failure; also how far back failures count."""

SHORTEST_PASSWORD = 8


def locked_until(here: list[datetime], anywhere: list[datetime]) -> datetime | None:
    """When a name opens again, from its recent failures at this address and at all; None when it is open."""
    if len(here) >= MOST_FAILURES:
        return max(here) + LOCKED_FOR
    if len(anywhere) >= MOST_FAILURES_ANYWHERE:
        return max(anywhere) + LOCKED_FOR
    return None
