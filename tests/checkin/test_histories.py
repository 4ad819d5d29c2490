"""Random sign-in histories through the real verbs on a real file: hours add up, none counts twice."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import checkin, events, people
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.checkin import Direction, TotalBy
from kiosk.checkin.rules import Stay, Times
from kiosk.checkin.tables import manual_hours, scan, sign_in
from kiosk.database.prepared import Prepared
from kiosk.events.tables import event, event_day
from kiosk.settings import Settings
from kiosk.words import Refusal
from tests.conftest import MORNING, SetClock, box_on_copy

from .conftest import DESK

pytestmark = pytest.mark.long

SHIFTS = ((8, 30, 90), (9, 0, 120), (10, 0, 60), (11, 30, 120), (18, 0, 120), (22, 30, 180))
"""Hour, minute and length of what is on every day; some overlap, one goes past midnight."""

SHIFT = events.EventKind.SHIFT

STEPS = {
    "scan": 50, "wait": 40, "undo": 6, "confirm": 4, "manual": 2, "withdraw": 1, "night": 3, "late": 5,
    "clock_back": 1, "trust": 1,
}  # fmt: skip
_TODAY = Prepared(sa.select(event_day.c.id).where(event_day.c.held_on == sa.bindparam("on")))
_NEWEST_SCAN = Prepared(sa.select(sa.func.max(scan.c.id).label("id")))
EVER = (date(2020, 1, 1), date(2030, 1, 1))


@dataclass(frozen=True)
class Crowd:
    """A centre with one team and its people, their cards, and what is on every day."""

    box: Box
    team: int
    shifts: tuple[int, ...]
    persons: tuple[int, ...]
    cards: tuple[str, ...]


def crowd(folder: Path, persons: int) -> Crowd:
    """So many people in the furnished centre in `folder`."""
    box = box_on_copy(Settings(folder=folder, is_demo=True), SetClock(MORNING))
    asked = Asked(MORNING, DESK)
    with box.database.write() as tx:
        team = people.add_team(tx, asked, "理发服务队", people.TeamKind.TEAM, "")
        ids = [people.add_person(tx, asked, f"志愿者{n}", f"138{n:08d}", (team,)) for n in range(persons)]
        cards = [people.card_token(box.centre, people.person_of(tx, one)) for one in ids]
        for hour, minute, lasts in SHIFTS:
            when = time(hour, minute)
            plan = events.EventPlan(SHIFT, "班", "厅", MORNING.date(), when, lasts, "FREQ=DAILY")
            events.add_event(tx, box.centre, asked, plan)
        shifts = (
            tx.execute(sa.select(event.c.id).order_by(event.c.id.desc()).limit(len(SHIFTS))).scalars().all()
        )
    return Crowd(box, team, tuple(shifts), tuple(ids), tuple(cards))


@pytest.fixture(scope="session")
def crowd_of(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Crowd]]:
    """The crowd of so many people, gathered once: to copy and open a file was a sixth of a history."""
    found: dict[int, Crowd] = {}

    def crowd_of(persons: int) -> Crowd:
        if persons not in found:
            folder = tmp_path_factory.mktemp("crowd") / "data"
            found[persons] = crowd(shutil.copytree(furnished, folder), persons)
        return found[persons]

    yield crowd_of
    for one in found.values():
        one.box.database.close()


class Forgotten(Exception):
    """A history that was judged: the next begins from the crowd as it was."""


class Histories:
    """Many people of one centre; each step is one verb, tried at the clock's time."""

    def __init__(self, tx, crowd: Crowd, chance: Random) -> None:
        self.centre, self.clock, self.chance = crowd.box.centre, SetClock(MORNING), chance
        self.persons, self.cards = crowd.persons, crowd.cards
        self.names = count()
        self.on: dict[date, list[int]] = {}
        for one in crowd.shifts:
            its: dict[str, Any] = {"kind": chance.choice((SHIFT, SHIFT, events.EventKind.ACTIVITY))}
            its |= {"team_id": chance.choice((crowd.team, None))}
            days: dict[str, Any] = {"capacity": chance.choice((None, 3)), "grace_min": chance.choice((0, 30))}
            days |= {"points_per_hour": chance.choice((7, 10))}
            # written as they would have been planned: to plan them anew took a tenth of a history
            tx.execute(sa.update(event).where(event.c.id == one).values(its | days))
            tx.execute(sa.update(event_day).where(event_day.c.event_id == one).values(days))
        self.days = tx.execute(sa.select(event_day.c.id)).scalars().all()

    def play(self, tx, steps: int) -> None:
        """So many steps; what is refused changes nothing, as the verbs check first."""
        for name in self.chance.choices(list(STEPS), list(STEPS.values()), k=steps):
            try:
                getattr(self, name)(tx)
            except Refusal:
                continue

    def scan(self, tx, happened_at=None) -> None:
        on = self.centre.day(self.clock())
        if on not in self.on:  # those of the coming weeks are written: a night adds none to them
            self.on[on] = [day.id for day in _TODAY.all(tx, {"on": on})]
        today = self.on[on]
        wanted = self.chance.choice((None, None, self.chance.choice(today or self.days)))
        asked = Asked(self.clock(), DESK, self.chance.choice(("a", "b")))
        card, way = self.chance.choice(self.cards), self.chance.choice(list(Direction))
        form = checkin.ScanForm(f"n{next(self.names)}", wanted, way, happened_at)
        checkin.scan(tx, self.centre, asked, card, form)

    def late(self, tx) -> None:
        self.scan(tx, self.clock() - timedelta(minutes=self.chance.choice((2, 30, 200, 900, -5))))

    def wait(self, _) -> None:
        self.clock.forward(minutes=self.chance.choice((0.04, 1, 12, 25, 45, 90)))

    def clock_back(self, _) -> None:
        self.clock.forward(minutes=-self.chance.choice((2, 300)))

    def undo(self, tx) -> None:
        newest = _NEWEST_SCAN.first(tx, {}).id or 0
        scan_id = newest - self.chance.randint(0, 3)
        checkin.undo_scan(tx, self.centre, Asked(self.clock(), DESK, "a"), scan_id, "错")

    def confirm(self, tx) -> None:
        for one in checkin.pending(tx, 3):
            minutes = self.chance.choice((one.minutes, one.most, 0))
            checkin.confirm(tx, Asked(self.clock(), DESK), one.sign_in_id, minutes, "看过")

    def manual(self, tx) -> None:
        who, on = self.chance.choice(self.persons), self.clock().date()
        minutes = self.chance.randint(1, 300)
        hours = checkin.HandWritten(who, on, minutes, "上门", "没带卡")
        checkin.add_manual(tx, Asked(self.clock(), DESK), hours, tap=f"m{next(self.names)}")

    def withdraw(self, tx) -> None:
        newest = tx.execute(sa.select(sa.func.max(manual_hours.c.id))).scalar() or 0
        checkin.withdraw_manual(tx, Asked(self.clock(), DESK), newest, "错")

    def night(self, tx) -> None:
        checkin.close_events(tx, self.centre, self.clock())

    def trust(self, tx) -> None:
        checkin.trust_clock(tx, Asked(self.clock(), DESK, "a"))

    def judge(self, tx) -> tuple[int, int]:
        """Every promise about hours, over everybody; how many stays and rows of hours there were."""
        stays = tx.execute(
            sa.select(sign_in, event_day.c.opens_at, event_day.c.starts_at, event_day.c.ends_at,
                      event_day.c.grace_min, event_day.c.id.label("day_id"))
            .join_from(sign_in, event_day).order_by(sign_in.c.in_at, sign_in.c.id)
        ).all()  # fmt: skip
        self.judge_stays([stay for stay in stays if stay.status != Stay.UNDONE])
        rows = checkin.hours_rows(tx, *EVER)
        self.judge_sums(tx, rows)
        for day in {stay.day_id for stay in stays}:
            self.judge_counts(tx, day, stays)
        return len(stays), len(rows)

    def judge_stays(self, stays) -> None:
        by_person = defaultdict(list)
        for stay in stays:
            times = Times(stay.opens_at, stay.starts_at, stay.ends_at, timedelta(minutes=stay.grace_min))
            assert stay.minutes is None or 0 <= stay.minutes <= times.cap
            assert (stay.out_at is None) == (stay.minutes is None) == (stay.status == Stay.INSIDE)
            assert stay.out_at is None or stay.out_at >= stay.in_at
            if stay.counts_hours:
                by_person[stay.person_id].append(stay)
        for theirs in by_person.values():
            for one, after in pairwise(theirs):
                assert one.out_at is not None, "inside two shifts at once"
                assert one.out_at <= after.in_at, "two stays overlap"

    def judge_sums(self, tx, rows) -> None:
        counted = sa.select(sa.func.coalesce(sa.func.sum(sign_in.c.minutes), 0)).where(
            sign_in.c.status == Stay.LEFT, sign_in.c.counts_hours
        )
        manual = sa.select(sa.func.coalesce(sa.func.sum(manual_hours.c.minutes), 0)).where(
            manual_hours.c.withdrawn_at.is_(None)
        )
        minutes = tx.execute(counted).scalar() + tx.execute(manual).scalar()
        assert sum(row.minutes for row in rows) == minutes
        for by in TotalBy:
            report = checkin.hours_report(tx, EVER, by)
            assert sum(total.minutes for total in report.totals) == minutes
            assert sum(total.points for total in report.totals) == sum(row.points for row in rows)
            assert sum(total.times for total in report.totals) == len(rows)

    def judge_counts(self, tx, day, stays) -> None:
        here = [stay for stay in stays if stay.day_id == day and stay.status != Stay.UNDONE]
        counts = checkin.counts(tx, day)
        assert counts.signed_in == len({stay.person_id for stay in here})
        assert counts.inside == sum(stay.status == Stay.INSIDE for stay in here)
        capacity = tx.execute(sa.select(event_day.c.capacity).where(event_day.c.id == day)).scalar()
        assert capacity is None or counts.signed_in <= capacity


def run(crowd: Crowd, seed: int, steps: int) -> tuple[int, int]:
    """A history of its own in one transaction, which is taken back when it has been judged."""
    found = 0, 0
    with suppress(Forgotten), crowd.box.database.write() as tx:
        histories = Histories(tx, crowd, Random(seed))
        histories.play(tx, steps)
        found = histories.judge(tx)
        raise Forgotten
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_on_every_history_the_hours_add_up(crowd_of, seed):
    run(crowd_of(5), seed, steps=120)


@pytest.mark.parametrize("first", range(0, 500, 25))
def test_ten_thousand_histories(crowd_of, first):
    """A twentieth of them each, so that processes share them."""
    found = [run(crowd_of(20), seed, steps=500) for seed in range(first, first + 25)]
    assert sum(stays for stays, _ in found) > 500
    assert sum(rows for _, rows in found) > 250
