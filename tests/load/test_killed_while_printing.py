"""kill -9 in every state of the spool: at most one slip a job, every job told of truthfully, none lost."""

import multiprocessing
import os
import re
import signal
import time
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa

from kiosk import spool
from kiosk.box import open_box
from kiosk.clock import system_clock
from kiosk.spool.rules import MOVES, JobStatus, Step
from kiosk.spool.tables import print_change, print_job
from printing.drawing.canvas import paper_for
from printing.printer_child import InProcessPrinter
from printing.printers import open_printer
from printing.slips.ticket import TicketSlip
from printing.worker import Worker
from script.benches._hall import Client
from tests.load.stopping_worker import MOMENTS, work_until
from tests.printing.fake_printer import FakePrinter

pytestmark = pytest.mark.load

TIMES = {"sqlite": 20, "postgresql": 4}
"""How often each moment; the spool's rules are the same on both, and each time costs 0.5 s of CPU."""

HATCHERY = multiprocessing.get_context("forkserver")
HATCHERY.set_forkserver_preload(["tests.load.stopping_worker"])  # loading the program takes 1.5 s


def until(check, seconds=20):
    end = time.monotonic() + seconds
    while not check() and time.monotonic() < end:
        time.sleep(0.02)
    assert check()


@contextmanager
def printing_until(database, settings, moment):
    """A worker's process that stands still at `moment`; the group it leads ends with the block."""
    url = database.engine.url.render_as_string(hide_password=False)
    told, say = HATCHERY.Pipe(duplex=False)
    process = HATCHERY.Process(target=work_until, args=(say, url, settings, moment))
    process.start()
    say.close()
    try:
        yield process, told
    finally:
        with_press_killed(process)
        told.close()


def with_press_killed(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.join(10)


def finish(database, settings):
    """Start again, and print until nothing is left to print.

    In this process: nobody is killed any more, and to begin a printer process is half of what a time takes.
    """

    def printer_of(setup):
        return InProcessPrinter(open_printer(setup.url, settings.folder), paper_for(setup.width_dots))

    feed = spool.Feed(database, system_clock, settings)
    worker = Worker(feed, printer_of, database.written, rest_s=0.02)
    worker.start()
    until(lambda: {row.status for row in jobs(database)} <= spool.FINAL)
    worker.stop(10)


def jobs(database):
    with database.read() as tx:
        return tx.execute(sa.select(print_job).order_by(print_job.c.id)).all()


def judge(database):
    """Every job's rows make one unbroken way along the law, and end where the job stands."""
    with database.read() as tx:
        rows = tx.execute(sa.select(print_change).order_by(print_change.c.id)).all()
    stands = {job.id: JobStatus.QUEUED for job in jobs(database)}
    for row in rows:
        assert row.from_status == stands[row.job_id]
        assert MOVES[JobStatus(row.from_status), Step(row.step)] == row.to_status
        stands[row.job_id] = JobStatus(row.to_status)
    assert stands == {job.id: job.status for job in jobs(database)}


# status of the job at whose moment the process died, and how many slips of it there may be
ENDS = {
    "queued": ("printed", {1}),
    "sending": ("unconfirmed", {0}),
    "on its way": ("unconfirmed", {0, 1}),
    "sent": ("unconfirmed", {1}),
    "printed": ("printed", {1}),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_that_is_killed_prints_every_slip_at_most_once(place, engine, moment):
    database = open_box(place.settings()).database
    for n in range(TIMES[engine]):
        printer = FakePrinter("stall" if moment == "on its way" else "ok")
        settings = place.settings(printer=printer.url, paper_width_dots=384)
        with database.write() as tx:
            for job in (1, 2):
                spool.print_slip(tx, TicketSlip.sample(), f"ticket:{n}-{job}", system_clock(), settings)
        is_power_cut = n % 2 == 0
        with printing_until(database, settings, moment) as (process, told):
            if moment == "on its way":
                until(lambda printer=printer: printer.received >= 4096)
            else:
                assert told.recv() == moment
            os.kill(process.pid, signal.SIGKILL)
            if is_power_cut:
                with_press_killed(process)
            printer.mode = "ok"
            if moment == "on its way" and not is_power_cut:
                until(
                    lambda printer=printer: printer.slips
                )  # the printer process outlives the server by its slip
        before = len(printer.slips)
        finish(database, settings)
        state, slips = ENDS[moment]
        assert [job.status for job in jobs(database)[-2:]] == [state, "printed"], n
        assert len(printer.slips) - 1 in slips, n
        assert moment != "on its way" or before == (0 if is_power_cut else 1)
        judge(database)
        printer.close()
    database.close()


def test_a_killed_server_tells_staff_of_the_slip_that_may_be_missing_and_prints_the_next(place):
    printer = FakePrinter("stall")
    with place.serving(printer=printer.url) as victim:
        page = Client(victim).take("A")
        until(lambda: printer.received >= 4096)
        os.kill(victim.process.pid, signal.SIGKILL)
        victim.process.wait(10)
    printer.mode = "ok"
    until(lambda: printer.slips)
    with place.serving(printer=printer.url) as server:
        station, clerk = Client(server), Client(server)
        clerk.post("/log-in", name="clerk1", password="demo-clerk")
        assert 'data-print-state="failed"' in station.get(page)[2]
        assert "A001的小票没打出来，请告诉他号码或补打。" in clerk.get("/hall")[2]
        station.take("B")
        until(lambda: len(printer.slips) == 2)
        page = clerk.get("/printers")[2]
        after = re.findall(r'/jobs/1/again"><input type="hidden" name="after" value="(\d+)"', page)
        assert clerk.post("/printers/jobs/1/again", after=after[0])[0] == 303
        assert clerk.post("/printers/jobs/1/again", after=after[0])[0] == 409
        until(lambda: len(printer.slips) == 3)
        time.sleep(0.3)
        assert len(printer.slips) == 3
    printer.close()
