"""A printer that Windows has installed, through its print spooler (winspool.drv), as raw bytes.

Written from Microsoft's reference and tried against a stand-in for the library; it has not run on Windows.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from printing.printers import Status, mark
from printing.printers._form import setting
from printing.printers._transport.deadline import within
from printing.printers._transport.queued import NotTaken, Progress, QueuedPrinter, QueueSettings

Result = TypeVar("Result")

_PRINTER: tuple[tuple[int, Status], ...] = (
    (0x0040_0000, "cover_open"),
    (0x0000_0010, "paper_out"),
    (0x0010_004A, "error"),  # user intervention, paper problem, jam, error
    (0x0000_1081, "offline"),  # not available, offline, paused
)
"""PRINTER_STATUS_* bits, the gravest first."""

_PRINTED = 0x1080  # JOB_STATUS_COMPLETE, JOB_STATUS_PRINTED
_DELETED = 0x0104  # JOB_STATUS_DELETED, JOB_STATUS_DELETING
_CANCEL = 3  # JOB_CONTROL_CANCEL, of SetJob
_NO_SUCH_JOB = 87  # ERROR_INVALID_PARAMETER, of GetJob


class DocInfo(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("kind", wintypes.LPWSTR))


class JobInfo(ctypes.Structure):
    """JOB_INFO_1W, as far as the status."""

    _fields_ = (
        ("number", wintypes.DWORD),
        ("texts", wintypes.LPVOID * 6),
        ("status", wintypes.DWORD),
    )


@dataclass(frozen=True, kw_only=True)
class WindowsSettings(QueueSettings):
    """Which printer."""

    queue: str = setting(
        mark("打印机的名字"),
        mark("和 Windows“打印机和扫描仪”里的名字一样。"),
        place="path",
        pattern=r".+",
        example="XP-80C",
    )


class WindowsPrinter(QueuedPrinter):
    """Prints through the Windows spooler; `library` is winspool.drv or what stands in for it."""

    label = mark("Windows 打印机")
    system = "nt"
    form = WindowsSettings
    settings: WindowsSettings

    def __init__(self, settings: WindowsSettings, url: str, out: Path, library: Any = None) -> None:
        super().__init__(settings, url, out)
        self._library = library

    def status(self) -> Status:
        """What the spooler says of the printer; most drivers say little."""
        try:
            bits = self._with_printer(self._printer_bits)
        except TimeoutError:
            return "unknown"
        except OSError:
            return "offline"
        return next((status for mask, status in _PRINTER if bits & mask), "ready")

    def _submit(self, title: str, content: bytes) -> str:
        return str(self._with_printer(lambda handle: self._written(handle, title, content)))

    def _progress(self, number: str) -> Progress:
        bits = self._with_printer(lambda handle: self._job_bits(handle, int(number)))
        if bits is None or bits & _PRINTED:  # a job that is done leaves the queue
            return "done"
        return "gone" if bits & _DELETED else "waiting"

    def _take_back(self, number: str) -> None:
        self._with_printer(lambda handle: self._call("SetJobW", handle, int(number), 0, None, _CANCEL))

    def _with_printer(self, act: Callable[[wintypes.HANDLE], Result]) -> Result:
        def opened() -> Result:
            with self._opened() as handle:
                return act(handle)

        return within(self.settings.command_s, opened)

    @contextmanager
    def _opened(self) -> Iterator[wintypes.HANDLE]:
        handle = wintypes.HANDLE()
        self._call("OpenPrinterW", ctypes.c_wchar_p(self.settings.queue), ctypes.byref(handle), None)
        try:
            yield handle
        finally:
            self._call("ClosePrinter", handle)

    def _printer_bits(self, handle: wintypes.HANDLE) -> int:
        bits = wintypes.DWORD()  # PRINTER_INFO_6 is this one number
        self._call("GetPrinterW", handle, 6, ctypes.byref(bits), 4, ctypes.byref(wintypes.DWORD()))
        return int(bits.value)

    def _job_bits(self, handle: wintypes.HANDLE, number: int) -> int | None:
        """The job's status; None when the queue has no such job any more."""
        room = ctypes.create_string_buffer(4096)  # the texts that the structure points to follow it
        try:
            self._call("GetJobW", handle, number, 1, room, len(room), ctypes.byref(wintypes.DWORD()))
        except OSError as fault:
            if fault.errno == _NO_SUCH_JOB:
                return None
            raise
        return int(JobInfo.from_buffer(room).status)

    def _written(self, handle: wintypes.HANDLE, title: str, content: bytes) -> int:
        document = DocInfo(title, None, "RAW")
        try:
            number = self._call("StartDocPrinterW", handle, 1, ctypes.byref(document))
        except OSError as fault:
            raise NotTaken(str(fault)) from fault
        try:
            taken = wintypes.DWORD()
            self._call("StartPagePrinter", handle)
            self._call("WritePrinter", handle, content, len(content), ctypes.byref(taken))
            if taken.value != len(content):
                raise OSError(f"the spooler took {taken.value} of {len(content)} bytes")
            self._call("EndPagePrinter", handle)
        except OSError:
            self._call("SetJobW", handle, number, 0, None, _CANCEL)
            raise
        finally:
            self._call("EndDocPrinter", handle)
        return number

    def _call(self, name: str, *given: Any) -> int:
        """A function of the library. Raises OSError with Windows' number when it answers 0."""
        library = self._library = self._library or _winspool()
        answer = int(getattr(library, name)(*given))
        if answer == 0:
            number = getattr(ctypes, "get_last_error", lambda: 0)()
            raise OSError(number, f"{name} failed with error {number}")
        return answer


def _winspool() -> Any:
    if sys.platform != "win32":
        raise OSError("there is no Windows spooler here")
    return ctypes.WinDLL("winspool.drv", use_last_error=True)


PRINTER = WindowsPrinter
