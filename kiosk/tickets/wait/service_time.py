"""The estimate's memory and its view of the hall: how long visits take, which counters call, who is ahead."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.clock import bounds, lasted
from kiosk.database.prepared import Prepared
from kiosk.services.tables import counter, counter_service, service
from kiosk.tickets.rules import AT_HAND
from kiosk.tickets.tables import pace, priority, ticket
from kiosk.tickets.transition import Standing
from kiosk.tickets.wait.estimate import (
    Estimate,
    Learned,
    OpenCounter,
    Overtakers,
    Pace,
    Place,
    estimate,
    of_today,
)

_PACES = Prepared(sa.select(pace))
_PACE_OF = Prepared(sa.select(pace).where(pace.c.service_code == sa.bindparam("code")))
_STATED = Prepared(
    sa.select(service.c.code, service.c.duration_min).where(service.c.duration_min.is_not(None))
)
_IS_AT_HAND = sa.or_(*(ticket.c.status == status for status in AT_HAND))
"""Not IN: a list of varying length cannot be prepared."""

_DESKS = Prepared(
    sa.select(
        counter.c.number,
        counter_service.c.service_code,
        ticket.c.service_code.label("busy_with"),
        ticket.c.called_at,
    )
    .join_from(counter, counter_service, counter.c.number == counter_service.c.counter_number)
    .outerjoin(ticket, sa.and_(ticket.c.counter_number == counter.c.number, _IS_AT_HAND))
    .where(counter.c.opened_by.is_not(None), counter.c.pause == "")
)
NOTHING = Learned()
LATELY = timedelta(minutes=45)
"""From who came with a priority in this time follows how many will in the next."""

_TAKEN_LATELY = (ticket.c.taken_at > sa.bindparam("since"), ticket.c.taken_at < sa.bindparam("before"))
_LATELY = Prepared(
    sa.select(priority.c.head_start_min, sa.func.count().label("taken"))
    .join_from(ticket, priority)
    .where(ticket.c.service_day == sa.bindparam("day"), *_TAKEN_LATELY)
    .group_by(priority.c.head_start_min)
)


def note_pace(tx: Connection, at: Standing, now: datetime) -> None:
    """Learn from a visit that has left the counter: from its call (walking included) until now.

    Nothing is learned from one during which the clock went back, nor from a trial.
    """
    spent = lasted(at.called_at, now) if at.called_at is not None and not at.is_trial else None
    if spent is None:
        return
    old = _learned_of(tx, at.service_code)
    new = old.after(spent.total_seconds(), at.service_day)
    _keep(tx, at.service_code, new, is_new=old is NOTHING)


def forget_pace(tx: Connection, service_code: str, spent: timedelta | None) -> None:
    """A visit was undone; `spent` is None when `note_pace` has learned nothing from it."""
    old = _learned_of(tx, service_code)
    if spent is not None and old is not NOTHING:
        _keep(tx, service_code, old.without(spent.total_seconds()), is_new=False)


def pace_of(tx: Connection, service_code: str) -> Pace:
    """How long visits of this service take, from the call to the end."""
    return _learned_of(tx, service_code).pace


def _learned_of(tx: Connection, service_code: str) -> Learned:
    row = _PACE_OF.first(tx, {"code": service_code})
    return NOTHING if row is None else _learned(row)


def _learned(row: Any) -> Learned:
    known = Pace(row.visits, row.mean_log, row.var_log)
    return Learned(known, row.learned_on, row.dawn_visits, row.dawn_log, row.today, row.today_log)


def _keep(tx: Connection, service_code: str, new: Learned, *, is_new: bool) -> None:
    values = {
        "visits": new.pace.visits, "mean_log": new.pace.mean_log, "var_log": new.pace.var_log,
        "learned_on": new.on, "dawn_visits": new.dawn_visits, "dawn_log": new.dawn_log,
        "today": new.today, "today_log": new.today_log,
    }  # fmt: skip
    if is_new:
        tx.execute(sa.insert(pace).values(service_code=service_code, **values))
    else:
        tx.execute(sa.update(pace).where(pace.c.service_code == service_code).values(values))


VISITS = sa.select(sa.func.sum(pace.c.visits))
"""How many visits the estimate has learned from; null for none."""


def estimated(
    tx: Connection,
    centre: Centre,
    ahead: tuple[Place, ...],
    mine: Place,
    now: datetime,
    head_start: timedelta = timedelta(),
) -> Estimate | None:
    """The range to tell somebody behind `ahead`; None without enough history, counters, or time today.

    `head_start` is the own one: only a longer one overtakes.
    """
    learned = {row.service_code: _learned(row) for row in _PACES.all(tx, {})}
    if sum(one.pace.visits for one in learned.values()) < centre.settings.estimate_after:
        return None
    paces = of_today(learned, centre.day(now))
    stated = {code: minutes * 60.0 for code, minutes in _STATED.all(tx, {})}
    overtakers = _overtakers(tx, centre, head_start, now)
    found = estimate(ahead, mine, _desks(tx, now), paces, overtakers, stated)
    return found if found is not None and _is_over_in_time(centre, found, now) else None


def _overtakers(
    tx: Connection, centre: Centre, head_start: timedelta, now: datetime
) -> tuple[Overtakers, ...]:
    since, before = bounds(now, LATELY)
    parameters = {"day": centre.day(now), "since": since, "before": before}
    leads = [(timedelta(minutes=head) - head_start, count) for head, count in _LATELY.all(tx, parameters)]
    return tuple(
        Overtakers(count / LATELY.total_seconds(), lead.total_seconds())
        for lead, count in leads
        if lead > timedelta()
    )


def _is_over_in_time(centre: Centre, found: Estimate, now: datetime) -> bool:
    # over the break or the closing nobody is called: no range holds there
    local = centre.local(now)
    ends = [
        datetime.combine(local.date(), period.closes, local.tzinfo)
        for period in centre.hours.on(local.date())
    ]
    left = next((end - local for end in ends if end > local), timedelta(days=1))
    return timedelta(minutes=found.high) <= left


def _desks(tx: Connection, now: datetime) -> tuple[OpenCounter, ...]:
    codes: dict[int, set[str]] = {}
    busy: dict[int, tuple[str, float]] = {}
    for number, code, busy_with, called_at in _DESKS.all(tx, {}):
        codes.setdefault(number, set()).add(code)
        if busy_with is not None:
            busy[number] = (busy_with, (lasted(called_at, now) or timedelta()).total_seconds())
    return tuple(
        OpenCounter(number, frozenset(skills), *busy.get(number, (None, 0.0)))
        for number, skills in codes.items()
    )
