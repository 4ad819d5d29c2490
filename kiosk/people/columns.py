"""A list of people as offices write it: who stands in which row of which sheet, and what is wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from kiosk.people.headings import Heading, field_of, heading_of, letter_of
from kiosk.people.rules import (
    LONGEST_TEAM,
    person_name_fault,
    phone_digits,
    phone_fault,
    team_name_fault,
    tidy,
)
from kiosk.spreadsheets import Sheet

_LONGEST_SHOWN = 24


class ColumnFault(Struct, frozen=True):
    """A wrong cell: its row as the spreadsheet counts it (0 for the whole file), its column's title, letter.

    `what` is empty, long, no_name, no_team, phone, id_number, formula, twice, same_name, closed, id_column,
    two_names, heading_again, no_heading or nobody; `about` is the row, the columns or the team it speaks of.
    """

    row: int
    column: str
    letter: str
    written: str
    what: str
    about: str = ""


class SheetRow(Struct, frozen=True):
    """One person of the list; `phone` is digits. A list of teams alone has lines without a name."""

    row: int
    name: str
    phone: str
    teams: tuple[str, ...]
    partners: tuple[str, ...]


class Listed(Struct, frozen=True):
    """One sheet as a list: every line that is right, every fault, and what is left aside or worth a word.

    `whose` is the title and the letter of the column that names people, or teams where nobody is named.
    `ignored` are the columns that are no field of ours, `hidden_columns` those that are read though nobody
    sees them, `hidden_rows` the rows that a filter or a hand has hidden, `spare_phones` the rows in which a
    second telephone number stands.
    """

    lines: tuple[SheetRow, ...]
    faults: tuple[ColumnFault, ...]
    ignored: tuple[str, ...] = ()
    sheet: str = ""
    whose: tuple[str, str] = ("", "")
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    spare_phones: tuple[int, ...] = ()


class Choice(NamedTuple):
    """Which of a file's lists is meant, from 0, and whether its hidden rows are meant too."""

    sheet: int = 0
    with_hidden: bool = False


class ListFile(Struct, frozen=True):
    """The lists in a file, hidden rows in them; `aside` are the sheets that are hidden or have no heading."""

    lists: tuple[Listed, ...]
    aside: tuple[str, ...] = ()

    @property
    def leaves_a_choice(self) -> bool:
        """Whether somebody must say what is meant."""
        return len(self.lists) > 1 or any(one.hidden_rows for one in self.lists)


def lists_in(sheets: Sequence[Sheet]) -> ListFile:
    """The lists in a file: each sheet that is seen and has a heading."""
    found, aside = [], []
    for sheet in sheets:
        heading = None if sheet.is_hidden else heading_of(sheet.rows)
        if heading:
            found.append(_listed(sheet, heading))
        elif sheet.is_hidden or any(any(row) for row in sheet.rows):
            aside.append(tidy(sheet.name))
    return ListFile(tuple(found), tuple(filter(None, aside)))


AS_SEEN = Choice()


def listed(file: ListFile, choice: Choice = AS_SEEN) -> Listed:
    """The list that is meant, with the faults that only the whole of it has."""
    if choice.sheet >= len(file.lists):
        return Listed((), (ColumnFault(0, "", "", "", "no_heading"),))
    whole = file.lists[choice.sheet]
    left_out = set() if choice.with_hidden else set(whole.hidden_rows)
    lines = tuple(line for line in whole.lines if line.row not in left_out)
    faults = [fault for fault in whole.faults if fault.row not in left_out]
    faults += _repeated(lines, whole.whose)
    if not lines and not faults:
        faults = [ColumnFault(0, "", "", "", "nobody")]
    spare = tuple(row for row in whole.spare_phones if row not in left_out)
    in_turn = tuple(sorted(faults, key=lambda fault: fault.row))
    return replace(whole, lines=lines, faults=in_turn, spare_phones=spare)


def _listed(sheet: Sheet, heading: Heading) -> Listed:
    whole = Listed((), (), _ignored(sheet, heading), tidy(sheet.name))
    if refused := _refused(heading):
        return replace(whole, faults=(refused,))
    reader = _Reader(heading)
    below = enumerate(sheet.rows[heading.below :], heading.below + 1)
    lines = tuple(line for number, row in below if (line := reader.line(number, row)))
    told = {*(line.row for line in lines), *(fault.row for fault in reader.faults)}
    read = [place for places in heading.places.values() for place in places]
    named = heading.places.get("name", read)[0]
    return replace(
        whole,
        lines=lines,
        whose=(heading.title(named), letter_of(named)),
        faults=tuple(reader.faults),
        hidden_rows=tuple(number for number in sheet.hidden_rows if number in told),
        hidden_columns=tuple(heading.title(place) for place in sheet.hidden_columns if place in read),
        spare_phones=tuple(reader.spare_phones),
    )


