"""Phones in a process of their own: `python -m script.benches._phones PORT SECONDS` with addresses on stdin.

Says "ready" once every phone has loaded its page, then polls as the pages do, and ends with a line of JSON.
"""

import asyncio
import json
import re
import sys
import time
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from random import uniform

from script.benches._hall import summary

EVERY_S, LOADING_AT_ONCE, PATIENCE_S = 5.0, 16, 30.0


@dataclass
class Tally:
    """What all phones together got."""

    answers: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)


class Phone:
    """One phone, on a connection while the server keeps it; `path` is where it asks next, empty at last."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._line: tuple[StreamReader, StreamWriter] | None = None
        self.path = path

    async def ask(self, *, is_poll: bool = True) -> int:
        """Ask once and take over the next address; the status. Raises OSError, IncompleteReadError."""
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._line
        poll = "HX-Request: true\r\n" if is_poll else ""
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{poll}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)\r\ncontent-length: (\d+)", head)
        body = (await reader.readexactly(int(length[1]) if length else 0)).decode()
        status = int(head.split(" ", 2)[1])
        if "\r\nconnection: close" in head.lower():
            self.hang_up()
        if status == 200:
            following = re.search(r'hx-get="([^"]+)"', body)
            self.path = unescape(following[1]) if following else ""
        return status

    def hang_up(self) -> None:
        """Let go of the connection; the next question opens another."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def poll_until(self, end: float, tally: Tally) -> None:
        """Poll every five seconds, begun at a moment of its own, while there is something to wait for."""
        due = time.perf_counter() + uniform(0, EVERY_S)  # noqa: S311 - no secret
        while due < end and self.path:
            await asyncio.sleep(due - time.perf_counter())
            due += EVERY_S
            start = time.perf_counter()
            try:
                tally.answers[await asyncio.wait_for(self.ask(), PATIENCE_S)] += 1
                tally.times.append((time.perf_counter() - start) * 1000)
            except (OSError, IncompleteReadError) as fault:  # TimeoutError is an OSError
                tally.faults[type(fault).__name__] += 1
                self.hang_up()


async def _load(phones: list[Phone]) -> None:
    room = asyncio.Semaphore(LOADING_AT_ONCE)

    async def load(phone: Phone) -> None:
        async with room:
            status = await phone.ask(is_poll=False)
            if status != 200 or not phone.path:
                raise RuntimeError(f"a phone's page answered {status}")

    await asyncio.gather(*(load(phone) for phone in phones))


async def _main(port: int, seconds: float) -> None:
    phones = [Phone(port, line.strip()) for line in sys.stdin]
    await _load(phones)
    print("ready", flush=True)
    tally = Tally()
    end = time.perf_counter() + seconds
    await asyncio.gather(*(phone.poll_until(end, tally) for phone in phones))
    told = {"answers": tally.answers, "faults": tally.faults, "ms": summary(tally.times)}
    print(json.dumps(told | {"over": sum(not phone.path for phone in phones)}), flush=True)
    for phone in phones:
        phone.hang_up()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2])))
