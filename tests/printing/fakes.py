"""Every way to a printer that can be had on any machine, with a printer that misbehaves at its end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from printing.printers import Printer, address_of, open_printer
from tests.printing.fake_printer import Fake, FakePrinter, PipeFake, PtyFake

QUICK = {"stall_s": 0.3, "confirm_s": 0.4, "status_s": 0.3, "longest_s": 6, "drain_s": 0.1}
PATIENT = {"stall_s": 3, "confirm_s": 6, "status_s": 2, "longest_s": 12}
"""For a good printer on a busy machine: what answers is not waited for any longer."""
WAYS = ("tcp", "serial", "device", "pipe")


@pytest.fixture
def fake():
    """Make printers on the network that end with the test: fake("echo", greeting=b"ready")."""
    made: list[FakePrinter] = []

    def make(mode: str = "ok", **more: Any) -> FakePrinter:
        made.append(FakePrinter(mode, **more))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


@contextmanager
def printer_by(way: str, mode: str, folder: Path, **settings: object) -> Iterator[tuple[Printer, Fake]]:
    """A printer in `mode` reached by `way`, with short deadlines."""
    fake: Fake
    if way == "tcp":
        fake = FakePrinter(mode)
    elif way == "pipe":
        fake = PipeFake(folder / "lp0", mode)
    else:
        fake = PtyFake(mode)
    try:
        yield open_printer(url_of(way, fake, **settings), folder), fake
    finally:
        fake.close()


def url_of(way: str, fake: Fake, **settings: object) -> str:
    """The address of a fake printer."""
    if isinstance(fake, FakePrinter):
        return address_of(
            "tcp", QUICK | {"host": "127.0.0.1", "port": fake.port, "connect_s": 0.5} | settings
        )
    kind = "serial" if way == "serial" else "device"
    return address_of(kind, QUICK | {"path": getattr(fake, "path", "")} | settings)


def soon(check: Callable[[], object], seconds: float = 5) -> object:
    """Whether `check` comes true in time."""
    end = time.monotonic() + seconds
    while not check() and time.monotonic() < end:
        time.sleep(0.01)
    return check()


def settled(fake: Fake) -> bool:
    """Whether the printer has read all that was left for it to read."""
    before = -1
    while before != fake.received:
        before = fake.received
        time.sleep(0.15)
    return True
