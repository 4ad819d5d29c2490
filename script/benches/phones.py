"""A thousand phones that poll every five seconds, and the station between them."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psutil

from script.benches._hall import (
    ROOT,
    Client,
    Server,
    clerk_at,
    end_visit,
    file_of,
    must,
    say,
    serving,
    summary,
    timed,
)

PHONES, HALL_S, TICKET_EVERY_S, VISIT_EVERY_S, VISITS_BEFORE = 1000, 60, 0.5, 3.0, 25


def run() -> None:
    """Print what the phones cost the station and the processor."""
    _phones()


def _phones() -> None:
    with serving() as server:
        station, clerk = _Patient(server), clerk_at(server, 1, _Patient)
        for _ in range(VISITS_BEFORE):  # enough visits for the phones to be told how long it takes
            station.take()
            must(clerk, 1, "call-next")
            end_visit(clerk, 1)
        for _ in range(2 * int(HALL_S / VISIT_EVERY_S)):  # who is served meanwhile stops polling
            station.take()
        addresses = [station.take().replace("/tickets/", "/t/") for _ in range(PHONES)]
        _until_printed(server.folder)
        alone = _busy_hall(server, station, clerk)
        with _phone_process(server, addresses) as phones:
            among = _busy_hall(server, station, clerk)
            told = json.loads(phones.stdout.readline()) if phones.stdout else {}
    _say_phones(alone, among, told)


@dataclass(frozen=True)
class Busy:
    """A minute of the hall: ms of its tickets, of its calls, and shares of one core."""

    tickets: list[float]
    calls: list[float]
    server: float
    press: float


def _say_phones(alone: Busy, among: Busy, told: dict[str, Any]) -> None:
    say(
        "queue",
        f"ticket POST while {PHONES:,} phones poll every 5 s, ms",
        summary(among.tickets),
        {"without phones": summary(alone.tickets)},
        call_next=summary(among.calls),
        call_next_without_phones=summary(alone.calls),
    )
    cpu = {"server": among.server, "press": among.press}
    reference = {"without phones": {"server": alone.server, "press": alone.press}}
    say("queue", f"share of one core while {PHONES:,} phones poll, %", cpu, reference)
    answers = sum(told["answers"].values())
    say(
        "queue",
        "phone answers per second",
        round(answers / HALL_S, 1),
        {"every phone every 5 s": PHONES / 5},
        statuses=told["answers"],
        errors=answers - sum(told["answers"].get(status, 0) for status in ("200", "204")),
        faults=told["faults"],
        phone_ms=told["ms"],
        phones_whose_ticket_was_over=told["over"],
    )


_UNPRINTED = "SELECT count(*) FROM print_job WHERE status IN ('queued', 'sending')"


def _until_printed(folder: Path) -> None:
    """Wait until the printer process has nothing left to do: its backlog is no part of the figure."""
    pause, patience = Event(), time.perf_counter() + 60
    while time.perf_counter() < patience:
        with file_of(folder) as db:
            if not db.execute(_UNPRINTED).fetchone()[0]:
                return
        pause.wait(0.2)
    raise RuntimeError("the printer process did not finish")


@contextmanager
def _phone_process(server: Server, addresses: list[str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "script.benches._phones", str(server.port), str(HALL_S)]
    phones = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        if phones.stdin is None or phones.stdout is None:
            raise RuntimeError("the phones were begun without pipes")
        phones.stdin.write("".join(f"{address}\n" for address in addresses))
        phones.stdin.close()
        if phones.stdout.readline().strip() != "ready":
            raise RuntimeError("the phones could not load their pages")
        yield phones
    finally:
        phones.kill()
        phones.wait()


class _Patient(Client):
    """A client that outwaits an overload: how long it waited is the figure."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self._connection.timeout = 2 * HALL_S


def _busy_hall(server: Server, station: Client, clerk: Client) -> Busy:
    """A minute: a ticket every half second, a visit every three."""
    began, used = time.perf_counter(), _cpu_s(server)
    with ThreadPoolExecutor(2) as pool:
        taking = pool.submit(_paced, TICKET_EVERY_S, began, station.take)
        calling = pool.submit(_paced, VISIT_EVERY_S, began, lambda: _visit(clerk))
        shown = [taking.result(), calling.result()]
    took = time.perf_counter() - began
    shares = [round((now - before) / took * 100, 1) for now, before in zip(_cpu_s(server), used, strict=True)]
    return Busy([ms for ms, _ in shown[0]], [ms for _, ms in shown[1]], *shares)


def _visit(clerk: Client) -> float:
    taken = timed(lambda: must(clerk, 1, "call-next"))
    end_visit(clerk, 1)
    return taken


def _paced(every_s: float, began: float, act: Any) -> list[tuple[float, Any]]:
    """Do `act` at its appointed times of a minute, or as soon as the last is done; ms and result of each."""
    found, pause = [], Event()
    for nth in range(int(HALL_S / every_s)):
        pause.wait(max(0, began + nth * every_s - time.perf_counter()))
        start = time.perf_counter()
        if start > began + HALL_S:
            break
        result = act()
        found.append(((time.perf_counter() - start) * 1000, result))
    return found


def _cpu_s(server: Server) -> tuple[float, float]:
    """Seconds of CPU that the server has used, and its children (the printer process)."""
    process = psutil.Process(server.process.pid)
    children = sum(_used_s(child) for child in process.children(recursive=True))
    return _used_s(process), children


def _used_s(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system
