"""Whose turn it is: addresses one after the other, and those of the house first.

Whoever sends three hundred requests at once waits for them himself: each other address has its next one
answered in between.
"""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

MOST_IN_A_ROW = 3
"""Of the house, while strangers wait: a busy hall does not make a phone wait for ever."""

T = TypeVar("T")


class _Round(Generic[T]):
    """Addresses that take turns; each has its own queue, in the order of asking."""

    def __init__(self) -> None:
        self._queues: OrderedDict[str, deque[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._queues)

    def count(self, address: str) -> int:
        return len(self._queues.get(address, ()))

    def add(self, address: str, one: T) -> None:
        self._queues.setdefault(address, deque()).append(one)

    def first(self) -> T:
        return next(iter(self._queues.values()))[0]

    def take(self) -> T:
        address, queue = self._queues.popitem(last=False)
        one = queue.popleft()
        if queue:
            self._queues[address] = queue
        return one


class Turns(Generic[T]):
    """Requests that wait. Not safe for threads: whoever uses it holds a lock."""

    def __init__(self) -> None:
        self._house: _Round[T] = _Round()
        self._strangers: _Round[T] = _Round()
        self._in_a_row = 0

    def __bool__(self) -> bool:
        return bool(self._house or self._strangers)

    def count(self, address: str) -> int:
        """How many of this address wait."""
        return self._house.count(address) + self._strangers.count(address)

    def add(self, one: T, address: str, *, is_favoured: bool) -> None:
        """Let a request of `address` wait."""
        (self._house if is_favoured else self._strangers).add(address, one)

    def is_a_turn(self, *, strangers: bool) -> bool:
        """Whether anybody may be served, `strangers` too or the house alone."""
        return bool(self._house or (strangers and self._strangers))

    def is_a_stranger_next(self, *, strangers: bool) -> bool:
        """Whether the next is a stranger."""
        if not strangers or not self._strangers:
            return False
        return not self._house or self._in_a_row >= MOST_IN_A_ROW

    def first(self, *, strangers: bool) -> T:
        """Who is next, and stays; there is a turn."""
        return (self._strangers if self.is_a_stranger_next(strangers=strangers) else self._house).first()

    def take(self, *, strangers: bool) -> T:
        """Who is next; there is a turn."""
        if self.is_a_stranger_next(strangers=strangers):
            self._in_a_row = 0
            return self._strangers.take()
        self._in_a_row += 1
        return self._house.take()

    def clear(self) -> list[T]:
        """All that wait, who wait no longer."""
        left = []
        while self:
            left.append(self.take(strangers=True))
        return left
