from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tickets.rules import (
    AT_HAND,
    MOVES,
    UNHEARD_FOR,
    MadeCall,
    MissedRule,
    Status,
    Verb,
    heard_of,
    number_text,
    rank_at,
    sources,
    target,
)

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_cancelled_ticket_goes_nowhere_and_a_served_one_only_to_the_next_service_of_the_visit():
    assert not [status for status, _ in MOVES if status == Status.CANCELLED]
    assert {verb for status, verb in MOVES if status == Status.SERVED} == {Verb.CONTINUE, Verb.CONTINUE_HERE}


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.UNDO, Verb.REOPEN_DAY, Verb.NOTE}), ids=str)
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


SOON = NOON + timedelta(seconds=20)


def test_a_call_counts_since_it_was_said_aloud():
    assert MadeCall(NOON, SOON, has_voice=True).counts_since(SOON) == SOON
    assert MadeCall(NOON, None, has_voice=True).counts_since(SOON) is None


def test_without_a_voice_the_press_counts():
    assert MadeCall(NOON, None, has_voice=False).counts_since(NOON) == NOON


def test_a_call_that_is_never_said_counts_after_a_minute():
    unsaid = MadeCall(NOON, None, has_voice=True)
    assert unsaid.counts_since(NOON + UNHEARD_FOR - timedelta(seconds=1)) is None
    assert unsaid.counts_since(NOON + UNHEARD_FOR) == NOON + UNHEARD_FOR


def test_a_call_that_is_said_late_counts_no_later_than_one_that_is_never_said():
    late = NOON + timedelta(minutes=5)
    assert MadeCall(NOON, late, has_voice=True).counts_since(late) == NOON + UNHEARD_FOR


def test_a_clock_that_was_set_back_makes_no_call_wait_longer():
    earlier = NOON - timedelta(hours=1)
    assert MadeCall(NOON, None, has_voice=True).counts_since(earlier) is not None


def test_of_three_calls_made_those_count_that_were_heard():
    made = [MadeCall(NOON, SOON, True), MadeCall(SOON, None, True), MadeCall(SOON, None, True)]
    heard = heard_of(made, SOON)
    assert (heard.made, heard.calls, heard.since) == (3, 1, SOON)
    rule = MissedRule(3, timedelta(seconds=60))
    assert (rule.calls_left(heard.made), rule.unheard(heard)) == (0, 2)