def _ignored(sheet: Sheet, heading: Heading) -> tuple[str, ...]:
    """Columns that are not read: by their title, or by their letter where they have none."""
    read = {place for places in heading.places.values() for place in places}
    below = sheet.rows[heading.below :]
    filled = {place for row in below for place, cell in enumerate(row) if cell.strip()}
    columns = range(max(len(heading.titles), *filled, 0) + 1)
    names = [heading.title(place) or (letter_of(place) if place in filled else "") for place in columns]
    return tuple(name for place, name in enumerate(names) if name and place not in read)


def _refused(heading: Heading) -> ColumnFault | None:
    """Why nobody in the sheet is looked at: it has identity numbers, or two people in each row."""
    names, numbers = (heading.places.get(field, ()) for field in ("name", "id_number"))
    if numbers:
        return ColumnFault(heading.below, heading.title(numbers[0]), letter_of(numbers[0]), "", "id_column")
    if len(names) > 1:
        about = "、".join(letter_of(place) for place in names)
        return ColumnFault(
            heading.below, heading.title(names[1]), letter_of(names[1]), "", "two_names", about
        )
    return None


class _Cell(NamedTuple):
    field: str
    place: int
    text: str


class _Reader:
    """Reads rows by the places of their columns and collects what is wrong with them."""

    def __init__(self, heading: Heading) -> None:
        self._heading = heading
        self.faults: list[ColumnFault] = []
        self.spare_phones: list[int] = []

    def line(self, number: int, row: Sequence[str]) -> SheetRow | None:
        """The row's person; None for an empty row, the heading again, or a wrong one (`faults`)."""
        cells = self._cells(row)
        if all(field_of(cell.text) == cell.field for cell in cells):
            return None
        wrong = list(self._wrong(cells))
        self.faults += [self._fault(number, cell, what) for cell, what in wrong]
        if wrong:
            return None
        texts: dict[str, list[str]] = {"name": [], "phone": [], "team": [], "partner": []}
        for cell in cells:
            texts[cell.field].append(cell.text)
        phones = [phone_digits(phone) or "" for phone in texts["phone"]]
        if len(set(phones)) > 1:
            self.spare_phones.append(number)
        teams, partners = _names(texts["team"]), _names(texts["partner"])
        return SheetRow(number, "".join(texts["name"]), phones[0] if phones else "", teams, partners)

    def _cells(self, row: Sequence[str]) -> list[_Cell]:
        """What is written in the columns that are read, in the order in which they are preferred."""
        places = [(field, place) for field, columns in self._heading.places.items() for place in columns]
        cells = [_Cell(field, at, tidy(row[at])) for field, at in places if at < len(row)]
        return [cell for cell in cells if cell.text]

    def _wrong(self, cells: Sequence[_Cell]) -> Iterator[tuple[_Cell, str]]:
        """Which cells of a row are wrong, and how."""
        fields = [cell.field for cell in cells]
        for at, cell in enumerate(cells):
            what = _cell_fault(cell.field, cell.text)
            is_spare = what == "phone" and "phone" in fields[:at]
            if what and not is_spare:
                yield cell, what
        if "name" in self._heading.places and "name" not in fields:
            yield _Cell("name", self._heading.places["name"][0], ""), "empty"

    def _fault(self, row: int, cell: _Cell, what: str) -> ColumnFault:
        """A fault in a cell; an identity card's number is not shown again."""
        shown = "" if what == "id_number" else cell.text[:_LONGEST_SHOWN]
        return ColumnFault(row, self._heading.title(cell.place), letter_of(cell.place), shown, what)


def _cell_fault(field: str, text: str) -> str:
    if text.startswith("="):
        return "formula"
    if field == "phone":
        return phone_fault(text)
    if field == "name":
        return "heading_again" if field_of(text) else person_name_fault(text)
    # the whole cell too: #N/A would be two names
    return next(
        (what for name in (*_names([text]), text[:LONGEST_TEAM]) if (what := team_name_fault(name))), ""
    )


def _repeated(lines: Sequence[SheetRow], whose: tuple[str, str]) -> Iterator[ColumnFault]:
    """Lines that say what an earlier one has said, or that nobody can tell from it."""
    seen: dict[tuple[str, str], SheetRow] = {}
    said: set[tuple[object, ...]] = set()
    for line in lines:
        who, whole = (line.name, line.phone), (line.name, line.phone, line.teams, line.partners)
        before = seen.setdefault(who, line)
        is_twice = whole in said
        said.add(whole)
        if is_twice or (before is not line and line.name and not line.phone):
            what = "twice" if is_twice else "same_name"
            yield ColumnFault(line.row, *whose, line.name, what, str(before.row))


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    """The names in the cells of one field: 理发队、维修队."""
    parts = (part for text in texts for part in re.split(r"[、,，;；/|]", text))
    return tuple(dict.fromkeys(name for part in parts if (name := tidy(part))))
