"""Every figure of a small day, counted by hand: docs/figures.md has the formulas."""

import pytest

from kiosk import figures
from kiosk.figures import By, Span
from kiosk.figures.rules import COUNTS

BY_HAND = {
    "tickets": 15,
    "cases": 17,  # one was sent on, one had a second thing
    "served": 13,
    "transferred": 1,
    "left": 1,
    "missed_out": 1,
    "closed": 1,
    "misses": 1,
    "missed_n": 1,
    "recalls": 2,
    "recalled_n": 1,
    "holds": 1,
    "held_n": 1,
    "hold_n": 1,
    "hold_s": 600,
    "walk_n": 13,
    "walk_s": 12 * 60,  # one stood there already
    "serve_n": 14,
    "serve_s": 10 * 180 + (120 + 120) + 120 + 120 + 180,
    "told": 10,
    "in_range": 1,
    "unsure": 0,
    "open_s": 2 * 6000,
    "pause_s": 600,
    "busy_s": 10 * 240 + 180 + 120 + 180 + 120 + 120 + 180,
}
WAITS = [60, 60, 240, 600, 840, 1080, 1320, 1380, 1560, 1800, 2040, 2280, 2520, 2760]
"""Ten of the morning waited 10 minutes, 14, … 46; then 4 and 1 (sent on), 23 (missed), and 1."""


@pytest.fixture
def found(small_day):
    def found(by=By.SERVICE, ahead=0):
        now = small_day.clock()
        day = small_day.box.centre.day(small_day.began)
        return small_day.read(figures.figures_of, small_day.box.centre, Span(day, day), by, now)

    return found


def by_key(rows, name="cases"):
    return {row.key: getattr(row.cell, name) for row in rows}


def keep(hall):
    """What the night does."""
    for day in hall.read(figures.days_to_keep, hall.box.centre, hall.clock()):
        cells = hall.read(figures.added_up, hall.box.centre, day, hall.clock())
        hall.write(figures.keep_day, day, cells)


@pytest.mark.parametrize("is_kept", [False, True])
def test_each_figure_of_a_small_day_is_what_it_is_by_hand(small_day, found, is_kept):
    small_day.close()
    if is_kept:
        keep(small_day)
        assert small_day.read(figures.days_to_keep, small_day.box.centre, small_day.clock()) == ()
    whole = found().whole
    assert {name: getattr(whole, name) for name in COUNTS} == BY_HAND
    assert list(whole.waits.seconds) == WAITS
    told = figures.values(whole, 20)
    assert (told["wait_median_s"], told["wait_p90_s"], told["wait_longest_s"]) == (1350, 2520, 2760)
    assert told["wait_mean_s"] == pytest.approx(18540 / 14)
    assert told["in_promise"] == 6
    assert told["promise_share"] == pytest.approx(6 / 14)
    assert told["walk_mean_s"] == pytest.approx(720 / 13)
    assert told["serve_mean_s"] == pytest.approx(2460 / 14)
    assert told["hold_mean_s"] is None  # of one
    assert told["told_share"] == pytest.approx(0.1)
    assert told["idle_s"] == 12000 - 600 - 3300
    assert told["idle_share"] == pytest.approx(8100 / 11400)


@pytest.mark.parametrize("is_kept", [False, True])
def test_it_is_told_apart_by_whatever_is_asked(small_day, found, is_kept):
    small_day.close()
    if is_kept:
        keep(small_day)
    assert by_key(found(By.SERVICE).rows) == {"A": 14, "B": 2, "C": 1}
    assert by_key(found(By.COUNTER).rows) == {"1": 14, "2": 1, "": 2, "3": 0, "4": 0}
    assert by_key(found(By.COUNTER).rows, "busy_s")["2"] == 180
    assert by_key(found(By.HOUR).rows) == {"09": 10, "10": 7}
    assert by_key(found(By.CHANNEL).rows) == {"station": 16, "staff": 1}
    assert by_key(found(By.PRIORITY).rows) == {"": 16, "elder": 1}
    assert by_key(found(By.WEEKDAY).rows) == {"1": 17}
    assert by_key(found(By.DAY).rows) == {"2026-11-23": 17}
    assert by_key(found(By.CLERK).rows) == {"2": 15, "": 2}
    assert sum(by_key(found(By.GROUP).rows).values()) == 17
    for by in By:
        if by not in (By.DAY, By.WEEKDAY):
            assert sum(by_key(found(by).rows).values()) == 17, by


def test_before_the_night_a_number_that_nobody_called_is_open(small_day, found):
    assert found().whole.closed == 0
    assert found().has_today


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("figure", figures.COUNTED)
def test_every_figure_opens_the_list_that_it_was_counted_from(small_day, found, figure, is_kept):
    small_day.close()
    if is_kept:
        keep(small_day)
    whole, centre = found().whole, small_day.box.centre
    expected = figures.COUNTED[figure].of(whole, centre.settings.wait_promise_min)
    wanted = figures.Wanted(found().span, figure, By.SERVICE)
    first = small_day.read(figures.listed, centre, wanted, 0, small_day.clock())
    assert (first.found, len(first.cases)) == (expected, expected)
    last = small_day.read(figures.listed, centre, wanted, max(0, expected - 1), small_day.clock())
    assert last.cases == first.cases[-1:]
    of_b = figures.Wanted(found().span, figure, By.SERVICE, "B")
    parts = small_day.read(figures.listed, centre, of_b, 0, small_day.clock())
    assert parts.cases == tuple(case for case in first.cases if case.service == "B")
