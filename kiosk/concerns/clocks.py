"""Promises as clocks: working days by the notice, hours by the wall; a pause puts the end off."""

from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.rules import Due, Unit, What
from kiosk.concerns.tables import concern_clock
from kiosk.database.dialects import insert_for
from kiosk.database.prepared import Prepared
from kiosk.opening import Workdays, workdays


def due_of(
    tx: Connection, centre: Centre, asked: Asked, length: int, unit: str, days: Workdays | None = None
) -> Due:
    """Until when something is due that begins now and takes `length` of `unit`."""
    known = days or workdays(tx)
    today = centre.day(asked.now)
    if unit == Unit.HOUR:
        at = asked.now + timedelta(hours=length)
        return Due(centre.day(at), at)
    if unit == Unit.DAY:
        return Due(today + timedelta(days=length))
    on = known.after(today, length)
    return Due(on, None, known.is_provisional(on))


def start_clock(
    tx: Connection, asked: Asked, concern_id: int, promise: tuple[What, int, int, str], due: Due
) -> None:
    """Start a clock once: `promise` is what it is about, the round, its length and unit."""
    what, number, length, unit = promise
    row = {"concern_id": concern_id, "what": what, "round": number, "started_at": asked.now}
    row |= {"length": length, "unit": unit, "due_on": due.on, "due_at": due.at}
    _started(tx.dialect.name).all(tx, row)


@cache
def _started(dialect: str) -> Prepared:
    columns = ("concern_id", "what", "round", "started_at", "length", "unit", "due_on", "due_at")
    return Prepared(insert_for(dialect, concern_clock).on_conflict_do_nothing(), *columns)


def meet_clocks(tx: Connection, asked: Asked, concern_id: int, *whats: What) -> None:
    """Stop the clocks of this concern that run and are about `whats`."""
    mine = sa.and_(concern_clock.c.concern_id == concern_id, concern_clock.c.what.in_(whats))
    running = sa.and_(mine, concern_clock.c.met_at.is_(None))
    tx.execute(sa.update(concern_clock).where(running).values(met_at=asked.now))


def put_off(tx: Connection, due: Due, since: date, until: date) -> Due:
    """The same promise after a pause from `since` to `until`: as many working days later as it lasted."""
    known = workdays(tx)
    on = known.after(due.on, known.between(since, until))
    at = due.at + (until - since) if due.at is not None else None
    return Due(on if at is None else due.on + (until - since), at, known.is_provisional(on))


def put_off_clock(tx: Connection, concern_id: int, due: Due) -> None:
    """Write down that the answer of the running round is due then."""
    mine = sa.and_(concern_clock.c.concern_id == concern_id, concern_clock.c.what == What.ANSWER)
    running = sa.and_(mine, concern_clock.c.met_at.is_(None))
    tx.execute(sa.update(concern_clock).where(running).values(due_on=due.on, due_at=due.at))


def run_again(tx: Connection, concern_id: int, number: int) -> None:
    """Let the answer of this round be owed again: it was another concern's that met it."""
    mine = sa.and_(concern_clock.c.concern_id == concern_id, concern_clock.c.what == What.ANSWER)
    tx.execute(sa.update(concern_clock).where(mine, concern_clock.c.round == number).values(met_at=None))
