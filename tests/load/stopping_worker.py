"""A worker and its press on a centre's spool that stops at one moment, says so, and waits to be killed.

python -m tests.load.stopping_worker FOLDER PRINTER MOMENT; the moments are those of `MOMENTS`.
"""

import sys
import threading
from pathlib import Path

from kiosk.clock import system_clock
from kiosk.database import Database
from kiosk.settings import Settings
from kiosk.spool import Feed
from printing.printer_process import PrinterProcess
from printing.worker import Worker

MOMENTS = ("queued", "sending", "on its way", "sent", "printed")


def stop(moment: str) -> None:
    print(moment, flush=True)
    threading.Event().wait(60)


class StoppingFeed(Feed):
    """The real feed, but for one moment in which the process stands still."""

    def __init__(self, moment: str, *about) -> None:
        super().__init__(*about)
        self._moment = moment

    def claim(self):
        if self._moment == "queued":
            stop("queued")
        job = super().claim()
        if job and self._moment == "sending":
            stop("sending")
        return job

    def report(self, job_id, pressed):
        if self._moment == "sent":
            stop("sent")
        super().report(job_id, pressed)
        if self._moment == "printed":
            stop("printed")


def main() -> None:
    folder, url, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    settings = Settings(folder=folder, printer=url, paper_width_dots=384)
    database = Database(f"sqlite:///{folder / 'kiosk.db'}")
    feed = StoppingFeed(moment, database, system_clock, settings)
    worker = Worker(feed, lambda setup: PrinterProcess(setup, folder), database.written)
    worker.start()
    worker.join(60)


if __name__ == "__main__":
    main()
