"""The printer process as the station sees it: it draws slips and sends them to the printer.

A process of its own, because drawing holds Python's lock for 10 ms a slip, which residents at the other
stations feel; the typefaces take 30 MB; and a driver that hangs or crashes must take nothing with it. The two
speak JSON, a line each way for a slip or for the question how the printer is; the child ends when its input
does, so it never outlives a station.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from select import POLLIN, poll
from typing import IO, Any, Protocol, get_args

from printing.printers import Outcome, Status, open_printer

OFF = "off:"
"""The address of no printer."""

LONGEST_S = 60.0
"""Seconds a slip may take before the process is given up: a slow serial printer needs 15 for one."""

ASKING_S = 15.0
"""Seconds a question may take: three for a connection, and a printer's own waits. It is asked while idle."""

ENDING_S = 5.0
"""Seconds the process has to finish and end."""

CHILD: tuple[str, ...] = ("-m", "printing.printer_child")
"""What Python is told to run as that process."""


@dataclass(frozen=True)
class Setup:
    """A printer and its paper: an address, 576, 512 or 384 dots across, and the large-print preset."""

    url: str
    width_dots: int = 576
    large: bool = False

    @property
    def is_off(self) -> bool:
        """Whether this is no printer at all."""
        return self.url == OFF


@dataclass(frozen=True)
class Printed:
    """How one attempt ended, and how many millimetres of the roll the slip takes, its feed to the blade too.

    `mm` is 0 where nothing was drawn.
    """

    outcome: Outcome
    mm: int = 0


class SlipPrinter(Protocol):
    """Whatever prints one packed slip."""

    def print(self, job_id: int, kind: str, slip: str) -> Printed:
        """Draw and send; never raises for a slip's or a printer's fault."""

    def status(self) -> Status:
        """How the printer says it is; unknown when nothing can be heard."""

    def close(self) -> None:
        """Let go of the printer."""


class PrinterProcess:
    """A child process that prints, begun when needed and begun again when it broke.

    Raises BadPrinter at once for an address that cannot work.
    """

    def __init__(self, setup: Setup, out: Path, font: str = "") -> None:
        open_printer(setup.url, out).close()
        self._words = [setup.url, str(out), "--width", str(setup.width_dots)]
        self._words += ["--large"] if setup.large else []
        self._words += ["--font", font] if font else []
        self._running: subprocess.Popen[bytes] | None = None
        self._begin()

    def print(self, job_id: int, kind: str, slip: str) -> Printed:
        """Hand the slip over and wait for what became of it, at most LONGEST_S seconds."""
        try:
            child = self._told(job_id=job_id, kind=kind, slip=slip)
        except OSError as fault:
            self.close()
            return Printed(
                Outcome("failed", 0, f"the printer process was not running; it is started again: {fault}")
            )
        try:
            answer = self._answer(child, LONGEST_S)
            if answer["job_id"] != job_id:
                raise ValueError("the answer is for another slip")
            return Printed(Outcome(**answer["outcome"]), answer["mm"])
        except (OSError, ValueError, TypeError, KeyError) as fault:
            self.close()  # with whatever it may still say: an answer is never taken for the next slip's
            note = f"the printer process broke off while it printed this slip: {fault}"
            return Printed(Outcome("unconfirmed", 0, note))

    def status(self) -> Status:
        """Ask through the process, which alone holds the printer; at most ASKING_S seconds."""
        try:
            status = self._answer(self._told(ask="status"), ASKING_S)["status"]
        except (OSError, ValueError, TypeError, KeyError):
            self.close()
            return "unknown"
        return status if status in get_args(Status) else "unknown"

    def close(self) -> None:
        """Let the process finish and end."""
        if self._running is not None:
            self._end(self._running)

    def _told(self, **told: Any) -> subprocess.Popen[bytes]:
        child = self._begin()
        _pipe(child.stdin).write(json.dumps(told).encode() + b"\n")
        _pipe(child.stdin).flush()
        return child

    def _answer(self, child: subprocess.Popen[bytes], within_s: float) -> Any:
        answers = _pipe(child.stdout)
        waiting = poll()  # select() ends at descriptor 1,024, and a thousand phones may be connected
        waiting.register(answers, POLLIN)
        if not waiting.poll(within_s * 1000):
            raise TimeoutError(f"no answer for {within_s} s")
        return json.loads(answers.readline())

    def _begin(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._running.poll() is not None:
            self._end(self._running)
        if self._running is None:
            here = str(Path(__file__).parent.parent)
            paths = os.pathsep.join(path for path in (here, os.environ.get("PYTHONPATH", "")) if path)
            self._running = subprocess.Popen(
                [sys.executable, *CHILD, *self._words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": paths},
            )
        return self._running

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._running = None
        try:
            child.communicate(timeout=ENDING_S)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            child.kill()
            child.communicate()


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise ValueError("the printer process was begun without pipes")
    return end
