from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tickets.rules import (
    AT_HAND,
    MOVES,
    MissedRule,
    Status,
    Verb,
    number_text,
    rank_at,
    sources,
    target,
)

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_cancelled_ticket_goes_nowhere_and_a_served_one_only_to_the_next_service_of_the_visit():
    assert not [status for status, _ in MOVES if status == Status.CANCELLED]
    assert {verb for status, verb in MOVES if status == Status.SERVED} == {Verb.CONTINUE, Verb.CONTINUE_HERE}


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.UNDO}), ids=str)
def test_every_verb_leads_from_somewhere_to_one_place(verb):
    assert sources(verb)
    assert target(verb) in Status


def test_only_a_called_ticket_is_started_and_only_a_served_one_was_started():
    assert sources(Verb.START) == (Status.CALLED,)
    assert [status for status, verb in MOVES if MOVES[status, verb] == Status.SERVED] == [Status.SERVING]


def test_who_is_at_a_counter_can_always_be_ended():
    for status in AT_HAND:
        assert MOVES[status, Verb.CANCEL] == Status.CANCELLED


@pytest.mark.parametrize(("count", "text"), [(1, "A001"), (99, "A099"), (1000, "A1000")])
def test_a_number_has_a_letter_and_three_digits_or_more(count, text):
    assert number_text("A", count) == text


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 60))
def test_nobody_is_overtaken_by_who_came_later_than_the_head_start(first, later, head_start):
    came, came_later = NOON + timedelta(minutes=first), NOON + timedelta(minutes=first + later)
    overtakes = rank_at(came_later, timedelta(minutes=head_start)) < rank_at(came, timedelta())
    assert overtakes == (later < head_start)


@given(st.integers(0, 300), st.integers(0, 10))
def test_a_turn_is_missed_after_enough_calls_and_enough_time(seconds, calls):
    rule = MissedRule(calls=3, after=timedelta(seconds=60))
    assert rule.seconds_left(NOON, NOON + timedelta(seconds=seconds)) == max(0, 60 - seconds)
    assert rule.calls_left(calls) == max(0, 3 - calls)
