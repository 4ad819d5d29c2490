"""Every page, and what it polls: small, large and after ten years. A page that grows is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from kiosk import tickets
from kiosk.app import create_app
from kiosk.box import Box
from kiosk.clock import system_clock
from kiosk.events.tables import event_day
from kiosk.tickets.tables import ticket
from script.benches._hall import say, summary
from script.benches._sizes import LARGE, OLD, SMALL, furnish
from tests.every_address import every_address

SIZES = {"small": SMALL, "large": LARGE, "old": OLD}
GROWS, GROWS_MS = 1.3, 2.0
"""A page is named whose median of CPU is so many times that of the small centre, and so much more."""

TURNS, LONGEST_S = 15, 0.1
"""Each page is asked so often, or for so long in each centre: all in all less than a minute."""

A_FILE_MS = 2000.0
"""A PDF, a workbook: made by a process of its own."""

POLLS = re.compile(r'hx-get="([^"]+)" hx-trigger="every')


def run() -> None:
    """Print what each page costs as soon as it is known; `grows` names the centres where it costs more."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        centres = {name: _Centre(furnish(Path(folder) / name, size, _ten)) for name, size in SIZES.items()}
        small = centres["small"]
        for page in small.pages():
            _say(page, {name: centre.ask(page) for name, centre in centres.items()})
        for centre in centres.values():
            centre.close()


@dataclass
class Asked:
    """What asking for one page took: milliseconds, and the bytes and status of its last answer."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0
    status: int = 0


def _ten() -> datetime:
    """Ten in the morning in Shanghai of today: the hall is open at whatever hour this is measured."""
    today = (system_clock() + timedelta(hours=8)).date()
    return datetime(today.year, today.month, today.day, 2, tzinfo=UTC)


class _Centre:
    """A centre whose pages are asked for in this process, as its station, its clerk or its coordinator."""

    def __init__(self, box: Box) -> None:
        self._box = box
        app = create_app(box)
        self._who = {name: app.test_client() for name in ("station", "clerk2", "admin")}
        for name, client in self._who.items():
            password = "demo-clerk" if name == "clerk2" else "demo-admin"
            if name != "station":
                client.post("/log-in", data={"name": name, "password": password}, headers=ORIGIN)
        self._who["clerk2"].post("/counter/1/open", headers=ORIGIN)

    def pages(self) -> Iterator[str]:
        """Every view's name, and once more with " polled" for those whose page polls."""
        for view, _ in every_address():
            yield view
            if POLLS.search(self._body(view)):
                yield f"{view} polled"

    def ask(self, page: str) -> Asked:
        """Measure it; the first answer, for which templates are compiled, does not count."""
        client, address = self._client_of(page), self._address_of(page)
        asked, until = Asked(), perf_counter() + LONGEST_S
        while len(asked.wall) < 2 or (len(asked.wall) <= TURNS and perf_counter() < until):
            wall, cpu = perf_counter(), thread_time()
            answer = client.get(address)
            body = answer.get_data()
            asked.cpu.append((thread_time() - cpu) * 1000)
            asked.wall.append((perf_counter() - wall) * 1000)
            asked.size, asked.status = len(body), answer.status_code
            answer.close()
            if asked.wall[0] > A_FILE_MS:
                return asked  # once is enough
        del asked.wall[0], asked.cpu[0]
        return asked

    def close(self) -> None:
        """Let go of the file."""
        self._box.database.close()

    def _body(self, view: str) -> str:
        return self._client_of(view).get(self._address_of(view)).get_data().decode(errors="replace")

    def _client_of(self, page: str) -> FlaskClient:
        wing = page.split(".")[0]
        if page.startswith("hall.counter."):
            return self._who["clerk2"]
        return self._who["admin" if wing in ("hall", "desk", "office") else "station"]

    def _address_of(self, page: str) -> str:
        if page.endswith(" polled"):
            (poll, *_) = POLLS.findall(self._body(page.removesuffix(" polled")))
            return unescape(poll)
        named: Any = self._named(page)  # every part has its own kind
        return dict(every_address(**named))[page]

    def _named(self, page: str) -> dict[str, str | int]:
        """What is there to be looked at: somebody who waits, the day with the most people."""
        with self._box.database.read() as tx:
            if "token" in page or page.startswith(("public.phone", "station.")):
                waits = sa.select(sa.func.max(ticket.c.id)).where(ticket.c.status == "waiting")
                serial = tx.execute(waits).scalar_one()
                return {"token": tickets.ticket_token(tx, self._box.centre, serial)}
            newest = sa.select(sa.func.max(event_day.c.id)).where(event_day.c.capacity == 100)
            return {"day_id": tx.execute(newest).scalar_one()}


ORIGIN = {"Origin": "http://localhost"}


def _say(page: str, asked: dict[str, Asked]) -> None:
    small = asked["small"]
    base = summary(small.cpu)["p50"]
    more = {name: summary(one.cpu)["p50"] for name, one in asked.items() if name != "small"}
    grows = {
        name: round(cpu / base, 2)
        for name, cpu in more.items()
        if cpu > base * GROWS and cpu > base + GROWS_MS
    }
    say(
        "scale",
        page,
        {name: _figures(one) for name, one in asked.items() if name != "small"},
        {"small": _figures(small)},
        grows=grows,
    )


def _figures(one: Asked) -> dict[str, float]:
    cpu, wall = summary(one.cpu), summary(one.wall)
    return {
        "cpu": cpu["p50"], "cpu_p99": cpu["p99"], "wall": wall["p50"], "wall_p99": wall["p99"],
        "kb": round(one.size / 1000, 1), "status": one.status,
    }  # fmt: skip
