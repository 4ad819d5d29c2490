"""Making a ledger: its rows, then a paper or a workbook of the same rows; who sees whole numbers says why."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kiosk import concerns, spreadsheets, staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Hand
from kiosk.figures.ledgers.of_concerns import ONLY, sheet_of_concerns
from kiosk.figures.ledgers.of_others import sheet_of_points, sheet_of_ratings
from kiosk.figures.ledgers.of_scores import sheet_of_scores
from kiosk.figures.ledgers.refusals import ReasonNeeded
from kiosk.figures.ledgers.sheets import TITLES, Ledger, Making, Sheet, Wanted
from printing.papers import LedgerSheet

FEWEST_REASON, LONGEST_REASON = 4, 100

_OTHERS = {
    Ledger.RATINGS: sheet_of_ratings,
    Ledger.POINTS: sheet_of_points,
    Ledger.SCORES: sheet_of_scores,
}


def ledger_of(tx: Connection, centre: Centre, wanted: Wanted, now: datetime) -> Sheet:
    """The rows of a ledger. Raises LedgerTooLong."""
    make = Making(centre, wanted.viewer, staff.staff_names(tx), now)
    if wanted.ledger in ONLY:
        return sheet_of_concerns(tx, make, wanted)
    return _OTHERS[wanted.ledger](tx, make, wanted)


def check_reason(reason: str) -> None:
    """Raise ReasonNeeded for one that says nothing."""
    if not FEWEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonNeeded


def note_looks(tx: Connection, asked: Asked, wanted: Wanted, ids: Sequence[int], reason: str) -> None:
    """Write into each concern's log that its number was looked at, and why. Raises MovedMeanwhile."""
    for concern_id in ids:
        concerns.note_look(tx, Hand(asked), concern_id, f"{TITLES[wanted.ledger]}：{reason}")


def paper_of(centre: Centre, wanted: Wanted, sheet: Sheet, now: datetime) -> LedgerSheet:
    """The same rows as a paper, with who has printed it at its foot."""
    return LedgerSheet(
        centre=centre.name("zh"),
        title=TITLES[wanted.ledger],
        first_on=wanted.span.first.isoformat(),
        last_on=wanted.span.last.isoformat(),
        made_on=centre.day(now).isoformat(),
        made_by=wanted.viewer.name,
        heads=sheet.heads,
        rows=sheet.rows,
        total=sheet.total,
    )


def table_of(wanted: Wanted, sheet: Sheet) -> bytes:
    """The same rows as a workbook, in a second a thousand: not in a transaction. Raises TooManyTasks."""
    columns = [spreadsheets.Column(title, max(8, width)) for title, width in sheet.heads]
    rows = [*sheet.rows, *((sheet.total,) if sheet.total else ())]
    return spreadsheets.write_table(TITLES[wanted.ledger], columns, rows)
