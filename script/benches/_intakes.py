"""What intakes cost who takes a number, and two owners who accept the same concern at once."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from random import uniform
from threading import Barrier
from typing import Any

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.words import Refusal
from script.benches._hall import Client, Server, say, serving, summary, timed

INTAKES_A_SECOND, TURNS, TICKETS, TICKET_EVERY_S = 10, 10, 40, 0.1
OWNERS, ROUNDS = (2, 3), 1000
FORK = get_context("fork")


def say_tickets_beside() -> None:
    """Print a number's time beside ten intakes a second, in turns with the same hall without them."""
    with serving(printer="off:") as server:
        station, found = Client(server), Counter[int]()
        alone: list[float] = []
        beside: list[float] = []
        for _ in range(TURNS):
            alone += _taken(station)
            with _taking_in(server, found):
                beside += _taken(station)
    words = f"a number beside {INTAKES_A_SECOND} intakes a second, ms"
    say("concerns", words, summary(beside), {"alone": summary(alone)}, intakes=dict(found))


def _taken(station: Client) -> list[float]:
    found = []
    for _ in range(TICKETS):
        time.sleep(TICKET_EVERY_S * uniform(0.5, 1.5))  # noqa: S311 - no secret
        found.append(timed(station.take))
    return found


@contextmanager
def _taking_in(server: Server, found: Counter[int]) -> Iterator[None]:
    """The desk writes down what people say, one after the other: in a process of its own, as a desk is."""
    answers, over = FORK.SimpleQueue(), FORK.Event()
    desk = FORK.Process(target=_write_down, args=(server, answers, over))
    desk.start()
    try:
        yield
    finally:
        over.set()
        found.update(answers.get())
        desk.join()


def _write_down(server: Server, answers: Any, over: Any) -> None:
    desk, found = Client(server), Counter[int]()
    desk.post("/log-in", name="desk", password="demo-desk")  # noqa: S106 - the demo's
    while not over.wait(uniform(0.5, 1.5) / INTAKES_A_SECOND):  # noqa: S311 - no secret
        tap = f"bench-{time.perf_counter_ns()}"
        found[desk.post("/concerns/add", pick="2", source="desk", tap=tap)[0]] += 1
    answers.put(found)


def say_race(box: Box) -> None:
    """Print how many rounds had one winner, whom the row then names."""
    won = Counter[int]()
    with ThreadPoolExecutor(len(OWNERS)) as pool:
        for number in range(ROUNDS):
            won[_one_round(box, pool, number)] += 1
    say("concerns", f"two accept at once, {ROUNDS} rounds, winners in a round", dict(won), {"1": ROUNDS})


def _one_round(box: Box, pool: ThreadPoolExecutor, number: int) -> int:
    """How many won, -1 where the row names another than who did."""
    said = concerns.Said("lights", f"race-{number}")
    with box.database.write() as tx:
        one = concerns.take_in(tx, box.centre, Asked(box.now(), station=f"race-{number}"), said).id
    together = Barrier(len(OWNERS))

    def accept(by: int) -> Any:
        together.wait()
        try:
            with box.database.write() as tx:
                concerns.accept(tx, box.centre, concerns.Hand(Asked(box.now(), by)), one)
        except Refusal:
            return None
        return by

    winners = [by for by in pool.map(accept, OWNERS) if by is not None]
    with box.database.read() as tx:
        owner = concerns.concern_of(tx, box.centre, one, "zh").owner_id
    return len(winners) if winners == [owner] else -1
