"""The catalogue as a file: groups, services, what to bring, what each window serves, priorities.

A street office sends one to thirty centres. It is read whole, compared row by row, and taken all or nothing.
"""

from kiosk.exchange.content import SHEETS, Book, Fault, Row, SheetKind, Spec
from kiosk.exchange.files import NotACatalogue, as_json, as_workbook, packed, read_book, unpacked
from kiosk.exchange.taking import Done, Outcome, look, mark_of, take
from kiosk.exchange.undoing import KIND, PARTS, TAKEN, check_undoable, put_back
from kiosk.exchange.writing import catalogue_now

__all__ = [
    "KIND",
    "PARTS",
    "SHEETS",
    "TAKEN",
    "Book",
    "Done",
    "Fault",
    "NotACatalogue",
    "Outcome",
    "Row",
    "SheetKind",
    "Spec",
    "as_json",
    "as_workbook",
    "catalogue_now",
    "check_undoable",
    "look",
    "mark_of",
    "packed",
    "put_back",
    "read_book",
    "take",
    "unpacked",
]
