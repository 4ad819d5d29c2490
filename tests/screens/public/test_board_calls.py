"""In which order the hall display shows calls, of plain values: no request, no database."""

from datetime import UTC, datetime

from kiosk import tickets
from kiosk.screens.public.board import Standing, board_calls

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def call(n, counter=1, *, is_serving=False):
    return tickets.Called(n, n, f"A{n:03}", counter, AT, is_serving)


def shown(called=(), last=(), announcements=()):
    return board_calls(tickets.BoardNow(9, 0, tuple(called), tuple(last), (), tuple(announcements)))


def test_the_newest_call_of_who_is_at_a_counter_stands_before_who_was():
    calls = shown(called=[call(1), call(2)], last=[call(3), call(2), call(1)])
    assert [one.number for one in calls] == ["A002", "A001", "A003"]
    assert [one.standing for one in calls] == [Standing.CALLING, Standing.CALLING, Standing.PAST]


def test_who_is_at_a_counter_without_a_late_call_stands_before_who_was():
    calls = shown(called=[call(1, is_serving=True)], last=[call(3)])
    assert [(one.number, one.standing) for one in calls] == [
        ("A001", Standing.SERVING),
        ("A003", Standing.PAST),
    ]


def test_only_what_came_with_this_answer_is_new():
    calls = shown(called=[call(1), call(2)], last=[call(2), call(1)], announcements=[call(2)])
    assert [one.is_new for one in calls] == [True, False]


def test_a_number_of_five_signs_needs_the_smaller_type():
    (long,) = shown(called=[tickets.Called(1, 1, "A1000", 1, AT)])
    assert long.is_long
    assert not shown(called=[call(1)])[0].is_long
