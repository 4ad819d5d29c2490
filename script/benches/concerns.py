"""What residents say: taking it in with its receipt, the list of today and a receipt's page, at 20,000."""

import gc
import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from kiosk import concerns, demo
from kiosk.app import create_app
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.concerns.tables import concern
from kiosk.server.running import YEARS
from kiosk.settings import Settings
from script.benches._hall import say, summary, timed
from script.benches._intakes import say_race, say_tickets_beside

CONCERNS, RUNNING, TIMES = 20_000, 150, 300
_taps = count()


def run() -> None:
    """Print every figure of concerns."""
    gc.set_threshold(700, 10, YEARS)  # as the server does: to look through 20,000 rows took 100 ms
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        box = open_box(Settings(folder=Path(folder), is_demo=True))
        demo.furnish_hall(box)
        _fill(box)
        _measure(box)
        say_race(box)
        box.database.close()
    say_tickets_beside()


def _fill(box: Box) -> None:
    """20,000 of two years, of which 150 run."""
    now = box.now()
    rows = [
        {
            "year": 2000 + number // 9999, "number": f"S{number % 9999:04d}", "kind": "complaint",
            "source": "station", "category_code": "lights", "state": "new" if number < RUNNING else "done",
            "taken_at": now - timedelta(hours=number), "tap": f"old-{number}", "about": "楼道灯不亮",
            "due_on": (now + timedelta(days=number % 9 - 2)).date(), "station": "old",
        }
        for number in range(CONCERNS)
    ]  # fmt: skip
    with box.database.write() as tx:
        tx.execute(sa.insert(concern), rows)


def _measure(box: Box) -> None:
    _today(box)  # first: what is taken in runs as well, and the list is of 150
    tokens: list[str] = []
    taking = summary([timed(lambda: tokens.append(_take_in(box))) for _ in range(TIMES)])
    say("concerns", "take in with receipt, ms", taking, {"a write of one row": summary(_bare(box))})
    page, stranger = f"/t/{tokens[0]}", create_app(box).test_client()
    stranger.get(page)
    times = summary([timed(lambda: stranger.get(page)) for _ in range(TIMES)])
    alive = summary([timed(lambda: stranger.get("/alive")) for _ in range(TIMES)])
    say("concerns", "a receipt's page, ms", times, {"an answer of nothing": alive})


def _today(box: Box) -> None:
    visitor = create_app(box).test_client()
    origin = {"Origin": "http://localhost"}
    visitor.post("/log-in", data={"name": "clerk1", "password": "demo-clerk"}, headers=origin)
    visitor.get("/concerns")
    times = {
        path: summary([timed(lambda: visitor.get(path)) for _ in range(50)])  # noqa: B023 - at once
        for path in ("/printers", "/concerns")
    }
    words = f"today, {RUNNING} of {CONCERNS:,} running, ms"
    say("concerns", words, times["/concerns"], {"the page of printing": times["/printers"]})


def _take_in(box: Box) -> str:
    number = next(_taps)
    said = concerns.Said("lights", f"bench-{number}")
    with box.database.write() as tx:
        return concerns.take_in(tx, box.centre, Asked(box.now(), station=f"bench-{number}"), said).token


def _bare(box: Box) -> list[float]:
    def write() -> None:
        with box.database.write() as tx:
            tx.execute(sa.update(concern).where(concern.c.id == 1).values(about=f"{next(_taps)}"))

    return [timed(write) for _ in range(TIMES)]
