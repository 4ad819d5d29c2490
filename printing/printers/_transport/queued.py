"""What the print queues of a system have in common: hand a slip over, follow it, take it back in time."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Literal

from printing.escpos import encode
from printing.printers import CAN_PRINT, Outcome, Printer, mark
from printing.printers._form import setting

if TYPE_CHECKING:
    from PIL import Image


Progress = Literal["waiting", "done", "gone"]
_LOOK_S = 0.1


class NotTaken(Exception):
    """The queue did not take the slip: nothing can come out of it."""


@dataclass(frozen=True, kw_only=True)
class QueueSettings:
    """How long the system's queue is waited for, in seconds."""

    command_s: float = setting(mark("打印系统最多等几秒"), default=5.0, low=0.1, high=10, is_rare=True)
    confirm_s: float = setting(mark("一张小票最多等几秒打完"), default=20.0, low=0.1, high=30, is_rare=True)


class QueuedPrinter(Printer):
    """Hands slips to a queue of the system. What is not done in time is taken back: no stale slips later."""

    settings: QueueSettings

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Hand over, follow, and say what became of it."""
        status = self.status()
        if status not in CAN_PRINT:
            return Outcome("failed", 0, status)
        content = self._content(image)
        try:
            number = self._submit(f"Linli {job}", content)
        except NotTaken as fault:
            return Outcome("failed", 0, str(fault))
        except OSError as fault:  # cut off in the middle: the queue may have it
            return Outcome("unconfirmed", len(content), f"{type(fault).__name__}: {fault}")
        return self._followed(number, len(content))

    def _content(self, image: Image.Image) -> bytes:
        return encode(image)

    @abstractmethod
    def _submit(self, title: str, content: bytes) -> str:
        """Put a slip into the queue; its number there. Raises NotTaken, OSError when nobody can tell."""

    @abstractmethod
    def _progress(self, number: str) -> Progress:
        """How far a slip is: waiting, done, or gone from the queue without being done. Raises OSError."""

    @abstractmethod
    def _take_back(self, number: str) -> None:
        """Take a slip out of the queue. Raises OSError."""

    def _followed(self, number: str, size: int) -> Outcome:
        end = monotonic() + self.settings.confirm_s
        try:
            while (progress := self._progress(number)) == "waiting" and monotonic() < end:
                sleep(_LOOK_S)
            if progress == "waiting":
                self._take_back(number)
        except OSError as fault:
            return Outcome("unconfirmed", size, f"the print queue: {fault}")
        if progress == "done":
            return Outcome("printed", size)
        return Outcome("unconfirmed", size, f"the print queue did not finish it: {progress}")
