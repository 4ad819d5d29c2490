"""The law of concerns, their promises, and that everything is told in an unbroken log."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from chinese_calendar import is_workday as of_peer
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk import concerns, opening
from kiosk.concerns import Contact, Outcome, PauseReason, Reply, Solved, State, Verb
from kiosk.concerns.tables import concern, concern_change, concern_clock, concern_party
from kiosk.opening.tables import public_holiday
from kiosk.spool.tables import print_job
from kiosk.words import Malformed, Refusal
from tests.concerns.desk import LEAD, ONE, OTHER


def test_a_concern_has_a_number_of_the_year_a_promise_and_the_job_of_its_receipt(desk):
    first, second = desk.take_in(), desk.take_in()
    assert (first.number, second.number) == ("S0001", "S0002")
    assert desk.at(first.id).due.on == date(2026, 11, 30)  # Monday, and five working days
    (one, _) = [row for row in desk.rows(print_job) if row.kind == "receipt"]
    assert one.subject == f"concern:{first.id}"
    assert "灯" not in one.slip
    desk.clock.at = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert desk.take_in().number == "S0001"


def test_the_same_tap_and_the_same_source_make_one_concern(desk):
    one, again = desk.take_in(tap="t"), desk.take_in(tap="t")
    assert (one.id, one.token) == (again.id, again.token)
    assert again.already
    point = desk.take_in(source=concerns.Source.MEETING, source_ref="point:7")
    assert desk.take_in(source=concerns.Source.MEETING, source_ref="point:7").id == point.id


def test_nothing_is_kept_of_what_is_refused(desk):
    for more in ({"category": "nothing"}, {"place_id": 99}, {"words": "说" * 501}):
        with pytest.raises((Refusal, Malformed)):
            desk.take_in(**more)
    assert desk.rows(concern) == []
    assert [row for row in desk.rows(print_job) if row.kind == "receipt"] == []


def test_one_station_takes_ten_an_hour_in_and_then_sends_to_a_person(desk):
    for _ in range(10):
        desk.take_in()
    with pytest.raises(concerns.TooManyConcerns):
        desk.take_in()
    desk.clock.forward(minutes=61)
    desk.take_in()


def test_who_gives_it_on_stays_responsible_until_it_is_accepted(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.do(concerns.hand_over, one, OTHER, "他管路灯")
    assert (desk.at(one).owner_id, desk.at(one).offered_to) == (ONE, OTHER)
    with pytest.raises(concerns.NotYours):
        desk.do(concerns.answer, one, Reply(Outcome.SOLVED, "x"), by=4)
    desk.do(concerns.accept, one, by=OTHER)
    assert (desk.at(one).owner_id, desk.at(one).offered_to) == (OTHER, None)


def test_two_owners_accept_at_once_and_one_wins(desk, engine):
    rounds = 20
    for _ in range(rounds):
        desk.clock.forward(hours=2)
        wins: list[int] = []
        one, barrier = desk.take_in().id, Barrier(2)

        def accept(by, one=one, wins=wins, barrier=barrier):
            barrier.wait()
            try:
                desk.do(concerns.accept, one, by=by)
                wins.append(by)
            except Refusal:
                pass

        both = [Thread(target=accept, args=(by,)) for by in (ONE, OTHER)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert wins == [desk.at(one).owner_id]


def test_an_answer_that_is_taken_back_leaves_the_rest_that_it_ended(desk):
    """It had none left, and the night could resume no concern any more."""
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.do(concerns.pause, one, PauseReason.WEATHER, (date(2026, 12, 3), ""))
    for ends_by_answer in (True, False):
        desk.clock.forward(days=1)
        (before,) = [row for row in desk.rows(concern_clock) if row.what == "answer"]
        with desk.box.database.write() as tx:
            if ends_by_answer:
                reply = Reply(Outcome.SOLVED, "灯换好了")
                concerns.answer(tx, desk.box.centre, desk.hand(), one, reply)
            else:
                concerns.resume(tx, desk.box.centre, desk.asked(ONE), one)
        desk.do(concerns.undo, one)
        assert desk.at(one).state == State.WAITING
        (after,) = [row for row in desk.rows(concern_clock) if row.what == "answer"]
        assert (after.due_on, after.met_at) == (before.due_on, before.met_at)
    desk.clock.at = datetime(2026, 12, 2, 20, tzinfo=UTC)  # four in the morning of the third
    with desk.box.database.write() as tx:
        assert concerns.look_after(tx, desk.box.centre, desk.asked()) == 1
    assert desk.at(one).state == State.OPEN


def test_a_pause_puts_the_promise_off_by_the_working_days_it_lasted_and_ends_by_its_date(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    until = date(2026, 12, 3)
    with pytest.raises(Malformed):
        desk.do(concerns.pause, one, PauseReason.WEATHER, (date(2027, 1, 4), ""))
    desk.do(concerns.pause, one, PauseReason.WEATHER, (until, "雨停了再修"))
    assert desk.at(one).state == State.WAITING
    desk.clock.at = datetime(2026, 12, 2, 20, tzinfo=UTC)  # four in the morning of the third
    with desk.box.database.write() as tx:
        assert concerns.look_after(tx, desk.box.centre, desk.asked()) == 1
    assert (desk.at(one).state, desk.at(one).due.on) == (State.OPEN, date(2026, 12, 10))


def test_a_word_of_the_residents_own_resumes_what_was_paused(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.do(concerns.pause, one, PauseReason.NOT_REACHED, (date(2026, 12, 1), ""))
    desk.resident(concerns.say_more, one, "我在家")
    assert desk.at(one).state == State.OPEN


def test_half_and_no_open_it_anew_for_the_same_owner_and_yes_ends_it(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.answer(one)
    desk.resident(concerns.say_solved, one, Solved.HALF)
    again = desk.at(one)
    assert (again.state, again.round, again.owner_id, again.reply) == (State.OPEN, 1, ONE, "灯换好了")
    desk.answer(one)
    desk.resident(concerns.say_solved, one, Solved.YES)
    assert (desk.at(one).state, desk.at(one).solved) == (State.DONE, Solved.YES)


def test_the_resident_opens_it_anew_for_thirty_days(desk):
    one = desk.take_in().id
    desk.do(concerns.settle, one, Reply(Outcome.EXPLAINED, "说明了"))
    desk.clock.forward(days=30)
    desk.resident(concerns.say_solved, one, Solved.NO)
    desk.answer(one)
    desk.clock.forward(days=31)
    with pytest.raises(concerns.NotAgain):
        desk.resident(concerns.say_solved, one, Solved.NO)


def test_an_answer_without_a_word_is_closed_after_a_week_and_never_called_solved(desk):
    one = desk.take_in().id
    desk.do(concerns.settle, one, Reply(Outcome.SOLVED, "好了"))
    desk.clock.forward(days=9)
    with desk.box.database.write() as tx:
        concerns.look_after(tx, desk.box.centre, desk.asked())
    assert (desk.at(one).state, desk.at(one).solved) == (State.DONE, "none")


def test_who_answered_does_not_recheck_and_a_bad_recheck_opens_it_anew(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.answer(one)
    with pytest.raises(concerns.NotByYourself):
        desk.do(concerns.recheck, one, "看过了", is_good=True)
    desk.do(concerns.recheck, one, "还是不亮", by=OTHER, is_good=False)
    assert (desk.at(one).state, desk.at(one).round) == (State.OPEN, 1)


def test_the_answer_of_a_concern_meets_the_clocks_of_those_merged_into_it(desk):
    parent, child = desk.take_in(), desk.take_in()
    desk.do(concerns.merge, child.id, parent.number)
    desk.do(concerns.accept, parent.id)
    desk.answer(parent.id)
    assert {row.met_at for row in desk.rows(concern_clock)} == {desk.clock()}
    desk.resident(concerns.say_solved, child.id, Solved.NO)
    assert (desk.at(child.id).state, desk.at(parent.id).state) == (State.OPEN, State.ANSWERED)


def test_one_merged_into_what_waits_for_its_answer_cannot_be_said_unsolved(desk):
    parent, child = desk.take_in(), desk.take_in()
    desk.do(concerns.merge, child.id, parent.number)
    with pytest.raises(concerns.WrongState):
        desk.resident(concerns.say_solved, child.id, Solved.NO)
    desk.do(concerns.accept, parent.id)
    desk.answer(parent.id)
    desk.resident(concerns.say_solved, child.id, Solved.NO)
    running = [row.round for row in desk.rows(concern_clock) if row.what == "answer" and row.met_at is None]
    assert running == [1]


def test_who_takes_it_back_leaves_neither_words_nor_a_number(desk):
    one = desk.take_in(words="我家楼下太吵", contact=Contact("", "13800001234", "1234")).id
    desk.resident(concerns.say_more, one, "晚上也吵")
    desk.resident(concerns.withdraw, one)
    assert desk.at(one).words == ""
    assert desk.rows(concern_party) == []
    assert {row.note for row in desk.rows(concern_change)} == {""}
    assert desk.at(one).number == "S0001"


def test_a_concern_about_the_staff_is_sealed_when_it_is_taken_in(desk):
    assert desk.at(desk.take_in("staff").id).is_sealed


STEPS = {
    Verb.SETTLE: lambda d, c: d.do(concerns.settle, c, Reply(Outcome.SOLVED, "好")),
    Verb.ACCEPT: lambda d, c: d.do(concerns.accept, c, by=LEAD),
    Verb.HAND_OVER: lambda d, c: d.do(concerns.hand_over, c, OTHER, "转", by=LEAD),
    Verb.SEND_BACK: lambda d, c: d.do(concerns.send_back, c, "不归我", by=LEAD),
    Verb.STEP: lambda d, c: d.do(concerns.step, c, "看过了", by=LEAD),
    Verb.PAUSE: lambda d, c: d.do(
        concerns.pause, c, PauseReason.VOTE, (d.clock().date() + timedelta(days=3), ""), by=LEAD
    ),
    Verb.EXTEND: lambda d, c: d.do(concerns.extend, c, "要等零件", by=LEAD),
    Verb.ANSWER: lambda d, c: d.answer(c, by=LEAD),
    Verb.AGREE: lambda d, c: d.resident(concerns.say_solved, c, Solved.YES),
    Verb.REOPEN: lambda d, c: d.resident(concerns.say_solved, c, Solved.NO),
    Verb.RECHECK: lambda d, c: d.do(concerns.recheck, c, "看过", by=OTHER, is_good=True),
    Verb.DECLINE: lambda d, c: d.do(concerns.decline, c, concerns.DeclineReason.COURT, "请找法院", by=LEAD),
    Verb.MERGE: lambda d, c: d.do(concerns.merge, c, "S0001", by=LEAD),
    Verb.UNMERGE: lambda d, c: d.do(concerns.unmerge, c, by=LEAD),
    Verb.WITHDRAW: lambda d, c: d.resident(concerns.withdraw, c),
    Verb.SAY_MORE: lambda d, c: d.resident(concerns.say_more, c, "还有"),
    Verb.SORT: lambda d, c: d.do(concerns.sort_as, c, concerns.Kind.NEED, by=LEAD),
    Verb.SEAL: lambda d, c: d.do(concerns.seal, c, by=LEAD),
    Verb.LOOK: lambda d, c: d.do(concerns.note_look, c, by=LEAD),
    Verb.UNDO: lambda d, c: d.do(concerns.undo, c, by=LEAD),
}


@given(walk=st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=14))
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_tried_in_whatever_order_the_log_is_unbroken_and_follows_the_law(desk, walk):
    desk.clock.forward(hours=3)
    one = desk.take_in().id
    for verb in walk:
        before = desk.at(one)
        desk.clock.forward(**({"minutes": 5} if verb == Verb.UNDO else {"hours": 5}))
        try:
            STEPS[verb](desk, one)
        except Refusal:
            assert desk.at(one) == before
    log = [row for row in desk.rows(concern_change) if row.concern_id == one]
    assert log[0].verb == Verb.TAKE_IN
    assert all(after.from_state == row.to_state for row, after in pairwise(log))
    follows = [row for row in log[1:] if row.verb != Verb.UNDO]
    assert all(concerns.MOVES[State(row.from_state), Verb(row.verb)] == row.to_state for row in follows)
    steps = [row for row in log if row.verb != Verb.LOOK]
    assert all(row.to_state == step.from_state for step, row in pairwise(steps) if row.verb == Verb.UNDO)
    assert (log[-1].to_state, log[-1].round) == (desk.at(one).state, desk.at(one).round)
    with desk.box.database.write() as tx:
        assert concerns.recount(tx, desk.box.centre, desk.asked()) == 0  # by the same calendar
    if desk.at(one).state == State.MERGED:
        return  # whoever it was merged into owes the answer
    running = desk.at(one).is_running
    clocks = [row for row in desk.rows(concern_clock) if row.concern_id == one and row.what == "answer"]
    assert any(row.met_at is None for row in clocks) == running


LAST = date(2026, 12, 31)
OFF = {
    *(date(2026, 1, day) for day in (1, 2, 3)), *(date(2026, 2, day) for day in range(15, 24)),
    *(date(2026, 4, day) for day in (4, 5, 6)), *(date(2026, 5, day) for day in range(1, 6)),
    *(date(2026, 6, day) for day in (19, 20, 21)), *(date(2026, 9, day) for day in (25, 26, 27)),
    *(date(2026, 10, day) for day in range(1, 8)),
}  # fmt: skip
WORKED = {date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
"""Copied by hand from the notice of 4 November 2025: 33 days off, 6 worked."""


def is_workday(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def test_the_calendar_by_hand_is_that_of_the_peer():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert (len(OFF), [day for day in days if is_workday(day) != of_peer(day)]) == (33, [])


@pytest.mark.parametrize("length", [1, 3, 5, 10, 15])
def test_due_dates_of_every_day_of_2026_are_those_of_an_independent_calendar(desk, length):
    with desk.box.database.read() as tx:
        days = opening.workdays(tx)
    wrong, start = [], date(2026, 1, 1)
    while start < LAST - timedelta(days=40):
        left, day = length, start
        while left:
            day += timedelta(days=1)
            left -= is_workday(day)
        if days.after(start, length) != day or days.is_provisional(day):
            wrong.append(start)
        start += timedelta(days=1)
    assert wrong == []


def test_working_saturdays_count_and_the_day_it_was_said_does_not(desk):
    with desk.box.database.read() as tx:
        days = opening.workdays(tx)
    assert days.after(date(2026, 2, 13), 1) == date(2026, 2, 14)  # a Saturday worked before the festival
    assert days.after(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_beyond_the_last_notice_a_date_is_provisional_and_leaves_the_days_off_by_law_out(desk):
    desk.clock.at = datetime(2026, 12, 30, 2, tzinfo=UTC)
    due = desk.at(desk.take_in().id).due
    assert (due.on, due.is_provisional) == (date(2027, 1, 7), True)
    assert "可能会改" in concerns.due_text(desk.box.centre, due, "zh")


def test_a_notice_that_was_brought_in_is_believed_first(desk):
    with desk.box.database.write() as tx:
        tx.execute(sa.insert(public_holiday).values(day=date(2027, 1, 4), name="元旦", is_off=True))
        days = opening.workdays(tx)
    assert days.after(date(2027, 1, 3), 1) == date(2027, 1, 5)
    assert not days.is_provisional(date(2027, 6, 1))
