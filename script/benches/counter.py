"""The clerk's page with a full hall: how long a press, the page, its poll and a key take, young and old."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from script.benches._hall import Client, Server, clerk_at, say, serving, summary, timed
from script.benches._key import say_key
from script.benches.history import fill

WAITING = (200, 500)
YOUNG, OLD, TURNS, WARM = 0, 200_000, 150, 10
HX = {"HX-Request": "true"}
NOTHING_NEW = "its poll when nothing is new"


def run() -> None:
    """Print each figure of the counter's page beside a poll that finds nothing new."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        ages = {count: Path(folder) / str(count) for count in (YOUNG, OLD)}
        for count, data in ages.items():
            fill(data, count)
        with serving(ages[YOUNG], printer="off:") as young, serving(ages[OLD], printer="off:") as old:
            halls = [_Hall(young), _Hall(old)]
            for waiting in WAITING:
                _measure(halls, waiting)
                _say(halls, waiting)
            say_key(old, WAITING[-1])


def _measure(halls: list["_Hall"], waiting: int) -> None:
    for hall in halls:
        hall.begin(waiting)
    for turn in range(WARM + TURNS):
        if turn == WARM:
            for hall in halls:
                hall.times.clear()
        for hall in halls:
            hall.turn()


def _say(halls: list["_Hall"], waiting: int) -> None:
    young, old = halls
    for what, times in young.times.items():
        measured = summary(times)
        aged = summary(old.times[what])
        say(
            "counter",
            f"{what}, {waiting} waiting, ms",
            measured,
            {NOTHING_NEW: summary(young.times[NOTHING_NEW])},
            kb=round(young.sizes[what] / 1000, 1),
            with_old_tickets={f"{OLD:,}": aged, "ratio_of_p50": round(aged["p50"] / measured["p50"], 2)},
        )


class _Hall:
    """A centre where people wait and the clerk of counter 1 works, as her browser sends it."""

    def __init__(self, server: Server) -> None:
        self._station, self._clerk = Client(server), clerk_at(server, 1)
        self._page = Client(server)
        self._page.cookie, self._page.headers = self._clerk.cookie, HX
        self._waiting = 0
        self.times: dict[str, list[float]] = {}
        self.sizes: dict[str, int] = {}

    def begin(self, waiting: int) -> None:
        """Let people come until `waiting` wait, and forget what was measured."""
        for _ in range(waiting - self._waiting):
            self._station.take()
        self._waiting = waiting
        self.times.clear()

    def turn(self) -> None:
        """One visit: called and seen; somebody else comes meanwhile."""
        called = self._timed("call-next and what it answers", "/counter/1/call-next")
        page = self._timed("the page", "/counter/1", is_press=False)
        self._timed("the hall's page", "/hall", is_press=False)
        poll = re.findall(r'hx-get="(/counter/1/now[^"]*)"', called)[0].replace("&amp;", "&")
        self._timed(NOTHING_NEW, poll, is_press=False)
        self._station.take()
        self._timed("its poll when somebody has come", poll, is_press=False)
        if 'data-state="called"' not in page:
            raise RuntimeError("nobody was called")
        self._timed("start and what it answers", "/counter/1/start")
        self._timed("finish and what it answers", "/counter/1/finish")

    def _timed(self, what: str, path: str, *, is_press: bool = True) -> str:
        found: list[tuple[int, str, str]] = []
        asks = self._page.post if is_press else self._page.get
        self.times.setdefault(what, []).append(timed(lambda: found.append(asks(path))))
        status, _, body = found[0]
        if status not in (200, 204):
            raise RuntimeError(f"{path}: {status}: {body[:200]}")
        self.sizes[what] = len(body.encode())
        return body
