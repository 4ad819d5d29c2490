"""The inside of a receipt printer: reads ESC/POS as the machine does, answers, and keeps what it printed.

Real-time commands act wherever their bytes stand, inside a picture too, and are gone from it. A command that
is not complete waits for the rest, over connections too: a picture that broke off eats what comes next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageOps

MODES = (
    "ok", "mute", "slow", "stall", "reset", "paper-out", "paper-out-midway", "cover-open", "near-end",
    "cutter-error", "echo",
)  # fmt: skip
ANSWERS = frozenset({"state", "automatic", "gs_r", "process_id", "name"})
READY = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}
STATES = {
    "paper-out": {1: 0x1E, 2: 0x32, 4: 0x7E},
    "cover-open": {1: 0x1E, 2: 0x16},
    "near-end": {4: 0x1E},
    "cutter-error": {1: 0x1E, 2: 0x52, 3: 0x1A},
}
AUTOMATIC = {
    "paper-out": b"\x1c\x00\x0f\x0f",
    "cover-open": b"\x3c\x00\x00\x0f",
    "near-end": b"\x14\x00\x03\x0f",
    "cutter-error": b"\x1c\x08\x00\x0f",
}
AUTOMATIC_READY = b"\x14\x00\x00\x0f"
OFFLINE = ("paper-out", "cover-open", "cutter-error")
MIDWAY = 4096
NAMES = {65: "1.00", 66: "LINLI", 67: "FAKE-80"}

_REAL_TIME = re.compile(
    rb"\x10\x04([\x01-\x08])|\x10\x05[\x00-\x03]|\x10\x14\x01..|\x10\x14[\x02\x08].{7}", re.S
)
_BEGUN = re.compile(rb"\x10(?:[\x04\x05]|\x14.{0,8})?\Z", re.S)
# how many bytes follow the two of a command; those that carry their own length are in _length
_TAIL = {
    b"\x1b": dict.fromkeys(b"!-3=EGJMRTUVadert{ ", 1) | dict.fromkeys(b"$\\cB", 2) | {0x70: 3, 0x57: 8},
    b"\x1c": dict.fromkeys(b"!-W", 1) | {0x53: 2, 0x70: 2},
    b"\x1d": dict.fromkeys(b"!BHIabfhrwT/", 1) | dict.fromkeys(b"$LPW\\", 2) | {0x5E: 3},
}


@dataclass(frozen=True)
class Sheet:
    """A slip that was cut off: the bytes that made it, its picture (black on white), its letters."""

    raw: bytes
    picture: Image.Image
    letters: bytes


@dataclass
class Mechanism:
    """`answers` is what this printer answers; `since_cut` how many bytes came after the last cut."""

    mode: str = "ok"
    answers: frozenset[str] = ANSWERS
    sheets: list[Sheet] = field(default_factory=list)
    since_cut: int = 0

    def __post_init__(self) -> None:
        self._held = b""
        self._buffer = b""
        self._is_telling = False
        self._begin()

    def feed(self, chunk: bytes) -> bytes:
        """Take bytes in and give the answers back."""
        if self.mode == "echo":
            return chunk
        self.since_cut += len(chunk)
        if self.mode == "paper-out-midway" and self.since_cut >= MIDWAY:
            self.mode = "paper-out"
        stream = self._held + chunk
        begun = _BEGUN.search(stream)
        cut_at = begun.start() if begun else len(stream)
        self._held, stream = stream[cut_at:], stream[:cut_at]
        answers = b"".join(self._state(int(found[1][0])) for found in _REAL_TIME.finditer(stream) if found[1])
        self._buffer += _REAL_TIME.sub(b"", stream)
        answers += b"".join(self._obey())
        return answers if self.mode != "mute" else b""

    def become(self, mode: str) -> bytes:
        """Change the mode, as by a hand on the cover; gives automatic status and what was waiting."""
        self.mode = mode
        told = self._automatic() if self._is_telling else b""
        return told + b"".join(self._obey())

    @property
    def torn(self) -> bytes:
        """What was printed after the last cut."""
        return bytes(self._raw)

    def _begin(self) -> None:
        self._raw = bytearray()
        self._rows: list[tuple[int, bytes]] = []
        self._letters = bytearray()

    def _obey(self) -> Iterator[bytes]:
        """Print what the buffer holds, as far as it is complete, unless the printer is offline."""
        while self._buffer and self.mode not in OFFLINE:
            length = _length(self._buffer)
            if length is None or len(self._buffer) < length:
                return
            command, self._buffer = self._buffer[:length], self._buffer[length:]
            yield self._done(command)

    def _done(self, command: bytes) -> bytes:
        if command == b"\x00":  # means nothing, outside of a picture
            return b""
        answer = self._answer(command)
        if answer is not None:
            return answer
        self._raw += command
        if command[:3] == b"\x1dv0":
            self._rows.append((int.from_bytes(command[4:6], "little"), command[8:]))
        elif command == b"\x1b@":
            self._letters.clear()
        elif command[:2] == b"\x1dV":
            self._cut()
        elif len(command) == 1 and command >= b" ":
            self._letters += command
        return b""

    def _answer(self, command: bytes) -> bytes | None:
        """What the printer says to a question; None for what is no question."""
        start = command[:2]
        if start == b"\x1dr":
            paper = b"\x03" if self.mode == "near-end" else b"\x00"
            return paper if "gs_r" in self.answers else b""
        if start == b"\x1da":
            self._is_telling = command[2] != 0
            return self._automatic() if self._is_telling else b""
        if start == b"\x1dI":
            name = NAMES.get(command[2], "").encode()
            return b"\x5f" + name + b"\x00" if "name" in self.answers and name else b""
        if command[:7] == b"\x1d(H\x06\x0000":
            return b"\x37\x22" + command[7:11] + b"\x00" if "process_id" in self.answers else b""
        return None

    def _state(self, n: int) -> bytes:
        known = n in READY and "state" in self.answers
        return bytes((STATES.get(self.mode, READY).get(n, READY[n]),)) if known else b""

    def _automatic(self) -> bytes:
        return AUTOMATIC.get(self.mode, AUTOMATIC_READY) if "automatic" in self.answers else b""

    def _cut(self) -> None:
        self.sheets.append(Sheet(bytes(self._raw), _picture(self._rows), bytes(self._letters)))
        self.since_cut = len(self._buffer)
        self._begin()


def _length(stream: bytes) -> int | None:
    """How long the command at the start of `stream` is; None while that cannot be told."""
    first, second = stream[:1], stream[1:2]
    if first not in _TAIL or not second:
        return None if first in _TAIL else 1
    if first + second in (b"\x1d(", b"\x1c("):
        return 5 + int.from_bytes(stream[3:5], "little") if len(stream) >= 5 else None
    if first == b"\x1d" and second in b"v8Vk":
        return _own_length(stream)
    if first == b"\x1b" and second == b"*":
        dots = int.from_bytes(stream[3:5], "little") * (3 if stream[2:3] in (b"\x20", b"\x21") else 1)
        return 5 + dots if len(stream) >= 5 else None
    return 2 + _TAIL[first].get(second[0], 0)


def _own_length(stream: bytes) -> int | None:
    second = stream[1:2]
    if second == b"v":
        across, rows = (int.from_bytes(stream[at : at + 2], "little") for at in (4, 6))
        return 8 + across * rows if len(stream) >= 8 else None
    if second == b"8":
        return 7 + int.from_bytes(stream[3:7], "little") if len(stream) >= 7 else None
    if second == b"V":
        return (4 if stream[2] > 0x40 else 3) if len(stream) >= 3 else None
    if len(stream) < 4:
        return None
    ends = stream.find(b"\x00", 3)
    return 4 + stream[3] if stream[2] > 0x40 else ends + 1 if ends > 0 else None


def _picture(rows: list[tuple[int, bytes]]) -> Image.Image:
    across = max((width for width, _ in rows), default=1)
    lines = [
        raster[at : at + width].ljust(across, b"\x00")
        for width, raster in rows
        for at in range(0, len(raster), width)
    ]
    inked = Image.frombytes("1", (across * 8, max(1, len(lines))), b"".join(lines) or bytes(across))
    return ImageOps.invert(inked.convert("L"))
