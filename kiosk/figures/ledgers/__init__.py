"""The ledgers (台账) of what residents said, rated and proposed: the same rows as paper and workbook."""

from kiosk.figures.ledgers.making import check_reason, ledger_of, note_looks, paper_of, table_of
from kiosk.figures.ledgers.refusals import LedgerTooLong, ReasonNeeded, UnknownLedger
from kiosk.figures.ledgers.sheets import TITLES, Ledger, Sheet, Viewer, Wanted

__all__ = [
    "TITLES",
    "Ledger",
    "LedgerTooLong",
    "ReasonNeeded",
    "Sheet",
    "UnknownLedger",
    "Viewer",
    "Wanted",
    "check_reason",
    "ledger_of",
    "note_looks",
    "paper_of",
    "table_of",
]
