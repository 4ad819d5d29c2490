"""A worker and its press on a centre's spool that stops at one moment, says so, and waits to be killed.

It leads a group of processes of its own, as a server does. The moments are those of `MOMENTS`.
"""

import os
import threading
from multiprocessing.connection import Connection

from kiosk.clock import system_clock
from kiosk.database import Database
from kiosk.settings import Settings
from kiosk.spool import Feed
from printing.printer_process import PrinterProcess
from printing.printers import kinds
from printing.worker import Worker

MOMENTS = ("queued", "sending", "on its way", "sent", "printed")

kinds()  # loads what it knows of printers before the copies are made: a third of what a copy does


def stop(say: Connection, moment: str) -> None:
    say.send(moment)
    threading.Event().wait(60)


class StoppingFeed(Feed):
    """The real feed, but for one moment in which the process stands still."""

    def __init__(self, say: Connection, moment: str, *about) -> None:
        super().__init__(*about)
        self._say, self._moment = say, moment

    def claim(self):
        if self._moment == "queued":
            stop(self._say, "queued")
        job = super().claim()
        if job and self._moment == "sending":
            stop(self._say, "sending")
        return job

    def report(self, job_id, pressed):
        if self._moment == "sent":
            stop(self._say, "sent")
        super().report(job_id, pressed)
        if self._moment == "printed":
            stop(self._say, "printed")


def work_until(say: Connection, url: str, settings: Settings, moment: str) -> None:
    """Print what the spool at `url` holds; `say` the moment when it has come."""
    os.setsid()
    database = Database(url)
    feed = StoppingFeed(say, moment, database, system_clock, settings)
    worker = Worker(feed, lambda setup: PrinterProcess(setup, settings.folder), database.written)
    worker.start()
    worker.join(60)
