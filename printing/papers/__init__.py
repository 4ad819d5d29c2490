"""Papers: A4 pages for an ordinary printer. A frozen dataclass in, the bytes of a PDF out.

Drawn in a process of their own: the PDF library and its font tools take 80 MB and hold Python's lock for a
second, and a centre makes a paper a few times a month.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

from printing.fonts import FontMissing
from printing.papers.card_sheet import Card, CardSheet
from printing.papers.certificate import HoursCertificate, Served

__all__ = ["Card", "CardSheet", "HoursCertificate", "Paper", "PaperFailed", "Served", "drawn", "drawn_apart"]

Paper = CardSheet | HoursCertificate

LONGEST_S = 60
"""Seconds that a paper may take; a sheet of 500 cards takes two."""

NO_FONT = 3
"""The exit code of a process that found no Chinese typeface; it has written what to install."""


class PaperFailed(Exception):
    """The process that draws broke down or took too long; the log says how."""


def drawn(paper: Paper) -> bytes:
    """`paper` as a PDF with its typeface inside; the same paper gives the same bytes. Raises FontMissing."""
    return paper.pdf()


def drawn_apart(paper: Paper, font: str = "") -> bytes:
    """The same in a process of its own, in the typeface at `font` or the machine's.

    Raises FontMissing, PaperFailed.
    """
    order = {"kind": paper.kind, "font": font, "paper": asdict(paper)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "printing.papers"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise PaperFailed(f"a paper of kind {paper.kind} took more than {LONGEST_S} s") from fault
    if done.returncode == NO_FONT:
        raise FontMissing(done.stderr.decode())
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PaperFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
