"""Comparing a book with what is there, row by row, and taking it in: all of it, or nothing."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from kiosk import changes, services, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database import Tx
from kiosk.exchange.content import Book, Fault, Row, SheetKind
from kiosk.exchange.plans import Reading
from kiosk.exchange.undoing import note_taken
from kiosk.words import Refusal

COUNTED = {"new": "added", "altered": "changed", "stopped": "retired", "back": "bring_back"}
"""What the history tells of an import: how many rows of each outcome."""


class Outcome(Struct, frozen=True):
    """What became of a row: added, changed, retired, bring_back or same."""

    sheet: SheetKind
    row: int
    key: str
    name: str
    what: str


class Done(Struct):
    """What a book does: a line for each thing in it, and everything that is wrong."""

    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refusals: list[tuple[Fault, Refusal]] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether it can be taken."""
        return not self.faults and not self.refusals

    def count(self, what: str) -> int:
        """How many things are added, changed …"""
        return sum(one.what == what for one in self.outcomes)


class _OnlyLooked(Exception):
    """Nothing is kept of a transaction that only looked."""


def look(write: Callable[[], Any], centre: Centre, asked: Asked, book: Book, *, replace: bool) -> Done:
    """What taking the book would do: it is done, and nothing of it is kept. `write` begins a transaction."""
    done = Done()
    try:
        with write() as tx:
            done = take(tx, centre, asked, book, replace=replace)
            raise _OnlyLooked
    except _OnlyLooked:
        return done


def take(tx: Tx, centre: Centre, asked: Asked, book: Book, *, replace: bool = False) -> Done:
    """Take the book in. When anything `is_right` not, roll the transaction back: a part may be written.

    What the book does not name stays as it is. A code that means something else here is a fault ("clash") in
    a book of another centre, unless `replace`.
    """
    reading, before = Reading(book), changes.newest_of_all(tx)
    taking = _Taking(tx, asked, reading, is_own=replace or book.centre == centre.address)
    taking.take()
    if taking.done.is_right:
        counts = {name: taking.done.count(what) for name, what in COUNTED.items()}
        note_taken(tx, asked, before, counts)
    return taking.done


def mark_of(done: Done) -> str:
    """A mark of what was shown: taken later it is still the same, or is shown again."""
    # not by the row: what lies in the form meanwhile is counted from another one
    told = [asdict(one) | {"row": 0} for one in done.outcomes]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


class _Verbs(Struct, frozen=True):
    """How one kind of thing is written; what is offered no more is retired, never deleted."""

    add: Callable[..., object]
    edit: Callable[..., bool]
    retire: Callable[..., object]
    bring_back: Callable[..., object]


_OF_SERVICES = _Verbs(
    services.add_service, services.edit_service, services.retire_service, services.bring_back_service
)
_OF_PRIORITIES = _Verbs(
    tickets.add_priority, tickets.edit_priority, tickets.retire_priority, tickets.bring_back_priority
)


