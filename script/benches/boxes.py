"""Two boxes on one PostgreSQL: races, numbers, announcements, what a ticket costs there, and kill -9."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from itertools import pairwise
from pathlib import Path
from random import uniform
from shutil import rmtree
from subprocess import Popen
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import psycopg

from kiosk.settings import Settings
from script.benches._hall import Client, Server, at_once, clerk_at, say, serving, summary, timed
from script.benches._postgresql import OWNER, Cluster, initialised, started
from script.benches.queue import (
    ALONE,
    CALLS,
    CLERKS,
    COUNTERS,
    LOOK_EVERY_S,
    ROUNDS,
    STATIONS,
    TICKETS,
    Board,
    Race,
    call_many,
    furnish_eight,
    one_round,
    results,
    shared,
)

KILLS, FLOOD, FLOOD_S = 20, 4, 1.0
VICTIMS = ("box A", "box B", "PostgreSQL")


def run() -> None:
    """Print the figures of two boxes."""
    with _cluster() as hall:
        _tickets(hall)
        _race(hall)
        _announcements(hall)
        _news(hall)
        _kills(hall)


@dataclass
class Hall:
    """A PostgreSQL that writes through to the disk, and the folders of two boxes of one centre on it."""

    cluster: Cluster
    server: Popen[bytes]
    folders: tuple[Path, Path]

    @property
    def url(self) -> str:
        """The centre's database."""
        return self.cluster.url("centre")

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with psycopg.connect(host=str(self.cluster.folder), user=OWNER, dbname="centre") as tx:
            return tx.execute(question.encode()).fetchall()

    @contextmanager
    def both(self) -> Iterator[tuple[Server, Server]]:
        """Both boxes, serving."""
        one, other = self.folders
        with serving(one, database_url=self.url) as first, serving(other, database_url=self.url) as second:
            yield first, second

    def kill(self) -> None:
        """Kill -9 the server, and start it again as a machine would."""
        self.server.kill()
        self.server.wait(20)
        for _ in range(50):
            try:
                self.server = started(self.cluster.folder, {})
            except RuntimeError:  # those it left behind are still going
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("PostgreSQL did not start again")


@contextmanager
def _cluster() -> Iterator[Hall]:
    folder = initialised()
    with TemporaryDirectory(prefix="linli-bench-") as scratch:
        hall = Hall(Cluster(folder), started(folder, {}), (Path(scratch) / "a", Path(scratch) / "b"))
        try:
            hall.cluster.do("CREATE DATABASE centre")
            furnish_eight(Settings(folder=hall.folders[0], is_demo=True, database_url=hall.url))
            yield hall
        finally:
            hall.server.terminate()
            hall.server.wait(20)
            rmtree(folder, ignore_errors=True)


def _tickets(hall: Hall) -> None:
    with serving() as alone:
        on_file = at_once([Client(alone)], ALONE, Client.take)
        on_file_many = shared([Client(alone) for _ in range(STATIONS)], TICKETS, [])
    with hall.both() as boxes:
        at_one = at_once([Client(boxes[0])], ALONE, Client.take)
        before = hall.rows("SELECT count(*) FROM ticket")[0][0]
        times = shared([Client(boxes[n % 2]) for n in range(STATIONS)], TICKETS, [])
    taken, different = hall.rows("SELECT count(*), count(DISTINCT number) FROM ticket")[0]
    say("boxes", "a ticket, POST to 303, ms", summary(at_one), {"on a file": summary(on_file)})
    say(
        "boxes",
        f"{TICKETS} tickets at {STATIONS} stations of two boxes without a pause, ms",
        summary(times),
        {"one box on a file": summary(on_file_many)},
        numbers=taken - before,
        duplicates=taken - different,
    )


def _race(hall: Hall) -> None:
    race = Race()
    with hall.both() as boxes, ThreadPoolExecutor(CLERKS) as pool:
        station = Client(boxes[0])
        clerks = {n: clerk_at(boxes[n % 2], n) for n in range(1, CLERKS + 1)}
        for _ in range(ROUNDS):
            one_round(station, clerks, pool, race)
    say(
        "boxes",
        "8 clerks of two boxes race for one ticket, first POST to last answer, ms",
        summary(race.whole),
        {"rounds": ROUNDS},
        statuses=race.statuses,
        double_calls=race.double,
        without_winner=race.without_winner,
        losers_not_told=race.not_told,
        ticket_at_another_counter=race.wrong_counter,
    )


