"""Adding and retiring counters, and what each serves; each change is one row of the history."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.services.catalogue.listing import ListedCounter, every_counter, listed_counter
from kiosk.services.catalogue.plans import LAST_COUNTER
from kiosk.services.refusals import CounterInUse, CounterThere, UnknownCounter, UnknownService
from kiosk.services.tables import counter, counter_service, service

KIND = "counter"


def add_counter(tx: Connection, asked: Asked, number: int, codes: Iterable[str] = ()) -> None:
    """One more counter, which serves these.

    Raises CounterThere, UnknownCounter outside 1–99, UnknownService.
    """
    if not 1 <= number <= LAST_COUNTER:
        raise UnknownCounter
    if tx.execute(sa.select(counter.c.number).where(counter.c.number == number)).first() is not None:
        raise CounterThere(counter=number)
    tx.execute(sa.insert(counter).values(number=number))
    _write_skills(tx, number, codes)
    note(tx, asked, number, "add", None)


def retire_counter(tx: Connection, asked: Asked, number: int) -> None:
    """Have it no more; the history knows what it served. Raises UnknownCounter, CounterInUse."""
    before = listed_counter(tx, number)
    if before.is_open:
        raise CounterInUse(counter=number)
    if before.retired_at is None:
        take_away(tx, number, asked.now)
        note(tx, asked, number, "retire", before)


def bring_back_counter(tx: Connection, asked: Asked, number: int) -> None:
    """Have it again, with what it served. Raises UnknownCounter."""
    before = listed_counter(tx, number)
    if before.retired_at is not None:
        retired = changes.changes(tx, changes.Wanted(KIND, str(number)), of=1)
        was = retired[0].noted.before if retired else None
        give_back(tx, number, was["services"] if was else ())
        note(tx, asked, number, "bring_back", before)


def set_skills(tx: Connection, asked: Asked, skills: Mapping[int, Iterable[str]]) -> tuple[int, ...]:
    """Let each of these counters serve these codes and nothing else; the numbers of those that changed.

    What a stall of an event has given to a counter stays. Raises UnknownCounter, UnknownService.
    """
    known = {one.number: one for one in every_counter(tx)}
    changed = []
    for number, wanted in skills.items():
        if number not in known:
            raise UnknownCounter
        codes = set(wanted)
        if codes == set(known[number].codes):
            continue
        _write_skills_anew(tx, number, codes)
        note(tx, asked, number, "skills", known[number])
        changed.append(number)
    return tuple(changed)


def teach(tx: Connection, asked: Asked, code: str, numbers: Collection[int]) -> tuple[int, ...]:
    """Let these counters serve one service more; the numbers of those that did not yet."""
    there = [one for one in every_counter(tx) if one.number in numbers]
    return set_skills(tx, asked, {one.number: (*one.codes, code) for one in there})


def facts_of(listed: ListedCounter) -> changes.Facts:
    """A counter as the history keeps it; what it serves by code, in the order of letters."""
    return {
        "number": listed.number,
        "services": sorted(listed.codes),
        "retired": listed.retired_at is not None,
    }


def note(
    tx: Connection,
    asked: Asked,
    number: int,
    verb: str,
    before: ListedCounter | None,
    undoes: int | None = None,
) -> None:
    """Write down how a counter is now, and how it was."""
    was = None if before is None else facts_of(before)
    now = facts_of(listed_counter(tx, number))
    changes.note(tx, asked, changes.Noted(KIND, str(number), str(number), verb, was, now, undoes))


def take_away(tx: Connection, number: int, at: datetime) -> None:
    """Retire a counter, nothing noted. It serves nothing then: else two services that it alone had in common
    would go on being one line, and a slip would send people to it.
    """
    _write_skills_anew(tx, number, ())
    tx.execute(sa.update(counter).where(counter.c.number == number).values(retired_at=at))


def give_back(tx: Connection, number: int, codes: Iterable[str]) -> None:
    """Have a counter that serves these, nothing noted. Raises UnknownService."""
    _write_skills_anew(tx, number, codes)
    tx.execute(sa.update(counter).where(counter.c.number == number).values(retired_at=None))


def _write_skills_anew(tx: Connection, number: int, codes: Iterable[str]) -> None:
    """Let a counter serve these and nothing else but stalls, nothing noted. Raises UnknownService."""
    stalls = sa.select(service.c.code).where(service.c.is_timed)
    own = (counter_service.c.counter_number == number, counter_service.c.service_code.not_in(stalls))
    tx.execute(sa.delete(counter_service).where(*own))
    _write_skills(tx, number, codes)


def _write_skills(tx: Connection, number: int, codes: Iterable[str]) -> None:
    wanted = sorted(set(codes))
    known = set(tx.execute(sa.select(service.c.code).where(~service.c.is_timed)).scalars())
    if not known.issuperset(wanted):
        raise UnknownService
    if wanted:
        rows = [{"counter_number": number, "service_code": code} for code in wanted]
        tx.execute(sa.insert(counter_service), rows)
