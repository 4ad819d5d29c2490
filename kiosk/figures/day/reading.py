"""A day read from the changes of its tickets and counters."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.figures.day.cases import Case, FigureStep, TicketFacts, cases_of
from kiosk.figures.day.cells import Cells, cells_of
from kiosk.figures.day.desks import DeskStep, Stay, desk_times, stays_of
from kiosk.figures.rules import Channel
from kiosk.services.tables import counter_change
from kiosk.tickets import Detail
from kiosk.tickets.tables import change, ticket, visit_detail

_OF_DAY = (
    sa.select(
        ticket.c.id, ticket.c.number, ticket.c.service_day, ticket.c.station, ticket.c.taken_by_staff,
        ticket.c.priority_code, ticket.c.lang, ticket.c.for_someone_else, ticket.c.estimate_low_min,
        ticket.c.estimate_high_min,
        change.c.verb, change.c.from_status, change.c.to_status, change.c.at, change.c.counter_number,
        change.c.staff_id, change.c.note, change.c.service_code, change.c.before, visit_detail.c.change_id,
        visit_detail.c.outcome, visit_detail.c.outcome_en, visit_detail.c.reason, visit_detail.c.way,
    )
    .select_from(
        ticket.join(change, change.c.ticket_id == ticket.c.id).outerjoin(
            visit_detail, visit_detail.c.change_id == change.c.id
        )
    )
    .where(ticket.c.service_day == sa.bindparam("day"), ~ticket.c.is_trial)
    .order_by(ticket.c.id, change.c.id)
)  # fmt: skip
_DESKS = (
    sa.select(
        counter_change.c.counter_number, counter_change.c.verb, counter_change.c.staff_id, counter_change.c.at
    )
    .where(counter_change.c.at >= sa.bindparam("since"), counter_change.c.at < sa.bindparam("before"))
    .order_by(counter_change.c.id)
)
PHONE = "phone:"
"""How the stations begin that are residents' own phones."""

_NOTHING_SAID = Detail()


class Day(NamedTuple):
    """The cases of a day in the order of their tickets, and the times of its counters as cells have them."""

    cases: tuple[Case, ...]
    cells: Cells


def day_of(tx: Connection, centre: Centre, day: date, now: datetime) -> Day:
    """Everything of one day, without trials. A day of 800 tickets takes a twentieth of a second."""
    cases: list[Case] = []
    stays: list[Stay] = []
    ends = min(now, midnight(centre, day + timedelta(days=1)))
    for facts, steps in _stories(tx, day):
        cases += cases_of(facts, steps, _hour_in(centre))
        stays += stays_of(steps, ends)
    since, before = midnight(centre, day), midnight(centre, day + timedelta(days=1))
    rows = tx.execute(_DESKS, {"since": since, "before": before})
    desks = desk_times([DeskStep(*row) for row in rows], stays, ends)
    return Day(tuple(cases), cells_of(cases, desks))


def cases_of_day(tx: Connection, centre: Centre, day: date) -> tuple[Case, ...]:
    """The cases alone."""
    hour_of = _hour_in(centre)
    return tuple(case for facts, steps in _stories(tx, day) for case in cases_of(facts, steps, hour_of))


def midnight(centre: Centre, day: date) -> datetime:
    """When a day of the centre begins."""
    return datetime.combine(day, time(), centre.zone)


def _hour_in(centre: Centre) -> Callable[[datetime], int]:
    return lambda moment: centre.local(moment).hour


def _stories(tx: Connection, day: date) -> Iterator[tuple[TicketFacts, list[FigureStep]]]:
    for _, found in groupby(tx.execute(_OF_DAY, {"day": day}), key=lambda row: row.id):
        rows = list(found)
        yield _facts(rows[0]), [_step(row) for row in rows]


def _facts(row: Any) -> TicketFacts:
    channel = Channel.STAFF if row.taken_by_staff else Channel.STATION
    if row.station.startswith(PHONE):
        channel = Channel.PHONE
    return TicketFacts(
        row.id, row.number, row.service_day, channel, row.priority_code or "", row.lang,
        row.for_someone_else, row.estimate_low_min, row.estimate_high_min,
    )  # fmt: skip


def _step(row: Any) -> FigureStep:
    said = _NOTHING_SAID
    if row.change_id is not None:
        said = Detail(row.outcome, row.outcome_en, row.reason, way=row.way)
    return FigureStep(
        row.verb, row.from_status, row.to_status, row.at, row.counter_number, row.note,
        row.service_code or "", row.before, said, row.staff_id,
    )  # fmt: skip
