"""A network printer on raw port 9100 (AppSocket): one connection a slip, a deadline on every wait.

That `send` returned says nothing: a stalled printer let 54 slips vanish into buffers. So the send buffer is
kept small, and the printer is asked a question that it answers only after it has taken in the slip.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from select import select
from time import monotonic

from PIL import Image

from printing.escpos import ASK_STATUS, ASK_WHEN_READ, ask_when_printed, encode, printed_answer
from printing.printers import Outcome, Printer, Status, mark
from printing.printers._form import setting
from printing.printers._talk import TalkSettings

SEND_BUFFER = 8 * 1024


@dataclass(frozen=True, kw_only=True)
class TcpSettings(TalkSettings):
    """Where the printer is on the network."""

    host: str = setting(
        mark("网络地址"),
        mark("打印机自检页上的 IP 地址。请在路由器上把它固定下来，不要让它变。"),
        place="host",
        pattern=r"[^\s/?#@\[\]]+",
        example="192.168.1.50",
    )
    port: int = setting(mark("端口"), mark("几乎总是 9100。"), default=9100, low=1, high=65535, place="port")
    connect_s: float = setting(mark("连接最多等几秒"), default=3.0, low=0.1, high=20, is_rare=True)


class TcpPrinter(Printer):
    """Prints over TCP."""

    label = mark("网络打印机（网线或 Wi-Fi）")
    form = TcpSettings
    settings: TcpSettings

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Ask, send, wait for the answer, half-close, drain, close."""
        line = self._connect()
        if isinstance(line, str):
            return Outcome("failed", 0, line)
        try:
            return self._sent(line, job, image)
        finally:
            line.close()

    def status(self) -> Status:
        """Ask on a connection of its own; `unknown` when the printer does not answer."""
        line = self._connect()
        if isinstance(line, str):
            return "offline"
        try:
            return line.status(self.settings.status_s)
        except OSError:
            return "offline"
        finally:
            line.close()

    def _connect(self) -> _Line | str:
        try:
            return _Line(self.settings)
        except (OSError, UnicodeError) as fault:
            return f"no connection to {self.settings.host}:{self.settings.port}: {fault}"

    def _sent(self, line: _Line, job: str, image: Image.Image) -> Outcome:
        asked, answer = self._question(job)
        slip = encode(image)
        try:
            if self.settings.confirm != "none":
                status = line.status(self.settings.status_s)
                if status not in ("ready", "paper_low", "unknown"):
                    return Outcome("failed", 0, status)
            line.send(slip + asked, self.settings.stall_s)
            if answer is not None and not line.wait_for(answer, self.settings.confirm_s):
                return Outcome("unconfirmed", line.accepted, "the printer took the slip and did not answer")
        except OSError as fault:
            return Outcome("failed", line.accepted, f"{type(fault).__name__}: {fault.strerror or fault}")
        line.finish(self.settings.drain_s)
        return Outcome("printed", line.accepted)

    def _question(self, job: str) -> tuple[bytes, Callable[[bytes], bool] | None]:
        if self.settings.confirm == "process_id":
            tag = f"{int(job) % 10_000:04d}".encode() if job.isdigit() else b"0000"
            return ask_when_printed(tag), lambda heard: printed_answer(tag) in heard
        if self.settings.confirm in ("auto", "gs_r"):
            return ASK_WHEN_READ, has_gs_r_answer
        return b"", None


class _Line:
    """One connection that never waits without a deadline. `accepted` counts the slip's bytes."""

    def __init__(self, settings: TcpSettings) -> None:
        self.accepted = 0
        self._heard = b""
        self._end = monotonic() + settings.longest_s
        self._socket = _connected(settings)

    def status(self, within_s: float) -> Status:
        """Ask DLE EOT; `unknown` unless all three answers come."""
        self._push(ASK_STATUS, within_s)
        self._listen_until(lambda heard: len(heard) >= 3, within_s)
        answers, self._heard = self._heard[:3], b""
        return read_status(answers)

    def send(self, payload: bytes, stall_s: float) -> None:
        """Send all; TimeoutError when the printer takes nothing for `stall_s`."""
        self._push(payload, stall_s, count=True)

    def wait_for(self, is_answered: Callable[[bytes], bool], within_s: float) -> bool:
        """Whether the answer came in time."""
        return self._listen_until(is_answered, within_s)

    def finish(self, within_s: float) -> None:
        """Half-close and read to the end: closing with an unread byte resets the line.

        The slip is settled by now, so a printer that resets or keeps its side open changes nothing.
        """
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._listen_until(lambda _: False, within_s)

    def close(self) -> None:
        self._socket.close()

    def _push(self, payload: bytes, stall_s: float, count: bool = False) -> None:
        left = memoryview(payload)
        while left:
            wait_s = min(stall_s, max(0.0, self._end - monotonic()))
            readable, writable, _ = select([self._socket], [self._socket], [], wait_s)
            if readable and not self._hear():
                raise ConnectionResetError("the printer closed the line")
            if self._end < monotonic():
                raise TimeoutError("the slip took too long")
            if writable:
                taken = self._socket.send(left)
                left = left[taken:]
                self.accepted += taken if count else 0
            elif not readable:
                raise TimeoutError(f"the printer took nothing for {stall_s} s")

    def _listen_until(self, is_enough: Callable[[bytes], bool], within_s: float) -> bool:
        end = monotonic() + within_s
        while not is_enough(self._heard):
            readable, _, _ = select([self._socket], [], [], max(0.0, end - monotonic()))
            if not readable or not self._hear():
                return False
        return True

    def _hear(self) -> bool:
        heard = self._socket.recv(4096)
        self._heard += heard
        return bool(heard)


def _connected(settings: TcpSettings) -> socket.socket:
    where = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    line = socket.socket(where[0], where[1])
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    line.settimeout(settings.connect_s)
    try:
        line.connect(where[4])
    except OSError:
        line.close()
        raise
    line.setblocking(False)
    return line


def has_gs_r_answer(heard: bytes) -> bool:
    """Whether the answer to GS r is among what a printer sent.

    It is told by its fixed bits from automatic status (four bytes, the first 0xx1xx00) and from a late answer
    to DLE EOT (0xx1xx10).
    """
    at = 0
    while at < len(heard):
        if heard[at] & 0x93 == 0x10:
            at += 4
        elif heard[at] & 0x90 == 0:
            return True
        else:
            at += 1
    return False


def read_status(answers: bytes) -> Status:
    """What the answers to DLE EOT 1, 2 and 4 mean together; `unknown` when one is missing."""
    if len(answers) < 3:
        return "unknown"
    state, why, paper = answers
    found: tuple[tuple[int, Status], ...] = (
        (why & 0x04, "cover_open"),
        (paper & 0x60 or why & 0x20, "paper_out"),
        (why & 0x40, "error"),
        (state & 0x08, "offline"),
        (paper & 0x0C, "paper_low"),
    )
    return next((status for bits, status in found if bits), "ready")


PRINTER = TcpPrinter
