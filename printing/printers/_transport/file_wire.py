"""A way to a printer through a file of the system: /dev/usb/lp0, a serial port, a pipe."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import stat
import struct
import termios
import tty
from contextlib import suppress
from pathlib import Path
from time import sleep

_NAP_S = 0.01


class FileWire:
    """An open device. Opening it anew is the reconnect. POSIX only."""

    def __init__(self, path: str) -> None:
        """Open `path` and keep other users off. Raises OSError, also for what is no device or pipe."""
        kind = Path(path).stat().st_mode
        if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):  # to write over somebody's file would be worse
            raise OSError(errno.ENOTSUP, "this is not a device")
        self.can_hear = stat.S_ISCHR(kind)  # in a pipe we would hear ourselves
        way = os.O_RDWR if self.can_hear else os.O_WRONLY
        self._fd = os.open(path, way | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        self.is_tty = os.isatty(self._fd)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.is_tty:  # nothing in a picture may be translated or echoed
                tty.setraw(self._fd, termios.TCSANOW)
        except termios.error as fault:  # which is no OSError
            os.close(self._fd)
            raise OSError(*fault.args) from fault
        except OSError:
            os.close(self._fd)
            raise

    def fileno(self) -> int:
        return self._fd

    def read(self) -> bytes | None:
        try:
            heard = os.read(self._fd, 4096)
        except BlockingIOError:
            return None
        if not heard and not self.is_tty:  # a USB printer answers an empty packet when it has nothing to say
            sleep(_NAP_S)
            return None
        return heard

    def write(self, payload: memoryview) -> int:
        try:
            return os.write(self._fd, payload)
        except BlockingIOError:
            return 0

    def waiting(self) -> int:
        """Bytes in the port's or the pipe's buffer; a USB printer tells only whether it took the last."""
        if self.is_tty or not self.can_hear:
            asked = termios.TIOCOUTQ if self.is_tty else termios.FIONREAD
            told: int = struct.unpack("i", fcntl.ioctl(self._fd, asked, bytes(4)))[0]
            return told
        ready = select.poll()
        ready.register(self._fd, select.POLLOUT)
        return 0 if ready.poll(0) else 1

    def hang_up(self) -> bool:
        return False

    def drop(self) -> None:
        if self.is_tty:
            with suppress(termios.error):  # the port is gone, and what it held too
                termios.tcflush(self._fd, termios.TCOFLUSH)

    def close(self) -> None:
        """Let go at once: closing a serial port waits up to 30 s for bytes that a stalled printer refuses."""
        with suppress(OSError):
            if self.waiting():
                self.drop()
        os.close(self._fd)
