"""Figures of a month and a year with a million tickets behind them, and the report of a month as a PDF."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import psycopg

from kiosk import demo, figures
from kiosk.box import Box, open_box
from kiosk.figures import By, Period, Span, month_before
from kiosk.settings import Settings
from script.benches._hall import say, summary, timed
from script.benches._postgresql import Cluster, initialised, started, stop
from script.benches.history import DAYS, MANY, OLD_CHANGE, OLD_TICKET, fill, old_changes, old_ticket, when

TURNS = 15


def run(postgresql: bool = False) -> None:
    """Print the figures on a file, or on PostgreSQL."""
    with TemporaryDirectory(prefix="linli-bench-") as scratch:
        folder = Path(scratch)
        if not postgresql:
            fill(folder, MANY)
            _measure(folder, "")
            return
        there = initialised()
        server = started(there, {"fsync": "off", "max_wal_size": "4GB"})
        try:
            cluster = Cluster(there)
            url = cluster.url(cluster.make())
            _fill_postgresql(folder, url)
            _measure(folder, url)
        finally:
            stop(server)
            shutil.rmtree(there, ignore_errors=True)


def _fill_postgresql(folder: Path, url: str) -> None:
    """The tickets of `history.fill`, copied in as text."""
    box = open_box(Settings(folder=folder, is_demo=True, printer="off:", database_url=url))
    demo.furnish_hall(box)
    today = box.centre.day_start(box.now())
    tables = {
        "ticket": (OLD_TICKET, (old_ticket(box, *when(today, i, MANY, DAYS), i) for i in range(MANY))),
        "change": (
            OLD_CHANGE,
            (row for i in range(MANY) for row in old_changes(*when(today, i, MANY, DAYS), i)),
        ),
    }
    with psycopg.connect(url.replace("+psycopg", ""), options="-c timezone=UTC") as tx:
        for table, (columns, rows) in tables.items():
            names = ", ".join(columns)
            with tx.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)
            tx.execute(f"SELECT setval('{table}_id_seq', max(id)) FROM {table}")  # noqa: S608 - ours
        tx.commit()
        tx.autocommit = True
        tx.execute("VACUUM ANALYZE")
    box.database.close()


def _measure(folder: Path, url: str) -> None:
    box = open_box(Settings(folder=folder, is_demo=True, printer="off:", database_url=url))
    began = monotonic()
    today = box.centre.day(box.now())
    for number in range(1, DAYS + 1):
        _keep(box, today - timedelta(days=number))
    added_s = monotonic() - began
    month = month_before(today)
    year = Span(month.last - timedelta(days=364), month.last)
    more = {"tickets": MANY, "days": DAYS, "added_up_in_s": round(added_s, 1)}
    on = "PostgreSQL" if url else "SQLite"
    for words, span, limit in (("month", month, 300), ("year", year, 600)):
        for by in (By.SERVICE, By.COUNTER, By.HOUR, By.OUTCOME):
            times = _times(lambda span=span, by=by: _read(box, span, by))  # type: ignore[misc]
            say("figures", f"{words} by {by.value} on {on}, ms", summary(times), {"at most": limit}, **more)
    reported = _reported(box, month)
    papers = _times(lambda: figures.paper_of(box, reported), 5)
    say("figures", f"month report, PDF, on {on}, ms", summary(papers), {"at most": 3000})
    whole = _times(lambda: figures.paper_of(box, _reported(box, month)), 5)
    say("figures", f"month report, read and drawn, on {on}, ms", summary(whole), {"at most": 3000})
    box.database.close()


def _keep(box: Box, day: date) -> None:
    with box.database.read() as tx:
        cells = figures.added_up(tx, box.centre, day, box.now())
    with box.database.write() as tx:
        figures.keep_day(tx, day, cells)


def _read(box: Box, span: Span, by: By) -> None:
    with box.database.read() as tx:
        found = figures.figures_of(tx, box.centre, span, by, box.now())
        figures.attendance_of(tx, span)
    if found.left_out or found.whole.tickets < MANY / DAYS * span.days * 0.9:
        raise RuntimeError(f"{found.whole.tickets} tickets in {span}, {found.left_out} days left out")


def _reported(box: Box, month: Span) -> figures.Reported:
    with box.database.read() as tx:
        return figures.report_of(tx, box.centre, Period(month.first.year, month.first.month), box.now())


def _times(act: Callable[[], object], turns: int = TURNS) -> list[float]:
    act()  # the first compiles every statement
    return [timed(act) for _ in range(turns)]
