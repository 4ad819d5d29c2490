"""A real server process with a demo centre, and clients that do not get in its way."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from random import uniform
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from kiosk.database import FILE

ROOT = Path(__file__).resolve().parent.parent.parent
_taps = count()


@dataclass(frozen=True)
class Server:
    """A running `kiosk serve`: started at `started` (time.perf_counter), its data in `folder`."""

    process: subprocess.Popen[str]
    port: int
    started: float
    folder: Path
    lines: list[HTTPConnection] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def resident_mb(self) -> float:
        """Resident memory now, in MB of 10^6 bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024 / 1e6


@contextmanager
def serving(folder: Path | None = None, **settings: str) -> Iterator[Server]:
    """A server on a free port of this machine, ended by SIGTERM; its data in `folder` or a throw-away one."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        data = folder or Path(scratch)
        command = [sys.executable, "-m", "kiosk", "serve", "--demo", "--port", "0", "--data", str(data)]
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=_environment(settings)
        )
        lines: list[HTTPConnection] = []
        try:
            yield Server(process, _port(process), started, data, lines)
        finally:
            for line in lines:
                line.close()
            process.terminate()
            process.communicate(timeout=20)


def _environment(settings: dict[str, str]) -> dict[str, str]:
    return os.environ | {f"KIOSK_{name.upper()}": value for name, value in settings.items()}


def _port(process: subprocess.Popen[str]) -> int:
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/$", line.strip()):
            return int(found[1])
    raise RuntimeError("the server ended before it listened")


class Client:
    """One keep-alive connection with its own cookies: a station or a clerk's browser."""

    def __init__(self, server: Server, address: str = "127.0.0.1") -> None:
        self._origin = server.origin
        self._connection = HTTPConnection("127.0.0.1", server.port, 30, (address, 0))
        server.lines.append(self._connection)
        self.cookie = ""
        self.headers: dict[str, str] = {}
        """Sent with everything it asks, besides what a browser sends of itself."""

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, Location and body."""
        return self._ask("GET", path, None)

    def post(self, path: str, **form: str) -> tuple[int, str, str]:
        """The same for a form."""
        return self._ask("POST", path, urlencode(form))

    def take(self, service: str = "A") -> str:
        """Take a ticket; returns the address of its page."""
        status, location, body = self.post(
            "/tickets", service=service, tap=f"bench-{next(_taps)}", another="1"
        )
        if status != 303:
            raise RuntimeError(f"{status}: {body[:200]}")
        return location

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Origin": self._origin, "Cookie": self.cookie} | self.headers
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")  # a PDF is an answer too
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = _with(self.cookie, cookie.split(";")[0])
        return answer.status, answer.headers.get("Location", ""), text


def _with(cookies: str, new: str) -> str:
    """What a browser sends next: `new` in the place of the one of its name."""
    kept = [one for one in cookies.split("; ") if one and one.partition("=")[0] != new.partition("=")[0]]
    return "; ".join([*kept, new])


def clerk_at(server: Server, number: int, kind: type[Client] = Client) -> Client:
    """A clerk who has opened counter `number`; whoever has counter 1 has 5 too. Raises RuntimeError."""
    client = kind(server)
    name = f"clerk{(number - 1) % 4 + 1}"
    client.post("/log-in", name=name, password="demo-clerk")  # noqa: S106 - the demo's
    status, _, body = client.post(f"/counter/{number}/open")
    if status != 303:
        raise RuntimeError(f"counter {number} did not open: {status}: {body[:200]}")
    return client


def end_visit(clerk: Client, number: int) -> None:
    """Serve and finish who was called. Raises RuntimeError."""
    for verb in ("start", "finish"):
        must(clerk, number, verb)


def must(clerk: Client, number: int, verb: str) -> None:
    """Do a verb at a counter. Raises RuntimeError when it is refused."""
    status, _, body = clerk.post(f"/counter/{number}/{verb}")
    if status != 303:
        raise RuntimeError(f"{verb} at counter {number}: {status}: {body[:200]}")


@contextmanager
def file_of(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database as it lies there, to look at only."""
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as db:
        yield db


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds that `act` takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def at_once(
    clients: list[Client], times: int, act: Callable[[Client], Any], every_s: float = 0
) -> list[float]:
    """Every client does `act` again and again, `times` in all; the milliseconds of each.

    With `every_s` each begins its acts that many seconds apart, give or take half; else without a pause.
    """

    def busy(client: Client) -> list[float]:
        found = []
        for _ in range(times // len(clients)):
            time.sleep(every_s * uniform(0.5, 1.5))  # noqa: S311 - no secret
            found.append(timed(lambda: act(client)))
        return found

    with ThreadPoolExecutor(len(clients)) as pool:
        return [one for many in pool.map(busy, clients) for one in many]


def summary(times: list[float]) -> dict[str, float]:
    """Count, median, 99th percentile and the longest."""
    cuts = quantiles(times if len(times) > 1 else times * 2, n=100, method="inclusive")
    return {
        "n": len(times),
        "p50": round(cuts[49], 2),
        "p99": round(cuts[98], 2),
        "max": round(max(times), 2),
    }


def say(bench: str, figure: str, measured: Any, reference: Any, **more: Any) -> None:
    """Print one figure beside its reference."""
    line = {"bench": bench, "figure": figure, "measured": measured, "reference": reference}
    print(json.dumps(line | more, ensure_ascii=False), flush=True)
