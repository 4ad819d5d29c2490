"""Days that a clock has spoilt, and days that the night takes for over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from kiosk import figures, tickets
from kiosk.figures import By, Span
from kiosk.figures.day.cases import FigureStep, TicketFacts, cases_of
from kiosk.figures.day.desks import DeskStep, Stay, desk_times
from kiosk.figures.rules import Channel
from kiosk.figures.tables import figure_day
from kiosk.server.nightly import AddingUp, close_days

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
FACTS = TicketFacts(1, "A001", date(2026, 11, 23), Channel.STATION, "", "zh", False, 0, 10)


def steps(*told):
    """Changes by verb, where to, and minutes after nine."""
    before = None
    for verb, to, minute in told:
        at = NINE + timedelta(minutes=minute)
        yield FigureStep(verb, before, to, at, 1, "", "A", "{}" if before else "", staff_id=2)
        before = to


def case(*told):
    (found,) = cases_of(FACTS, tuple(steps(*told)), lambda moment: moment.hour)
    return found


@pytest.mark.parametrize("called", [-5, 17 * 60])
def test_a_wait_over_a_clock_that_jumped_is_unknown_and_in_no_figure(called):
    one = case(("take", "waiting", 0), ("call_next", "called", called), ("start", "serving", called + 1))
    assert (one.wait_s, one.walk_s, one.is_unsure, one.is_told) == (None, 60, True, False)
    cell = figures.Cell(cases=1, unsure=1)
    assert figures.values(cell, 20)["wait_median_s"] is None


def test_nothing_is_divided_by_nothing():
    told = figures.values(figures.Cell(), 20)
    assert all(value in (0, None) for value in told.values())


def test_a_day_of_twenty_five_hours_has_its_length_and_an_hour_of_twice_as_many():
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30, and an hour later 2:30 again
    told = [
        FigureStep("take", None, "waiting", first, None, "", "A", ""),
        FigureStep(
            "call_next", "waiting", "called", first + timedelta(hours=1), 1, "", "A", "{}", staff_id=2
        ),
    ]
    (one,) = cases_of(FACTS, told, lambda moment: moment.astimezone(berlin).hour)
    assert (one.hour, one.wait_s) == (2, 3600)
    assert one.called_at
    assert one.called_at.astimezone(berlin).hour == 2


def test_a_window_whose_clock_went_back_was_open_for_no_time_that_nobody_knows():
    told = [DeskStep(1, "open", 2, NINE), DeskStep(1, "close", 2, NINE - timedelta(hours=2))]
    (desk,) = desk_times(told, [Stay(1, 2, NINE, NINE + timedelta(minutes=4))], NINE + timedelta(hours=1))
    assert (desk.open_s, desk.busy_s) == (0, 240)
    assert figures.Cell(open_s=desk.open_s, busy_s=desk.busy_s).idle_s == 0


def test_the_night_adds_up_each_day_once_and_a_day_ended_by_a_wrong_date_anew(small_day):
    box, watch, day = small_day.box, AddingUp(small_day.box), date(2026, 11, 23)
    watch.look()
    assert kept(box) == []  # the day is not over
    small_day.at(24 * 60)  # a clock that is a day ahead
    close_days(box)
    watch.look()
    assert kept(box) == [day]
    small_day.at(120)
    watch.look()
    assert kept(box) == []
    small_day.write(tickets.reopen_day, box.centre, small_day.asked)
    small_day.take("A")
    small_day.at(15 * 60 + 10)
    close_days(box)
    watch.look()
    watch.look()
    assert kept(box) == [day]
    span = Span(day, day)
    found = small_day.read(figures.figures_of, box.centre, span, By.SERVICE, small_day.clock())
    assert (found.whole.tickets, found.whole.closed) == (16, 2)


def test_more_days_than_can_be_read_at_once_are_said_to_be_left_out(small_day):
    box = small_day.box
    for number in range(10):
        small_day.clock.forward(days=1)
        small_day.take("A", tap=f"later-{number}")
    span = Span(date(2026, 11, 1), date(2026, 12, 31))
    found = small_day.read(figures.figures_of, box.centre, span, By.DAY, small_day.clock())
    assert found.left_out == 4
    assert found.whole.tickets == 7
    small_day.clock.forward(days=1)
    close_days(box)
    AddingUp(box).look()
    found = small_day.read(figures.figures_of, box.centre, span, By.DAY, small_day.clock())
    assert (found.left_out, found.whole.tickets) == (0, 25)


def kept(box):
    with box.database.read() as tx:
        return sorted(tx.execute(sa.select(figure_day.c.service_day).distinct()).scalars())
