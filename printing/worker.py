"""The loop that prints: claim a job, draw it, send it, say what became of it. One worker a printer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from printing.canvas import Paper
from printing.printers import Outcome, Printer
from printing.slips import draw, kinds, unpack

__all__ = ["Claimed", "Outcome", "Source", "Worker"]

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

    def __init__(
        self, source: Source, printer: Printer, paper: Paper, wake: threading.Event, rest_s: float = 1.0
    ) -> None:
        super().__init__(name=f"printing {printer.url}", daemon=True)
        self._source = source
        self._printer = printer
        self._paper = paper
        self._wake = wake
        self._rest_s = rest_s
        self._stopping = threading.Event()

    def run(self) -> None:
        """Recover, warm up, then print whatever is due; `wake` or `rest_s` seconds bring the next look."""
        self._safely(self._source.recover)
        self._safely(self._warm_up)
        while not self._stopping.is_set():
            self._wake.clear()  # before the look: a job written after it sets the bell again
            if not self._safely(self._print_next):
                self._wake.wait(self._rest_s)
        self._printer.close()

    def stop(self, timeout: float) -> None:
        """End after the slip that is printing, waiting at most `timeout` seconds for it."""
        self._stopping.set()
        self._wake.set()
        self.join(timeout)

    def _safely(self, act: Callable[[], object]) -> bool:
        try:
            return bool(act())
        except Exception:  # the station must go on printing whatever one job or one moment brings
            log.exception("printing stumbled")
            return False

    def _print_next(self) -> bool:
        job = self._source.claim()
        if job is None:
            return False
        outcome = self._printed(job)
        if outcome.state != "printed":
            log.warning("slip %s %s: %s", job.id, outcome.state, outcome.note)
        self._source.report(job.id, outcome)
        return True

    def _printed(self, job: Claimed) -> Outcome:
        try:
            image = draw(unpack(job.kind, job.slip), self._paper, str(job.id))
        except Exception as fault:
            log.exception("slip %s cannot be drawn", job.id)
            return Outcome("failed", 0, f"{type(fault).__name__}: {fault}", is_hopeless=True)
        return self._printer.print(str(job.id), image)

    def _warm_up(self) -> None:
        # the first Chinese line takes 200 ms while the font is read; better now than for the first resident
        for kind in kinds().values():
            draw(kind.sample(), self._paper, "0")
