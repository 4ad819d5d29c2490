"""The press as the station sees it: a process of its own that draws slips and sends them to the printer.

Apart, because drawing holds Python's lock for 10 ms a slip, which residents at the other stations feel; the
typefaces take 30 MB; and a driver that hangs or crashes must take nothing with it. The two processes speak
JSON, a line a slip and a line an outcome; the press ends when its input does, so it never outlives a station.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from select import POLLIN, poll
from typing import IO, Protocol

from printing.printers import Outcome, open_printer

LONGEST_S = 60.0
"""Seconds a slip may take before the press is given up: a slow serial printer needs 15 for one."""

ENDING_S = 5.0
"""Seconds the press has to finish and end."""


class Press(Protocol):
    """Whatever prints one packed slip."""

    def print(self, job_id: int, kind: str, slip: str) -> Outcome:
        """Draw and send; never raises for a slip's or a printer's fault."""

    def close(self) -> None:
        """Let go of the printer."""


class PressApart:
    """A press in a process of its own, begun when needed and begun again when it broke.

    Raises BadPrinter at once for an address that cannot work.
    """

    def __init__(self, url: str, out: Path, width_dots: int, large: bool = False, font: str = "") -> None:
        open_printer(url, out).close()
        self._words = [url, str(out), "--width", str(width_dots)]
        self._words += ["--large"] if large else []
        self._words += ["--font", font] if font else []
        self._running: subprocess.Popen[bytes] | None = None
        self._begin()

    def print(self, job_id: int, kind: str, slip: str) -> Outcome:
        """Hand the slip over and wait for what became of it, at most LONGEST_S seconds."""
        line = json.dumps({"job_id": job_id, "kind": kind, "slip": slip}).encode() + b"\n"
        try:
            press = self._begin()
            _pipe(press.stdin).write(line)
            _pipe(press.stdin).flush()
        except OSError as fault:
            self.close()
            return Outcome("failed", 0, f"the press was not running; it is started again: {fault}")
        try:
            return self._answer(press, job_id)
        except (OSError, ValueError, TypeError) as fault:
            self.close()  # with whatever it may still say: an answer is never taken for the next slip's
            return Outcome("unconfirmed", 0, f"the press broke off while it printed this slip: {fault}")

    def close(self) -> None:
        """Let the press finish and end."""
        if self._running is not None:
            self._end(self._running)

    def _answer(self, press: subprocess.Popen[bytes], job_id: int) -> Outcome:
        answers = _pipe(press.stdout)
        waiting = poll()  # select() ends at descriptor 1,024, and a thousand phones may be connected
        waiting.register(answers, POLLIN)
        if not waiting.poll(LONGEST_S * 1000):
            raise TimeoutError(f"no answer for {LONGEST_S} s")
        told = json.loads(answers.readline())
        if told.pop("job_id") != job_id:
            raise ValueError("the answer is for another slip")
        return Outcome(**told)

    def _begin(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._running.poll() is not None:
            self._end(self._running)
        if self._running is None:
            here = str(Path(__file__).parent.parent)
            paths = os.pathsep.join(path for path in (here, os.environ.get("PYTHONPATH", "")) if path)
            self._running = subprocess.Popen(
                [sys.executable, "-m", "printing.hand_press", *self._words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": paths},
            )
        return self._running

    def _end(self, press: subprocess.Popen[bytes]) -> None:
        self._running = None
        try:
            press.communicate(timeout=ENDING_S)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            press.kill()
            press.communicate()


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise ValueError("the press was begun without pipes")
    return end
