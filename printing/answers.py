"""What printers send back, told apart by their fixed bits, and what it says about the printer.

Epson's command reference is the source. A printer sends several kinds of answer on one line, in any order,
some of them unasked; and a network brings them in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "ready", "paper_low", "paper_out", "cover_open", "cutter_error", "error", "offline", "unknown"
]
"""How a printer is. Silence is `unknown`, never `ready`."""

CAN_PRINT: tuple[Status, ...] = ("ready", "paper_low", "unknown")
"""A slip is sent in these states. A silent printer may be a good one that never answers."""


def _bytes_with(bits: int, mask: int) -> bytes:
    """A regular expression's class of all bytes whose `mask` bits are `bits`."""
    return b"[" + b"".join(b"\\x%02x" % byte for byte in range(256) if byte & mask == bits) + b"]"


_LOW = _bytes_with(0x00, 0x90)
# of what GS r may answer a letter is nothing, nor the end of a line: an adapter that greets says those
_PAPER = rb"[\x00-\x08\x0b\x0c\x0e\x0f]"
_ANSWER = re.compile(
    # begun answers match too: their later bytes must not be taken for answers of their own
    rb"\x37(?:\x22(?P<tag>[ -~]{0,4})\x00?)?"  # GS ( H 48: process id
    rb"|\x5f(?P<text>[^\x00]*)\x00?"  # GS I: maker, model, firmware
    rb"|(?P<automatic>"
    + _bytes_with(0x10, 0x93)
    + _LOW
    + b"{0,3})"  # GS a: four bytes, asked once or unasked
    rb"|(?P<state>" + _bytes_with(0x12, 0x93) + b")"  # DLE EOT
    rb"|(?P<paper>" + _PAPER + b")"  # GS r
)
_FLOW = b"\x11\x13"
"""XON and XOFF: no answer, but nothing strange either."""


@dataclass(frozen=True)
class Answers:
    """The complete answers among what was heard, each kind in its order."""

    states: bytes = b""
    automatic: bytes = b""
    papers: bytes = b""
    tags: tuple[bytes, ...] = ()
    texts: tuple[str, ...] = ()
    strange: bytes = b""
    """What is no complete answer: a greeting, an echo, the beginning of something."""

    @property
    def are_states_alone(self) -> bool:
        """Whether nothing was said but answers to DLE EOT, and automatic status between them."""
        return not (self.papers or self.tags or self.texts or self.strange)


def split(heard: bytes) -> Answers:
    """Tell the answers in `heard` apart; `automatic` is the newest of its kind."""
    found = list(_ANSWER.finditer(heard))
    whole = [match for match in found if match[0].endswith(b"\x00")]
    begun = [m[0] for m in found if _is_begun(m)]
    packets = [m["automatic"] for m in found if len(m["automatic"] or b"") == 4]
    return Answers(
        states=b"".join(m["state"] or b"" for m in found),
        automatic=packets[-1] if packets else b"",
        papers=b"".join(m["paper"] or b"" for m in found),
        tags=tuple(m["tag"] for m in whole if len(m["tag"] or b"") == 4),
        texts=tuple(m["text"].decode("ascii", "replace").strip() for m in whole if m["text"] is not None),
        strange=b"".join(begun) + _ANSWER.sub(b"", heard).translate(None, _FLOW),
    )


def _is_begun(match: re.Match[bytes]) -> bool:
    if match["automatic"]:
        return len(match["automatic"]) < 4
    return match[0][:1] in (b"\x37", b"\x5f") and not match[0].endswith(b"\x00")


def status_of_states(states: Mapping[int, int]) -> Status:
    """What the answers to DLE EOT n say together, by n; `unknown` when there are none.

    1 is the printer's state, 2 why it is offline, 3 its faults, 4 its paper.
    """
    found: tuple[tuple[int, int, Status], ...] = (
        (2, 0x04, "cover_open"),
        (4, 0x60, "paper_out"),
        (2, 0x20, "paper_out"),
        (3, 0x08, "cutter_error"),
        (3, 0x64, "error"),
        (2, 0x40, "error"),
        (1, 0x08, "offline"),
        (4, 0x0C, "paper_low"),
    )
    return _first((states.get(n, 0) & bits, status) for n, bits, status in found) if states else "unknown"


def status_of_automatic(packet: bytes) -> Status:
    """What the four bytes of automatic status say; `unknown` when they are not four."""
    found: tuple[tuple[int, int, Status], ...] = (
        (0, 0x20, "cover_open"),
        (2, 0x0C, "paper_out"),
        (1, 0x08, "cutter_error"),
        (1, 0x64, "error"),
        (0, 0x08, "offline"),
        (2, 0x03, "paper_low"),
    )
    if len(packet) != 4:
        return "unknown"
    return _first((packet[at] & bits, status) for at, bits, status in found)


def _first(told: Iterable[tuple[int, Status]]) -> Status:
    return next((status for bits, status in told if bits), "ready")
