"""What a write feels while a backup is made beside it: each way of copying in turn, on one database."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk import backup
from kiosk.database import FILE, Database, open_database, sqlite_file
from script.benches._hall import ROOT, say, summary, timed
from script.benches.history import fill

TICKETS, ROUNDS, PAUSE_S, GIVE_UP_S = 60_000, 6, 0.005, 8.0
"""A year of a centre; a write each few milliseconds. A copy in steps begins anew at each, maybe for ever."""

WAYS: dict[str, Callable[[Path, Path], object]] = {
    "VACUUM INTO": lambda folder, to: sqlite_file.copy(folder / FILE, to),
    "online backup, one step": lambda folder, to: _online(folder / FILE, to, -1),
    "online backup, steps of 100 pages": lambda folder, to: _online(folder / FILE, to, 100),
    "the whole backup, in a thread": lambda folder, to: backup.make_backup(folder, to, _now()),
    "the whole backup, in a process": lambda folder, to: _apart(folder, to),
}


def run() -> None:
    """Print for each way what a write took meanwhile, and how long the way took."""
    with TemporaryDirectory(prefix="linli-bench-") as name:
        folder = Path(name) / "data"
        fill(folder, TICKETS)
        database = open_database(folder)
        quiet: list[float] = []
        during: dict[str, list[float]] = {way: [] for way in WAYS}
        took: dict[str, list[float]] = {way: [] for way in WAYS}
        for round_ in range(ROUNDS):
            quiet += _written_while(database, lambda: time.sleep(1))[0]
            for way, act in WAYS.items():
                target = Path(name) / f"{round_}-{len(took)}.out"
                writes, seconds = _written_while(database, lambda act=act, to=target: act(folder, to))  # type: ignore[misc]
                during[way] += writes
                took[way].append(round(seconds, 2))
                target.unlink()
        size = round((folder / FILE).stat().st_size / 1e6)
        database.close()
    for way, writes in during.items():
        middle = sorted(took[way])[ROUNDS // 2]
        say(
            "backup", f"a write during {way}, ms", summary(writes), {"no backup": summary(quiet)},
            file_mb=size, took_s=middle,
        )  # fmt: skip


def _written_while(database: Database, act: Callable[[], object]) -> tuple[list[float], float]:
    """The milliseconds of every write that was made while `act` ran in a thread, and its seconds."""
    times: list[float] = []
    began = time.perf_counter()
    copying = threading.Thread(target=act)
    copying.start()
    while copying.is_alive() or not times:
        times.append(timed(lambda: _write(database)))
        time.sleep(PAUSE_S)
    return times, time.perf_counter() - began


def _write(database: Database) -> None:
    with database.write() as tx:
        row = "INSERT INTO service_change (service_code, verb, at) VALUES ('A', 'bench', ?)"
        tx.exec_driver_sql(row, (f"{_now():%Y-%m-%d %H:%M:%S.%f}",))


def _online(source: Path, target: Path, pages: int) -> None:
    end = time.monotonic() + GIVE_UP_S

    def patience(_status: int, left: int, _all: int) -> None:
        if left and time.monotonic() > end:
            raise TimeoutError

    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as one,
        closing(sqlite3.connect(target)) as other,
        suppress(TimeoutError),
    ):
        one.backup(other, pages=pages, sleep=0, progress=patience)


def _apart(folder: Path, target: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "backup", str(target), "--data", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def _now() -> datetime:
    return datetime.now(UTC)