_MADE = "SELECT id FROM change WHERE verb IN ('call_next', 'call', 'recall') AND id > {} ORDER BY id"


def _announcements(hall: Hall) -> None:
    with hall.both() as boxes:
        clerks = {n: clerk_at(boxes[n % 2], n) for n in range(1, COUNTERS + 1)}
        boards, over = [Board(Client(box)) for box in boxes], Event()
        newest = hall.rows("SELECT max(id) FROM change")[0][0]
        with ThreadPoolExecutor(COUNTERS + 2) as pool:
            listening = [pool.submit(board.listen, over) for board in boards]
            results([pool.submit(call_many, clerks[n], n, CALLS // COUNTERS) for n in clerks])
            time.sleep(2 * LOOK_EVERY_S)
            over.set()
            results(listening)
    made = {row[0] for row in hall.rows(_MADE.format(newest))}
    for name, board in zip("AB", boards, strict=True):
        ids = [call for call, _ in board.heard]
        say(
            "boxes",
            f"announcements heard by the board of box {name}",
            len(set(ids)),
            {"calls made at both": len(made)},
            lost=len(made - set(ids)),
            doubled=len(ids) - len(set(ids)),
            out_of_order=sum(one > other for one, other in pairwise(ids)),
        )


def _news(hall: Hall) -> None:
    with hall.both() as boxes:
        station, board = Client(boxes[0]), Client(boxes[1])
        times = []
        for _ in range(50):
            v = Board(board).v
            time.sleep(uniform(0, 0.3))  # noqa: S311 - no secret
            station.take()
            times.append(timed(partial(_until_news, board, v)))
    say("boxes", "a ticket's 303 at box A to the board of box B, ms", summary(times), {"at most": 250})


def _until_news(board: Client, v: str) -> None:
    while board.get(f"/board/now?v={v}")[0] != 200:
        time.sleep(0.005)


@dataclass
class Flood:
    """Stations that take tickets until it is over, whatever dies meanwhile."""

    over: Event = field(default_factory=Event)
    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0

    def take(self, server: Server, name: str) -> None:
        """Take tickets; what was not answered with 303 is not owed."""
        station, number = Client(server), 0
        while not self.over.is_set():
            number += 1
            tap = f"{name}-{number}"
            try:
                status = station.post("/tickets", service="A", tap=tap, another="1")[0]
            except (HTTPException, OSError):
                self.refused += 1
                if server.process.poll() is not None:
                    return
                station = Client(server)
                continue
            if status == 303:
                self.acknowledged.add(tap)
            else:
                self.refused += 1


def _kills(hall: Hall) -> None:
    known: set[str] = set()
    refused = 0
    for round_ in range(KILLS):
        flood = Flood()
        _one_kill(hall, flood, round_, VICTIMS[round_ % 3])
        known |= flood.acknowledged
        refused += flood.refused
    taps = {row[0] for row in hall.rows("SELECT tap FROM ticket")}
    taken, different = hall.rows("SELECT count(*), count(DISTINCT number) FROM ticket")[0]
    say(
        "boxes",
        f"kill -9 of a box or of PostgreSQL under load, {KILLS} times: acknowledged and missing",
        len(known - taps),
        {"acknowledged": len(known)},
        numbers_twice=taken - different,
        not_acknowledged=refused,
    )


def _one_kill(hall: Hall, flood: Flood, round_: int, victim: str) -> None:
    with hall.both() as boxes, ThreadPoolExecutor(FLOOD) as pool:
        taking = [pool.submit(flood.take, boxes[n % 2], f"kill-{round_}-{n}") for n in range(FLOOD)]
        time.sleep(uniform(0.3, 1.0))  # noqa: S311 - no secret
        if victim == "PostgreSQL":
            hall.kill()
        else:
            boxes[VICTIMS.index(victim)].process.kill()
        time.sleep(FLOOD_S)
        flood.over.set()
        results(taking)
