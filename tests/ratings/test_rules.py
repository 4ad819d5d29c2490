"""What the figures of ratings may say, by hand and by hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ratings import CHIPS, Counted, Grade, Share, chips_for
from kiosk.ratings.rules import BURST, HEADINGS, bursts, months_told, own_month, wilson


@pytest.mark.parametrize(
    ("hits", "n", "range_"),
    [(10, 10, (72, 100)), (30, 30, (89, 100)), (99, 100, (95, 100)), (0, 10, (0, 28))],
)
def test_the_range_of_a_share_is_wilsons(hits, n, range_):
    assert Share(hits, n).between == range_


@given(st.integers(1, 5000), st.data())
def test_a_share_lies_within_its_range_and_both_within_a_whole(n, data):
    hits = data.draw(st.integers(0, n))
    least, most = wilson(hits, n)
    assert 0 <= least <= hits / n <= most <= 1


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (2, 1), (-1, 5)])
def test_a_share_of_nothing_is_a_fault(hits, n):
    with pytest.raises(ValueError, match=f"{hits} of {n}"):
        wilson(hits, n)


def test_under_ten_only_counts_are_told_and_under_thirty_it_is_said_that_they_are_few():
    assert (Share(9, 9).percent, Share(9, 9).between) == (None, None)
    assert (Share(10, 10).percent, Share(10, 10).is_few) == (100, True)
    assert not Share(30, 30).is_few


def test_shares_are_told_apart_only_where_their_ranges_are():
    assert Share(10, 100).differs_from(Share(60, 100))
    assert not Share(9, 10).differs_from(Share(10, 10))
    assert not Share(1, 9).differs_from(Share(99, 100))


def test_the_three_upper_grades_are_good_and_the_two_upper_very_good():
    counted = Counted((1, 2, 3, 4, 5), 30)
    assert (counted.n, counted.bad) == (15, 3)
    assert (counted.good.hits, counted.very_good.hits, counted.rated.n) == (12, 9, 30)


def test_every_grade_offers_six_chips_at_most_and_each_has_its_official_heading():
    for grade in Grade:
        assert 1 <= len(chips_for(grade)) <= 6
        assert set(chips_for(grade)) <= set(HEADINGS)
    assert set(chips_for(Grade.BAD)) != set(chips_for(Grade.FAIR))
    assert set(CHIPS) == set(HEADINGS)


@given(st.dates(date(2001, 1, 1)))
def test_the_rated_are_told_of_no_month_before_another_whole_one_is_over(today):
    months = months_told(today, 6)
    assert [one.day for one in months] == [1] * 6
    assert sorted({(one.year, one.month) for one in months}, reverse=True) == [
        (one.year, one.month) for one in months
    ]
    assert (today.year - months[0].year) * 12 + today.month - months[0].month == 2


@pytest.mark.parametrize(
    ("grades", "n", "good"),
    [
        ((0, 0, 0, 0, 9), None, None),
        ((0, 0, 0, 0, 10), 10, None),
        ((1, 1, 0, 0, 8), 10, None),
        ((2, 1, 0, 0, 7), 10, 7),
    ],
)
def test_the_rated_are_told_ten_at_least_and_of_bad_ones_three(grades, n, good):
    told = own_month(date(2026, 10, 1), Counted(grades, 0))
    assert (told.counted and told.counted.n, told.good and told.good.hits) == (n, good)


SOON, LATER = timedelta(seconds=20), timedelta(hours=3)


def run(*ones):
    return [(number, Grade(grade), after) for number, (grade, after) in enumerate(ones, start=1)]


def test_five_alike_right_after_their_visits_are_a_burst():
    assert bursts(run(*[(5, SOON)] * BURST)) == frozenset(range(1, 6))


@pytest.mark.parametrize(
    "ones",
    [
        [(5, SOON)] * 4,
        [(5, SOON)] * 3 + [(4, SOON)] + [(5, SOON)] * 3,
        [(5, SOON)] * 4 + [(5, LATER)] + [(5, SOON)] * 4,
    ],
)
def test_fewer_others_between_or_one_from_home_are_none(ones):
    assert bursts(run(*ones)) == frozenset()
