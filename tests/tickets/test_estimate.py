"""The waiting time: a range from the counters open now and how long visits have taken."""

from datetime import date, timedelta
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.tickets.slips import estimate_text
from kiosk.tickets.wait.estimate import (
    NO_PACE,
    Learned,
    OpenCounter,
    Overtakers,
    Pace,
    estimate,
    of_today,
    overtaking_s,
    rounded,
)

from .conftest import CLERK

STEADY = {"A": Pace(100, log(300), 0.0)}  # five minutes, always
ONE_DESK = (OpenCounter(1, frozenset("A")),)


def people(count, code="A"):
    return ((code, None),) * count


def told_behind(ahead, mine=("A", None), desks=ONE_DESK, paces=STEADY) -> tickets.Estimate:
    told = estimate(ahead, mine, desks, paces)
    assert told is not None
    return told


def test_twelve_people_of_five_minutes_before_two_counters_wait_half_an_hour():
    desks = (*ONE_DESK, OpenCounter(2, frozenset("A")))
    told = told_behind(people(12), desks=desks)
    assert (told.low, told.high) == (30, 35)


def test_a_second_counter_halves_the_wait_and_a_counter_without_the_skill_does_not():
    alone = told_behind(people(12))
    assert told_behind(people(12), desks=(*ONE_DESK, OpenCounter(2, frozenset("B")))) == alone
    assert told_behind(people(12), desks=(*ONE_DESK, OpenCounter(2, frozenset("AB")))).high < alone.high


def test_what_the_centre_says_of_a_new_service_is_believed_until_its_visits_are_seen():
    new = estimate(people(12, "N"), ("N", None), (OpenCounter(1, frozenset("N")),), STEADY)
    stated = estimate(
        people(12, "N"), ("N", None), (OpenCounter(1, frozenset("N")),), STEADY, (), {"N": 900.0}
    )
    seen = estimate(people(12), ("A", None), ONE_DESK, STEADY, (), {"A": 900.0})
    assert new is not None
    assert stated is not None
    assert stated.low >= 2 * new.low
    assert seen == told_behind(people(12))


def test_who_is_being_served_is_waited_for():
    busy = (OpenCounter(1, frozenset("A"), "A", 0.0),)
    told = told_behind(people(1), desks=busy)
    assert (told.low, told.high) == (10, 15)
    assert told_behind(people(1)) == tickets.Estimate(5, 10)


@pytest.mark.parametrize("desks", [(), (OpenCounter(1, frozenset("B")),)])
def test_without_a_counter_that_may_call_nothing_is_told(desks):
    assert estimate(people(1), ("A", None), desks, STEADY) is None


def test_a_ticket_kept_for_one_counter_waits_for_that_counter_alone():
    desks = (*ONE_DESK, OpenCounter(2, frozenset("A"), "A", 0.0))
    assert told_behind(people(3), ("A", 2), desks).low < told_behind(people(3), ("A", 1), desks).high
    assert estimate((), ("A", 3), desks, STEADY) is None


def test_a_service_without_history_is_judged_by_all_services_together():
    known = {"A": Pace(100, log(300), 0.0), "B": Pace(2, log(5), 0.0)}
    told = told_behind(people(10, "B"), ("B", None), (OpenCounter(1, frozenset("AB")),), known)
    assert told.low >= 40


def test_behind_a_very_long_line_no_range_is_told():
    assert estimate(people(121), ("A", None), ONE_DESK, STEADY) is None


