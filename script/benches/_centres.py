"""Centres whose pages are looked at: the demo, also closed, one as large as they come, one just begun."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk import demo
from kiosk.box import open_box
from kiosk.concerns.tables import concern_place
from kiosk.screens.station.assisted import code_of
from kiosk.settings import Settings
from script.benches._hall import ROOT, Client, Server, clerk_at, serving
from tests.large_centre import furnish_large

SERVICES, COUNTERS = 200, 30
SOME_WAIT = "AAAABEACDK"
"""Services of the demo that somebody waits for: as many as a page of lost slips holds."""

COMPOUNDS, BUILDINGS = 9, 14
LONG_PLACE = "幸福里二期东苑（原纺织厂职工宿舍）"


@dataclass(frozen=True)
class Centre:
    """A running centre: who opens it (`admin`), and what only somebody who was there knows.

    `tickets` are addresses, `receipt` and `rated` codes: of something that was said, of a visit that is over.
    `code` are the digits of today for taking numbers for others.
    """

    server: Server
    admin: tuple[str, str]
    tickets: tuple[str, ...] = ()
    receipt: str = ""
    rated: str = ""
    code: str = ""
    is_shut: bool = False
    """Whether it gives no numbers: what comes of taking one is seen elsewhere."""


def _life(server: Server, folder: Path) -> Centre:
    """A hall with a morning behind it: ten waiting, one called, one visit over, something said."""
    station = Client(server)
    tickets = tuple(station.take(code) for code in SOME_WAIT)
    _, taken, _ = station.post("/concerns", category="lights", tap="screens")
    clerk = clerk_at(server, 1)
    for verb in ("call-next", "start", "finish", "call-next"):
        clerk.post(f"/counter/1/{verb}")
    return Centre(
        server,
        ("admin", "demo-admin"),
        tickets,
        taken.partition("?")[0].rpartition("/")[2],
        tickets[0].rpartition("/")[2],
        _code(folder),
    )


def _code(folder: Path) -> str:
    box = open_box(Settings(folder=folder, is_demo=True))
    try:
        return code_of(box.centre.secret, box.centre.day(box.now()))
    finally:
        box.database.close()


@contextmanager
def demo_centre() -> Iterator[Centre]:
    """The demo as it comes."""
    with tempfile.TemporaryDirectory(prefix="linli-screens-") as scratch, serving(Path(scratch)) as server:
        yield _life(server, Path(scratch))


@contextmanager
def shut_centre() -> Iterator[Centre]:
    """The demo after somebody has said that no more numbers are given today."""
    with demo_centre() as centre:
        boss = Client(centre.server)
        boss.post("/log-in", name=centre.admin[0], password=centre.admin[1])
        boss.post("/manage/close")
        yield replace(centre, is_shut=True)


@contextmanager
def large_centre() -> Iterator[Centre]:
    """200 services, some with names of 60 characters, 30 windows, nine compounds of fourteen buildings."""
    with tempfile.TemporaryDirectory(prefix="linli-screens-") as scratch:
        folder = Path(scratch)
        box = open_box(Settings(folder=folder, is_demo=True))
        demo.furnish(box)
        furnish_large(box, SERVICES, COUNTERS)
        with box.database.write() as tx:
            for compound in range(1, COMPOUNDS + 1):
                name = LONG_PLACE if compound % 3 == 0 else f"幸福里{compound}号院"
                tx.execute(concern_place.insert().values(id=compound * 100, position=compound, name=name))
                for building in range(1, BUILDINGS + 1):
                    tx.execute(
                        concern_place.insert().values(
                            id=compound * 100 + building,
                            position=building,
                            parent_id=compound * 100,
                            name=f"{building}号楼",
                        )
                    )
        box.database.close()
        with serving(folder) as server:
            yield _life(server, folder)


@contextmanager
def bare_centre() -> Iterator[Centre]:
    """One that `kiosk init` has made and nobody has set up."""
    with tempfile.TemporaryDirectory(prefix="linli-screens-") as scratch:
        run = [sys.executable, "-m", "kiosk"]
        made = subprocess.run(
            [*run, "init", "--data", scratch], cwd=ROOT, capture_output=True, text=True, check=True
        )
        password = re.findall(r"admin / (\S+)", made.stdout)[0]
        process = subprocess.Popen(
            [*run, "serve", "--port", "0", "--data", scratch],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            said = (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in process.stdout or ())
            port = next(int(found[1]) for found in said if found)
            yield Centre(Server(process, port, 0, Path(scratch)), ("admin", password))
        finally:
            process.terminate()
            process.communicate(timeout=20)


CENTRES: dict[str, Callable[[], AbstractContextManager[Centre]]] = {
    "demo": demo_centre,
    "shut": shut_centre,
    "large": large_centre,
    "bare": bare_centre,
}
