"""What printers have in common that can be asked and that answer: network, device file, serial port."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING

from printing.answers import split, status_of_automatic, status_of_states
from printing.escpos import (
    ASK_AUTOMATIC,
    ASK_WHEN_READ,
    BAND_ROWS,
    RESET,
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

if TYPE_CHECKING:
    from PIL import Image


GREETING_S = 0.05
"""Seconds of quiet before the first question, and before one that is asked again."""

FILLER = bytes(BAND_ROWS * 72 + 72)
"""As long as the longest band of a picture, of NULs, which a printer skips outside of one."""

ECHO = "it only repeats what it is sent, as no printer does"


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
    _may_greet = True
    """Until it was quiet once, and again after anything odd: it is listened to before the first question."""

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
            return self._status()
        except ConnectionError:  # a printer takes one caller at a time, and may be at work for another
            sleep(GREETING_S)
        except OSError:
            return "offline"
        try:
            return self._status()
        except OSError:
            return "offline"

    def _status(self) -> Status:
        with self._line() as line:
            status = self._asked(line)
            line.finish(self.settings.drain_s)
            return status

    def probe(self) -> Probed:
        """Find out what the printer answers, without printing. Raises OSError when it cannot be reached."""
        with self._line() as line:
            line.settle(GREETING_S)
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
                line.listen(_is_echo, 0)
            elif not line.listen(_answered(line, question, is_answered), self.settings.confirm_s):
                return self._unanswered(line)
        except OSError as fault:
            self._broke_off |= line.accepted > 0
            line.drop()
            return Outcome("failed", line.accepted, _told(fault))
        is_echo = _is_echo(line.heard)
        line.finish(self.settings.drain_s)
        return Outcome("unconfirmed", line.accepted, ECHO) if is_echo else Outcome("printed", line.accepted)

    def _send(self, line: Line, payload: bytes) -> None:
        if self._broke_off:  # the printer may still wait for the rest of a picture, and take this for it
            line.fill(FILLER, self.settings.stall_s)
        line.send(payload, self.settings.stall_s)
        self._broke_off = False

    def _unanswered(self, line: Line) -> Outcome:
        if line.echoes or _is_echo(line.heard):
            return Outcome("unconfirmed", line.accepted, ECHO)
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
        """How the printer is, by the questions that it is known to answer.

        A fault is believed when it is said twice, and so is what came among other bytes: the first ones may
        be a greeting, or meant for another host. One that was quiet is not listened to before its next slip:
        50 ms of the 67 from a tap to the slip's first byte.
        """
        if self.settings.confirm == "none" or not line.can_hear:
            return "unknown"
        if self._may_greet:
            self._may_greet = line.settle(GREETING_S)
        status = self._asked_once(line)
        if status is None or status not in CAN_PRINT:
            self._may_greet = True
            line.settle(GREETING_S)
            status = self._asked_once(line)
        return status or "unknown"

    def _asked_once(self, line: Line) -> Status | None:
        """None for an answer that cannot be one."""
        if numbers := self._known.states:
            return self._states_asked(line, numbers)
        return self._automatic_asked(line) if self._known.automatic else "unknown"

    def _states_asked(self, line: Line, numbers: tuple[int, ...]) -> Status | None:
        def all_told(heard: bytes) -> bool:
            return len(split(heard).states) >= len(numbers)

        told = split(line.ask(ask_state(*numbers), all_told, self.settings.status_s))
        if line.echoes or len(told.states) > len(numbers) or not told.are_states_alone:
            return None
        if len(told.states) < len(numbers):
            return "unknown"  # with one answer missing nobody can tell which it is
        return status_of_states(dict(zip(numbers, told.states, strict=True)))

    def _automatic_asked(self, line: Line) -> Status | None:
        question = ASK_AUTOMATIC + STOP_AUTOMATIC
        told = split(line.ask(question, lambda heard: bool(split(heard).automatic), self.settings.status_s))
        if line.echoes or not told.are_states_alone:
            return None
        return status_of_automatic(told.automatic)


def _answered(line: Line, question: bytes, is_answered: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    def answered(heard: bytes) -> bool:
        return not (line.echoes or _is_echo(heard) or question in heard) and is_answered(heard)

    return answered


def _is_echo(heard: bytes) -> bool:
    """Whether the beginning of a slip came back: no printer says that."""
    return RESET in heard


def _told(fault: OSError) -> str:
    return f"{type(fault).__name__}: {fault.strerror or fault}"
