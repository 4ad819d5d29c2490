"""The loop that prints: claim a job, have it printed, say what became of it. One worker a printer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from printing.press import Press
from printing.printers import Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claimed:
    """A job that was handed out: its id, the kind of slip, and the packed slip."""

    id: int
    kind: str
    slip: str


class Source(Protocol):
    """Where jobs come from. `claim` has committed the job as being sent before it returns."""

    def claim(self) -> Claimed | None:
        """The next job; None when nothing is due."""

    def report(self, job_id: int, outcome: Outcome) -> None:
        """How the attempt ended."""

    def recover(self) -> None:
        """Called once, before the first claim."""


class Worker(threading.Thread):
    """Prints until it is stopped; no fault of a slip, a printer or the database ends it."""

    def __init__(self, source: Source, press: Press, wake: threading.Event, rest_s: float = 1.0) -> None:
        super().__init__(name="printing", daemon=True)
        self._source = source
        self._press = press
        self._wake = wake
        self._rest_s = rest_s
        self._stopping = threading.Event()
        self._untold: tuple[int, Outcome] | None = None

    def run(self) -> None:
        """Recover, then print whatever is due; `wake` or `rest_s` seconds bring the next look."""
        self._safely(self._recover)
        while not self._stopping.is_set():
            self._wake.clear()  # before the look: a job written after it sets the bell again
            if not self._safely(self._print_next):
                self._wake.wait(self._rest_s)
        self._press.close()

    def stop(self, timeout: float) -> None:
        """End after the slip that is printing, waiting at most `timeout` seconds for it."""
        self._stopping.set()
        self._wake.set()
        self.join(timeout)

    def _safely(self, act: Callable[[], bool]) -> bool:
        try:
            return act()
        except Exception:  # the station must go on printing whatever one job or one moment brings
            log.exception("printing stumbled")
            return False

    def _recover(self) -> bool:
        self._source.recover()
        return True

    def _print_next(self) -> bool:
        if self._untold is not None:
            self._tell(*self._untold)
        job = self._source.claim()
        if job is None:
            return False
        outcome = self._printed(job)
        if outcome.state != "printed":
            log.warning("slip %s %s: %s", job.id, outcome.state, outcome.note)
        self._tell(job.id, outcome)
        return True

    def _printed(self, job: Claimed) -> Outcome:
        try:
            return self._press.print(job.id, job.kind, job.slip)
        except Exception as fault:  # a claimed job must end, whatever broke: it may be on paper
            log.exception("the press broke over slip %s", job.id)
            return Outcome("unconfirmed", 0, f"{type(fault).__name__}: {fault}")

    def _tell(self, job_id: int, outcome: Outcome) -> None:
        # kept until it is written: a busy database must not leave a printed slip standing as "sending"
        self._untold = (job_id, outcome)
        self._source.report(job_id, outcome)
        self._untold = None
