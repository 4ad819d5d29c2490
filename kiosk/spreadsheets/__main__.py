"""Reads or writes one workbook: `python -m kiosk.spreadsheets read|write`, started by `kiosk.spreadsheets`.

Apart from the server, because a workbook may be made to harm: 16 MB of empty strings keep the library busy
for half a minute. Here it may use so much memory and no more, and is ended when it takes too long.
"""

import json
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from kiosk.spreadsheets.rules import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_MERGED,
    MOST_ROWS,
    MOST_ROWS_OF_ALL,
    TOO_LARGE,
    Rows,
    Sheet,
)
from printing.subprocess_task import limit_memory, lower_priority

MEMORY = 512 * 1024 * 1024
_EMPTY_ROWS = 200_000  # so far down a table is followed: formats reach down to row 1,048,576
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


def main() -> int:
    """Do what the first word says, from input to output."""
    lower_priority()
    limit_memory(MEMORY)
    if sys.argv[1] == "write":
        sys.stdout.buffer.write(written(json.load(sys.stdin.buffer)))
        return 0
    try:
        sheets = read(sys.stdin.buffer.read())
    except OverflowError:
        return TOO_LARGE
    json.dump(sheets, sys.stdout)
    return 0


def read(content: bytes) -> list[Sheet]:
    """The sheets of a workbook as text. Raises OverflowError for too many rows."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(_usual(content)), read_only=True, keep_links=False)
    sheets: list[Sheet] = []
    for sheet in book.worksheets:
        sheets.append(_sheet(book, sheet))
        if sum(map(any, (row for one in sheets for row in one.rows))) > MOST_ROWS_OF_ALL:
            raise OverflowError
    return sheets


def _sheet(book: Any, sheet: Any) -> Sheet:
    if sheet.sheet_state != "visible":
        return Sheet(sheet.title, [], is_hidden=True)
    with book._archive.open(sheet._worksheet_path) as part:
        source = part.read()
    if source.count(b"mergeCell ") > MOST_MERGED:
        raise OverflowError  # before the library takes each to pieces: 450,000 are ten seconds
    rows = _rows(sheet)
    _fill(rows, _merged(source, len(rows)))
    hidden = [number for number in _hidden_rows(source) if number <= len(rows) and any(rows[number - 1])]
    return Sheet(sheet.title, rows, hidden, _hidden_columns(source))


def _usual(content: bytes) -> bytes:
    """A workbook saved as "Strict Open XML" in the usual names: the library knows no others."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        if not _STRICT.search(old.read("xl/workbook.xml")):
            return content
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", old.read(name))
                new.writestr(name, part)
    return file.getvalue()


def written(tasks: list[dict[str, Any]]) -> bytes:
    """A workbook of sheets: of each its `title`, `columns` (title, width, kind) and `rows`."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for task in tasks:
        _write_sheet(book, task)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Any, task: dict[str, Any]) -> None:
    sheet: Any = book.create_sheet(task["title"])
    for place, (_, width, kind) in enumerate(task["columns"]):
        sheet.column_dimensions[_letters(place)].width = width
        if kind == "text":  # of what is typed into a cell below, no zero is lost and nothing becomes a date
            sheet.column_dimensions[_letters(place)].number_format = "@"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{_letters(len(task['columns']) - 1)}{len(task['rows']) + 1}"
    sheet.append([_filled_in(_cell(sheet, "title"), title, "title") for title, *_ in task["columns"]])
    # one cell a column, written out with each row: making a new one each time was a third of the time
    columns = [(_cell(sheet, kind), kind) for _, _, kind in task["columns"]]
    for row in task["rows"]:
        filled = zip(columns, row, strict=True)
        sheet.append([_filled_in(cell, value, kind) for (cell, kind), value in filled])


def _rows(sheet: Any) -> Rows:
    sheet.reset_dimensions()  # a file may say that it is one cell, or sixteen thousand columns
    rows: Rows = []
    used = 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        row = [_as_text(value) for value in cells]
        while row and not row[-1]:
            row.pop()
        used += any(row)
        rows.append(row)
        if used > MOST_ROWS + 20 or len(rows) > _EMPTY_ROWS:
            raise OverflowError
    return rows


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case float() if value.is_integer() and abs(value) < 10**18:
            return str(int(value))
        case str():
            return _ESCAPED.sub(_unescaped, value)[:LONGEST_CELL]
        case bool() | int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return "="  # a formula over many cells comes as an object


def _unescaped(found: re.Match[str]) -> str:
    """What the format cannot hold in XML: a line break of Windows in a cell is _x000D_ and another line."""
    units = b"".join(int(unit[2:6], 16).to_bytes(2, "big") for unit in re.findall("_x...._", found[0]))
    return units.decode("utf-16-be", "replace")


def _hidden_rows(source: bytes) -> list[int]:
    """Rows that are hidden, by hand or by a filter, as the spreadsheet counts them."""
    hidden, number = [], 0
    for told in _ROW.findall(source):
        named = re.search(rb"""\br=["']([0-9]{1,7})["']""", told)
        number = int(named[1]) if named else number + 1
        if _HIDDEN.search(told):
            hidden.append(number)
    return hidden


def _hidden_columns(source: bytes) -> list[int]:
    """Columns that are hidden, from 0."""
    hidden: set[int] = set()
    for told in filter(_HIDDEN.search, _COLUMN.findall(source)):
        first, last = (re.search(rb"""\b%s=["']([0-9]{1,5})["']""" % name, told) for name in (b"min", b"max"))
        if first and last:
            hidden.update(range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS)))
    return sorted(hidden)


def _merged(source: bytes, rows: int) -> list[tuple[int, int, int]]:
    """Cells merged downwards: their column and the first and last row, all from 0.

    Raises OverflowError for more than a sheet can have: they may lie over one another.
    """
    found = _MERGED.findall(source)
    places = [(_place(left), int(top) - 1, _place(right), int(low) - 1) for left, top, right, low in found]
    merged = [(left, top, min(low, rows)) for left, top, right, low in places if left == right < MOST_COLUMNS]
    if sum(low - top for _, top, low in merged) > MOST_FILLED:
        raise OverflowError
    return merged


def _fill(rows: Rows, merged: list[tuple[int, int, int]]) -> None:
    """A team that stands once beside the ten people in it stands in each of their rows."""
    for column, top, low in merged:
        if top < len(rows) and column < len(rows[top]):
            for row in filter(None, rows[top + 1 : low + 1]):
                row.extend([""] * (column + 1 - len(row)))
                row[column] = rows[top][column]


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


FORMATS = {"date": "yyyy-mm-dd", "time": "hh:mm", "hours": "0.00"}


def _cell(sheet: Any, kind: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Any = WriteOnlyCell(sheet)
    if kind in FORMATS:
        cell.number_format = FORMATS[kind]
    if kind == "title":
        cell.font = Font(bold=True)
    return cell


def _filled_in(cell: Any, value: Any, kind: str) -> Any:
    if value == "":
        return None
    if kind == "date":
        value = date.fromisoformat(value)
    elif kind == "time":
        value = time.fromisoformat(value)
    cell.value = value
    if kind in FORMATS:
        cell.number_format = FORMATS[kind]  # the library sets its own for a date
    if isinstance(value, str):
        cell.data_type = "s"  # the library takes "#REF!" for an error and "=" for a formula
    return cell


if __name__ == "__main__":
    sys.exit(main())
