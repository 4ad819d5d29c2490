"""The spool as the printing worker sees it: each step its own short transaction."""

from kiosk.clock import Clock
from kiosk.db import Database
from kiosk.spool.actions import claim_job, recover_jobs, report_job
from kiosk.spool.reads import has_due_job
from printing.printers import Outcome
from printing.worker import Claimed


class Feed:
    """Hands jobs to one `printing.worker.Worker` and writes down what became of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def claim(self) -> Claimed | None:
        """The next job, already committed as `sending`; None when nothing is due."""
        now = self._clock()
        with self._database.read() as tx:
            if not has_due_job(tx, now):
                return None
        with self._database.write() as tx:
            return claim_job(tx, now)

    def report(self, job_id: int, outcome: Outcome) -> None:
        """Write down how the attempt ended."""
        with self._database.write() as tx:
            report_job(tx, job_id, outcome, self._clock())

    def recover(self) -> None:
        """Once, before the first claim."""
        with self._database.write() as tx:
            recover_jobs(tx, self._clock())
