"""Whether the database can be written: every real write tells, and where none comes one is tried.

A disk that became read-only, or is full, is still read well: it shows only when something is kept.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from kiosk.database.faults import cannot_keep

RETRY_S = 5.0
"""Seconds between two trials while the last one failed, or for who asks how the box is."""
IDLE_S = 60.0
"""Seconds without a write after which one is tried for the pages of staff: 1,400 a day wear no card out."""
HANGS_S = 10.0
"""A trial that takes longer is a disk that does not answer; a tired one takes 0.1."""
SIZE = 16 * 1024
"""Bytes that are tried, in hexadecimal: eight pages. A nearly full disk keeps one, and no ticket."""
TRIAL = "trial"
"""The row of `centre_fact` that a trial writes anew."""


class WriteTrials:
    """What is known of writing to one database. `attempt(text)` keeps a text of SIZE and raises if it cannot.

    Nobody waits behind a trial: while somebody else writes there is none, for that write tells the same.
    """

    def __init__(self, attempt: Callable[[str], bool]) -> None:
        self._attempt = attempt
        self._lock = threading.Lock()
        self._known_at = -HANGS_S
        self._running_since: float | None = None
        self._fault: BaseException | None = None

    @property
    def fault(self) -> BaseException | None:
        """Why the database cannot be written, as far as it is known now; None when it can."""
        since = self._running_since
        if since is not None and monotonic() - since > HANGS_S:
            return TimeoutError("the disk does not answer")
        return self._fault

    @contextmanager
    def watched(self) -> Iterator[None]:
        """A real write: how it ends is known afterwards."""
        try:
            yield
        except BaseException as fault:
            if cannot_keep(fault):
                self._note(fault)
            raise
        self._note(None)

    def look(self, fresh_s: float = IDLE_S, wait_s: float = 0.0) -> BaseException | None:
        """`fault`, after a trial if nothing was heard for `fresh_s` seconds; it is waited for `wait_s`."""
        age = monotonic() - self._known_at
        with self._lock:
            is_due = age > (RETRY_S if self._fault else fresh_s) and self._running_since is None
            if is_due:
                self._running_since = monotonic()
        if is_due:
            thread = threading.Thread(target=self._try, name="write-trial", daemon=True)
            thread.start()
            if wait_s:
                thread.join(wait_s)
        return self.fault

    def now(self) -> BaseException | None:
        """Try it here and now; why it cannot be written."""
        self._running_since = monotonic()
        self._try()
        return self._fault

    def _try(self) -> None:
        try:
            if self._attempt(os.urandom(SIZE).hex()):
                self._note(None)
        except Exception as fault:
            if cannot_keep(fault):  # a table that is not there yet, a lock: that says nothing of the disk
                self._note(fault)
        finally:
            self._running_since = None

    def _note(self, fault: BaseException | None) -> None:
        self._fault, self._known_at = fault, monotonic()
