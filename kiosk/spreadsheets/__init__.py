"""Tables 表格 that come from outside and go outside: .xlsx and .csv in, .xlsx out."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.spreadsheets.refusals import LinkedTable, NotATable, OldTable, TableTooLarge
from kiosk.spreadsheets.rules import (
    LARGEST,
    MOST_ROWS,
    TOO_LARGE,
    Rows,
    SheetKind,
    kind_of,
    safe,
    text_rows,
    workbook_fault,
)
from printing.subprocess_task import TookTooLong, run_module

__all__ = [
    "LARGEST",
    "MOST_ROWS",
    "Column",
    "LinkedTable",
    "NotATable",
    "OldTable",
    "Rows",
    "TableTooLarge",
    "read_tables",
    "write_table",
]

LONGEST_READ_S = 20
LONGEST_WRITE_S = 60


class Column(NamedTuple):
    """A column of a table that goes out; `kind` is text, date, time, number or hours."""

    title: str
    width: int
    kind: str = "text"


def read_tables(content: bytes) -> list[Rows]:
    """The visible sheets of a workbook, or the one table of a CSV file. Takes seconds: not in a transaction.

    Raises NotATable, OldTable, LinkedTable, TableTooLarge.
    """
    if len(content) > LARGEST:
        raise TableTooLarge(rows=MOST_ROWS)
    kind = kind_of(content)
    if kind == SheetKind.OLD_WORKBOOK:
        raise OldTable
    if kind == SheetKind.WORKBOOK:
        return _workbook(content)
    rows = text_rows(content) if kind == SheetKind.TEXT else None
    if rows is None:
        raise NotATable
    if sum(any(cell.strip() for cell in row) for row in rows) > MOST_ROWS + 20:
        raise TableTooLarge(rows=MOST_ROWS)
    return [rows]


def write_table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """A workbook of one sheet. Dates and times are given as ISO text; no text becomes a formula.

    Takes a second a thousand rows: not in a transaction.
    """
    cells = [[safe(value) if isinstance(value, str) else value for value in row] for row in rows]
    task = {"title": title[:31], "columns": columns, "rows": cells}
    done = run_module(
        "kiosk.spreadsheets", "write", given=json.dumps(task).encode(), longest_s=LONGEST_WRITE_S
    )
    if done.code:
        raise RuntimeError(done.fault[-2000:])
    return done.out


def _workbook(content: bytes) -> list[Rows]:
    refusal = {"broken": NotATable, "linked": LinkedTable}.get(fault := workbook_fault(content))
    if refusal:
        raise refusal
    if fault:
        raise TableTooLarge(rows=MOST_ROWS)
    try:
        done = run_module("kiosk.spreadsheets", "read", given=content, longest_s=LONGEST_READ_S)
    except TookTooLong as slow:
        raise TableTooLarge(rows=MOST_ROWS) from slow
    if done.code == TOO_LARGE:
        raise TableTooLarge(rows=MOST_ROWS)
    if done.code:
        raise NotATable
    sheets: list[Rows] = json.loads(done.out)
    return sheets
