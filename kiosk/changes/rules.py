"""What a change of the office is, and what differs between two states of a thing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

Facts = Mapping[str, Any]
"""A thing as plain JSON: names of fields to texts, numbers, booleans, None, lists and mappings of those."""

LONGEST_NAME = 96
LONGEST_KEY = 64


class Noted(Struct, frozen=True):
    """What is written of a change: which thing of which kind, what was done, and how it was and is.

    `before` is None for a thing that is new, `after` for one that is gone. No secret stands in either.
    """

    kind: str
    key: str
    name: str
    verb: str
    before: Facts | None
    after: Facts | None
    undoes: int | None = None


class Change(Struct, frozen=True):
    """A change as it was written. `undone_by` is the id of the change that took it back, if any."""

    id: int
    at: datetime
    staff_id: int | None
    noted: Noted
    undone_by: int | None = None


class Difference(Struct, frozen=True):
    """A field that is not as it was; None where the thing had no such field."""

    field: str
    before: Any
    after: Any


def differing(before: Facts | None, after: Facts | None) -> tuple[Difference, ...]:
    """The fields in which two states of a thing differ, in the order of the newer one, then of the older."""
    was, now = before or {}, after or {}
    return tuple(
        Difference(field, was.get(field), now.get(field))
        for field in dict.fromkeys((*now, *was))
        if was.get(field) != now.get(field)
    )
