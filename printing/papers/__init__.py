"""Papers: A4 pages for an ordinary printer. A frozen dataclass in, the bytes of a PDF out.

Drawn in a process of their own: the PDF library and its font tools take 80 MB and hold Python's lock for a
second, and a centre makes a paper a few times a month.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from printing.drawing.fonts import FontMissing
from printing.papers.card_sheet import Card, CardSheet
from printing.papers.certificate import HoursCertificate, Served
from printing.papers.door_cards import DoorCard, DoorCards
from printing.papers.figures_report import FiguresReport, ReportChart
from printing.papers.ledger_sheet import LedgerSheet
from printing.papers.listing import Listing
from printing.papers.open_poster import OpenPoster
from printing.papers.survey_sheet import SurveySheet
from printing.subprocess_task import TookTooLong, run_module

__all__ = [
    "Card",
    "CardSheet",
    "DoorCard",
    "DoorCards",
    "FiguresReport",
    "HoursCertificate",
    "LedgerSheet",
    "Listing",
    "OpenPoster",
    "Paper",
    "PaperFailed",
    "ReportChart",
    "Served",
    "SurveySheet",
    "drawn",
    "drawn_apart",
]

Paper = (
    CardSheet
    | DoorCards
    | FiguresReport
    | HoursCertificate
    | Listing
    | OpenPoster
    | LedgerSheet
    | SurveySheet
)

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
    task = {"kind": paper.kind, "font": font, "paper": asdict(paper)}
    try:
        done = run_module("printing.papers", given=json.dumps(task).encode(), longest_s=LONGEST_S)
    except TookTooLong as fault:
        raise PaperFailed(str(fault)) from fault
    if done.code == NO_FONT:
        raise FontMissing(done.fault)
    if done.code or not done.out.startswith(b"%PDF-"):
        raise PaperFailed(_where(done.fault))
    return done.out


def _where(traceback: str) -> str:
    """The places of a traceback and the kind of its fault, never its words: they may hold a name."""
    lines = traceback.splitlines()
    places = [line.strip() for line in lines if line.startswith("  File ")]
    return " | ".join([*places[-4:], lines[-1].partition(":")[0] if lines else ""])
