"""The line to a printer that can be asked: a network connection, a device file or a serial port.

Everything waits here and nowhere else, and never without a deadline. That a byte was taken says little: a
stalled printer let 54 slips vanish into buffers.
"""

from __future__ import annotations

import selectors
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Protocol

_NAP_S = 0.01  # a driver that says "ready" and takes nothing must not be asked a million times a second
_PATIENCE = 10
_READY = getattr(selectors, "PollSelector", selectors.SelectSelector)  # select() ends at descriptor 1,024


class Wire(Protocol):
    """One open way to a printer. Nothing in it waits."""

    can_hear: bool

    def fileno(self) -> int:
        """What to wait on."""

    def read(self) -> bytes | None:
        """What the printer said; None when it said nothing, empty when it hung up."""

    def write(self, payload: memoryview) -> int:
        """Hand over as much as is taken at once; 0 when nothing is."""

    def waiting(self) -> int:
        """How many bytes this machine still holds for the printer, as far as it can tell."""

    def hang_up(self) -> bool:
        """Say that nothing more comes; whether the printer will hang up in turn."""

    def drop(self) -> None:
        """Forget what was not delivered, so that closing does not wait and nothing comes out later."""

    def close(self) -> None: ...


class Line:
    """One use of a wire, at most `longest_s` seconds. `accepted` counts the slip's bytes."""

    def __init__(self, wire: Wire, longest_s: float) -> None:
        self.accepted = 0
        self.heard = b""
        self.can_hear = wire.can_hear
        self.echoes = False
        """Whether what is asked comes back as it was said: then nothing that is heard is an answer."""
        self._wire = wire
        self._end = monotonic() + longest_s

    def hush(self) -> None:
        """Read away what the printer said to others: a late answer is never taken for the next slip's."""
        self.listen(lambda _: False, 0)
        self.heard = b""

    def settle(self, quiet_s: float) -> bool:
        """Let the printer finish what it says unasked, as in greeting: until it is quiet, a while at most.

        Whether it said anything.
        """
        end, has_said = monotonic() + _PATIENCE * quiet_s, False
        while self.listen(bool, quiet_s) and monotonic() < end:
            self.heard, has_said = b"", True
        self.heard = b""
        return has_said

    def ask(self, question: bytes, is_answered: Callable[[bytes], bool], within_s: float) -> bytes:
        """What the printer says to `question`, until it is answered or the time is over."""
        self.hush()
        self._push(question, within_s)
        self.listen(lambda heard: question in heard or is_answered(heard), within_s)
        self.echoes |= question in self.heard
        return self.heard

    def fill(self, payload: bytes, stall_s: float) -> None:
        """Send what is no part of the slip."""
        self._push(payload, stall_s)

    def send(self, payload: bytes, stall_s: float) -> None:
        """Send all; TimeoutError when nothing is taken for `stall_s`, OSError when the line breaks."""
        self.hush()
        self._push(payload, stall_s, counts=True)

    def flush(self, stall_s: float) -> None:
        """Wait until this machine holds nothing more; TimeoutError when that stands still for `stall_s`."""
        left, until = self._wire.waiting(), monotonic() + stall_s
        while left:
            if monotonic() > min(until, self._end):
                raise TimeoutError(f"{left} bytes still wait for the printer")
            sleep(_NAP_S)
            before, left = left, self._wire.waiting()
            until = monotonic() + stall_s if left < before else until

    def listen(self, is_enough: Callable[[bytes], bool], within_s: float) -> bool:
        """Whether what was heard was enough in time."""
        until = min(monotonic() + within_s, self._end)
        while self.can_hear and self._ready(selectors.EVENT_READ, until) and self._hear():
            if is_enough(self.heard) or monotonic() >= until:  # a printer may babble without end
                break
        return is_enough(self.heard)

    def finish(self, drain_s: float) -> None:
        """Hang up and listen until the printer does: closing with an unread byte truncates the slip.

        What became of the slip is settled by now, so whatever breaks here changes nothing.
        """
        with suppress(OSError):
            if self._wire.hang_up():
                self._end = monotonic() + drain_s
                self.listen(lambda _: False, drain_s)

    def drop(self) -> None:
        """Give up what was not delivered."""
        with suppress(OSError):
            self._wire.drop()

    def close(self) -> None:
        """Let go of the wire."""
        self._wire.close()

    def _push(self, payload: bytes, stall_s: float, counts: bool = False) -> None:
        left, until = memoryview(payload), monotonic() + stall_s
        while left:
            if monotonic() > min(until, self._end):
                raise TimeoutError("the printer takes nothing")
            ready = self._ready(selectors.EVENT_READ | selectors.EVENT_WRITE, min(until, self._end))
            if ready & selectors.EVENT_READ and not self._hear():
                raise ConnectionResetError("the printer hung up")
            taken = self._wire.write(left) if ready & selectors.EVENT_WRITE else 0
            if taken:
                left, until = left[taken:], monotonic() + stall_s
                self.accepted += taken if counts else 0
            elif ready & selectors.EVENT_WRITE:
                sleep(_NAP_S)

    def _ready(self, events: int, until: float) -> int:
        """Which of `events` the wire is ready for; 0 at `until`."""
        with _READY() as waiting:
            waiting.register(self._wire, events if self.can_hear else selectors.EVENT_WRITE)
            ready = waiting.select(max(0.0, until - monotonic()))
        return ready[0][1] if ready else 0

    def _hear(self) -> bool:
        """Whether the printer is still on the line."""
        heard = self._wire.read()
        self.heard += heard or b""
        return heard != b""
