"""Stations that tap without a pause, all on one thread: sixteen threads of a client cost more than a server.

With a thread a station and Python's own HTTP client sixteen stations got a page in 74 ms, waiting for
themselves: alone the server answers it in 1.5. On one thread it is 27.
"""

import gc
import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from script.benches._hall import Client, Server

_taps = count()
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
_LOCATION = re.compile(rb"(?i)\r\nlocation: (\S+)")
PATIENCE_S = 30


@dataclass
class _Line:
    """One station's connection; what has come of its answer, and when it asked."""

    socket: socket.socket
    cookie: str
    heard: bytes = b""
    asked_at: float = 0.0

    def ask(self, request: bytes) -> None:
        self.heard, self.asked_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        self.heard += self.socket.recv(65536)
        head = self.heard.find(b"\r\n\r\n")
        if head < 0:
            return False
        length = _LENGTH.search(self.heard[: head + 2])
        return len(self.heard) >= head + 4 + (int(length[1]) if length else 0)


@dataclass
class Taps:
    """What all stations together got: milliseconds of each answer, and where each led."""

    times: list[float] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def take_together(server: Server, stations: list[Client], times: int) -> Taps:
    """Each station takes a ticket as soon as it has the last one's answer; `times` tickets in all."""

    def request(cookie: str) -> bytes:
        form = urlencode({"service": "A", "tap": f"together-{next(_taps)}", "another": "1"}).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        return _head(server, "POST /tickets", cookie, kind, f"Content-Length: {len(form)}") + form

    return _together(server, stations, times, request, b" 303 ")


def read_together(server: Server, stations: list[Client], times: int, path: str) -> Taps:
    """The same for a page."""
    return _together(server, stations, times, lambda cookie: _head(server, f"GET {path}", cookie), b" 200 ")


def _head(server: Server, what: str, cookie: str, *more: str) -> bytes:
    lines = (
        f"{what} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.origin}",
        f"Cookie: {cookie}",
    )
    return "\r\n".join((*lines, *more, "", "")).encode()


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """The client's own rubbish is not the server's time."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _together(
    server: Server, stations: list[Client], times: int, request: Callable[[str], bytes], wanted: bytes
) -> Taps:
    found, asked = Taps(), 0
    with _no_sweeping(), selectors.DefaultSelector() as choice:
        lines = [_line(server, station) for station in stations]
        for line in lines:
            choice.register(line.socket, selectors.EVENT_READ, line)
            line.ask(request(line.cookie))
            asked += 1
        while choice.get_map():
            ready = choice.select(PATIENCE_S)
            if not ready:
                raise TimeoutError(f"no answer for {PATIENCE_S} s")
            for line in (key.data for key, _ in ready):
                if not line.is_answered():
                    continue
                _note(found, line, wanted)
                if asked < times:
                    line.ask(request(line.cookie))
                    asked += 1
                else:
                    choice.unregister(line.socket)
                    line.socket.close()
    return found


def _line(server: Server, station: Client) -> _Line:
    """A line that has shown a page already, as a station has before the tap: its opening is not timed."""
    line = _Line(socket.create_connection(("127.0.0.1", server.port)), station.cookie)
    line.ask(_head(server, "GET /services/A", line.cookie))
    while not line.is_answered():
        pass
    return line


def _note(found: Taps, line: _Line, wanted: bytes) -> None:
    found.times.append((time.perf_counter() - line.asked_at) * 1000)
    if wanted not in line.heard[:16]:
        raise RuntimeError(line.heard[:200].decode())
    place = _LOCATION.search(line.heard)
    found.places.append(place[1].decode() if place else "")
