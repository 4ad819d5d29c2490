"""Reports of months and years that are over, kept as files in DATA/reports."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from kiosk.backup.durable_files import appearing
from kiosk.box import Box
from kiosk.figures.keeping import days_with_tickets
from kiosk.figures.names import names_of
from kiosk.figures.report.period import Period, Reported, cases_in, report_of
from kiosk.figures.report.words import Say, in_chinese
from kiosk.figures.report.workbook import MOST_RAW, Writing, workbook
from kiosk.figures.rules import Span, month_before
from kiosk.words import Lang
from printing.papers import drawn_apart

FOLDER = "reports"
SUFFIXES = ("pdf", "xlsx")


class KeptReport(NamedTuple):
    """A month or year of which there are figures, whether it is over, and whether its report is kept."""

    period: Period
    is_over: bool
    is_kept: bool


def file_of(folder: Path, period: Period, suffix: str) -> Path:
    """Where a report is kept: DATA/reports/2026-11.pdf."""
    return folder / FOLDER / f"{period.name}.{suffix}"


def periods(tx: Connection, folder: Path, today: date) -> tuple[KeptReport, ...]:
    """Every month with a ticket and its year, the newest first."""
    days = days_with_tickets(tx, Span(date(2000, 1, 1), today))
    found = {Period(day.year, day.month) for day in days} | {Period(day.year) for day in days}
    newest = sorted(found, key=lambda one: (one.span.last, one.month == 0), reverse=True)
    return tuple(
        KeptReport(one, one.span.last < today, file_of(folder, one, SUFFIXES[0]).exists()) for one in newest
    )


def periods_due(tx: Connection, folder: Path, today: date) -> tuple[Period, ...]:
    """What is over, had tickets, and is not kept: the month before, in January the year before too."""
    last = month_before(today)
    wanted = [Period(last.first.year, last.first.month)]
    if today.month == 1:
        wanted.append(Period(today.year - 1))
    return tuple(
        one for one in wanted
        if not all(file_of(folder, one, suffix).exists() for suffix in SUFFIXES)
        and days_with_tickets(tx, one.span)
    )  # fmt: skip


def paper_of(box: Box, reported: Reported) -> bytes:
    """The report as a PDF, in about a second. Raises FontMissing, PaperFailed, TooManyTasks."""
    return drawn_apart(reported.paper, box.settings.font)


def table_of(box: Box, reported: Reported, lang: Lang = "zh", say: Say = in_chinese) -> bytes:
    """Its workbook, of a month with every visit. Raises TooManyTasks."""
    span = reported.found.span
    with box.database.read() as tx:
        cases = cases_in(tx, box.centre, span) if span.days <= MOST_RAW else None
        writing = Writing(box.centre, names_of(tx, lang), say)
    return workbook(reported.found, cases, writing)


def keep_report(box: Box, period: Period, now: datetime) -> None:
    """Make both files, in the place of those that were there. Raises what they raise, NoReport, OSError."""
    with box.database.read() as tx:
        reported = report_of(tx, box.centre, period, now)
    contents = {"pdf": paper_of(box, reported), "xlsx": table_of(box, reported)}
    for suffix, content in contents.items():
        path = file_of(box.settings.folder, period, suffix)
        path.parent.mkdir(exist_ok=True)
        with appearing(path) as (_, file):
            file.write(content)
