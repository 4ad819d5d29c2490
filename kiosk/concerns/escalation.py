"""What is late, read from the clocks that run: no row is written for it, so no night misses one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.clock import bounds
from kiosk.concerns.reads import Concern, place_name
from kiosk.concerns.rules import RUNNING, Due, Level, State, Unit, Verb, What
from kiosk.concerns.tables import concern, concern_category, concern_change, concern_clock
from kiosk.database import in_lang
from kiosk.opening import Workdays

ROUNDS = 2
"""A concern of the third round has gone on for too long, whatever its date (`round` begins with 0)."""

ALIKE, ALIKE_FOR = 3, timedelta(days=30)
"""So many about the same kind of thing at the same place within so long are no accident."""


class Owed(Struct, frozen=True):
    """A clock that runs: what is promised, until when, and how long it was to take."""

    what: What
    due: Due
    length: int
    unit: str

    def is_twice_over(self, now: datetime, today: date, days: Workdays) -> bool:
        """Whether it is late by as long again as was promised."""
        if self.due.at is not None:
            return now > self.due.at + timedelta(hours=self.length)
        if self.unit == Unit.DAY:
            return today > self.due.on + timedelta(days=self.length)
        return today > days.after(self.due.on, self.length)


def owed(tx: Connection, found: Iterable[Concern]) -> dict[int, tuple[Owed, ...]]:
    """The clocks that run of each of these, the nearest first."""
    ids = [one.id for one in found]
    running = sa.and_(concern_clock.c.concern_id.in_(ids), concern_clock.c.met_at.is_(None))
    ordered = sa.select(concern_clock).where(running).order_by(concern_clock.c.due_on, concern_clock.c.id)
    by_id: dict[int, list[Owed]] = {number: [] for number in ids}
    for row in tx.execute(ordered):
        by_id[row.concern_id].append(Owed(What(row.what), Due(row.due_on, row.due_at), row.length, row.unit))
    return {number: tuple(clocks) for number, clocks in by_id.items()}


class Moment(Struct, frozen=True):
    """When it is asked how late something is: now, which day that is, which day is worked next."""

    now: datetime
    today: date
    days: Workdays


def level_of(one: Concern, clocks: Sequence[Owed], at: Moment) -> Level:
    """How pressing a concern is; one that rests is not."""
    if not one.is_running or one.state == State.WAITING:
        return Level.CALM
    if one.round >= ROUNDS or any(clock.is_twice_over(at.now, at.today, at.days) for clock in clocks):
        return Level.LONG
    if any(clock.due.is_past(at.now, at.today) for clock in clocks):
        return Level.OVERDUE
    nearest = min((clock.due.on for clock in clocks), default=one.due.on)
    if nearest <= at.today:
        return Level.TODAY
    return Level.TOMORROW if nearest <= at.days.after(at.today, 1) else Level.CALM


def resumed(tx: Connection, found: Iterable[Concern], since: datetime) -> frozenset[int]:
    """Which of these rested until lately: by their date, by hand, or by the resident's word."""
    ids = [one.id for one in found if one.state == State.OPEN]
    again = sa.and_(
        concern_change.c.concern_id.in_(ids),
        concern_change.c.verb.in_((Verb.RESUME, Verb.SAY_MORE)),
        concern_change.c.from_state == State.WAITING,
        concern_change.c.at >= since,
    )
    return frozenset(tx.execute(sa.select(concern_change.c.concern_id).where(again)).scalars())


class Alike(Struct, frozen=True):
    """Several about the same kind of thing at the same place: how many, and the numbers of those that run."""

    category_code: str
    category: str
    icon: str
    place_id: int
    place: str
    count: int
    running: tuple[str, ...]


def alikes(tx: Connection, asked: Asked) -> tuple[Alike, ...]:
    """Where three or more of thirty days are alike, the most first. Sealed ones are none of them."""
    after, before = bounds(asked.now, ALIKE_FOR)
    gone = (State.WITHDRAWN, State.DECLINED)
    counted = sa.and_(
        concern.c.taken_at > after, concern.c.taken_at < before, concern.c.place_id.is_not(None),
        concern.c.is_sealed.is_(False), concern.c.state.not_in(gone),
    )  # fmt: skip
    name = in_lang(asked.lang, concern_category.c.name).label("category")
    found = (
        sa.select(concern.c.category_code, concern.c.place_id, name, concern_category.c.icon, sa.func.count())
        .join_from(concern, concern_category, concern.c.category_code == concern_category.c.code)
        .where(counted)
        .group_by(concern.c.category_code, concern.c.place_id, name, concern_category.c.icon)
        .having(sa.func.count() >= ALIKE)
        .order_by(sa.func.count().desc(), concern.c.category_code, concern.c.place_id)
    )
    return tuple(
        Alike(code, category, icon, place_id, place_name(tx, place_id, asked.lang), count, tuple(
            number for _, number in running_alike(tx, code, place_id)
        ))
        for code, place_id, category, icon, count in tx.execute(found).all()
    )  # fmt: skip


def running_alike(tx: Connection, category_code: str, place_id: int) -> tuple[tuple[int, str], ...]:
    """Those that somebody still works on about this kind of thing at this place, the oldest first."""
    same = sa.and_(concern.c.category_code == category_code, concern.c.place_id == place_id)
    running = sa.and_(same, concern.c.state.in_(RUNNING), concern.c.is_sealed.is_(False))
    found = sa.select(concern.c.id, concern.c.number).where(running).order_by(concern.c.id)
    return tuple((row.id, row.number) for row in tx.execute(found))
