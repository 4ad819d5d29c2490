"""What printers have in common that can be asked and that answer: network, device file, serial port."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PIL import Image

from printing.answers import split, status_of_automatic, status_of_states
from printing.escpos import (
    ASK_AUTOMATIC,
    ASK_WHEN_READ,
    BAND_ROWS,
    STOP_AUTOMATIC,
    ask_state,
    ask_when_printed,
    encode,
)
from printing.printers import CAN_PRINT, Outcome, Printer, Status, mark
from printing.printers._form import setting
from printing.printers._transport.known import Known, known
from printing.printers._transport.line import Line, Wire
from printing.printers._transport.probe import Probed, probe

FILLER = bytes(BAND_ROWS * 72 + 72)
"""As long as the longest band of a picture, of NULs, which a printer skips outside of one."""


@dataclass(frozen=True, kw_only=True)
class TalkSettings:
    """How a slip is confirmed, and how long the printer is waited for; `_s` are seconds."""

    confirm: str = setting(
        mark("怎样确认打出来了"),
        mark("不清楚就选“自动”，再运行一次 kiosk printer probe。"),
        default="auto",
        choices=(
            ("auto", mark("自动")),
            ("process_id", mark("打到纸上才回答（较新的打印机）")),
            ("gs_r", mark("收完数据就回答（多数打印机）")),
            ("none", mark("打印机从不回答")),
        ),
    )
    stall_s: float = setting(
        mark("打印机停着不收数据，最多等几秒"), default=5.0, low=0.1, high=30, is_rare=True
    )
    confirm_s: float = setting(mark("最多等几秒回答"), default=8.0, low=0.1, high=30, is_rare=True)
    status_s: float = setting(mark("问状态最多等几秒"), default=0.5, low=0.05, high=5, is_rare=True)
    longest_s: float = setting(mark("一张小票最多用几秒"), default=40.0, low=0.1, high=50, is_rare=True)
    drain_s: float = setting(mark("打完后再听几秒才断开"), default=0.5, low=0.05, high=5, is_rare=True)


class TalkingPrinter(Printer):
    """Asks how the printer is, sends, and waits until the printer confirms; a kind says how to reach it."""

    settings: TalkSettings
    _broke_off = False

    @abstractmethod
    def _reach(self) -> Wire:
        """Open the way to the printer within a deadline. Raises OSError."""

    def print(self, job: str, image: Image.Image) -> Outcome:
        """Ask, send, wait for the answer, hang up."""
        slip = encode(image)
        try:
            with self._line() as line:
                return self._printed(line, job, slip)
        except OSError as fault:
            return Outcome("failed", 0, _told(fault))

    def status(self) -> Status:
        """Ask on a line of its own; `unknown` when the printer does not answer."""
        try:
            with self._line() as line:
                status = self._asked(line)
                line.finish(self.settings.drain_s)
                return status
        except OSError:
            return "offline"

    def probe(self) -> Probed:
        """Find out what the printer answers, without printing. Raises OSError when it cannot be reached."""
        with self._line() as line:
            found = probe(line, self.settings.status_s)
            line.finish(self.settings.drain_s)
            return found

    @contextmanager
    def _line(self) -> Iterator[Line]:
        line = Line(self._reach(), self.settings.longest_s)
        try:
            yield line
        finally:
            line.close()

    def _printed(self, line: Line, job: str, slip: bytes) -> Outcome:
        question, is_answered = self._question(job, line.can_hear)
        try:
            status = self._asked(line)
            if status not in CAN_PRINT:
                line.finish(self.settings.drain_s)
                return Outcome("failed", 0, status)
            self._send(line, slip + question)
            if is_answered is None:  # nobody will say so, but what still waits here is surely not printed
                line.flush(self.settings.stall_s)
            elif not line.listen(is_answered, self.settings.confirm_s):
                return self._unanswered(line)
        except OSError as fault:
            self._broke_off |= line.accepted > 0
            line.drop()
            return Outcome("failed", line.accepted, _told(fault))
        line.finish(self.settings.drain_s)
        return Outcome("printed", line.accepted)

    def _send(self, line: Line, payload: bytes) -> None:
        if self._broke_off:  # the printer may still wait for the rest of a picture, and take this for it
            line.fill(FILLER, self.settings.stall_s)
        line.send(payload, self.settings.stall_s)
        self._broke_off = False

    def _unanswered(self, line: Line) -> Outcome:
        why = status_of_automatic(split(line.heard).automatic)
        with suppress(OSError):
            why = self._asked(line) if why == "unknown" else why
        line.finish(self.settings.drain_s)
        return Outcome("unconfirmed", line.accepted, f"the printer took the slip and did not answer: {why}")

    @property
    def _known(self) -> Known:
        return known(self.out, self.url)

    def _question(self, job: str, can_hear: bool) -> tuple[bytes, Callable[[bytes], bool] | None]:
        confirm = self._known.confirm if self.settings.confirm == "auto" else self.settings.confirm
        if confirm == "none" or not can_hear:
            return b"", None
        if confirm == "gs_r":
            return ASK_WHEN_READ, lambda heard: bool(split(heard).papers)
        tag = f"{int(job) % 10_000:04d}".encode() if job.isdecimal() else b"0000"
        return ask_when_printed(tag), lambda heard: tag in split(heard).tags

    def _asked(self, line: Line) -> Status:
        """How the printer is, by the questions that it is known to answer."""
        if self.settings.confirm == "none" or not line.can_hear:
            return "unknown"
        if numbers := self._known.states:
            return self._states_asked(line, numbers)
        return self._automatic_asked(line) if self._known.automatic else "unknown"

    def _states_asked(self, line: Line, numbers: tuple[int, ...]) -> Status:
        def all_told(heard: bytes) -> bool:
            return len(split(heard).states) >= len(numbers)

        heard = line.ask(ask_state(*numbers), all_told, self.settings.status_s)
        if not all_told(heard):
            return "unknown"  # with one answer missing nobody can tell which it is
        return status_of_states(dict(zip(numbers, split(heard).states, strict=False)))

    def _automatic_asked(self, line: Line) -> Status:
        question = ASK_AUTOMATIC + STOP_AUTOMATIC
        heard = line.ask(question, lambda heard: bool(split(heard).automatic), self.settings.status_s)
        return status_of_automatic(split(heard).automatic)


def _told(fault: OSError) -> str:
    return f"{type(fault).__name__}: {fault.strerror or fault}"
