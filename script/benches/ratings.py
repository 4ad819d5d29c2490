"""A face on the tablet until it thanks, good and bad; what eight polling tablets cost who takes a number."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from kiosk.settings import Settings
from script.benches._hall import Client, Server, clerk_at, end_visit, must, say, serving, summary, timed
from script.benches.queue import furnish_eight

TABLETS, LOOK_EVERY_S = 8, 1.0
FACES, TURNS, TICKETS = 100, 10, 40
GOOD, BAD = "5", "1"
HX = {"HX-Request": "true"}


def run(rounds: int = FACES) -> None:
    """Print the faces' figures, then the tickets' beside and without the tablets."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        furnish_eight(Settings(folder=Path(folder), is_demo=True))
        with serving(Path(folder), printer="off:") as server:
            _faces(server, rounds)
            _beside_tablets(server)


def _faces(server: Server, rounds: int) -> None:
    station, clerk, tablet = Client(server), clerk_at(server, 1), Client(server)
    times: dict[str, list[float]] = {GOOD: [], BAD: []}
    nothing = []
    for turn in range(2 * rounds):
        grade = (GOOD, BAD)[turn % 2]
        station.take()
        must(clerk, 1, "call-next")
        end_visit(clerk, 1)
        nothing.append(timed(lambda: tablet.get("/alive")))
        times[grade].append(timed(partial(_press, tablet, grade)))
    alive = {"an answer of nothing": summary(nothing)}
    say("ratings", "a good face to thanks, ms", summary(times[GOOD]), alive)
    say("ratings", "a bad face, with its complaint, to thanks, ms", summary(times[BAD]), alive)


def _press(tablet: Client, grade: str) -> None:
    status, where, body = tablet.post("/counter/1/rating", grade=grade)
    if status != 303:
        raise RuntimeError(f"a face: {status}: {body[:200]}")
    _, _, page = tablet.get(where)
    if 'data-stand="why"' not in page:
        raise RuntimeError("nobody was thanked")


def _beside_tablets(server: Server) -> None:
    """In turns, so that both see the same hall: it fills while it is measured."""
    station = Client(server)
    alone: list[float] = []
    beside: list[float] = []
    polls: list[float] = []
    for _ in range(TURNS):
        alone += [timed(station.take) for _ in range(TICKETS)]
        with _polling(server, polls):
            beside += [timed(station.take) for _ in range(TICKETS)]
    say("ratings", "a number beside 8 polling tablets, ms", summary(beside), {"alone": summary(alone)})
    say("ratings", "a tablet's poll meanwhile, ms", summary(polls), {"every, s": LOOK_EVERY_S})


@contextmanager
def _polling(server: Server, polls: list[float]) -> Iterator[None]:
    """Eight tablets that look once a second, each at its own moment."""
    over = Event()

    def look(number: int) -> None:
        tablet = Client(server)
        _, _, page = tablet.get(f"/counter/{number}/rate")
        tablet.headers = HX
        address = re.findall(r'hx-get="([^"]+)"', page)[0].replace("&amp;", "&")
        time.sleep(number * LOOK_EVERY_S / TABLETS)
        while not over.is_set():
            polls.append(timed(lambda: tablet.get(address)))
            over.wait(LOOK_EVERY_S)

    threads = [Thread(target=look, args=(number,)) for number in range(1, TABLETS + 1)]
    for thread in threads:
        thread.start()
    time.sleep(LOOK_EVERY_S)  # all of them look by then
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
