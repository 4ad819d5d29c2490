"""Reading and writing a catalogue's file: a workbook, or JSON of the same sheets."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from kiosk.exchange.content import SHEETS, Book, Row, SheetKind
from kiosk.spreadsheets import MOST_ROWS, Column, Sheet, Table, TableTooLarge, read_tables, write_tables
from kiosk.words import Malformed, mark

FORMAT = "linli-catalogue"
ABOUT = "说明"
LARGEST_JSON = 4 * 1024 * 1024
MOST_ROWS_OF_ALL = 2000
LONGEST_CELL = 400


class NotACatalogue(Malformed):
    """A file that holds none of the sheets."""

    sentence = mark("这个文件里没有业务目录。请先导出一份，在它上面改。")


def as_workbook(book: Book) -> bytes:
    """The book as .xlsx. Not in a transaction. Raises TooManyTasks."""
    tables = [
        Table(
            spec.title,
            [Column(spec.heading(name), _width(kind, name)) for name in book.columns[kind]],
            [[_kept(row[name]) for name in book.columns[kind]] for row in book.rows(kind)],
        )
        for kind, spec in SHEETS.items()
    ]
    about = Table(ABOUT, [Column("格式", 20), Column("中心", 40)], [[FORMAT, book.centre]])
    return write_tables([*tables, about])


def as_json(book: Book) -> bytes:
    """The book as JSON, easy to compare line by line."""
    return json.dumps(_told(book), ensure_ascii=False, indent=1).encode() + b"\n"


def _told(book: Book) -> dict[str, Any]:
    told: dict[str, Any] = {"format": FORMAT, "centre": book.centre}
    told |= {kind.value: [dict(row.cells) for row in rows] for kind, rows in book.sheets.items()}
    return told


def read_book(content: bytes) -> Book:
    """A file as it came. Takes seconds: not in a transaction.

    Raises NotACatalogue, and what `spreadsheets.read_tables` raises.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return _of_json(content)
    return _bounded(_of_sheets(read_tables(content)))


def packed(book: Book) -> str:
    """The book as one short text, for the form that shows it before it is taken."""
    # with the numbers of the rows, by which the file's own rows are named again
    told = _told(book) | {"numbers": {kind: [row.number for row in book.rows(kind)] for kind in SHEETS}}
    return base64.b85encode(zlib.compress(json.dumps(told).encode())).decode()


def unpacked(text: str) -> Book:
    """The book again. Raises NotACatalogue for what is none of ours."""
    try:
        whole = zlib.decompressobj()
        content = whole.decompress(base64.b85decode(text), LARGEST_JSON)
    except (ValueError, zlib.error) as fault:
        raise NotACatalogue from fault
    return _of_json(content)


def _width(kind: SheetKind, name: str) -> int:
    known = SHEETS[kind].columns
    return known[name][1] if name in known else 6


def _of_json(content: bytes) -> Book:
    if len(content) > LARGEST_JSON:
        raise TableTooLarge(rows=MOST_ROWS)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise NotACatalogue from fault
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotACatalogue
    sheets = {kind: told.get(kind.value) for kind in SHEETS}
    if not all(rows is None or _are_rows(rows) for rows in sheets.values()):
        raise NotACatalogue
    given = told.get("numbers")
    numbers: dict[str, Any] = given if isinstance(given, dict) else {}
    found = {
        kind: tuple(Row(number, {name: _text(cell) for name, cell in row.items()}) for number, row in
                    zip(_numbers(numbers.get(kind.value), len(rows)), rows, strict=True))
        for kind, rows in sheets.items() if rows is not None
    }  # fmt: skip
    return _bounded(Book(found, _text(told.get("centre")), _columns_of(found)))


def _numbers(given: Any, count: int) -> Sequence[int]:
    """The numbers of a sheet's rows: those of the file that was read first, else from 1."""
    is_right = isinstance(given, list) and len(given) == count and all(type(one) is int for one in given)
    return given if is_right else range(1, count + 1)


def _are_rows(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(cell, str | int | None) for cell in row.values())
        for row in rows
    )


def _columns_of(sheets: Mapping[SheetKind, Sequence[Row]]) -> dict[SheetKind, tuple[str, ...]]:
    return {
        kind: tuple(dict.fromkeys((*SHEETS[kind].columns, *(name for row in rows for name in row.cells))))
        for kind, rows in sheets.items()
    }


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else ""
    return "" if cell is None else str(cell)


def _of_sheets(sheets: Sequence[Sheet]) -> Book:
    titles = {spec.title: kind for kind, spec in SHEETS.items()} | {kind.value: kind for kind in SHEETS}
    found, columns = {}, {}
    for sheet in sheets:
        kind = titles.get(sheet.name.strip())
        if kind is not None:
            found[kind], columns[kind] = _rows_of(kind, sheet)
    if not found:
        raise NotACatalogue
    about = next((sheet.rows for sheet in sheets if sheet.name == ABOUT and len(sheet.rows) > 1), None)
    centre = about[1][1] if about and len(about[1]) > 1 else ""
    return Book(found, _own(centre), columns)


def _rows_of(kind: SheetKind, sheet: Sheet) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    fields = {heading: name for name, (heading, _) in SHEETS[kind].columns.items()}
    fields |= {name: name for name in SHEETS[kind].columns}
    headings = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
    names = [fields.get(heading, heading) for heading in headings]
    if not set(names) & set(SHEETS[kind].columns):
        raise NotACatalogue
    rows = [
        # the sheet leaves out empty cells at the end of a row: they are empty, not unsaid
        Row(
            number,
            {
                name: _own(cell)
                for name, cell in zip_longest(names, cells[: len(names)], fillvalue="")
                if name
            },
        )
        for number, cells in enumerate(sheet.rows[1:], 2)
        if any(cell.strip() for cell in cells)
    ]
    return tuple(rows), tuple(name for name in names if name)


def _kept(cell: str) -> str:
    return f"'{cell}" if cell.startswith("'") else cell  # not to be taken for the sign before a formula


def _own(cell: str) -> str:
    # what was written so that no sheet takes it for a formula
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r'" else cell


def _bounded(book: Book) -> Book:
    rows = [row for kind in SHEETS for row in book.rows(kind)]
    is_long = any(len(cell) > LONGEST_CELL for row in rows for cell in row.cells.values())
    if len(rows) > MOST_ROWS_OF_ALL or is_long:
        raise TableTooLarge(rows=MOST_ROWS_OF_ALL)
    return book
