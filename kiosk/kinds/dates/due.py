"""未诉先办: what runs out for somebody, reminded of before: pensions, care files, certificates."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Contact, Hand, Kind, Outcome, Reply, Said, Source, State
from kiosk.concerns.tables import concern
from kiosk.database.dialects import insert_missing
from kiosk.kinds.refusals import BadDate, DateEnded, UnknownDate
from kiosk.kinds.rules import BEFORE_DAYS, MOST_MONTHS, Way, WhatRunsOut
from kiosk.kinds.tables import due_change, due_date

_RUNNING = (State.NEW, State.OPEN, State.WAITING)
_CATEGORY = "help"
"""Of the categories that every centre begins with; where it is retired the first one stands for it."""


class NewDate(Struct, frozen=True):
    """Something that will run out: of what kind, for whom, since when, how many months it lasts."""

    kind: WhatRunsOut
    contact: Contact
    last_on: date
    months: int
    tap: str
    place_id: int | None = None
    ticket_id: int | None = None


class DueDate(Struct, frozen=True):
    """When something runs out for somebody."""

    id: int
    kind: WhatRunsOut
    name: str
    tail: str
    place_id: int | None
    months: int
    last_on: date
    due_on: date


def later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_date(tx: Connection, centre: Centre, asked: Asked, new: NewDate) -> int:
    """Write down when it was done last; the same `tap` does it once. Raises BadDate, UnknownPlace."""
    ago = (centre.day(asked.now) - new.last_on).days
    if not 1 <= new.months <= MOST_MONTHS or not 0 <= ago <= 31 * MOST_MONTHS or not new.contact.is_there:
        raise BadDate
    if new.place_id is not None:
        concerns.check_place(tx, new.place_id)
    row = {
        "kind": new.kind, "name": new.contact.name, "phone": new.contact.phone, "tail": new.contact.tail,
        "place_id": new.place_id, "months": new.months, "last_on": new.last_on,
        "due_on": later(new.last_on, new.months), "ticket_id": new.ticket_id, "tap": new.tap,
    }  # fmt: skip
    is_new = insert_missing(tx, due_date, row)
    due_id = int(tx.execute(sa.select(due_date.c.id).where(due_date.c.tap == new.tap)).scalar_one())
    if is_new:
        _note(tx, asked, due_id, "add", later(new.last_on, new.months))
    return due_id


def dates(tx: Connection, most: int = 300) -> tuple[DueDate, ...]:
    """What runs out, the nearest first."""
    live = sa.select(due_date).where(due_date.c.ended_at.is_(None)).order_by(due_date.c.due_on, due_date.c.id)
    return tuple(due_of(row) for row in tx.execute(live.limit(most)))


def due_of(row: Any) -> DueDate:
    """A row of the table as others read it."""
    kind = WhatRunsOut(row.kind)
    return DueDate(row.id, kind, row.name, row.tail, row.place_id, row.months, row.last_on, row.due_on)


def remind(tx: Connection, centre: Centre, asked: Asked) -> int:
    """Take in what is 60, 30 or 7 days before its date, unless an earlier reminder still runs; how many."""
    today = centre.day(asked.now)
    if not concerns.categories(tx, asked.lang):  # a centre that has retired all takes nothing in
        return 0
    near = sa.and_(due_date.c.ended_at.is_(None), due_date.c.due_on <= today + timedelta(days=BEFORE_DAYS[0]))
    count = 0
    for row in tx.execute(sa.select(due_date).where(near)).all():
        step = min((days for days in BEFORE_DAYS if (row.due_on - today).days <= days), default=None)
        if step is None or _runs(tx, row.id):
            continue
        count += not _take_in(tx, centre, asked, row, step).already
    return count


def _take_in(tx: Connection, centre: Centre, asked: Asked, row: Any, step: int) -> concerns.TakenIn:
    offered = {one.code for one in concerns.categories(tx, asked.lang)}
    category = _CATEGORY if _CATEGORY in offered else min(offered)
    ref = f"due:{row.id}:{row.due_on}:{step}"
    said = Said(
        category, ref, Source.DATE, row.place_id, contact=Contact(row.name, row.phone, row.tail),
        source_ref=ref, kind=Kind.REMINDER, due_on=max(row.due_on, centre.day(asked.now)), has_slip=False,
        about=f"{WHAT_NAMES[WhatRunsOut(row.kind)]}，{row.due_on}到期",
    )  # fmt: skip
    return concerns.take_in(tx, centre, asked, said)


WHAT_NAMES = {
    WhatRunsOut.PENSION: "养老资格认证",
    WhatRunsOut.CARE: "上门服务档案",
    WhatRunsOut.PAPER: "证件",
}


def _runs(tx: Connection, due_id: int) -> bool:
    of_it = sa.and_(concern.c.source == Source.DATE, concern.c.source_ref.like(f"due:{due_id}:%"))
    running = sa.select(concern.c.id).where(of_it, concern.c.state.in_(_RUNNING)).limit(1)
    return tx.execute(running).first() is not None


def settle_date(tx: Connection, centre: Centre, hand: Hand, due_id: int, way: Way) -> date | None:
    """How it came out: done counts from today and gives the next date; moved or refused ends it.

    Reminders that run are answered. Raises UnknownDate, DateEnded.
    """
    asked, today = hand.asked, centre.day(hand.asked.now)
    row = tx.execute(sa.select(due_date).where(due_date.c.id == due_id)).first()
    if row is None:
        raise UnknownDate
    if row.ended_at is not None:
        raise DateEnded
    same = sa.and_(due_date.c.id == due_id, due_date.c.ended_at.is_(None), due_date.c.due_on == row.due_on)
    due_on = later(today, row.months) if way.is_done else None
    if due_on is not None:
        values: dict[str, Any] = {"last_on": today, "due_on": due_on}
    else:
        values = {"ended_at": asked.now, "name": "", "phone": "", "tail": ""}
    if not tx.execute(sa.update(due_date).where(same).values(values)).rowcount:
        raise DateEnded
    _note(tx, asked, due_id, way, due_on or row.due_on)
    _answer(tx, centre, hand, due_id, way)
    return due_on


def _answer(tx: Connection, centre: Centre, hand: Hand, due_id: int, way: Way) -> None:
    of_it = sa.and_(concern.c.source == Source.DATE, concern.c.source_ref.like(f"due:{due_id}:%"))
    running = sa.select(concern.c.id, concern.c.state).where(of_it, concern.c.state.in_(_RUNNING))
    outcome = Outcome.SOLVED if way.is_done else Outcome.EXPLAINED
    for row in tx.execute(running).all():
        act = concerns.settle if row.state == State.NEW else concerns.answer
        act(tx, centre, Hand(hand.asked, is_lead=True), row.id, Reply(outcome, WAY_NAMES[way]))


WAY_NAMES = {
    Way.DATA: "数据比对已经通过。",
    Way.PHONE: "手机上办好了。",
    Way.HERE: "在中心办好了。",
    Way.HOME: "上门办好了。",
    Way.MOVED: "已经搬走。",
    Way.REFUSED: "本人不办。",
}


def _note(tx: Connection, asked: Asked, due_id: int, verb: str, due_on: date) -> None:
    row = {"due_id": due_id, "verb": verb, "due_on": due_on, "at": asked.now, "staff_id": asked.staff_id}
    tx.execute(sa.insert(due_change).values(row))
