"""Random days through the real verbs on a real file: the promises of the queue hold on every one of them."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import tickets
from kiosk.asked import Asked
from kiosk.database.joining import write_rules
from kiosk.demo import PRIORITIES, SKILLS
from kiosk.settings import Settings
from kiosk.tickets.reads.ticket import line_before
from kiosk.tickets.rules import ASIDE, Status
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.wait.queue_cache import ahead_of
from kiosk.words import Refusal
from tests.conftest import MORNING, SetClock, box_on_copy
from tests.law import judge_hall, judge_log

from .conftest import CLERK, Hall

pytestmark = pytest.mark.long

HEAD_START = {code: timedelta(minutes=minutes) for code, *_, minutes in PRIORITIES} | {None: timedelta()}
SERVICES = "ABE"  # E is served at counters 1 and 2 only
STEPS = {
    "take": 30, "call_next": 30, "start": 25, "finish": 15, "miss": 8, "hold": 8, "rejoin": 8, "wait": 6,
    "transfer": 5, "carry_on": 5, "call": 4, "resume": 4, "undo": 6, "cancel": 3,
}  # fmt: skip
"""What happens in a hall, and how often. Much of it is refused, which must change nothing."""


def step(chance: Random, people: list[int]) -> tuple:
    """One thing that happens: a verb, where, and with what."""
    (name,) = chance.choices(list(STEPS), list(STEPS.values()))
    counter = chance.choice((1, 1, 1, 2, 3))
    somebody = chance.choice(people) if people else 1
    return {
        "take": lambda: (name, chance.choice(SERVICES), chance.choice(sorted(HEAD_START, key=str))),
        "wait": lambda: (name, chance.randint(1, 900), None),
        "hold": lambda: (name, counter, chance.choice(list(tickets.Hold))),
        "transfer": lambda: (name, counter, chance.choice([*SERVICES, 1, 2, 3, 4])),
        "carry_on": lambda: (name, counter, chance.choice(list(tickets.Place))),
        "call": lambda: (name, counter, somebody),
        "resume": lambda: (name, counter, somebody),
        "rejoin": lambda: (name, None, somebody),
    }.get(name, lambda: (name, counter, None))()


@dataclass
class Day:
    """A hall in which steps are tried; what the law refuses changes nothing."""

    hall: Hall
    clock: SetClock

    def do(self, name, where, what) -> None:
        self.clock.forward(milliseconds=7)
        before = self.rows()
        try:
            getattr(self, name)(where, what)
        except Refusal:
            assert self.rows() == before, "a refusal changed something"
        else:
            self.judge(name, where, before)

    def rows(self) -> dict:
        with self.hall.box.database.read() as tx:
            return {row.id: row for row in tx.execute(sa.select(ticket))}

    def judge(self, name, where, before) -> None:
        after = self.rows()
        assert before.keys() <= after.keys(), "a ticket is lost"
        judge_hall(after.values())
        if name == "call_next":
            self.judge_call(where, before, after)

    def judge_call(self, counter, before, after) -> None:
        """Nobody fresh was overtaken by somebody fresh who came later than the head start."""
        (called,) = [row for row in after.values() if row.status != before[row.id].status]
        if not fresh(before[called.id]):
            return
        for other in before.values():
            could_be = other.service_code in SKILLS[counter] and other.only_counter is None
            if other.status == Status.WAITING and fresh(other) and could_be and other.id != called.id:
                assert called.taken_at <= other.taken_at + HEAD_START[called.priority_code]

    def take(self, service, priority) -> None:
        self.hall.take(service, priority=priority)

    def call_next(self, counter, _) -> None:
        self.hall.call_next(counter)

    def start(self, counter, _) -> None:
        self.hall.do(tickets.start, counter)

    def finish(self, counter, _) -> None:
        self.hall.do(tickets.finish, counter)

    def cancel(self, counter, _) -> None:
        self.hall.do(tickets.cancel, counter)

    def undo(self, counter, _) -> None:
        self.hall.do(tickets.undo, counter)

    def miss(self, counter, _) -> None:
        self.hall.no_show(counter)

    def hold(self, counter, kind) -> None:
        self.write(tickets.hold, counter, tickets.Aside(kind))

    def transfer(self, counter, to) -> None:
        there = tickets.Destination(to) if isinstance(to, str) else tickets.Destination(counter=to)
        self.write(tickets.transfer, counter, there)

    def carry_on(self, counter, place) -> None:
        self.write(tickets.continue_visit, counter, tickets.NextThing("B", place))

    def call(self, counter, who) -> None:
        self.hall.write(
            tickets.call_ticket, self.hall.box.centre, Asked(self.clock(), CLERK), counter, who, ""
        )

    def resume(self, counter, who) -> None:
        self.hall.write(tickets.resume, self.hall.box.centre, Asked(self.clock(), CLERK), counter, who)

    def rejoin(self, _, who) -> None:
        self.hall.write(tickets.rejoin, self.hall.box.centre, who, tickets.By(self.clock()))

    def wait(self, seconds, _) -> None:
        self.clock.forward(seconds=seconds)

    def write(self, verb, counter, how) -> None:
        self.hall.write(verb, self.hall.box.centre, Asked(self.clock(), CLERK), counter, how)

    def aside(self) -> list[int]:
        """Who could come back, or else anybody."""
        rows = self.rows()
        return [row.id for row in rows.values() if row.status in ASIDE] or list(rows)

    def judge_line(self) -> None:
        """The line counted once for all says for each what is counted for one."""
        with self.hall.box.database.read() as tx:
            for row in tx.execute(sa.select(ticket).where(ticket.c.status == Status.WAITING)):
                alone = line_before(
                    tx, row.service_day, row.service_code, row.rank_at, row.id, row.only_counter
                )
                assert ahead_of(tx, row.service_day, row.id) == len(alone)

    def finish_everything(self) -> None:
        """Clear the counters, then call until nobody waits: who still waited then would have starved."""
        for counter in SKILLS:
            for verb in (tickets.start, tickets.finish):
                try:
                    self.hall.do(verb, counter)
                except Refusal:
                    continue
        for _ in range(len(self.rows()) + 1):
            for counter in SKILLS:
                try:
                    self.hall.serve(counter)
                except Refusal:
                    continue
        assert [row.number for row in self.rows().values() if row.status == Status.WAITING] == []

    def judge_log(self) -> None:
        with self.hall.box.database.read() as tx:
            judge_log(tx.execute(sa.select(change).order_by(change.c.id)), self.rows().values())


def fresh(row) -> bool:
    """Somebody who stands where the own arrival and head start have put her: not back from anywhere."""
    return row.rank_at == row.taken_at - HEAD_START[row.priority_code] and row.hold == ""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_on_every_day_the_promises_hold(furnished, tmp_path_factory, seed):
    folder: Path = tmp_path_factory.mktemp("day") / "data"
    shutil.copytree(furnished, folder)
    clock = SetClock(MORNING)
    box = box_on_copy(Settings(folder=folder, is_demo=True), clock)
    try:
        with box.database.write() as tx:
            write_rules(tx, {"no_show_calls": 1, "no_show_s": 0})
        day, chance = Day(Hall(box, clock), clock), Random(seed)
        for _ in range(90):
            day.do(*step(chance, day.aside()))
            day.judge_line()
        day.finish_everything()
        day.judge_log()
    finally:
        box.database.close()
        shutil.rmtree(folder)
