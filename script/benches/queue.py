"""Many at once: eight clerks for one ticket, sixteen stations, an hour of announcements."""

import re
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Event
from typing import Any

import sqlalchemy as sa

from kiosk import demo
from kiosk.box import open_box
from kiosk.services.tables import counter, counter_service
from kiosk.settings import Settings
from script.benches._hall import (
    Client,
    at_once,
    clerk_at,
    end_visit,
    file_of,
    must,
    say,
    serving,
    summary,
    timed,
)

CLERKS, ROUNDS = 8, 100
STATIONS, TICKETS, ALONE = 16, 500, 200
COUNTERS, CALLS, LOOK_EVERY_S = 4, 1200, 0.02


def run() -> None:
    """Print the figures of the races."""
    _race()
    _stations()
    _announcements()


@dataclass
class Race:
    """What became of all rounds."""

    whole: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    double: int = 0
    without_winner: int = 0
    not_told: int = 0
    wrong_counter: int = 0


def _race() -> None:
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        furnish_eight(Settings(folder=Path(folder), is_demo=True))
        with serving(Path(folder)) as server, ThreadPoolExecutor(CLERKS) as pool:
            station, clerks = Client(server), {n: clerk_at(server, n) for n in range(1, CLERKS + 1)}
            race, lonely = Race(), []
            for _ in range(ROUNDS):
                lonely.append(_lonely_call(station, clerks[1]))
                one_round(station, clerks, pool, race)
    say(
        "queue",
        "8 clerks race for one ticket, first POST to last answer, ms",
        summary(race.whole),
        {"one lonely call": summary(lonely)},
        rounds=ROUNDS,
        statuses=race.statuses,
        double_calls=race.double,
        without_winner=race.without_winner,
        losers_not_told=race.not_told,
        ticket_at_another_counter=race.wrong_counter,
    )


def furnish_eight(settings: Settings) -> None:
    """The demo centre with counters 5 to 8 besides, which serve everything."""
    box = open_box(settings)
    demo.furnish_hall(box)
    with box.database.write() as tx:
        codes = tx.execute(sa.text("SELECT code FROM service")).scalars().all()
        for number in range(5, CLERKS + 1):
            tx.execute(sa.insert(counter).values(number=number))
            rows = [{"counter_number": number, "service_code": code} for code in codes]
            tx.execute(sa.insert(counter_service), rows)
    box.database.close()


def _ticket(station: Client) -> tuple[str, str]:
    """A new ticket's id and the address of its owner's phone page."""
    page = station.take()
    (found,) = re.findall(r'data-ticket="(\d+)"', station.get(page)[2])
    return found, page.replace("/tickets/", "/t/")


def _lonely_call(station: Client, clerk: Client) -> float:
    ticket, _ = _ticket(station)
    taken = timed(lambda: clerk.post("/counter/1/call", ticket=ticket, reason="测量"))
    end_visit(clerk, 1)
    return taken


def one_round(station: Client, clerks: dict[int, Client], pool: ThreadPoolExecutor, race: Race) -> None:
    ticket, phone_page = _ticket(station)
    line = Barrier(len(clerks))

    def call(number: int) -> tuple[int, int, str, float, float]:
        line.wait()
        start = time.perf_counter()
        status, _, body = clerks[number].post(f"/counter/{number}/call", ticket=ticket, reason="测量")
        return number, status, body, start, time.perf_counter()

    answers = list(pool.map(call, clerks))
    race.whole.append((max(a[4] for a in answers) - min(a[3] for a in answers)) * 1000)
    race.statuses.update(str(a[1]) for a in answers)
    winners = [a[0] for a in answers if a[1] == 303]
    race.double += max(0, len(winners) - 1)
    race.without_winner += not winners
    for winner in winners[:1]:
        _judge(winner, [(a[1], a[2]) for a in answers if a[0] != winner], race)
        shown = re.findall(r'data-counter="(\d+)"', station.get(phone_page)[2])
        race.wrong_counter += shown != [str(winner)]
        end_visit(clerks[winner], winner)