def test_those_who_come_later_and_go_first_are_counted_for_as_long_as_they_may():
    hundred_an_hour = [Overtakers(100 / 3600, 900.0)]
    assert overtaking_s(600.0, 60.0, hundred_an_hour) == pytest.approx(1000.0)
    assert overtaking_s(6000.0, 60.0, hundred_an_hour) == pytest.approx(1500.0)
    assert overtaking_s(600.0, 60.0, []) == 0


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_a_range_is_never_a_single_minute(one, other):
    told = rounded(min(one, other), max(one, other))
    step = 5 if max(one, other) <= 3600 else 10
    assert told.high - told.low >= step
    assert told.low % step == told.high % step == 0
    assert told.low * 60 <= min(one, other)
    assert told.high * 60 >= max(one, other)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_a_pace_stays_within_what_a_visit_can_last(seconds):
    pace = NO_PACE
    for one in seconds:
        pace = pace.after(one)
    assert pace.visits == len(seconds)
    assert 4.99 <= exp(pace.mean_log) <= 3 * 3600 * 1.01
    assert pace.var_log >= 0


@given(st.lists(st.floats(5, 9000), min_size=2, max_size=150))
def test_a_visit_that_is_forgotten_leaves_the_pace_as_it_was(seconds):
    pace = NO_PACE
    for one in seconds[:-1]:
        pace = pace.after(one)
    again = pace.after(seconds[-1]).without(seconds[-1])
    assert again.visits == pace.visits
    assert again.mean_log == pytest.approx(pace.mean_log, abs=1e-6)
    assert again.var_log == pytest.approx(pace.var_log, abs=1e-6)


def test_a_pace_follows_the_day():
    pace = NO_PACE
    for _ in range(60):
        pace = pace.after(300)
    for _ in range(60):
        pace = pace.after(600)
    assert 450 < exp(pace.mean_log) < 600


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (10, 20, "约10到20分钟", "about 10 to 20 min"),
        (0, 5, "5分钟以内", "within 5 min"),
        (0, 0, "不用等", "no wait"),
    ],
)
def test_a_range_is_said_in_words(low, high, zh, en):
    told = tickets.Estimate(low, high)
    assert (estimate_text(told, "zh"), estimate_text(told, "en")) == (zh, en)
    assert estimate_text(None, "zh") == ""


def test_who_finds_a_free_counter_need_not_wait_unless_somebody_is_ahead():
    assert told_behind(()) == tickets.Estimate(0, 0)
    free = tuple(OpenCounter(number, frozenset("A")) for number in range(3))
    assert told_behind(people(1), desks=free) == tickets.Estimate(0, 5)
    busy = (OpenCounter(1, frozenset("A"), "A", 290.0),)
    assert told_behind((), desks=busy).high == 5


@pytest.mark.parametrize(
    ("told", "wait", "held"), [(0, 0.9, True), (0, 1.1, False), (5, 5, True), (5, 6, False)]
)
def test_no_wait_holds_for_a_minute_and_a_range_to_its_end(told, wait, held):
    assert tickets.Estimate(0, told).is_held(wait) is held


def learned(day, *seconds, after=None):
    one = after or Learned()
    for of_visit in seconds:
        one = one.after(of_visit, day)
    return one


YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)


def test_a_slow_day_is_seen_from_a_few_visits_of_all_services_together():
    usual = {code: learned(YESTERDAY, *[300] * 60) for code in "AB"}
    slow = usual | {"A": learned(TODAY, *[420] * 12, after=usual["A"])}
    assert exp(usual["A"].pace.mean_log) == pytest.approx(300)
    assert of_today(usual, TODAY) == {code: one.pace for code, one in usual.items()}
    paces = of_today(slow, TODAY)
    assert 360 < exp(paces["B"].mean_log) < 420, "B has not been asked for today"
    assert exp(slow["A"].pace.mean_log) < 330 < exp(paces["A"].mean_log) < 420
    assert exp(of_today(slow, TODAY + timedelta(days=1))["B"].mean_log) == pytest.approx(300)


def test_what_one_service_has_of_its_own_today_is_learned_more_slowly():
    usual = {code: learned(YESTERDAY, *[300] * 60) for code in "AB"}
    apart = {
        "A": learned(TODAY, *[600] * 20, after=usual["A"]), "B": learned(TODAY, *[300] * 20, after=usual["B"])
    }  # fmt: skip
    paces = of_today(apart, TODAY)
    assert exp(paces["B"].mean_log) < 400 < exp(paces["A"].mean_log) < 600


