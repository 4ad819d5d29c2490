"""Kill -9 under load, twenty times on one folder: what is left, and how soon it serves again."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import uniform
from tempfile import TemporaryDirectory
from threading import Timer

import psutil

from kiosk.tickets.rules import Status
from script.benches._hall import Client, Server, clerk_at, file_of, say, serving

KILLS, FLOOD, DESKS = 20, 8, 2


def run() -> None:
    """Print what the kills left."""
    _kill()


@dataclass
class Killed:
    """What twenty kills left behind; faults are counted anew at each inspection."""

    starts: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    served: int = 0
    missing: int = 0
    double_numbers: int = 0
    wrong_status: int = 0
    unsound: int = 0
    press_left: int = 0


def _kill() -> None:
    killed = Killed()
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        first = _seconds_to_page(Path(folder))
        for round_ in range(KILLS):
            _one_kill(Path(folder), round_, killed)
            _inspect(Path(folder), killed)
        killed.starts.append(_seconds_to_page(Path(folder)))
        after_term = [_seconds_to_page(Path(folder)) for _ in range(5)]
    starts = sorted(killed.starts[1:])  # the first of them followed no kill
    say(
        "queue",
        f"start to first page after kill -9, {KILLS} times on one folder, s",
        {"n": len(starts), "median": starts[len(starts) // 2], "max": starts[-1]},
        {"after SIGTERM": {"median": sorted(after_term)[2], "max": max(after_term)}, "empty folder": first},
        acknowledged_tickets=len(killed.acknowledged),
        acknowledged_calls=killed.served,
        acknowledged_but_missing=killed.missing,
        numbers_twice=killed.double_numbers,
        wrong_status=killed.wrong_status,
        unsound_files=killed.unsound,
        presses_left_running=killed.press_left,
    )


def _seconds_to_page(folder: Path) -> float:
    with serving(folder) as server:
        return _first_page(server)


def _first_page(server: Server) -> float:
    status = Client(server).get("/")[0]
    if status != 200:
        raise RuntimeError(f"the first page answered {status}")
    return round(time.perf_counter() - server.started, 2)


def _one_kill(folder: Path, round_: int, killed: Killed) -> None:
    """Serve, flood, and end it by SIGKILL; the presses must notice by themselves."""
    with serving(folder) as server:
        killed.starts.append(_first_page(server))
        clerks = {n: clerk_at(server, n) for n in range(1, DESKS + 1)}
        stations = [Client(server) for _ in range(FLOOD)]
        presses = psutil.Process(server.process.pid).children(recursive=True)
        axe = Timer(uniform(0.3, 1.0), server.process.kill)  # noqa: S311 - no secret
        with ThreadPoolExecutor(FLOOD + DESKS) as pool:
            axe.start()
            taking = [pool.submit(_take_until_dead, s, f"{round_}-{i}") for i, s in enumerate(stations)]
            calling = [pool.submit(_serve_until_dead, clerk, n) for n, clerk in clerks.items()]
            killed.acknowledged.update(*(one.result() for one in taking))
            killed.served += sum(one.result() for one in calling)
        killed.press_left += len(psutil.wait_procs(presses, timeout=5)[1])


def _take_until_dead(station: Client, name: str) -> set[str]:
    """The taps that were answered with a ticket."""
    known: set[str] = set()
    try:
        while True:
            tap = f"kill-{name}-{len(known)}"
            status, _, body = station.post("/tickets", service="A", tap=tap, another="1")
            if status != 303:
                raise RuntimeError(f"{status}: {body[:200]}")
            known.add(tap)
    except (HTTPException, OSError):
        return known


def _serve_until_dead(clerk: Client, number: int) -> int:
    """How many calls were answered with 303; who stands there from before the kill is served first."""
    calls = 0
    try:
        while True:
            calls += clerk.post(f"/counter/{number}/call-next")[0] == 303
            for verb in ("start", "finish"):
                clerk.post(f"/counter/{number}/{verb}")
    except (HTTPException, OSError):
        return calls


_TWICE = "SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY service_day, number HAVING count(*) > 1)"
_STATUSES = """
SELECT ticket.status, (SELECT to_status FROM change WHERE ticket_id = ticket.id ORDER BY id DESC LIMIT 1)
FROM ticket
"""


def _inspect(folder: Path, killed: Killed) -> None:
    known = set(Status)
    with file_of(folder) as db:
        taps = {tap for (tap,) in db.execute("SELECT tap FROM ticket")}
        killed.missing += len(killed.acknowledged - taps)
        killed.double_numbers += db.execute(_TWICE).fetchone()[0]
        killed.wrong_status += sum(now not in known or now != last for now, last in db.execute(_STATUSES))
        killed.unsound += db.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
