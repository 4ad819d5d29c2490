"""Addresses behind which an enrolled device or staff are known to be."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

KEPT_S = 4 * 24 * 3600.0
"""From before a long weekend to the morning after it. By a working day alone every computer of staff was a
stranger at eight in the morning, and waited behind a flood for its first log-in."""

MOST = 1000


class Favoured:
    """Addresses that are served first, because a good device cookie or a member of staff came from there."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._seen: OrderedDict[str, float] = OrderedDict()

    def note(self, address: str) -> None:
        """An enrolled device or a member of staff has just asked from `address`."""
        self._seen[address] = self._now()
        self._seen.move_to_end(address)
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)

    def __contains__(self, address: str) -> bool:
        seen = self._seen.get(address)
        return seen is not None and self._now() - seen < KEPT_S
