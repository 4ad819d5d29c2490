"""Tables 表格 that come from outside and go outside: .xlsx and .csv in, .xlsx out."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.spreadsheets.refusals import (
    ForeignTable,
    LinkedTable,
    LockedTable,
    NotATable,
    OldTable,
    TableTooLarge,
)
from kiosk.spreadsheets.rules import (
    LARGEST,
    MOST_ROWS,
    TOO_LARGE,
    Rows,
    Sheet,
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
    "ForeignTable",
    "LinkedTable",
    "LockedTable",
    "NotATable",
    "OldTable",
    "Rows",
    "Sheet",
    "Table",
    "TableTooLarge",
    "read_tables",
    "write_table",
    "write_tables",
]

LONGEST_READ_S = 10
LONGEST_WRITE_S = 60


class Column(NamedTuple):
    """A column of a table that goes out; `kind` is text, date, time, number or hours."""

    title: str
    width: int
    kind: str = "text"


class Table(NamedTuple):
    """A sheet that goes out."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str | int | float]]


_REFUSED = {
    SheetKind.OLD_WORKBOOK: OldTable,
    SheetKind.LOCKED: LockedTable,
    SheetKind.FOREIGN: ForeignTable,
    SheetKind.OTHER: NotATable,
}


def read_tables(content: bytes) -> list[Sheet]:
    """The sheets of a workbook, of hidden ones the name, or the one table of a CSV file.

    Takes seconds: not in a transaction.

    Raises TooManyTasks, NotATable, OldTable, LockedTable, ForeignTable, LinkedTable, TableTooLarge.
    """
    if len(content) > LARGEST:
        raise TableTooLarge(rows=MOST_ROWS)
    kind = kind_of(content)
    if kind in _REFUSED:
        raise _REFUSED[kind]
    if kind == SheetKind.WORKBOOK:
        return _workbook(content)
    rows = text_rows(content)
    if rows is None:
        raise NotATable
    if sum(any(cell.strip() for cell in row) for row in rows) > MOST_ROWS + 20:
        raise TableTooLarge(rows=MOST_ROWS)
    return [Sheet("", rows)]


def write_table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """A workbook of one sheet. Dates and times are given as ISO text; no text becomes a formula.

    Takes a second a thousand rows: not in a transaction. Raises TooManyTasks.
    """
    return write_tables([Table(title, columns, rows)])


def write_tables(tables: Iterable[Table]) -> bytes:
    """A workbook of these sheets, in their order; the rest as `write_table`."""
    task = [
        {
            "title": one.title[:31],
            "columns": one.columns,
            "rows": [[safe(value) if isinstance(value, str) else value for value in row] for row in one.rows],
        }
        for one in tables
    ]
    done = run_module(
        "kiosk.spreadsheets", "write", given=json.dumps(task).encode(), longest_s=LONGEST_WRITE_S
    )
    if done.code:
        raise RuntimeError(done.fault[-2000:])
    return done.out


def _workbook(content: bytes) -> list[Sheet]:
    refusal = {"broken": NotATable, "linked": LinkedTable, "foreign": ForeignTable}.get(
        fault := workbook_fault(content)
    )
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
    return [Sheet(*sheet) for sheet in json.loads(done.out)]
