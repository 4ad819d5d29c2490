"""The loop that prints: claim a job, have it printed, say what became of it; and ask how the printer is.

One worker a printer. Nothing but this thread ever waits for a printer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from printing.printer_process import Printed, Setup, SlipPrinter
from printing.printers import CAN_PRINT, BadPrinter, Outcome, Status

log = logging.getLogger(__name__)

BREATH_S = 0.05
"""Between two looks for a slip, which a printer needs a second for.

Every commit of the queue rings the bell, and a printer of files is done in 10 ms: without a breath each
ticket paid for three turns of this thread, 0.3 ms of 2.0.
"""

ASK_EVERY_S = 10.0
ASK_SILENT_EVERY_S = 60.0
"""A printer that never answers costs half a second a question, which a slip might have to wait for."""


@dataclass(frozen=True)
class Claimed:
    """A job that was handed out: its id, the kind of slip, the packed slip, and the printer it is for."""

    id: int
    kind: str
    slip: str
    setup: Setup


class Source(Protocol):
    """Where jobs come from. `claim` has committed the job as being sent before it returns."""

    def in_use(self) -> Setup:
        """The printer to have ready; its address is `off:` for none."""

    def claim(self) -> Claimed | None:
        """The next job; None when nothing is due."""

    def report(self, job_id: int, printed: Printed) -> None:
        """How the attempt ended."""

    def note_status(self, setup: Setup, status: Status) -> None:
        """How a printer says it is."""

    def recover(self) -> None:
        """Called once, before the first claim."""


class Worker(threading.Thread):
    """Prints until it is stopped; no fault of a slip, a printer or the database ends it.

    The printer process is exchanged when another printer is in use, or when a job is for another: no restart.
    """

    def __init__(
        self,
        source: Source,
        open_printer: Callable[[Setup], SlipPrinter],
        wake: threading.Event,
        rest_s: float = 1.0,
        ask_every_s: float = ASK_EVERY_S,
    ) -> None:
        super().__init__(name="printing", daemon=True)
        self._source = source
        self._open_printer = open_printer
        self._wake = wake
        self._rest_s = rest_s
        self._ask_every_s = ask_every_s
        self._stopping = threading.Event()
        self._untold: tuple[int, Printed] | None = None
        self._printer: tuple[Setup, SlipPrinter] | None = None
        self._status: Status = "unknown"
        self._ask_at = self._look_at = 0.0
        self._looked_at = -BREATH_S
        self._watched: Setup | None = None
        self._logged = ""
        self._faults: set[str] = set()
        """What broke since a slip's end was written last."""

    def run(self) -> None:
        """Recover, then print whatever is due; `wake` or `rest_s` seconds bring the next look."""
        self._safely(self._recover)
        while not self._is_leaving():
            if not self._safely(self._print_next):
                self._safely(self._look_after_printer)
                self._wake.wait(self._rest_s)
        self._let_go()

    def stop(self, timeout: float) -> None:
        """End after the slip that is printing, waiting at most `timeout` seconds for it."""
        self._stopping.set()
        self._wake.set()
        self.join(timeout)

    def _is_leaving(self) -> bool:
        """Breathe, and be ready for the next bell: one rung after this is heard, `stop`'s too."""
        self._stopping.wait(max(0.0, self._looked_at + BREATH_S - monotonic()))
        self._looked_at = monotonic()
        self._wake.clear()
        return self._stopping.is_set()

    def _safely(self, act: Callable[[], bool]) -> bool:
        try:
            return act()
        except Exception as fault:  # the station must go on printing whatever one job or one moment brings
            self._log_fault(fault)
            return False

    def _log_fault(self, fault: Exception) -> None:
        # a disk that takes nothing is tried each second: told whole once, not 3,600 times an hour
        if str(fault) in self._faults:
            log.debug("printing failed again: %s", fault)
        else:
            log.error("printing failed; it goes on", exc_info=fault)
            self._faults.add(str(fault))

    def _recover(self) -> bool:
        self._source.recover()
        return True

    def _print_next(self) -> bool:
        if self._untold is not None:
            self._tell(*self._untold)
        job = self._source.claim()
        if job is None:
            return False
        printed = self._printed(job)
        self._log(job.id, printed.outcome)
        self._tell(job.id, printed)
        if printed.outcome.state != "printed" or self._status not in CAN_PRINT:
            self._ask(job.setup)
        return True

    def _log(self, job_id: int, outcome: Outcome) -> None:
        is_news, self._logged = outcome.note != self._logged, outcome.note
        if outcome.state == "printed":
            return
        # a printer that is off is tried every three seconds: it is told once, not 1,200 times an hour
        is_tried_again = outcome.state == "failed" and not outcome.accepted and not outcome.is_hopeless
        level = logging.DEBUG if is_tried_again and not is_news else logging.WARNING
        log.log(level, "slip %s %s: %s", job_id, outcome.state, outcome.note)

    def _printed(self, job: Claimed) -> Printed:
        try:
            printer = self._printer_for(job.setup)
        except BadPrinter as fault:
            return Printed(Outcome("failed", 0, str(fault), is_hopeless=True))
        except OSError as fault:
            return Printed(Outcome("failed", 0, f"the printer process cannot be started: {fault}"))
        try:
            return printer.print(job.id, job.kind, job.slip)
        except Exception as fault:  # a claimed job must end, whatever broke: it may be on paper
            log.exception("the printer process broke over slip %s", job.id)
            return Printed(Outcome("unconfirmed", 0, f"{type(fault).__name__}: {fault}"))

    def _tell(self, job_id: int, printed: Printed) -> None:
        # kept until it is written: a busy database must not leave a printed slip standing as "sending"
        self._untold = (job_id, printed)
        self._source.report(job_id, printed)
        self._untold = None
        self._faults.clear()

    def _look_after_printer(self) -> bool:
        """With nothing to print: have the process of the printer in use ready, and ask it now and then."""
        now = monotonic()
        if now < self._look_at:
            return False  # every commit of the queue wakes us; who is in use need not be asked each time
        self._look_at = now + min(self._rest_s, self._ask_every_s)
        setup = self._source.in_use()
        if setup.is_off:
            self._let_go()
        elif self._is_to_be_asked(setup, now):
            self._watched = setup
            self._ask(setup)
        return True

    def _is_to_be_asked(self, setup: Setup, now: float) -> bool:
        # what a printer said while it was only tried was not written down, so once in use it is asked anew
        is_ready = self._printer is not None and self._printer[0] == setup
        return setup != self._watched or not is_ready or now >= self._ask_at

    def _ask(self, setup: Setup) -> None:
        try:
            self._status = self._printer_for(setup).status()
        except BadPrinter:
            self._status = "error"
        every_s = ASK_SILENT_EVERY_S if self._status == "unknown" else self._ask_every_s
        self._ask_at = monotonic() + every_s
        self._source.note_status(setup, self._status)

    def _printer_for(self, setup: Setup) -> SlipPrinter:
        if self._printer is not None and self._printer[0] == setup:
            return self._printer[1]
        self._let_go()
        self._printer = (setup, self._open_printer(setup))
        return self._printer[1]

    def _let_go(self) -> None:
        if self._printer is not None:
            held, self._printer = self._printer, None
            held[1].close()
