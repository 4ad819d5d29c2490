"""The child of the printer process: draws one packed slip after another and sends them to its printer.

`python -m printing.printer_child ADDRESS FOLDER` reads slips and questions and writes answers, a line of JSON
each; `printing.printer_process` starts it so.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from math import ceil
from pathlib import Path
from select import POLLIN, poll
from typing import Any, TextIO

from printing.drawing import fonts
from printing.drawing.canvas import Paper, paper_for
from printing.printer_process import Printed
from printing.printers import Outcome, Printer, Status, open_printer
from printing.slips import draw, kinds, unpack

log = logging.getLogger(__name__)

FEED_MM = 15
"""From the head to the blade, which every cut feeds: about 15 mm (Epson's TM-T88III specification, 1.7)."""


class InProcessPrinter:
    """Prints in this process."""

    def __init__(self, printer: Printer, paper: Paper) -> None:
        self._printer = printer
        self._paper = paper

    def warm_up(self) -> Iterator[str]:
        """Draw each kind once to nowhere, one at a step: the first takes 80 ms, all of them 160."""
        try:
            for kind in kinds().values():
                draw(kind.sample(), self._paper, "0")
                yield kind.kind
        except fonts.FontMissing as fault:
            log.warning("%s", fault)

    def print(self, job_id: int, kind: str, slip: str) -> Printed:
        """Draw and send. A slip that cannot be drawn is hopeless: the next try would fail alike."""
        try:
            image = draw(unpack(kind, slip), self._paper, str(job_id))
        except fonts.FontMissing as fault:
            return Printed(Outcome("failed", 0, str(fault), is_hopeless=True))
        except Exception as fault:
            log.exception("slip %s cannot be drawn", job_id)
            return Printed(Outcome("failed", 0, f"{type(fault).__name__}: {fault}", is_hopeless=True))
        mm = ceil(self._paper.mm(image.height)) + FEED_MM
        return Printed(self._printer.print(str(job_id), image), mm)

    def status(self) -> Status:
        """Ask the printer how it is."""
        return self._printer.status()

    def close(self) -> None:
        """Let go of the printer."""
        self._printer.close()


def main() -> None:
    """Print the slips that come in, a line each, and say what became of each."""
    # ended by the end of its input, after the slip that is printing; not by Ctrl-C or a stop of the group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(5)  # a resident at the screen goes before a slip: it has two seconds, the screen has none
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    words = _words()
    if words.font:
        fonts.use(words.font)
    printer = InProcessPrinter(open_printer(words.url, words.out), paper_for(words.width, words.large))
    serve(printer, sys.stdin)
    printer.close()
    sys.stdout = None  # what is left in its buffer has no reader either


def serve(printer: InProcessPrinter, told: TextIO) -> None:
    """Answer what is `told`, a line each, until it ends; until the first comes, warm up."""
    warming = printer.warm_up()
    while not _is_told(told) and next(warming, None):
        pass  # a slip that waits already goes first: most processes are begun for one (1.5 s became 1.0)
    for line in told:
        answer = _answered(printer, json.loads(line))
        try:
            print(json.dumps(answer), flush=True)
        except BrokenPipeError:
            break  # the server was killed: nobody reads, and the spool calls the slip unconfirmed


def _is_told(told: TextIO) -> bool:
    waiting = poll()
    waiting.register(told, POLLIN)
    return bool(waiting.poll(0))


def _answered(printer: InProcessPrinter, told: dict[str, Any]) -> dict[str, Any]:
    if told.get("ask") == "status":
        return {"status": printer.status()}
    return {"job_id": told["job_id"]} | asdict(printer.print(**told))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Print slips given as lines of JSON.")
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=576)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--font", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