class _Taking:
    """Takes a book in, sheet by sheet; each row by itself, so that every fault is found at once."""

    def __init__(self, tx: Tx, asked: Asked, reading: Reading, *, is_own: bool) -> None:
        self._tx, self._asked, self._reading, self._is_own = tx, asked, reading, is_own
        self.done = Done(faults=reading.faults)

    def take(self) -> None:
        self._groups()
        self._services()
        self._counters()
        self._priorities()
        self._retire_groups()
        self._arrange()
        self.done.outcomes.sort(key=lambda one: (list(SheetKind).index(one.sheet), one.row))

    def _groups(self) -> None:
        known = {one.slug: one for one in services.every_group(self._tx)}
        for row, plan, is_retired in self._reading.groups():
            slug, there = row["slug"].strip(), known.get(row["slug"].strip())
            with self._row(SheetKind.GROUP, row):
                what = "same"
                if there is None:
                    services.add_group(self._tx, self._asked, plan, slug)
                    what = "added"
                elif self._is_clash(SheetKind.GROUP, row, there.plan.name, plan.name):
                    continue
                if there is not None and there.retired_at is not None and not is_retired:
                    services.bring_back_group(self._tx, self._asked, slug)
                    what = "bring_back"
                if there is not None and plan != there.plan:
                    is_changed = services.edit_group(self._tx, self._asked, slug, plan)
                    what = "changed" if is_changed and what == "same" else what
                if is_retired and (there is None or there.retired_at is None):
                    what = "retired"
                self._tell(SheetKind.GROUP, row, slug, plan.name, what)

    def _retire_groups(self) -> None:
        for row, _, is_retired in self._reading.groups():
            if is_retired:
                with self._row(SheetKind.GROUP, row):
                    services.retire_group(self._tx, self._asked, row["slug"].strip())

    def _services(self) -> None:
        known = {one.code: one for one in services.every_service(self._tx)}
        for row, plan, is_retired in self._reading.services_beside(known):
            code = row["code"].strip()
            there = known.get(code)
            with self._row(SheetKind.SERVICE, row):
                if there is not None and self._is_clash(SheetKind.SERVICE, row, there.plan.name, plan.name):
                    continue
                what = self._write(_OF_SERVICES, code, there, plan, is_retired=is_retired)
                self._tell(SheetKind.SERVICE, row, code, plan.name, what)

    def _write(self, verbs: _Verbs, code: str, there: Any, plan: Any, *, is_retired: bool) -> str:
        what = "same"
        if there is None:
            verbs.add(self._tx, self._asked, plan, code)
            what = "added"
        elif plan != there.plan and verbs.edit(self._tx, self._asked, code, plan):
            what = "changed"
        was_retired = there is not None and there.retired_at is not None
        if is_retired and not was_retired:
            verbs.retire(self._tx, self._asked, code)
            return "retired"
        if was_retired and not is_retired:
            verbs.bring_back(self._tx, self._asked, code)
            return "bring_back"
        return what

    def _counters(self) -> None:
        numbers = self._reading.counters()
        known = {one.number: one for one in services.every_counter(self._tx)}
        offered = {one.code for one in services.every_service(self._tx, is_brief=True)}
        self.done.faults += self._reading.unknown_codes(offered)
        for number, (row, ticked, named) in numbers.items():
            with self._row(SheetKind.COUNTER, row):
                there, what = known.get(number), "same"
                if there is None:
                    services.add_counter(self._tx, self._asked, number)
                    what = "added"
                elif there.retired_at is not None:
                    services.bring_back_counter(self._tx, self._asked, number)
                    what = "bring_back"
                had = set(there.codes) if there else set()
                # of services that the file does not name, a window keeps what it serves
                wanted = (ticked & offered) | (had - named)
                if services.set_skills(self._tx, self._asked, {number: wanted}) and what == "same":
                    what = "changed"
                self._tell(SheetKind.COUNTER, row, str(number), str(number), what)

    def _priorities(self) -> None:
        known = {one.code: one for one in tickets.every_priority(self._tx)}
        for row, plan, is_retired in self._reading.priorities():
            code = row["code"].strip()
            there = known.get(code)
            with self._row(SheetKind.PRIORITY, row):
                if there is not None and self._is_clash(SheetKind.PRIORITY, row, there.plan.name, plan.name):
                    continue
                what = self._write(_OF_PRIORITIES, code, there, plan, is_retired=is_retired)
                self._tell(SheetKind.PRIORITY, row, code, plan.name, what)

    def _arrange(self) -> None:
        """Put what the file names into its order; what it does not name keeps its place."""
        if not self.done.is_right:
            return
        groups = [one.slug for one in services.every_group(self._tx)]
        named = [row["slug"].strip() for row, *_ in self._reading.groups()]
        services.arrange_groups(self._tx, self._asked, _arranged(groups, named))
        listed = services.every_service(self._tx, is_brief=True)
        codes = self._reading.codes()
        for slug in groups:
            of_group = [one.code for one in listed if one.plan.group == slug]
            services.arrange_services(self._tx, self._asked, slug, _arranged(of_group, codes))
        reasons = [one.code for one in tickets.every_priority(self._tx)]
        wanted = [row["code"].strip() for row, *_ in self._reading.priorities()]
        tickets.arrange_priorities(self._tx, self._asked, _arranged(reasons, wanted))

    def _is_clash(self, sheet: SheetKind, row: Row, here: str, there: str) -> bool:
        if self._is_own or here == there:
            return False
        column = "slug" if sheet == SheetKind.GROUP else "code"
        self.done.faults.append(Fault(sheet, row.number, column, "clash", here))
        return True

    def _tell(self, sheet: SheetKind, row: Row, key: str, name: str, what: str) -> None:
        self.done.outcomes.append(Outcome(sheet, row.number, key, name, what))

    @contextmanager
    def _row(self, sheet: SheetKind, row: Row) -> Iterator[None]:
        """One row by itself: what it is refused for is noted, and nothing of it stays."""
        part = self._tx.begin_nested()
        try:
            yield
        except (services.BadPlan, tickets.BadPriority) as wrong:
            part.rollback()
            self.done.faults += [self._reading.placed(sheet, row, *one) for one in wrong.faults.items()]
        except Refusal as refusal:
            part.rollback()
            self.done.refusals.append((Fault(sheet, row.number, "", "refused"), refusal))
        else:
            if part.is_active:
                part.commit()


def _arranged(there: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """`there` with those that are wanted in the wanted order, at the places that they have together."""
    known = set(there)
    sequence = iter([one for one in dict.fromkeys(wanted) if one in known])
    named = set(wanted)
    return [next(sequence) if one in named else one for one in there]
