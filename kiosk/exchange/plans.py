"""Rows of a book as plans of the rooms; what is wrong with a cell by itself is noted with its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from kiosk import services, tickets
from kiosk.exchange.content import ENDS, KINDS, SHEETS, Book, Fault, Row, SheetKind

_YES = ("是", "yes", "true", "1", "✓", "√", "y")
_NO = ("", "否", "no", "false", "0", "n")
_LARGEST = 2**31 - 1

Listed = tuple[Row, Any, bool]


class Reading:
    """Reads a book once; `faults` holds what is wrong with single cells."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.faults: list[Fault] = []
        self.faults += [
            Fault(kind, 1, column, "heading")
            for kind, columns in book.columns.items()
            if kind != SheetKind.COUNTER
            for column in columns
            if column not in SHEETS[kind].columns
        ]
        self._lines = _by_code(book.rows(SheetKind.MATERIAL))
        self._ends = _by_code(book.rows(SheetKind.OUTCOME))
        self._groups = [self._group(row) for row in self._keyed(SheetKind.GROUP, "slug")]
        self._priorities = [self._priority(row) for row in self._keyed(SheetKind.PRIORITY, "code")]
        self._services = list(self._keyed(SheetKind.SERVICE, "code"))
        named = {row["code"].strip() for row in self._services}
        self.faults += [
            Fault(kind, row.number, "code", "unknown")
            for kind, lines in ((SheetKind.MATERIAL, self._lines), (SheetKind.OUTCOME, self._ends))
            for code, rows in lines.items()
            if code not in named
            for row in rows
        ]

    def groups(self) -> list[Listed]:
        """Each group's row, plan, and whether it is retired."""
        return self._groups

    def priorities(self) -> list[Listed]:
        """Each priority's."""
        return self._priorities

    def codes(self) -> list[str]:
        """The codes of the services in the file's order."""
        return [row["code"].strip() for row in self._services]

    def services_beside(self, known: Mapping[str, services.ListedService]) -> Iterator[Listed]:
        """Each service's; what the file has no column for is as it is in `known`."""
        for row in self._services:
            before = known.get(row["code"].strip())
            numbers = {name: self._number(row, name) for name in ("duration_min", "daily_cap")}
            is_popular = self._tick(SheetKind.SERVICE, row, "is_popular")
            said: dict[str, Any] = {name: row[name] for name in _TEXTS if name in row.cells}
            said |= {name: value for name, value in numbers.items() if name in row.cells}
            said |= {"is_popular": is_popular} if "is_popular" in row.cells else {}
            said |= {"materials": self._materials(row)} if SheetKind.MATERIAL in self._book.sheets else {}
            said |= {"outcomes": self._outcomes(row)} if SheetKind.OUTCOME in self._book.sheets else {}
            had = asdict(before.plan) if before else {"group": "", "name": ""}
            yield row, services.ServicePlan(**{**had, **said}), self._tick(SheetKind.SERVICE, row, "retired")

    def counters(self) -> dict[int, tuple[Row, set[str], set[str]]]:
        """Each window's first row, the codes that are ticked for it, and those that the file names."""
        rows = self._book.rows(SheetKind.COUNTER)
        columns = [
            one for one in self._book.columns.get(SheetKind.COUNTER, ()) if one not in ("code", "name")
        ]
        found: dict[int, tuple[Row, set[str], set[str]]] = {}
        head = Row(1, {})
        for column in columns:
            if not (column.isascii() and column.isdigit() and 1 <= int(column[:4]) <= services.LAST_COUNTER):
                self.faults.append(Fault(SheetKind.COUNTER, 1, column, "window"))
                continue
            named = {row["code"].strip() for row in rows}
            ticked = {row["code"].strip() for row in rows if self._tick(SheetKind.COUNTER, row, column)}
            found[int(column)] = (head, ticked, named)
        return found

    def unknown_codes(self, offered: Collection[str]) -> list[Fault]:
        """The rows of windows about a service that is neither here nor in the file."""
        rows = self._book.rows(SheetKind.COUNTER)
        lost = [row for row in rows if row["code"].strip() not in offered]
        return [Fault(SheetKind.COUNTER, row.number, "code", "unknown") for row in lost]

    def placed(self, sheet: SheetKind, row: Row, name: str, what: str) -> Fault:
        """A fault of a plan at its cell; that of a line of materials in the sheet of materials."""
        if name.startswith("material_"):
            _, at, column = name.split("_", 2)
            # as a plan has them: an agent's lines come last
            lines = self._lines_of(row)
            return Fault(SheetKind.MATERIAL, lines[int(at)].number, column, what)
        if name.startswith("outcome_"):
            _, at, column = name.split("_", 2)
            return Fault(SheetKind.OUTCOME, self._ends_of(row)[int(at)].number, column, what)
        return Fault(sheet, row.number, name, what)

    def _keyed(self, sheet: SheetKind, key: str) -> Iterator[Row]:
        seen: dict[str, int] = {}
        for row in self._book.rows(sheet):
            code = row[key].strip()
            if not _CODES[sheet].fullmatch(code):
                self.faults.append(Fault(sheet, row.number, key, "code" if code else "empty"))
            elif code in seen:
                self.faults.append(Fault(sheet, row.number, key, "twice", str(seen[code])))
            else:
                seen[code] = row.number
                yield row

    def _group(self, row: Row) -> Listed:
        plan = services.GroupPlan(**{name: row[name] for name in ("name", "name_en", "icon", "letter")})
        return row, plan, self._tick(SheetKind.GROUP, row, "retired")

    def _priority(self, row: Row) -> Listed:
        minutes = self._number(row, "head_start_min", SheetKind.PRIORITY) or 0
        plan = tickets.PriorityPlan(row["name"], row["name_en"], minutes)
        return row, plan, self._tick(SheetKind.PRIORITY, row, "retired")

    def _lines_of(self, row: Row) -> list[Row]:
        lines = self._lines.get(row["code"].strip(), [])
        return sorted(lines, key=lambda line: line["kind"].strip() in (KINDS["agent"], "agent"))

    def _materials(self, row: Row) -> tuple[services.MaterialPlan, ...]:
        return tuple(self._material(line) for line in self._lines_of(row))

    def _material(self, line: Row) -> services.MaterialPlan:
        codes = {words: code for code, words in KINDS.items()} | {code: code for code in KINDS} | {"": "own"}
        kind = codes.get(line["kind"].strip())
        if kind is None:
            self.faults.append(Fault(SheetKind.MATERIAL, line.number, "kind", "choice"))
        texts = {name: line[name] for name in ("text", "text_en", "note", "note_en")}
        return services.MaterialPlan(**texts, kind=services.MaterialKind(kind or "own"))

    def _ends_of(self, row: Row) -> list[Row]:
        # as a plan has them: ways come last
        ends = self._ends.get(row["code"].strip(), [])
        return sorted(ends, key=lambda line: line["kind"].strip() in (ENDS["way"], "way"))

    def _outcomes(self, row: Row) -> tuple[services.OutcomePlan, ...]:
        return tuple(self._outcome(line) for line in self._ends_of(row))

    def _outcome(self, line: Row) -> services.OutcomePlan:
        codes = {words: code for code, words in ENDS.items()} | {code: code for code in ENDS} | {"": "result"}
        kind = codes.get(line["kind"].strip())
        if kind is None:
            self.faults.append(Fault(SheetKind.OUTCOME, line.number, "kind", "choice"))
        texts = {name: line[name] for name in ("text", "text_en", "reasons", "reasons_en")}
        return services.OutcomePlan(**texts, kind=services.OutcomeKind(kind or "result"))

    def _number(self, row: Row, name: str, sheet: SheetKind = SheetKind.SERVICE) -> int | None:
        written = row[name].strip()
        if not written:
            return None
        if not (written.isascii() and written.isdigit()):
            self.faults.append(Fault(sheet, row.number, name, "number"))
            return None
        if len(written) > 10 or int(written) > _LARGEST:
            self.faults.append(Fault(sheet, row.number, name, "range"))
            return None
        return int(written)

    def _tick(self, sheet: SheetKind, row: Row, name: str) -> bool:
        written = row[name].strip().lower()
        if written not in (*_YES, *_NO):
            self.faults.append(Fault(sheet, row.number, name, "tick"))
        return written in _YES


def _by_code(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["code"].strip(), []).append(row)
    return found


_CODES = {
    SheetKind.GROUP: re.compile(r"[A-Za-z0-9_-]{1,32}"),
    SheetKind.SERVICE: re.compile(r"[A-Z0-9]{1,8}"),
    SheetKind.PRIORITY: re.compile(r"[A-Za-z0-9_-]{1,16}"),
}

_TEXTS = (
    "group", "name", "name_en", "letter", "icon", "place", "place_en", "initials", "hours", "for_whom",
)  # fmt: skip
