"""What counters serve, when there is much of it: services looked for by a word, and said by their groups."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kiosk import services, tickets
from kiosk.screens.web.page import typed

MANY_SERVICES, MANY_COUNTERS = 24, 12
"""Of more they are looked for instead of read through."""

FEW_COUNTERS = 8
"""Other counters that have a button each; of more one is chosen from a list that says what they serve."""

MOST_DIGITS = 9

READ_THROUGH = 12
"""Services of one counter that are said by their names."""

ROOM = 90
"""Characters of names that stand above a clerk's list: three lines."""

LONGEST_WORD = 40


class Offered(Struct, frozen=True):
    """Services to choose from, under the names of their groups; `found` of them in all."""

    groups: tuple[tuple[str, tuple[services.Service, ...]], ...]
    found: int
    is_many: bool
    is_narrowed: bool = False

    def near(self, without: str) -> tuple[services.Service, ...]:
        """Those that a word means, without one, where they are so few that each has a digit; else none."""
        every = tuple(one for _, group in self.groups for one in group if one.code != without)
        return every if self.is_narrowed and len(every) <= MOST_DIGITS else ()


class Sums(Struct, frozen=True):
    """Who waits for what: those `shown`, and `people` who wait for `others` other services."""

    shown: tuple[tickets.WaitingCount, ...]
    others: int
    people: int


def word(text: str) -> str:
    """What was typed to look for a service."""
    return typed(text)[:LONGEST_WORD]


def offered(every: Iterable[services.Service], names: Mapping[str, str], looked_for: str) -> Offered:
    """The services that `looked_for` means, by group; all of them when it is empty."""
    listed = tuple(every)
    found = [one for one in listed if services.is_meant(one, names.get(one.code, ""), looked_for)]
    groups: dict[str, list[services.Service]] = {}
    for one in found:
        groups.setdefault(names.get(one.code, ""), []).append(one)
    by_group = tuple((name, tuple(group)) for name, group in groups.items())
    return Offered(by_group, len(found), len(listed) > MANY_SERVICES, bool(looked_for))


def said_by_groups(counter: services.Counter, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a counter serves: the names of its services; the groups of them when they are many."""
    if len(counter.codes) <= READ_THROUGH or not names:
        return counter.services
    return tuple(dict.fromkeys(names.get(code, "") for code in counter.codes))


def sums(every: Sequence[tickets.WaitingCount], own: Iterable[str]) -> Sums:
    """As many as stand above the list and leave room for it, the counter's own first."""
    mine = set(own)
    ordered, room, shown = sorted(every, key=lambda one: one.code not in mine), ROOM, []
    for one in ordered:
        room -= len(one.name) + 4
        if room < 0:
            break
        shown.append(one)
    rest = ordered[len(shown) :]
    return Sums(tuple(shown), len(rest), sum(one.count for one in rest))
