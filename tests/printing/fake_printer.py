"""A network printer that misbehaves on demand: python -m tests.printing.fake_printer --mode stall.

Modes: ok, mute (takes all, answers nothing), slow (2 KB every 50 ms), stall (stops reading after 4 KB), reset
(breaks the line after 4 KB), paper-out and cover-open (answer so and take nothing).
"""

import argparse
import socket
import struct
import threading
import time

MODES = ("ok", "mute", "slow", "stall", "reset", "paper-out", "cover-open")
STATUS = {
    "paper-out": {1: 0x1E, 2: 0x32, 4: 0x72},
    "cover-open": {1: 0x1E, 2: 0x16, 4: 0x12},
}
READY = {1: 0x16, 2: 0x12, 4: 0x12}
BREAKS_AFTER = 4096


class FakePrinter:
    """Listens on 127.0.0.1; `slips` holds what each connection brought, questions taken out."""

    def __init__(self, mode: str = "ok", port: int = 0) -> None:
        self.mode = mode
        self.keeps_open = False
        self.slips: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def close(self) -> None:
        for line in (self._listening, *self._open):
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BREAKS_AFTER)
            self._open.append(line)
            threading.Thread(target=self._print, args=(line,), daemon=True).start()

    def _print(self, line: socket.socket) -> None:
        received = b""
        try:
            while chunk := line.recv(2048):
                received += self._answered(line, chunk)
                if self.mode == "slow":
                    time.sleep(0.05)
                if len(received) >= BREAKS_AFTER and self.mode == "stall":
                    return  # the line stays open and nobody reads
                if len(received) >= BREAKS_AFTER and self.mode == "reset":
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    line.close()
                    return
            if self.keeps_open:
                return
            line.sendall(b"\x14\x00\x00\x0f")  # automatic status back, unasked, at the very end
            line.close()
        except OSError:
            pass
        finally:
            self.slips.append(received)

    def _answered(self, line: socket.socket, chunk: bytes) -> bytes:
        """The chunk without its real-time questions, which a printer answers at once and never prints."""
        for n in (1, 2, 4):
            question = bytes((0x10, 4, n))
            if question in chunk:
                chunk = chunk.replace(question, b"")
                if self.mode != "mute":
                    line.sendall(bytes((STATUS.get(self.mode, READY)[n],)))
        if self.mode != "mute" and b"\x1dr\x01" in chunk:
            line.sendall(b"\x00")
        if self.mode != "mute" and (at := chunk.find(b"\x1d(H\x06\x0000")) >= 0:
            line.sendall(b"\x37\x22" + chunk[at + 7 : at + 11] + b"\x00")
        return chunk


def main() -> None:
    parser = argparse.ArgumentParser(description="A network printer that misbehaves on demand.")
    parser.add_argument("--mode", choices=MODES, default="ok")
    parser.add_argument("--port", type=int, default=9100)
    words = parser.parse_args()
    printer = FakePrinter(words.mode, words.port)
    print(f"{printer.url} {words.mode}", flush=True)
    try:
        while True:
            time.sleep(1)
            while printer.slips:
                print(f"slip of {len(printer.slips.pop(0))} bytes", flush=True)
    except KeyboardInterrupt:
        printer.close()


if __name__ == "__main__":
    main()
