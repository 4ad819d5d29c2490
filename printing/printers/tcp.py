"""A network printer on raw port 9100 (AppSocket): one connection a slip."""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from printing.printers import mark
from printing.printers._form import setting
from printing.printers._transport.deadline import within
from printing.printers._transport.talk import TalkingPrinter, TalkSettings

SEND_BUFFER = 8 * 1024  # what waits in this machine is not known to the printer: keep it small


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
    connect_s: float = setting(mark("连接最多等几秒"), default=3.0, low=0.1, high=5, is_rare=True)


class TcpPrinter(TalkingPrinter):
    """Prints over TCP."""

    label = mark("网络打印机（网线或 Wi-Fi）")
    form = TcpSettings
    settings: TcpSettings

    def _reach(self) -> TcpWire:
        end = monotonic() + self.settings.connect_s
        fault: OSError = OSError("the name has no address")
        for family, _, _, _, address in resolved(self.settings.host, self.settings.port, end - monotonic()):
            try:
                return TcpWire(_connected(family, address, end - monotonic()))
            except OSError as failed:
                fault = failed
        raise fault


class TcpWire:
    """A connection."""

    can_hear = True

    def __init__(self, line: socket.socket) -> None:
        self._socket = line

    def fileno(self) -> int:
        return self._socket.fileno()

    def read(self) -> bytes | None:
        try:
            return self._socket.recv(4096)
        except BlockingIOError:
            return None

    def write(self, payload: memoryview) -> int:
        try:
            return self._socket.send(payload)
        except BlockingIOError:
            return 0

    def waiting(self) -> int:
        """What the printer has not acknowledged (SIOCOUTQ); only Linux tells."""
        if sys.platform != "linux":
            return 0
        from fcntl import ioctl
        from termios import TIOCOUTQ

        told: int = struct.unpack("i", ioctl(self.fileno(), TIOCOUTQ, bytes(4)))[0]
        return told

    def hang_up(self) -> bool:
        self._socket.shutdown(socket.SHUT_WR)
        return True

    def drop(self) -> None:
        """Make closing a reset: the kernel would go on delivering half a slip for a quarter of an hour."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def close(self) -> None:
        self._socket.close()


def resolved(host: str, port: int, within_s: float) -> list[Any]:
    """The addresses of `host`, as getaddrinfo gives them.

    Raises OSError for a name that does not exist, TimeoutError when no name server answered in time.
    """
    with suppress(OSError, UnicodeError):
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    try:
        return within(within_s, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except UnicodeError as fault:  # no name can have this form
        raise OSError(str(fault)) from fault


def _connected(family: int, address: Any, within_s: float) -> socket.socket:
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        line.settimeout(max(0.01, within_s))
        line.connect(address)
    except OSError:
        line.close()
        raise
    line.setblocking(False)
    return line


PRINTER = TcpPrinter
