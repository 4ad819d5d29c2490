"""A read-through cache with a time to live: what a read found, one value a database, for everybody who asks.

Every page asks for its bell, its notices and its clips; boards and phones ask whether there is news several
times a second.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from kiosk.database.engine import Database, commits

KEPT_S = 0.25
"""Another process may write too: a command, a restored backup, a second box on one PostgreSQL."""

T = TypeVar("T")


class _Kept(Generic[T]):
    """The value, and after how many commits and when it was read."""

    def __init__(self) -> None:
        self.value: T
        self.after, self.at = -1, 0.0
        self.changed = 0
        """The first commit that may hold a change of it."""
        self.reading = Lock()

    def is_fresh(self, since: int) -> bool:
        """Whether it was read a moment ago, and after the commit `since`."""
        return self.after >= since and monotonic() - self.at <= KEPT_S


class Remembered(Generic[T]):
    """What `read(tx, …)` found: read again after KEPT_S, and after each commit of this process.

    With `is_noted` whoever changes something of it calls `note_writing`, and other commits do not matter.
    """

    def __init__(self, read: Callable[..., T], *, is_noted: bool = False) -> None:
        self._read, self._is_noted = read, is_noted
        self._kept: WeakKeyDictionary[Engine, _Kept[T]] = WeakKeyDictionary()

    def at(self, tx: Connection, *asked: Any) -> T:
        """The value for this transaction; one that writes reads for itself: it may be rolled back."""
        if tx.get_execution_options().get("write"):
            return self._read(tx, *asked)
        kept, began, committed = self._of(tx.engine), monotonic(), commits(tx)
        with kept.reading:
            if not kept.is_fresh(kept.changed if self._is_noted else committed):
                kept.value = self._read(tx, *asked)
                kept.after, kept.at = committed, began
            return kept.value

    def without_tx(self, database: Database) -> T:
        """The value for who reads nothing else: where it is fresh none is begun. Needs `is_noted`."""
        kept = self._of(database.engine)
        if kept.is_fresh(kept.changed):
            return kept.value
        with database.read(is_blind=True) as tx:
            return self.at(tx)

    def last(self, database: Database, default: T) -> T:
        """The value as it was known last, however long ago: for a page that says that nothing can be read."""
        return getattr(self._of(database.engine), "value", default)

    def note_writing(self, tx: Connection) -> None:
        """Something of it is being changed: what is kept does not hold from the next commit on."""
        self._of(tx.engine).changed = commits(tx) + 1

    def _of(self, engine: Engine) -> _Kept[T]:
        return self._kept.get(engine) or self._kept.setdefault(engine, _Kept())
