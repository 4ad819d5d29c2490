"""A printer that misbehaves on demand: python -m tests.printing.fake_printer --port 9100 --mode stall.

Modes: ok, mute (takes all, answers nothing), slow (2 KB every 50 ms), stall (stops reading after 4 KB), reset
(breaks the line after 4 KB), paper-out, cover-open and cutter-error (answer so and print nothing), near-end,
paper-out-midway (after 4 KB), echo (no printer: gives back what it gets).
On the network, on a serial port or USB (a pty), or on a one-way pipe.
"""

import argparse
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.printing.fake_mechanism import ANSWERS, AUTOMATIC_READY, MIDWAY, MODES, Mechanism, Sheet


class Fake:
    """One printer; `slips` holds the bytes of every slip it cut off, `sheets` their pictures too.

    One that `chatters` sends its status unasked with everything it takes.
    """

    url: str

    def __init__(self, mode: str = "ok", answers: frozenset[str] = ANSWERS) -> None:
        self.received = 0
        self.asked = bytearray()
        self.chatters = False
        self._mechanism = Mechanism(mode, answers)
        self._lock = threading.Lock()
        self._is_closed = threading.Event()
        self._say: Callable[[bytes], object] | None = None

    @property
    def mode(self) -> str:
        return self._mechanism.mode

    @mode.setter
    def mode(self, mode: str) -> None:
        with self._lock:
            told = self._mechanism.become(mode)
        with suppress(OSError):  # nobody is on the line any more
            if told and self._say:
                self._say(told)

    @property
    def sheets(self) -> list[Sheet]:
        return list(self._mechanism.sheets)

    @property
    def slips(self) -> list[bytes]:
        return [sheet.raw for sheet in self._mechanism.sheets]

    @property
    def torn(self) -> bytes:
        """What was printed and not cut off."""
        return self._mechanism.torn

    def close(self) -> None:
        self._is_closed.set()

    def _converse(
        self, read: Callable[[], bytes], say: Callable[[bytes], object], hang_up: Callable[[], None]
    ) -> None:
        """Read to the end, answer, and misbehave."""
        self._say = say
        while chunk := read():
            self.received += len(chunk)
            self.asked += chunk
            with self._lock:
                told = self._mechanism.feed(chunk) + (AUTOMATIC_READY if self.chatters else b"")
            if told:
                say(told)
            if self.mode == "slow":
                time.sleep(0.05)
            if self._mechanism.since_cut < MIDWAY:
                continue
            while self.mode == "stall" and not self._is_closed.wait(0.02):
                pass
            if self.mode == "reset":
                hang_up()
                return


class FakePrinter(Fake):
    """Listens on this machine, with a buffer of `room` bytes.

    At the end of each connection it says something unasked, as printers do; a print server's box may greet
    whoever calls, some time after the call.
    """

    def __init__(
        self,
        mode: str = "ok",
        port: int = 0,
        answers: frozenset[str] = ANSWERS,
        host: str = "127.0.0.1",
        room: int = MIDWAY,
        greeting: bytes = b"",
        greets_after_s: float = 0.0,
    ) -> None:
        super().__init__(mode, answers)
        self._greeting, self._greets_after_s = greeting, greets_after_s
        self.keeps_open = False
        self._listening = socket.create_server((host, port))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)  # of every line to come
        self.port: int = self._listening.getsockname()[1]
        self.url = f"tcp://{host}:{self.port}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        super().close()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # else it is held open by whoever waits in accept
        for line in (self._listening, *self._open):
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(line)
            threading.Thread(target=self._print, args=(line,), daemon=True).start()

    def _print(self, line: socket.socket) -> None:
        def reset() -> None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()

        try:
            if self._greeting:
                time.sleep(self._greets_after_s)
                line.sendall(self._greeting)
            self._converse(lambda: line.recv(2048), line.sendall, reset)
            if self.keeps_open:
                return
            if self.mode != "mute":
                line.sendall(AUTOMATIC_READY)
            line.close()
        except OSError:
            line.close()


class _FileFake(Fake):
    """A printer behind a file; `end` is its own side of it, not blocking."""

    end: int
    path: str

    def close(self) -> None:
        super().close()
        self._serving.join(2)

    def _start(self) -> None:
        self._serving = threading.Thread(target=self._serve, daemon=True)
        self._serving.start()

    def _serve(self) -> None:
        try:
            self._converse(self._read, self._tell, lambda: None)
        finally:
            self._hang_up()

    def _tell(self, told: bytes) -> None:
        with suppress(
            BlockingIOError
        ):  # nobody listens, and the line holds no more: it is lost, as on a cable
            os.write(self.end, told)

    def _read(self) -> bytes:
        while not self._is_closed.is_set():
            select.select([self.end], [], [], 0.02)
            try:
                if chunk := os.read(self.end, 2048):
                    return chunk
                time.sleep(0.002)  # a pipe without a writer
            except BlockingIOError:
                pass
        return b""

    def _hang_up(self) -> None:
        os.close(self.end)


class PtyFake(_FileFake):
    """On a terminal pair: what a serial port or a USB printer's device file looks like from outside."""

    def __init__(self, mode: str = "ok", answers: frozenset[str] = ANSWERS) -> None:
        super().__init__(mode, answers)
        self.end, self._other_end = os.openpty()
        os.set_blocking(self.end, False)
        self.path = os.ttyname(self._other_end)
        self.url = f"serial:{self.path}"
        self._start()

    def _hang_up(self) -> None:
        super()._hang_up()
        os.close(self._other_end)


class PipeFake(_FileFake):
    """On a pipe, which is a printer that hears and cannot speak."""

    def __init__(self, path: Path, mode: str = "ok") -> None:
        super().__init__(mode, frozenset())
        os.mkfifo(path)
        self.path = str(path)
        self.end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.url = f"device:{self.path}"
        self._start()


def main() -> None:
    parser = argparse.ArgumentParser(description="A printer that misbehaves on demand.")
    parser.add_argument("--mode", choices=MODES, default="ok")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--pty", action="store_true", help="a serial port instead of the network")
    parser.add_argument("--keep", type=Path, help="folder for the slips, as PNG and as bytes")
    words = parser.parse_args()
    printer = PtyFake(words.mode) if words.pty else FakePrinter(words.mode, words.port)
    print(f"{printer.url} {words.mode}", flush=True)
    try:
        watch(printer, words.keep)
    except KeyboardInterrupt:
        printer.close()


def watch(printer: Fake, keep: Path | None) -> None:
    """Tell of each slip, and keep it, until Ctrl-C."""
    told = 0
    while True:
        for sheet in printer.sheets[told:]:
            told += 1
            print(
                f"slip {told}: {len(sheet.raw)} bytes, {sheet.picture.width} × {sheet.picture.height}",
                flush=True,
            )
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{told}.bin").write_bytes(sheet.raw)
                sheet.picture.save(keep / f"{told}.png")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
