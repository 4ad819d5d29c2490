"""What a table from outside may be: its size, its kind, its letters. Nothing in here trusts the file."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

LARGEST = 2 * 1024 * 1024
"""Bytes of a file at most: 5,000 people with six columns are 0.3 MB as a workbook."""

LARGEST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5_000
MOST_ROWS_OF_ALL = 4 * MOST_ROWS  # of all sheets: each is looked at before one is chosen
MOST_COLUMNS = 60
MOST_MERGED = 4 * MOST_ROWS
"""Merged cells of a sheet: three columns of a list, each of whose people has a row merged out of two."""

MOST_FILLED = 10 * MOST_ROWS
"""Rows under merged cells, all of them together."""

LONGEST_CELL = 500

TOO_LARGE = 4
"""The exit code of the reading process for a workbook with too many rows."""

_SEPARATORS = "\t;，,"
_SOUNDED = 20  # rows by which the separator of a CSV is known: above the heading stand a title and blanks

_COMMON = {"gb18030": ("gb2312", 0xB0, 0xD7), "cp950": ("big5", 0xA4, 0xC6)}
"""By encoding: the standard whose first level are the letters in daily use, and its first bytes."""

_SURELY = 0.4
"""By how much Big5 must make more of a text common letters than GB 18030; in lists it is 0.55 and more."""

Rows = list[list[str]]
"""The cells of a table as text, "" where there is nothing; a formula begins with "="."""


class Sheet(NamedTuple):
    """One sheet of a workbook, or a CSV, which has no name; rows and columns are counted from 1 and 0.

    Hidden are the rows that were hidden by hand or by a filter, too.
    """

    name: str
    rows: Rows
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    is_hidden: bool = False


class SheetKind(StrEnum):
    """What a file is by its bytes, whatever its name says."""

    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    LOCKED = "locked"
    FOREIGN = "foreign"
    TEXT = "text"
    OTHER = "other"


def kind_of(content: bytes) -> SheetKind:
    """Which kind of file this is."""
    if content.startswith(b"PK\x03\x04"):
        return SheetKind.FOREIGN if b"opendocument.spreadsheet" in content[:200] else SheetKind.WORKBOOK
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        return SheetKind.LOCKED if is_locked else SheetKind.OLD_WORKBOOK
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not content.strip() or (b"\0" in content and not is_wide) or content.startswith(b"%PDF-"):
        return SheetKind.OTHER
    # what many systems call .xls is a page of the web, or the XML of 2003
    is_marked_up = re.match(
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta|head)", content, re.IGNORECASE
    )
    return SheetKind.FOREIGN if is_marked_up else SheetKind.TEXT


def workbook_fault(content: bytes) -> str:
    """Why a workbook is not opened: "broken", "large", "linked", "foreign" or nothing, by its list of parts.

    The sizes there cannot lie to our harm: the zip module reads no part beyond the size that is told.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError):
        return "broken"
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return "large"
    names = [part.filename.lower() for part in parts]
    if any("externallinks/" in name or "vbaproject" in name or "embeddings/" in name for name in names):
        return "linked"
    if "xl/workbook.bin" in names:
        return "foreign"  # .xlsb, which keeps its cells in a way of its own
    return "" if "xl/workbook.xml" in names else "broken"


def text_rows(content: bytes) -> Rows | None:
    """The cells of a CSV file in UTF-8, GB 18030, Big5 or UTF-16; None if it is no text."""
    text = _text(content)
    if text is None:
        return None
    try:
        separator = max(_SEPARATORS, key=lambda sign: _cells_parted(text, sign))
        return [[_literal(cell) for cell in row[:MOST_COLUMNS]] for row in _parted(text, separator)]
    except csv.Error:
        return None


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, however the table is saved and opened later."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _parted(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _cells_parted(text: str, separator: str) -> int:
    """How often a separator parts two cells in the first rows; a line break in a cell begins none."""
    return sum(len(row) - 1 for row in islice(_parted(text, separator), _SOUNDED) if row)


def _text(content: bytes) -> str | None:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = _decoded(content, "utf-16" if is_wide else "utf-8-sig")
    if text is not None or is_wide:
        return text
    # what is not UTF-8 comes from a Chinese Windows, the mainland's or one that writes Big5
    found = {name: text for name in _COMMON if (text := _decoded(content, name)) is not None}
    if (
        len(found) == 2
        and _familiar(found["cp950"], "cp950") > _familiar(found["gb18030"], "gb18030") + _SURELY
    ):
        return found["cp950"]
    return found.get("gb18030")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _familiar(text: str, encoding: str) -> float:
    """Which part of the Chinese in a text, 0 to 1, is in daily use where people write in `encoding`."""
    standard, first, last = _COMMON[encoding]
    letters = [letter for letter in text[: _SOUNDED * MOST_COLUMNS] if not letter.isascii()]
    common = sum(first <= (letter.encode(standard, "replace") or b"?")[0] <= last for letter in letters)
    return common / len(letters) if letters else 0


def _literal(cell: str) -> str:
    """What a CSV means by ="13800001234": text that a spreadsheet must not turn into a number."""
    is_quoted = cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]
    return cell[2:-1] if is_quoted else cell
