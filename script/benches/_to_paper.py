"""From the tap to the paper: how soon a slip begins at the printer, what a dead one costs a ticket."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import uniform
from statistics import median

from printing.escpos import RESET
from script.benches._hall import Client, Server, say, serving, summary, timed
from tests.printing.fake_printer import FakePrinter

TAPS, TAKES, WARM, LONGEST_S = 200, 300, 20, 5.0


class _Watched(FakePrinter):
    """A printer that notes when the first byte of each slip came; questions on the way to it do not count."""

    def __init__(self) -> None:
        super().__init__("ok")
        self.began_at: list[float] = []
        feed = self._mechanism.feed

        def watched(chunk: bytes) -> bytes:
            if RESET in chunk:
                self.began_at.append(time.perf_counter())
            return feed(chunk)

        self._mechanism.feed = watched  # type: ignore[method-assign]


def to_the_printer() -> None:
    """The figure for a printer that prints: one tap at a time, a few a second at most."""
    printer = _Watched()
    with serving(printer=printer.url) as server:
        station = Client(server)
        for _ in range(WARM):
            _tap(station, printer)
        both = [_tap(station, printer) for _ in range(TAPS)]
    printer.close()
    say(
        "slip",
        "tap to the slip's first byte at the printer, ms",
        summary([first_byte for _, first_byte in both]),
        {"the ticket's POST to its 303": summary([post for post, _ in both])},
        slips=f"{len(printer.slips)} of {WARM + TAPS}",
    )


def _tap(station: Client, printer: _Watched) -> tuple[float, float]:
    """Milliseconds from the tap to its answer, and to the first byte at the printer. Raises RuntimeError."""
    time.sleep(uniform(0.2, 0.5))  # noqa: S311 - not in step with the worker's looks
    before, tapped = len(printer.began_at), time.perf_counter()
    post = timed(station.take)
    while len(printer.began_at) == before:
        if time.perf_counter() - tapped > LONGEST_S:
            raise RuntimeError("no slip came")
        time.sleep(0.0005)
    return post, (printer.began_at[before] - tapped) * 1000


def beside_a_dead_printer() -> None:
    """One ticket each in turn: without a printer, and with each kind of dead one."""
    with ExitStack() as stack:
        printers = {
            "off": "off:",
            "nothing listens": _address(stack.enter_context(_closed())),
            "a black hole": _address(stack.enter_context(_black_hole())),
            "it stalls": stack.enter_context(_stalled()).url,
        }
        servers = {name: stack.enter_context(serving(printer=url)) for name, url in printers.items()}
        times = _in_turn(servers)
    reference = times.pop("off")
    for name, taken in times.items():
        added = [one - other for one, other in zip(taken, reference, strict=True)]
        say(
            "slip",
            f"a ticket where the printer is dead ({name}), ms",
            summary(taken),
            {"printer off, in turn with it": summary(reference)},
            added_median=round(median(added), 2),
        )


def _in_turn(servers: dict[str, Server]) -> dict[str, list[float]]:
    stations = {name: Client(server) for name, server in servers.items()}
    times: dict[str, list[float]] = {name: [] for name in servers}
    names = list(servers)
    for n in range(WARM + TAKES):
        time.sleep(0.02)
        for name in names[n % len(names) :] + names[: n % len(names)]:
            times[name].append(timed(stations[name].take))
    return {name: taken[WARM:] for name, taken in times.items()}


def _address(door: socket.socket) -> str:
    return f"tcp://127.0.0.1:{door.getsockname()[1]}"


@contextmanager
def _closed() -> Iterator[socket.socket]:
    """A port that nobody listens on, kept from others."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        yield door


@contextmanager
def _black_hole() -> Iterator[socket.socket]:
    """A port that answers no knock: its short queue is full and nobody takes anything out of it."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door, ExitStack() as stack:
        for _ in range(4):
            knock = stack.enter_context(socket.socket())
            knock.setblocking(False)
            knock.connect_ex(door.getsockname())
        yield door


@contextmanager
def _stalled() -> Iterator[FakePrinter]:
    printer = FakePrinter("stall")
    yield printer
    printer.close()
