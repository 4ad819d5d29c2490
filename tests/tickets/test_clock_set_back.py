"""A box an hour ahead, then corrected: nobody loses her place and nothing is held up for an hour."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import staff, tickets
from kiosk.asked import Asked
from kiosk.clock import bounds, is_within, lasted, lies_ahead
from kiosk.spool.actions import claim_job
from kiosk.spool.reads import has_due_job
from kiosk.tickets.refusals import NothingToUndo
from kiosk.tickets.tables import pace

from .conftest import CLERK, Hall


@pytest.fixture
def set_back(clock):
    """Correct the clock: an hour back."""
    return lambda: clock.forward(hours=-1)


def numbers(hall: Hall, people: int) -> list[str]:
    """The numbers of the next people who are called and served."""
    return [hall.view(hall.serve()).number for _ in range(people)]


@pytest.mark.parametrize(
    ("ago_s", "is_so"), [(7.9, True), (8, False), (-7.9, True), (-8, False), (-3600, False)]
)
def test_a_guard_has_two_ends(clock, ago_s, is_so):
    now = clock()
    assert is_within(now - timedelta(seconds=ago_s), now, timedelta(seconds=8)) is is_so


def test_a_time_that_lies_ahead_is_no_duration_and_a_little_is_none_at_all(clock):
    now = clock()
    assert lasted(now + timedelta(hours=1), now) is None
    assert lasted(now + timedelta(seconds=30), now) == timedelta()
    assert lasted(now - timedelta(seconds=30), now) == timedelta(seconds=30)
    assert (lies_ahead(now + timedelta(seconds=61), now), lies_ahead(now, now)) == (True, False)
    assert bounds(now, timedelta(hours=12))[1] == now + timedelta(minutes=1)


def test_three_visitors_at_one_station_get_three_numbers(hall, clock, set_back):
    first = hall.take("A", station="hall")
    set_back()
    others = [hall.take("A", station="hall") for _ in range(1)]
    clock.forward(seconds=20)
    others.append(hall.take("A", station="hall"))
    assert len({first, *others}) == 3
    assert hall.take("A", station="hall") == others[-1]  # and a double tap is one still


def test_whoever_came_first_is_called_first(hall, clock, set_back):
    for _ in range(3):
        hall.take("A")
        clock.forward(seconds=5)
    set_back()
    hall.take("A")
    clock.forward(minutes=10)
    hall.take("A")
    assert hall.view(hall.take("A")).ahead == 5
    clock.forward(hours=1)
    hall.take("A")
    assert numbers(hall, 7) == [f"A{n:03d}" for n in range(1, 8)]


def test_a_priority_stays_a_head_start_while_the_clock_is_behind(hall, clock, set_back):
    hall.take("A")
    clock.forward(minutes=20)
    hall.take("A")
    set_back()
    hall.take("A")
    hall.take("A", priority="elder")
    assert numbers(hall, 4) == ["A001", "A004", "A002", "A003"]


def test_a_clock_that_was_a_day_ahead_moves_no_rank_of_today(hall, clock):
    clock.forward(days=1)
    hall.take("A")
    clock.forward(days=-1)
    hall.take("A")
    clock.forward(minutes=1)
    hall.take("A")
    assert numbers(hall, 2) == ["A001", "A002"]


def test_a_missed_turn_is_not_locked_for_an_hour(hall, set_back):
    hall.take("A")
    hall.call_next()
    for _ in range(2):
        hall.do(tickets.recall)
    set_back()
    hall.no_show()


def test_a_step_of_before_cannot_be_taken_back_for_an_hour(hall, clock, set_back):
    hall.take("A")
    hall.call_next()
    set_back()
    with pytest.raises(NothingToUndo):
        hall.do(tickets.undo)
    assert hall.read(tickets.undoable, Asked(clock(), CLERK), 1) is None


def test_nothing_is_learned_from_a_visit_during_which_the_clock_went_back(hall, clock, set_back):
    hall.take("A")
    hall.call_next()
    hall.do(tickets.start)
    set_back()
    hall.do(tickets.finish)
    hall.do(tickets.undo)
    hall.do(tickets.finish)
    assert hall.read(sa.Connection.execute, sa.select(pace)).all() == []
    assert hall.read(tickets.day_figures, hall.box.centre, clock()).wait_min == 0


def test_a_wait_during_which_the_clock_went_back_is_in_no_figure(hall, clock, set_back):
    hall.take("A")
    set_back()
    hall.call_next()
    assert hall.read(tickets.day_figures, hall.box.centre, clock()).wait_min is None


def test_a_slip_of_before_is_printed_at_once(hall, clock, set_back):
    hall.take("A")
    set_back()
    assert hall.read(has_due_job, clock(), hall.box.settings.box)
    assert hall.write(claim_job, clock(), hall.box.settings) is not None


def test_a_wait_of_log_ins_ends_with_the_wrong_time(hall, clock, set_back):
    def failed():
        hall.write(staff.begin_attempt, "clerk1", "10.0.0.1", clock())

    for _ in range(5):
        failed()
    with pytest.raises(staff.AskAgain):
        failed()
    set_back()
    failed()


def test_staff_hear_that_the_clock_was_wrong_until_its_hour_has_come(hall, clock, set_back):
    hall.take("A")
    then = clock()
    assert hall.read(tickets.furthest_ahead, clock()) is None
    set_back()
    assert hall.read(tickets.furthest_ahead, clock()) == then
    clock.forward(hours=1)
    assert hall.read(tickets.furthest_ahead, clock()) is None
