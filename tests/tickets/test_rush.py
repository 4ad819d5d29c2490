"""More numbers than people can tap in a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk import tickets
from kiosk.tickets.rules import busiest_minute

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def taken(box, clock):
    """Take numbers, as residents do one after the other."""

    def taken(count, every_s, **how):
        for n in range(count):
            with box.database.write() as tx:
                tap = tickets.Tap("A", f"{clock()}-{n}", another=True, **how)
                tickets.take(tx, box.centre, tap, "zh", clock())
            clock.forward(seconds=every_s)

    return taken


@pytest.fixture
def rush(box, clock):
    def rush(most=12):
        with box.database.read() as tx:
            return tickets.rush(tx, clock(), most)

    return rush


def test_the_busiest_minute_is_found_wherever_it_begins():
    moments = [AT + timedelta(seconds=s) for s in (0, 50, 70, 80, 109, 110, 400)]
    assert busiest_minute(moments) == (4, moments[1])
    assert busiest_minute(moments[:1]) == (1, AT)


def test_a_line_of_people_is_no_rush(taken, rush):
    taken(20, every_s=6)
    assert rush() is None


def test_more_than_can_be_tapped_is_told_for_ten_minutes(taken, rush, clock):
    began = clock()
    taken(15, every_s=1)
    told = rush()
    assert (told.numbers, told.at) == (15, began)
    clock.forward(minutes=9)
    assert rush() == told
    clock.forward(minutes=2)
    assert rush() is None


def test_what_staff_take_for_people_is_no_rush(taken, rush):
    taken(20, every_s=1, staff_id=2)
    assert rush() is None


def test_a_clock_that_was_ahead_does_not_have_it_told_for_ever(taken, rush, clock):
    taken(20, every_s=1)
    clock.forward(hours=-3)
    assert rush() is None
