"""A printer on a serial port (RS-232), also one behind a USB adapter.

Slow: a slip is about 45 KB, 12 s at 38,400 baud and 47 s at 9,600. The printer's own switches decide.
"""

from __future__ import annotations

import termios
from dataclasses import dataclass

from printing.printers import mark
from printing.printers._form import setting
from printing.printers._transport.file_printer import FilePrinter, FileSettings
from printing.printers._transport.file_wire import FileWire

BAUDS = ("9600", "19200", "38400", "57600", "115200")
_I_FLAGS, _C_FLAGS, _I_SPEED, _O_SPEED = 0, 2, 4, 5  # places in what termios.tcgetattr gives


@dataclass(frozen=True, kw_only=True)
class SerialSettings(FileSettings):
    """The port and how it speaks; eight bits and one stop bit always."""

    path: str = setting(
        mark("串口"),
        mark("例如 /dev/ttyS0；USB 转串口线一般是 /dev/ttyUSB0。"),
        default="/dev/ttyS0",
        place="path",
        pattern=r"/.+",
        example="/dev/ttyUSB0",
    )
    baud: str = setting(
        mark("速度（波特率）"),
        mark("要和打印机自检页上写的一样，越快越好。"),
        default="19200",
        choices=tuple((baud, baud) for baud in BAUDS),
    )
    flow: str = setting(
        mark("流控"),
        mark("打印机写着 DTR/DSR 的，也选第一项。"),
        default="rts_cts",
        choices=(("rts_cts", "RTS/CTS"), ("xon_xoff", "XON/XOFF"), ("none", mark("没有"))),
    )
    parity: str = setting(
        mark("校验"),
        default="none",
        choices=(("none", mark("没有")), ("even", mark("偶校验")), ("odd", mark("奇校验"))),
        is_rare=True,
    )
    stall_s: float = setting(
        mark("打印机停着不收数据，最多等几秒"), default=10.0, low=0.1, high=30, is_rare=True
    )
    longest_s: float = setting(mark("一张小票最多用几秒"), default=50.0, low=0.1, high=55, is_rare=True)


class SerialPrinter(FilePrinter):
    """Prints through a serial port."""

    label = mark("串口打印机")
    form = SerialSettings
    settings: SerialSettings

    def _reach(self) -> FileWire:
        wire = self._opened()
        try:
            set_up(wire.fileno(), self.settings)
        except OSError:
            wire.close()
            raise
        return wire


def set_up(fd: int, settings: SerialSettings) -> None:
    """Give the port the settings' speed, flow control and parity. Raises OSError for what is no port."""
    try:
        told = termios.tcgetattr(fd)
        told[_I_SPEED] = told[_O_SPEED] = getattr(termios, f"B{settings.baud}")
        told[_C_FLAGS] &= ~(termios.CRTSCTS | termios.PARENB | termios.PARODD | termios.CSTOPB)
        told[_C_FLAGS] |= termios.CLOCAL | termios.CREAD | _bits(settings)
        told[_I_FLAGS] &= ~(termios.IXON | termios.IXOFF | termios.IXANY)
        told[_I_FLAGS] |= termios.IXON if settings.flow == "xon_xoff" else 0
        termios.tcsetattr(fd, termios.TCSANOW, told)
    except termios.error as fault:  # which is no OSError
        raise OSError(*fault.args) from fault


def _bits(settings: SerialSettings) -> int:
    hardware = termios.CRTSCTS if settings.flow == "rts_cts" else 0
    parity = {"none": 0, "even": termios.PARENB, "odd": termios.PARENB | termios.PARODD}[settings.parity]
    return hardware | parity


PRINTER = SerialPrinter