def test_a_new_service_is_no_sign_of_a_slow_day():
    new = {"A": learned(YESTERDAY, *[300] * 60), "B": learned(TODAY, *[1200] * 20)}
    assert exp(of_today(new, TODAY)["A"].mean_log) == pytest.approx(300)
    assert exp(of_today(new, TODAY)["B"].mean_log) == pytest.approx(1200)


@given(st.lists(st.floats(5, 9000), min_size=2, max_size=50))
def test_a_visit_of_today_that_is_undone_leaves_the_day_as_it_was(seconds):
    before = learned(TODAY, *seconds[:-1], after=learned(YESTERDAY, 300, 400))
    again = before.after(seconds[-1], TODAY).without(seconds[-1])
    assert (again.today, again.dawn_visits) == (before.today, 2)
    assert again.today_log == pytest.approx(before.today_log, abs=1e-6)
    assert again.dawn_log == before.dawn_log


def test_the_hall_tells_more_on_a_slow_day(taught, clock):
    def told():
        return taught.read(tickets.estimated, taught.box.centre, people(6, "B"), ("B", None), clock())

    clock.forward(days=1)
    before = told()
    for _ in range(12):
        taught.take("A")
        taught.call_next()
        taught.do(tickets.start)
        clock.forward(minutes=8)
        taught.do(tickets.finish)
    assert told().low >= before.low + 10


@pytest.fixture
def taught(hall, clock):
    """A hall with one counter, after twenty-four visits of five minutes."""
    for number in (2, 3, 4):
        hall.write(services.close_counter, Asked(clock(), CLERK), number)
    for _ in range(24):
        hall.take("A")
        hall.call_next()
        hall.do(tickets.start)
        clock.forward(minutes=5)
        hall.do(tickets.finish)
    return hall


def test_the_hall_tells_a_range_once_it_has_seen_enough(hall, clock, taught):
    waiting = [taught.take("A") for _ in range(6)]
    view = taught.view(waiting[-1])
    assert view.estimate.low == 25
    assert view.estimate.high <= 35


def test_before_enough_visits_nothing_is_told(hall, clock):
    assert hall.view(hall.take("A")).estimate is None


def test_a_counter_that_pauses_serves_nobody(taught, clock):
    waiting = [taught.take("A") for _ in range(2)]
    taught.write(services.pause_counter, Asked(clock(), CLERK), 1, "lunch")
    assert taught.view(waiting[-1]).estimate is None


def test_how_often_the_range_held_is_counted(taught, clock):
    first, second = taught.take("A"), taught.take("A")
    taught.call_next()
    taught.do(tickets.start)
    clock.forward(hours=1)
    taught.do(tickets.finish)
    assert taught.call_next() == second != first
    figures = taught.read(tickets.day_figures, taught.box.centre, clock())
    told_before = figures.told - 2
    assert (figures.told, figures.held) == (told_before + 2, told_before + 1)
    assert figures.taken == 26


def test_a_range_that_would_reach_over_the_break_is_not_told(taught, clock):
    from dataclasses import replace
    from datetime import UTC, datetime

    from kiosk.centre import open_centre

    settings = replace(taught.box.settings, opening_hours="1-7 08:30-12:00 13:30-17:30")
    centre = open_centre(settings)
    clock.at = datetime(2026, 11, 23, 3, 50, tzinfo=UTC)  # 11:50
    told = taught.read(tickets.estimated, centre, people(6), ("A", None), clock())
    assert told is None
    assert taught.read(tickets.estimated, centre, (), ("A", None), clock()) is not None


def test_priority_people_of_the_last_minutes_lengthen_the_range_of_others_only(taught, clock):
    def told(head_start):
        line = people(10)
        return taught.read(
            tickets.estimated, taught.box.centre, line, ("A", None), clock(), timedelta(minutes=head_start)
        )

    before = told(0)
    for _ in range(12):
        taught.take("B", priority="disabled")
    assert told(0).high > before.high
    assert told(20) == before
