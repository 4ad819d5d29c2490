"""Issuing a ticket: how long it takes, alone and at sixteen stations, and how soon the hall sees a call."""

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from script.benches._hall import Client, Server, at_once, say, serving, summary, timed
from script.benches._stations import read_together, take_together

ALONE, TOGETHER, STATIONS, CALLS = 300, 512, 16, 100
ROUNDS = 3
CHROMIUM = "/usr/bin/chromium"


def run() -> None:
    """Print every figure of issuing."""
    _first_page()
    with serving() as server:
        _alone(server)
        _once_a_second(server)
        _memory(server)
    for printer in ("off:", "file:") * ROUNDS:
        # each a morning of 512: the table of tickets grows, and a line too
        with serving(printer=printer) as server:
            _without_a_pause(server, printer)
    with serving() as server:
        _call_to_board(server)


def _alone(server: Server) -> None:
    station = Client(server)
    for _ in range(30):
        page = station.take()
        station.get(page)
    tickets, pages, both = [], [], []
    address: list[str] = []
    for _ in range(ALONE):
        tickets.append(timed(lambda: address.append(station.take())))
        pages.append(timed(lambda: station.get(address[-1])))
        both.append(tickets[-1] + pages[-1])
    reference = summary(pages)
    ratio = round(summary(tickets)["p50"] / reference["p50"], 2)
    say(
        "issue",
        "durable ticket, POST to 303, ms",
        summary(tickets),
        {"its page without a ticket": reference},
        ratio=ratio,
    )
    ratio = round(summary(both)["p50"] / reference["p50"], 2)
    say(
        "issue",
        "durable ticket and its page, ms",
        summary(both),
        {"its page without a ticket": reference},
        ratio=ratio,
    )


def _once_a_second(server: Server) -> None:
    stations, page = _hall(server)
    pages: list[str] = []
    _say_together(
        server,
        "each tapping once a second",
        at_once(stations, TOGETHER // 2, lambda station: station.get(page), 1.0),
        at_once(stations, TOGETHER, lambda station: pages.append(station.take()), 1.0),
        pages,
    )


def _without_a_pause(server: Server, printer: str) -> None:
    stations, page = _hall(server)
    reading = read_together(server, stations, TOGETHER, page)
    taking = take_together(server, stations, TOGETHER)
    _say_together(server, f"without a pause, printer {printer}", reading.times, taking.times, taking.places)


def _hall(server: Server) -> tuple[list[Client], str]:
    """Sixteen stations, and a ticket's page. Each has given one: nothing is done for the first time."""
    stations = [Client(server) for _ in range(STATIONS)]
    for station in stations:
        station.get("/services/A")
        page = station.take()
        station.get(page)
    return stations, page


def _say_together(
    server: Server, how: str, reading: list[float], taking: list[float], pages: list[str]
) -> None:
    station = Client(server)
    numbers = {re.findall(r'data-number="(\w+)"', station.get(one)[2])[0] for one in pages}
    say(
        "issue",
        f"ticket at {STATIONS} stations, {how}, ms",
        summary(taking),
        {"its page, as many as often": summary(reading)},
        distinct=f"{len(numbers)} of {len(pages)}",
    )


def _memory(server: Server) -> None:
    code = "import flask, sqlalchemy, PIL.Image; print(open('/proc/self/status').read())"
    bare = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    kilobytes = int(re.findall(r"VmRSS:\s+(\d+) kB", bare)[0])
    reference = {"Flask, SQLAlchemy and Pillow imported": round(kilobytes * 1024 / 1e6, 1)}
    say(
        "issue",
        "resident memory after all of these, in a life that made its tables, MB",
        round(server.resident_mb(), 1),
        reference,
    )


def _first_page() -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        first = _seconds_to_page(Path(folder))
        again = [_seconds_to_page(Path(folder)) for _ in range(5)]
    bare = [
        timed(lambda: subprocess.run([sys.executable, "-c", "import flask, sqlalchemy"], check=True))
        for _ in range(5)
    ]
    say(
        "issue", "start to first page, s", {"median": sorted(again)[2], "max": max(again)},
        {"Flask and SQLAlchemy imported": round(sorted(bare)[2] / 1000, 2)}, with_an_empty_folder=first,
    )  # fmt: skip


def _seconds_to_page(folder: Path) -> float:
    with serving(folder) as server:
        status = Client(server).get("/")[0]
        taken = time.perf_counter() - server.started
        if status != 200:
            raise RuntimeError(f"the first page answered {status}")
        return round(taken, 2)


def _call_to_board(server: Server) -> None:
    from playwright.sync_api import sync_playwright

    clerk, station, watcher = Client(server), Client(server), Client(server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")  # noqa: S106 - the demo's
    clerk.post("/counter/1/open")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{server.origin}/board")
        seen = [_seen_after(page, clerk, station) for _ in range(CALLS)]
        browser.close()
    polls = [timed(lambda: watcher.get("/board/now")) for _ in range(CALLS)]
    say(
        "issue",
        "call to board in Chromium, ms",
        summary(seen),
        {"one board answer": summary(polls)},
        polled_every_ms=250,
    )


WAIT_FOR = """number => new Promise(seen => {
  const look = () => {
    if (document.querySelector(`#board [data-number="${number}"]`)) { done.disconnect(); seen(Date.now()); }
  };
  const done = new MutationObserver(look);
  done.observe(document.body, {childList: true, subtree: true});
  look();
})"""


def _seen_after(page: Any, clerk: Client, station: Client) -> float:
    number = re.findall(r'data-number="(\w+)"', station.get(station.take())[2])[0]
    page.evaluate(f"() => {{ window.seen = ({WAIT_FOR})('{number}'); }}")  # begun, not waited for
    called = time.time()
    clerk.post("/counter/1/call-next")
    at: float = page.evaluate("window.seen")
    for verb in ("start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    time.sleep(0.037)  # not in step with the board's polls
    return at - called * 1000
