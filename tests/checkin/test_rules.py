"""The law of signing in by itself: the order of reasons, minutes, doubt."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkin.rules import (
    Direction,
    SignInAttempt,
    Stay,
    Times,
    Word,
    hint_of,
    is_doubtful,
    judge,
    points,
    stay_after,
)

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
TIMES = Times(NINE - timedelta(minutes=30), NINE, NINE + timedelta(hours=2), timedelta(minutes=30))


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("came", "left", "counted"),
    [
        (-30, 60, 60),
        (0, 60, 60),
        (10.5, 60, 49),
        (10, 120, 110),
        (10, 149, 139),
        (10, 150, 140),
        (10, 600, 140),
        (-30, -5, 0),
        (60, 60, 0),
    ],
)
def test_minutes_count_from_the_start_to_the_end_and_its_grace_and_no_half_ones(came, left, counted):
    assert TIMES.minutes(at(came), at(left)) == counted


def test_the_cap_is_the_planned_time_and_its_grace():
    assert TIMES.cap == 150


moments = st.floats(-120, 600).map(at)


@given(moments, moments)
def test_no_stay_counts_more_than_its_cap_or_than_it_lasted_or_less_than_nothing(one, other):
    came, left = sorted((one, other))
    counted = TIMES.minutes(came, left)
    assert 0 <= counted <= TIMES.cap
    assert counted <= (left - came) / timedelta(minutes=1)


@given(moments, moments, moments)
def test_two_stays_count_no_more_than_one_that_spans_them(one, other, third):
    came, between, left = sorted((one, other, third))
    assert TIMES.minutes(came, between) + TIMES.minutes(between, left) <= TIMES.minutes(came, left)


def test_who_leaves_within_the_grace_has_served_and_who_leaves_later_has_perhaps_forgotten():
    assert stay_after(TIMES, at(0), at(150), is_doubtful=False) == (Stay.LEFT, 150)
    assert stay_after(TIMES, at(0), at(151), is_doubtful=False) == (Stay.PENDING, 120)
    assert stay_after(TIMES, at(0), at(60), is_doubtful=True) == (Stay.PENDING, 60)


def attempt(minutes=0.0, direction=Direction.EITHER, inside=None, **said) -> Word:
    since = None if inside is None else at(inside)
    plain = {"counts_hours": True} | said
    return judge(SignInAttempt(at(minutes), direction, TIMES, inside_since=since, **plain))


def test_the_most_useful_reason_comes_first():
    assert attempt(-60, is_cancelled=True) == Word.CANCELLED
    assert attempt(-31) == Word.TOO_EARLY
    assert attempt(121) == Word.TOO_LATE
    assert attempt(-30) == attempt(120) == Word.OK_IN
    assert attempt(5, Direction.IN, inside=0) == Word.ALREADY_IN


def test_who_is_inside_can_leave_whatever_has_become_of_the_event():
    assert attempt(60, Direction.OUT, inside=0, is_cancelled=True) == Word.OK_OUT
    assert attempt(600, Direction.OUT, inside=0) == Word.OK_OUT
    for way in Direction:
        assert attempt(5, way, inside=0, is_cancelled=True) == Word.OK_OUT, "any scan, once it is cancelled"
    assert attempt(60, Direction.OUT) == Word.NOT_IN


def test_a_second_scan_signs_out_of_a_shift_after_ten_minutes_or_after_its_end():
    assert attempt(9.9, inside=0) == Word.ALREADY_IN
    assert attempt(10, inside=0) == Word.OK_OUT
    assert attempt(120, inside=118) == Word.ALREADY_IN
    assert attempt(121, inside=118) == Word.OK_OUT
    assert attempt(60, inside=0, counts_hours=False) == Word.ALREADY_IN
    assert attempt(60, Direction.IN, inside=0) == Word.ALREADY_IN


@given(moments, st.sampled_from(Direction), st.none() | moments, st.booleans(), st.booleans(), st.booleans())
def test_nobody_is_let_in_twice_and_nobody_out_who_is_not_in(
    moment, direction, since, counts, cancelled, doubtful
):
    word = judge(SignInAttempt(moment, direction, TIMES, counts, cancelled, since, doubtful))
    assert word != Word.OK_IN or since is None
    assert word != Word.OK_OUT or since is not None
    assert word != Word.OK_IN or not cancelled


def test_a_clock_that_fell_back_and_a_moment_that_cannot_be_are_doubtful():
    assert not is_doubtful(NINE, NINE, None)
    assert not is_doubtful(NINE, NINE, NINE + timedelta(seconds=60))
    assert is_doubtful(NINE, NINE, NINE + timedelta(seconds=61))
    assert is_doubtful(NINE + timedelta(seconds=61), NINE, None)
    assert is_doubtful(NINE - timedelta(hours=13), NINE, None)
    assert is_doubtful(NINE - timedelta(minutes=15), NINE, NINE)
    assert not is_doubtful(NINE - timedelta(minutes=14), NINE, NINE)


def test_who_has_just_come_is_signed_out_by_another_scan_only_after_the_end():
    assert attempt(120, inside=115) == Word.ALREADY_IN
    assert attempt(120.1, inside=115) == Word.OK_OUT


@given(st.text(max_size=80))
def test_whatever_is_scanned_has_a_hint(text):
    assert hint_of(text) is not None


def test_points_are_rounded_down_for_each_stay():
    assert (points(10, 59), points(10, 60), points(10, 90), points(0, 90)) == (9, 10, 15, 0)
