"""Asking for help, going there, closing it: each a conditional UPDATE and one appended row."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.clock import bounds
from kiosk.pleas.reads import note_writing, open_at, plea_of
from kiosk.pleas.refusals import NobodyGoesYet, PleaOver, RingsAgain, SomebodyGoes
from kiosk.pleas.rules import FALSE, FALSE_ALARMS, FALSE_WITHIN, UNDO_FOR, Kind, Outcome, Stand, Verb
from kiosk.pleas.tables import plea, plea_change

OPEN = plea.c.closed_at.is_(None)
NOBODY_YET = {"answered_at": None, "answered_by": None, "post": "", "counter_number": None}


def ask(tx: Connection, asked: Asked, kind: Kind, ticket_id: int | None = None) -> int:
    """Ring for help from `asked.station`; the plea's id.

    While one rings, or somebody is on the way to it, the same station gets that one again. 我不舒服 after
    要人帮忙 makes it the worse one and rings anew, also when somebody was going.
    """
    now, there = asked.now, open_at(tx, asked.station)
    if there is not None and not there.is_told_at_station(now):
        _close(tx, Asked(now), there.id, Outcome.LAPSED, Verb.LAPSE)
        there = None
    if there is None:
        return _ring(tx, asked, kind, ticket_id)
    if kind == Kind.UNWELL and there.kind != Kind.UNWELL:
        worse = {"kind": kind, "asked_at": now, "is_quiet": False, **NOBODY_YET}
        _move(tx, Asked(now), there.id, worse, Verb.WORSE)
    if ticket_id is not None and there.ticket_id is None:
        tx.execute(sa.update(plea).where(plea.c.id == there.id).values(ticket_id=ticket_id))
    return there.id


def _ring(tx: Connection, asked: Asked, kind: Kind, ticket_id: int | None) -> int:
    is_quiet = kind == Kind.HELP and _false_alarms(tx, asked.station, asked.now) >= FALSE_ALARMS
    row = {
        "station": asked.station, "kind": kind, "ticket_id": ticket_id, "asked_at": asked.now,
        "is_quiet": is_quiet,
    }  # fmt: skip
    made = int(tx.execute(sa.insert(plea).values(row).returning(plea.c.id)).scalar_one())
    _note(tx, asked, made, Verb.ASK)
    return made


def _false_alarms(tx: Connection, station: str, now: datetime) -> int:
    after, before = bounds(now, FALSE_WITHIN)
    lately = sa.and_(plea.c.closed_at > after, plea.c.closed_at < before)
    found = sa.select(sa.func.count()).where(plea.c.station == station, plea.c.outcome.in_(FALSE), lately)
    return int(tx.execute(found).scalar_one())


def answer(tx: Connection, asked: Asked, plea_id: int, post: str, counter: int | None) -> None:
    """Say that `asked.staff_id` goes there, from `counter` if she sits at one; said twice it is said once.

    One statement decides who: of two who press at once one goes. Raises UnknownPlea, SomebodyGoes, PleaOver.
    """
    goes = {"answered_at": asked.now, "answered_by": asked.staff_id, "post": post, "counter_number": counter}
    if _move(tx, asked, plea_id, goes, Verb.ANSWER, plea.c.answered_at.is_(None)):
        return
    at = plea_of(tx, plea_id)
    if at.stand == Stand.CLOSED:
        raise PleaOver
    if at.answered_by != asked.staff_id:
        raise SomebodyGoes


def give_back(tx: Connection, asked: Asked, plea_id: int) -> None:
    """She who said so cannot go after all: it rings again. Raises UnknownPlea, PleaOver."""
    mine = plea.c.answered_by == asked.staff_id
    if not _move(tx, asked, plea_id, NOBODY_YET, Verb.GIVE_BACK, mine):
        plea_of(tx, plea_id)
        raise PleaOver


def close(tx: Connection, asked: Asked, plea_id: int, outcome: Outcome) -> None:
    """Somebody of staff was there. Raises UnknownPlea, NobodyGoesYet, PleaOver."""
    if _close(tx, asked, plea_id, outcome, Verb.CLOSE, plea.c.answered_at.is_not(None)):
        return
    if plea_of(tx, plea_id).stand == Stand.RINGING:
        raise NobodyGoesYet
    raise PleaOver


def reopen(tx: Connection, asked: Asked, plea_id: int) -> None:
    """Closed by mistake: it stands again as before, with who goes there.

    Whoever closed it can, for UNDO_FOR. Raises UnknownPlea, PleaOver, RingsAgain.
    """
    at = plea_of(tx, plea_id)
    if open_at(tx, at.station) is not None:
        raise RingsAgain
    after, before = bounds(asked.now, UNDO_FOR)
    lately = sa.and_(plea.c.closed_at > after, plea.c.closed_at < before)
    mine = sa.and_(plea.c.id == plea_id, plea.c.closed_by == asked.staff_id, lately)
    again = sa.update(plea).where(mine).values(closed_at=None, closed_by=None, outcome="")
    if not tx.execute(again).rowcount:
        raise PleaOver
    _note(tx, asked, plea_id, Verb.REOPEN)


def withdraw(tx: Connection, asked: Asked) -> None:
    """The resident needs nobody after all. Once somebody is on the way that is for them to say."""
    there = open_at(tx, asked.station)
    if there is not None:
        _close(tx, asked, there.id, Outcome.WITHDRAWN, Verb.WITHDRAW, plea.c.answered_at.is_(None))


def forget(tx: Connection, day_start: datetime, staff_days: int) -> int:
    """End what is still open of earlier days, and forget whose they were; how many were open.

    Staff ids are forgotten after `staff_days`: how long people waited is all that is asked later.
    """
    before = plea.c.asked_at < day_start
    stale = tx.execute(sa.select(plea.c.id).where(before, OPEN)).scalars().all()
    for plea_id in stale:
        _close(tx, Asked(day_start), plea_id, Outcome.LAPSED, Verb.LAPSE)
    tx.execute(sa.update(plea).where(before, plea.c.ticket_id.is_not(None)).values(ticket_id=None))
    until = day_start - timedelta(days=staff_days)
    nobody = {"answered_by": None, "closed_by": None}
    known = sa.or_(plea.c.answered_by.is_not(None), plea.c.closed_by.is_not(None))
    tx.execute(sa.update(plea).where(plea.c.asked_at < until, known).values(nobody))
    told = sa.and_(plea_change.c.at < until, plea_change.c.staff_id.is_not(None))
    tx.execute(sa.update(plea_change).where(told).values(staff_id=None))
    return len(stale)


def _close(
    tx: Connection, asked: Asked, plea_id: int, outcome: Outcome, verb: Verb, only: Any = OPEN
) -> bool:
    over = {"closed_at": asked.now, "closed_by": asked.staff_id, "outcome": outcome}
    return _move(tx, asked, plea_id, over, verb, only)


def _move(
    tx: Connection, asked: Asked, plea_id: int, values: dict[str, Any], verb: Verb, only: Any = OPEN
) -> bool:
    """Change an open plea if `only` holds, with its row; whether it did."""
    moved = tx.execute(sa.update(plea).where(plea.c.id == plea_id, OPEN, only).values(values))
    if moved.rowcount:
        _note(tx, asked, plea_id, verb)
    return bool(moved.rowcount)


def _note(tx: Connection, asked: Asked, plea_id: int, verb: Verb) -> None:
    note_writing(tx)
    row = {"plea_id": plea_id, "verb": verb, "staff_id": asked.staff_id, "at": asked.now}
    tx.execute(sa.insert(plea_change), row)
