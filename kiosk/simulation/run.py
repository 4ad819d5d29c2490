"""Plays days through the real verbs of the queue, one event after another, each in its own transaction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from kiosk import figures, services, tickets
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.database import UnusableDatabase
from kiosk.database.joining import CLOSINGS, SPECIAL_DAYS, kind_of, write_rules
from kiosk.services.tables import counter
from kiosk.settings import BadSettings, load
from kiosk.simulation.day import Arrival, Overtaking, Wait, overtaking, synthetic_day
from kiosk.simulation.recorded import NotPlayable, copy_of, recorded_days
from kiosk.simulation.waits import Hour, by_hour, summed
from kiosk.tickets.refusals import NobodyWaiting
from kiosk.tickets.tables import pace, priority, ticket

Furnish = Callable[[Box], None]

CLERK = 2
GAP_S = 10.0
FIRST_DAY = date(2026, 1, 5)
LAST_CALL = time(23, 30)
"""Nobody is called after it: a hall that cannot keep up would else run into the next service day."""


class Scenario(Struct, frozen=True):
    """What to play. `people` is the expected number a day; of more counters than there are, all open."""

    seed: int = 1
    counters: int = 4
    people: int = 160
    days: int = 3


class Report(Struct, frozen=True):
    """The last day: by hour of arrival, as a whole, who was overtaken, and what the office would see."""

    counters: int
    hours: tuple[Hour, ...]
    whole: Hour
    overtaking: Overtaking
    figures: tickets.DayFigures


def simulate(folder: Path, furnish: Furnish, plan: Scenario) -> Report:
    """Make a centre in the empty `folder`, play `plan.days` days of chance, and report the last."""
    days = [synthetic_day(f"{plan.seed}/{number}", plan.people) for number in range(plan.days)]
    with _opened(folder, furnish) as box:
        return _played(box, FIRST_DAY, days, plan.counters)


def replay(folder: Path, recorded: Path, day: date, plan: Scenario, url: str = "") -> Report:
    """Play `day` as the centre of `recorded` had it, in the empty `folder`, and report it.

    Its database is the one at `url`, else the file in `recorded`.

    The recorded days before it, `plan.days` in all, teach the estimate, which starts with no memory; seed
    and people are not used. Its services, counters and rules hold, its opening hours do not. The original is
    only copied. Raises NotPlayable, OSError.
    """
    copy_of(recorded, folder, url)
    with _opened(folder) as box:
        days = recorded_days(box, day, plan.days)
        with box.database.write() as tx:
            tx.execute(sa.delete(pace))
            newest: date = tx.execute(sa.select(sa.func.max(ticket.c.service_day))).scalar_one()
        return _played(box, newest + timedelta(days=1), days, plan.counters)


@contextmanager
def _opened(folder: Path, furnish: Furnish | None = None) -> Iterator[Box]:
    given = {"printer": "off:", "database_url": ""}
    try:
        settings = load(folder, {}, **given)
    except BadSettings as wrong:
        raise NotPlayable(str(wrong)) from wrong
    is_demo = kind_of(settings) in (True, None)
    try:
        box = open_box(replace(settings, is_demo=is_demo), lambda: datetime.combine(FIRST_DAY, time(), UTC))
    except UnusableDatabase as fault:
        raise NotPlayable(str(fault)) from fault
    try:
        if furnish is not None:
            furnish(box)
        with box.database.write() as tx:
            # nobody is refused for the hour: what happens when is the day's own affair
            write_rules(tx, {"opening_hours": "", "days_off": "", SPECIAL_DAYS: {}, CLOSINGS: []})
        yield box
    finally:
        box.database.close()


def _played(box: Box, first: date, days: Sequence[Sequence[Arrival]], wanted: int) -> Report:
    with box.database.read() as tx:
        numbers = list(tx.execute(sa.select(counter.c.number).order_by(counter.c.number)).scalars())[:wanted]
    for number, arrivals in enumerate(days):
        day = first + timedelta(days=number)
        _Hall(box, day, numbers).play(arrivals)
    _close_day_before(box, day + timedelta(days=1))
    return _report(box, day, len(numbers))


def _midnight(box: Box, day: date) -> datetime:
    return datetime.combine(day, time(), box.centre.zone).astimezone(UTC)


def _close_day_before(box: Box, day: date) -> None:
    with box.database.write() as tx:
        tickets.close_day(tx, box.centre, _midnight(box, day))


class _Hall:
    """One day: an agenda of events, the counters that are free, and the people by their tickets."""

    def __init__(self, box: Box, day: date, counters: Sequence[int]) -> None:
        self._box, self._day, self._counters = box, day, counters
        self._now = _midnight(box, day)
        self._last_call = datetime.combine(day, LAST_CALL, box.centre.zone)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._serial, self._taps = count(), count()
        self._free: list[int] = []  # who has been free longest first
        self._people: dict[int, Arrival] = {}
        self._missed: set[int] = set()

    def play(self, arrivals: Sequence[Arrival]) -> None:
        """Open the counters, let everybody come, and go on until nothing is left to happen."""
        _close_day_before(self._box, self._day)
        for person in arrivals:
            self._in(person.at_s, self._arrive, person)
        self._now = self._agenda[0][0] if self._agenda else self._now
        for number in self._counters:
            self._write(services.open_counter, Asked(self._now, CLERK), number)
            self._free.append(number)
        while self._agenda:
            self._now, _, happens = heappop(self._agenda)
            happens()

    def _in(self, seconds: float, event: Callable[..., None], *args: Any) -> None:
        at = self._now + timedelta(seconds=seconds)
        happens: Callable[[], None] = partial(event, *args)
        heappush(self._agenda, (at, next(self._serial), happens))

    def _write(self, verb: Callable[..., Any], *args: Any) -> Any:
        with self._box.database.write() as tx:
            return verb(tx, *args)

    def _arrive(self, person: Arrival) -> None:
        tap = tickets.Tap(
            person.service,
            f"simulation-{self._day}-{next(self._taps)}",
            priority=person.priority,
            staff_id=CLERK if person.by_staff else None,
        )
        taken: tickets.Taken = self._write(tickets.take, self._box.centre, tap, "zh", self._now)
        self._people[taken.ticket_id] = person
        self._call_from_free()

    def _call_from_free(self) -> None:
        for number in tuple(self._free):
            self._call(number)

    def _free_again(self, number: int) -> None:
        self._free.append(number)
        self._call(number)

    def _call(self, number: int) -> None:
        if self._now > self._last_call:
            return
        try:
            ticket_id: int = self._write(tickets.call_next, self._box.centre, Asked(self._now, CLERK), number)
        except NobodyWaiting:
            return
        self._free.remove(number)
        person = self._people[ticket_id]
        if person.comes or ticket_id in self._missed:
            self._in(person.walk_s, self._start, number, ticket_id)
        else:
            self._call_in_vain(number, ticket_id)

    def _call_in_vain(self, number: int, ticket_id: int) -> None:
        rule = tickets.missed_rule(self._box.centre)
        for again in range(1, rule.calls):
            self._in(rule.after.total_seconds() * again / rule.calls, self._recall, number, ticket_id)
        self._in(rule.after.total_seconds(), self._miss, number, ticket_id)

    def _recall(self, number: int, ticket_id: int) -> None:
        self._write(tickets.recall, Asked(self._now, CLERK), number, ticket_id)

    def _miss(self, number: int, ticket_id: int) -> None:
        self._write(tickets.mark_no_show, self._box.centre, Asked(self._now, CLERK), number, ticket_id)
        self._missed.add(ticket_id)
        back_s = self._people[ticket_id].back_s
        if back_s is not None:
            self._in(back_s, self._rejoin, ticket_id)
        self._in(GAP_S, self._free_again, number)

    def _rejoin(self, ticket_id: int) -> None:
        if self._now > self._last_call:
            return
        self._write(tickets.rejoin, self._box.centre, ticket_id, tickets.By(self._now))
        self._call_from_free()

    def _start(self, number: int, ticket_id: int) -> None:
        self._write(tickets.start, Asked(self._now, CLERK), number, ticket_id)
        self._in(self._people[ticket_id].serve_s, self._finish, number, ticket_id)

    def _finish(self, number: int, ticket_id: int) -> None:
        self._write(tickets.finish, Asked(self._now, CLERK), number, ticket_id)
        self._in(GAP_S, self._free_again, number)


_HEAD_STARTS = sa.select(priority.c.code, priority.c.head_start_min)


def _report(box: Box, day: date, counters: int) -> Report:
    with box.database.read() as tx:
        cases = figures.cases_of_day(tx, box.centre, day)
        starts = {code: timedelta(minutes=minutes) for code, minutes in tx.execute(_HEAD_STARTS)}
        told = tickets.day_figures(tx, box.centre, _midnight(box, day) + timedelta(hours=12))
    waits = [
        Wait(
            one.service, one.came_at, one.called_at, starts.get(one.ticket.priority, timedelta()), one.hour,
            one.wait_s,
        )
        for one in cases
        if one.place == 1
    ]  # fmt: skip
    return Report(counters, by_hour(waits), summed(0, waits), overtaking(waits), told)
