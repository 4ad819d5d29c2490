"""A hall under attack: how long its station and its board take, each beside the same hall at rest.

Loopback addresses are the network: station and board are enrolled at addresses of their own, the clerk sits
at another, the attackers ask from a fourth (`_attackers`, which says how they are paced: all share the two
cores of this machine).
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from random import uniform
from threading import Event
from typing import Any

from script.benches._attackers import ATTACKS
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

COUNTED = {
    "tickets": "ticket", "slips": "print_job", "concerns": "concern", "voices": "concern_file",
    "lines of concerns": "concern_change", "ratings": "rating",
}  # fmt: skip
"""What strangers might have made: the table of each."""

SECONDS, REST_S = 15.0, 4.0
TICKET_EVERY_S, CALL_EVERY_S, BOARD_EVERY_S = 0.15, 0.5, 0.25


def run() -> None:
    """Print, for each attack, what it did to the hall, and what the attackers got."""
    with serving() as server:
        hall = _Hall(server)
        hall.play(2.0)
        rest = hall.play(SECONDS)
        for kind in ATTACKS:
            attacked, answers = hall.attacked(kind)
            time.sleep(REST_S)
            _say(kind, attacked, rest, answers, server.resident_mb())


@dataclass
class Played:
    """A while of the hall: ms of its tickets and of its calls until the board shows them, MB, records."""

    tickets: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    mb: list[float] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)


def _say(kind: str, attacked: Played, rest: Played, answers: dict[str, int], after_mb: float) -> None:
    say(
        "siege",
        f"{kind}: ticket at an enrolled station, ms",
        summary(attacked.tickets),
        {"at rest": summary(rest.tickets)},
        call_to_board=summary(attacked.calls),
        call_to_board_at_rest=summary(rest.calls),
        grew_mb=round(max(attacked.mb) - attacked.mb[0], 1),
        grew_and_stayed_mb=round(after_mb - attacked.mb[0], 1),
        foreign=attacked.foreign,
        attackers_got=answers,
    )


class _Clerk(Client):
    """Staff, at an address of their own."""

    def __init__(self, server: Server) -> None:
        super().__init__(server, "127.0.0.23")


def _enrolled(server: Server, kind: str, address: str) -> Client:
    """A machine on the network that the centre has let in. Raises RuntimeError."""
    command = [sys.executable, "-m", "kiosk", "device", "add", kind, "--json"]
    told = subprocess.run(
        [*command, "--data", str(server.folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    client = Client(server, address)
    status, _, body = client.post("/enrol", code=json.loads(told.stdout)["code"])
    if status != 303:
        raise RuntimeError(f"a {kind} was not let in: {status}: {body[:200]}")
    return client


class _Hall:
    """A station that takes tickets, a clerk who calls, a board that polls."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._station = _enrolled(server, "station", "127.0.0.20")
        self._waiting = _enrolled(server, "station", "127.0.0.21")
        self._board = _enrolled(server, "board", "127.0.0.22")
        self._clerk = clerk_at(server, 1, _Clerk)
        self._station.get("/services/A")
        self._papers = self._receipt(), self._slip()

    def _receipt(self) -> str:
        """The code of a concern that this hall has taken in."""
        status, location, body = self._station.post("/concerns", category="lights", tap="siege")
        if status != 303:
            raise RuntimeError(f"{status}: {body[:200]}")
        return str(re.findall("[0-9]{24}", location)[0])

    def _slip(self) -> str:
        """The code of a visit that has just ended."""
        token = str(re.findall("[0-9]{24}", self._station.take())[0])
        must(self._clerk, 1, "call-next")
        end_visit(self._clerk, 1)
        return token

    def attacked(self, kind: str) -> tuple[Played, dict[str, int]]:
        """The hall while one attack goes on; what the attackers got."""
        with _attackers(self._server.port, kind, self._papers) as attackers:
            time.sleep(1.0)
            played = self.play(SECONDS - 2.0)
            told, _ = attackers.communicate(timeout=90)
        return played, json.loads(told)

    def play(self, seconds: float) -> Played:
        """Everybody at work for so long."""
        played, before, is_over = Played(mb=[self._server.resident_mb()]), _records(self._server), Event()
        with ThreadPoolExecutor(3) as pool:
            taking = pool.submit(self._take, seconds)
            calling = pool.submit(self._call, seconds)
            weighing = pool.submit(self._weigh, is_over)
            played.tickets, played.calls = taking.result(), calling.result()
            is_over.set()
            played.mb += weighing.result()
        ours = {"tickets": len(played.tickets) + len(played.calls)}
        ours["slips"] = ours["tickets"]
        after = _records(self._server)
        played.foreign = {name: after[name] - before[name] - ours.get(name, 0) for name in COUNTED}
        return played

    def _take(self, seconds: float) -> list[float]:
        return [timed(self._station.take) for _ in _moments(seconds, TICKET_EVERY_S)]

    def _call(self, seconds: float) -> list[float]:
        found = []
        for _ in _moments(seconds, CALL_EVERY_S):
            self._waiting.take()
            called = time.perf_counter()
            must(self._clerk, 1, "call-next")
            number = re.findall(r'data-number="(\w+)"', self._clerk.get("/counter/1")[2])[0]
            found.append((self._shown_at(number) - called) * 1000)
            end_visit(self._clerk, 1)
        return found

    def _shown_at(self, number: str) -> float:
        """When the board has shown a number, polling as its page does, out of step with the calls."""
        pause, path = Event(), "/board/now"
        pause.wait(uniform(0, BOARD_EVERY_S))  # noqa: S311 - no secret
        for _ in range(400):
            status, _, body = self._board.get(path)
            if status == 200 and f'data-number="{number}"' in body:
                return time.perf_counter()
            if found := re.search(r'hx-get="([^"]+)"', body):
                path = unescape(found[1])
            pause.wait(BOARD_EVERY_S)
        raise RuntimeError(f"the board has not shown {number}")

    def _weigh(self, is_over: Event) -> list[float]:
        found = []
        while not is_over.wait(0.3):
            found.append(self._server.resident_mb())
        return found


def _moments(seconds: float, every_s: float) -> Iterator[None]:
    """Moments about `every_s` apart, until the time is over."""
    pause, end = Event(), time.perf_counter() + seconds
    while time.perf_counter() < end:
        pause.wait(every_s * uniform(0.7, 1.3))  # noqa: S311 - no secret
        yield


def _records(server: Server) -> dict[str, int]:
    with file_of(server.folder) as db:
        return {
            name: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - of COUNTED
            for name, table in COUNTED.items()
        }


@contextmanager
def _attackers(port: int, kind: str, papers: tuple[str, str]) -> Iterator[subprocess.Popen[str]]:
    given = [str(port), kind, str(SECONDS), *papers]
    command: list[Any] = [sys.executable, "-m", "script.benches._attackers", *given]
    attackers = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield attackers
    finally:
        attackers.kill()
        attackers.wait()
