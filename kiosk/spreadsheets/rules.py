"""What a table from outside may be: its size, its kind, its letters. Nothing in here trusts the file."""

import csv
import io
import zipfile
from enum import StrEnum

LARGEST = 2 * 1024 * 1024
"""Bytes of a file at most: 5,000 people with six columns are 0.3 MB as a workbook."""

LARGEST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 500

TOO_LARGE = 4
"""The exit code of the reading process for a workbook with too many rows."""

_ENCODINGS = ("utf-8-sig", "gb18030")  # whatever is not UTF-8 comes from a Chinese Windows
_SEPARATORS = "\t;，,"

Rows = list[list[str]]
"""The cells of a table as text, "" where there is nothing; a formula begins with "="."""


class SheetKind(StrEnum):
    """What a file is by its first bytes, whatever its name says."""

    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    TEXT = "text"
    OTHER = "other"


def kind_of(content: bytes) -> SheetKind:
    """A workbook (.xlsx), an old or locked one (.xls), text, or something else."""
    if content.startswith(b"PK\x03\x04"):
        return SheetKind.WORKBOOK
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return SheetKind.OLD_WORKBOOK
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return SheetKind.OTHER if not content.strip() or (b"\0" in content and not is_wide) else SheetKind.TEXT


def workbook_fault(content: bytes) -> str:
    """Why a workbook is not opened: "broken", "large", "linked" or nothing. Reads its list of parts alone.

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
    return "" if "xl/workbook.xml" in names else "broken"


def text_rows(content: bytes) -> Rows | None:
    """The cells of a CSV file in UTF-8, GB18030 or UTF-16; None if it is no text."""
    text = _text(content)
    if text is None:
        return None
    head = text[: text.find("\n")] if "\n" in text else text
    separator = max(_SEPARATORS, key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[_literal(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    except csv.Error:
        return None


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, however the table is saved and opened later."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _text(content: bytes) -> str | None:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return None


def _literal(cell: str) -> str:
    """What a CSV means by ="13800001234": text that a spreadsheet must not turn into a number."""
    is_quoted = cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]
    return cell[2:-1] if is_quoted else cell
