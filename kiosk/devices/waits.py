"""How long an address has to wait: after wrong codes twice as long each time; and after numbers by phone."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from kiosk.clock import is_within
from kiosk.devices.refusals import TooManyByPhone, TooSoon

LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)
MOST_ADDRESSES = 1000
"""Addresses remembered; the code itself dies after a few wrong ones, whoever tried."""


class Waits:
    """The wrong codes of each address; a restart forgets them, but not what a code has borne."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def check(self, address: str, now: datetime) -> None:
        """Raise TooSoon while `address` has to wait."""
        with self._lock:
            times, last = self._wrong.get(address, (0, now))
        if not times:
            return
        wait = _wait_after(times)
        if is_within(last, now, wait):
            left = (last + wait - now).total_seconds()
            raise TooSoon(seconds=max(1, min(int(left) + 1, int(LONGEST.total_seconds()))))

    def note_wrong(self, address: str, now: datetime) -> None:
        """One more wrong code from `address`."""
        with self._lock:
            times, last = self._wrong.pop(address, (0, now))
            self._wrong[address] = (times + 1 if is_within(last, now, FORGOTTEN) else 1), now
            while len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)

    def note_right(self, address: str) -> None:
        """A right one: what was wrong before does not count any more."""
        with self._lock:
            self._wrong.pop(address, None)


def _wait_after(times: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(times, 12)), LONGEST)


MOST_BY_PHONE, BY_PHONE_IN = 5, timedelta(minutes=10)
"""Numbers that phones of one address take in a time: a family, but nobody who drops the cookie each time."""


class PhoneTaps:
    """When phones of each address took a number last; a restart forgets it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken: OrderedDict[str, list[datetime]] = OrderedDict()

    def note(self, address: str, now: datetime) -> None:
        """Count one. Raises TooManyByPhone, and counts nothing, when there were too many."""
        with self._lock:
            taken = [at for at in self._taken.get(address, ()) if is_within(at, now, BY_PHONE_IN)]
            if len(taken) >= MOST_BY_PHONE:
                raise TooManyByPhone
            self._taken[address] = [*taken, now]
            self._taken.move_to_end(address)
            while len(self._taken) > MOST_ADDRESSES:
                self._taken.popitem(last=False)
