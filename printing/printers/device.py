"""A printer on a USB cable, by its device file (/dev/usb/lp0), or on whatever the system shows as a file."""

from __future__ import annotations

from dataclasses import dataclass

from printing.printers import mark
from printing.printers._form import setting
from printing.printers._transport.file_printer import FilePrinter, FileSettings
from printing.printers._transport.file_wire import FileWire


@dataclass(frozen=True, kw_only=True)
class DeviceSettings(FileSettings):
    """Which device file the printer has."""

    path: str = setting(
        mark("设备文件"),
        mark("插上 USB 线后出现的文件，一般是 /dev/usb/lp0。"),
        default="/dev/usb/lp0",
        place="path",
        pattern=r"/.+",
        example="/dev/usb/lp0",
    )


class DevicePrinter(FilePrinter):
    """Prints through a device file."""

    label = mark("USB 打印机（设备文件）")
    form = DeviceSettings
    settings: DeviceSettings

    def _reach(self) -> FileWire:
        return self._opened()


PRINTER = DevicePrinter
