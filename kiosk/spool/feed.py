"""The spool as the printing worker sees it: each step its own short transaction."""

from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.settings import Settings
from kiosk.spool.actions import claim_job, recover_jobs, report_job
from kiosk.spool.printer import is_news, note_state
from kiosk.spool.reads import has_due_job
from kiosk.spool.rules import PrinterState
from kiosk.spool.secret import forget_old
from kiosk.spool.setups import setup_in_use
from printing.printer_process import Printed, Setup
from printing.printers import Status
from printing.worker import Claimed


class Feed:
    """Hands jobs to one `printing.worker.Worker` and writes down what became of them."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings

    def in_use(self) -> Setup:
        """The printer to have ready."""
        with self._database.read() as tx:
            return setup_in_use(tx, self._settings)

    def claim(self) -> Claimed | None:
        """The next job, already committed as `sending`; None when nothing is due."""
        now = self._clock()
        forget_old(now)
        with self._database.read() as tx:
            if not has_due_job(tx, now, self._settings.box):
                return None
        with self._database.write() as tx:
            return claim_job(tx, now, self._settings)

    def report(self, job_id: int, printed: Printed) -> None:
        """Write down how the attempt ended."""
        with self._database.write() as tx:
            report_job(tx, job_id, printed, self._clock())

    def note_status(self, setup: Setup, status: Status) -> None:
        """Write down how the printer in use is, if that is news; one that is only tried is not spoken of."""
        settings = self._settings
        with self._database.read() as tx:
            if setup != setup_in_use(tx, settings) or not is_news(tx, settings, setup.url, status):
                return  # asked six times a minute for years: an answer that is no news writes nothing
        with self._database.write() as tx:
            note_state(tx, settings, setup.url, status, self._clock())

    def recover(self) -> None:
        """Once, before the first claim. Nobody knows how the printer is until it is asked again."""
        now = self._clock()
        with self._database.write() as tx:
            recover_jobs(tx, now, self._settings)
            if not (setup := setup_in_use(tx, self._settings)).is_off:
                note_state(tx, self._settings, setup.url, PrinterState.UNKNOWN, now)