def _judge(winner: int, losers: list[tuple[int, str]], race: Race) -> None:
    told = f"已被{winner}号窗口叫走"
    race.not_told += sum(status != 409 or told not in body for status, body in losers)


def _stations() -> None:
    with serving() as server:
        stations = [Client(server) for _ in range(STATIONS)]
        alone = at_once(stations[:1], ALONE, Client.take)
        pages: list[str] = []
        times = shared(stations, TICKETS, pages)
        numbers = {re.findall(r'data-number="(\w+)"', stations[0].get(page)[2])[0] for page in pages}
    say(
        "queue",
        f"{TICKETS} tickets at {STATIONS} stations without a pause, POST to 303, ms",
        summary(times),
        {"one station without a pause": summary(alone)},
        duplicates=len(pages) - len(numbers),
        first=min(numbers),
        last=max(numbers, key=lambda number: (len(number), number)),
    )


def shared(stations: list[Client], times: int, pages: list[str]) -> list[float]:
    """The stations take `times` tickets in all, each as many as it manages; the milliseconds of each."""
    left, line = iter(range(times)), Barrier(len(stations))

    def busy(station: Client) -> list[float]:
        line.wait()
        return [timed(lambda: pages.append(station.take())) for _ in left]

    with ThreadPoolExecutor(len(stations)) as pool:
        return [one for many in pool.map(busy, stations) for one in many]


def _announcements() -> None:
    with serving() as server:
        clerks = {n: clerk_at(server, n) for n in range(1, COUNTERS + 1)}
        heard, over = Board(Client(server)), Event()
        with ThreadPoolExecutor(COUNTERS + 1) as pool:
            listening = pool.submit(heard.listen, over)
            start = time.perf_counter()
            busy = [pool.submit(call_many, clerks[n], n, CALLS // COUNTERS) for n in clerks]
            results(busy)
            seconds = time.perf_counter() - start
            over.set()
            listening.result()
        with file_of(server.folder) as db:
            made = dict(db.execute(_MADE_CALLS))
    _say_announced(heard, made, seconds)


def results(busy: list[Future[Any]]) -> list[Any]:
    return [one.result() for one in busy]


_MADE_CALLS = """
SELECT change.id, ticket.number FROM change JOIN ticket ON ticket.id = change.ticket_id
WHERE verb IN ('call_next', 'call', 'recall')
"""


def call_many(clerk: Client, number: int, times: int) -> None:
    for _ in range(times):
        clerk.take()
        must(clerk, number, "call-next")
        end_visit(clerk, number)


class Board:
    """A hall display that asks, and keeps what it is told to speak, in the order of hearing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.v = self._version(client.get("/board")[2])
        self.heard: list[tuple[int, str]] = []
        self.answers: Counter[str] = Counter()
        self.most = 0

    def listen(self, over: Event) -> None:
        """Until `over` is set and nothing is new any more."""
        while self._look() or not over.is_set():
            over.wait(LOOK_EVERY_S)

    def _look(self) -> bool:
        status, _, body = self._client.get(f"/board/now?v={self.v}")
        self.answers[str(status)] += 1
        if status != 200:
            return False
        told = re.findall(r'data-announcement="(\d+)" data-number="(\w+)"', body)
        self.heard += [(int(call), number) for call, number in told]
        self.most = max(self.most, len(told))
        self.v = self._version(body)
        return True

    def _version(self, body: str) -> str:
        return str(re.findall(r'data-v="(\d+)"', body)[0])


def _say_announced(board: Board, made: dict[int, str], seconds: float) -> None:
    ids = [call for call, _ in board.heard]
    say(
        "queue",
        "announcements of an hour, 4 counters calling every 12 s, compressed",
        len(set(ids)),
        {"calls made": len(made)},
        lost=len(made.keys() - set(ids)),
        doubled=len(ids) - len(set(ids)),
        out_of_order=sum(one > other for one, other in pairwise(ids)),
        wrong_number=sum(made.get(call) != number for call, number in board.heard),
        most_at_once=board.most,
        answers=board.answers,
        seconds=round(seconds, 1),
    )
