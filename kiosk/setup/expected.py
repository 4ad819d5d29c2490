"""The next tap at a touchscreen of this box is staff's own trial: known in memory alone, for some minutes."""

from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from msgspec import Struct
from sqlalchemy import Engine

from kiosk.asked import Asked
from kiosk.clock import is_within
from kiosk.database import Database

EXPECTED_FOR = timedelta(minutes=3)


class _Expected(Struct, frozen=True):
    """Who tries, and which tap has claimed it: one that is sent again must find itself."""

    asked: Asked
    tap: str = ""


_expected: WeakKeyDictionary[Engine, _Expected] = WeakKeyDictionary()
_lock = Lock()


def expect_trial(database: Database, asked: Asked) -> None:
    """Take the next tap for a trial of who asks; the last word counts, a restart forgets it."""
    with _lock:
        _expected[database.engine] = _Expected(asked)


def is_trial_expected(database: Database, now: datetime) -> bool:
    """Whether one is still awaited."""
    one = _expected.get(database.engine)
    return one is not None and not one.tap and is_within(one.asked.now, now, EXPECTED_FOR)


def claim_trial(database: Database, tap: str, now: datetime) -> int | None:
    """The staff id of who tries; None for a resident's tap, which every other one is. One tap claims it."""
    if database.engine not in _expected:
        return None  # the way of every tap: no lock
    with _lock:
        one = _expected.get(database.engine)
        if one is None or one.tap not in ("", tap) or not is_within(one.asked.now, now, EXPECTED_FOR):
            _expected.pop(database.engine, None)
            return None
        _expected[database.engine] = _Expected(one.asked, tap)
    return one.asked.staff_id
