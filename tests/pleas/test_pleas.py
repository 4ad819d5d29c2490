from datetime import timedelta
from threading import Barrier, Thread

import pytest

from kiosk import pleas
from kiosk.asked import Asked
from kiosk.pleas import FALSE_ALARMS, FALSE_WITHIN, UNDO_FOR, Kind, Outcome, Stand, Verb

DOOR, STAIRS = "device:1", "device:2"
ONE, OTHER = 2, 3
"""Two of staff."""


@pytest.fixture
def press(box, clock):
    """Presses a choice at a station; the plea's id."""

    def press(kind=Kind.HELP, station=DOOR, ticket_id=None) -> int:
        with box.database.write() as tx:
            return pleas.ask(tx, Asked(clock(), station=station), kind, ticket_id)

    return press


@pytest.fixture
def act(box, clock):
    """Does a verb of staff."""

    def act(verb, plea_id, *more, by=ONE):
        with box.database.write() as tx:
            verb(tx, Asked(clock(), by), plea_id, *more)

    return act


@pytest.fixture
def go(act):
    return lambda plea_id, by=ONE: act(pleas.answer, plea_id, "clerk", 1, by=by)


@pytest.fixture
def plea(box):
    def plea(plea_id) -> pleas.Plea:
        with box.database.read() as tx:
            return pleas.plea_of(tx, plea_id)

    return plea


@pytest.fixture
def steps(box):
    def steps(plea_id) -> list[Verb]:
        with box.database.read() as tx:
            return [step.verb for step in pleas.steps_of(tx, plea_id)]

    return steps


@pytest.fixture
def ringing(box):
    """The ids of what is open, as the pages of staff show them."""

    def ringing() -> list[int]:
        remembered = pleas.remembered_open(box.database)
        with box.database.read() as tx:
            assert remembered == pleas.cached_open(tx)
        return [one.id for one in remembered]

    return ringing


def test_a_station_that_is_pressed_ten_times_rings_once_and_another_rings_beside_it(press, ringing):
    first = press()
    assert {press() for _ in range(10)} == {first}
    other = press(station=STAIRS)
    assert ringing() == [first, other]


def test_a_bell_knows_of_each_plea_as_soon_as_it_is_written(press, ringing):
    first = press()
    assert ringing() == [first]
    other = press(station=STAIRS)
    assert ringing() == [first, other]


def test_who_is_unwell_is_told_first_and_so_is_who_says_so_after_asking_for_help(press, ringing, plea, clock):
    first, unwell = press(), press(Kind.UNWELL, STAIRS)
    assert ringing() == [unwell, first]
    clock.forward(seconds=50)
    assert press(Kind.UNWELL) == first
    assert plea(first).kind == Kind.UNWELL
    assert not plea(first).is_overdue(clock(), 60)
    assert press(Kind.HELP) == first
    assert plea(first).kind == Kind.UNWELL


def test_unwell_rings_anew_though_somebody_was_going(press, go, plea, steps):
    first = press()
    go(first)
    press(Kind.UNWELL)
    assert plea(first).stand == Stand.RINGING
    assert steps(first) == [Verb.ASK, Verb.ANSWER, Verb.WORSE]


def test_one_goes_and_a_colleague_who_is_later_is_told_so(press, go, plea, steps):
    first = press()
    go(first)
    go(first)
    with pytest.raises(pleas.SomebodyGoes):
        go(first, by=OTHER)
    assert (plea(first).answered_by, plea(first).counter, plea(first).post) == (ONE, 1, "clerk")
    assert steps(first) == [Verb.ASK, Verb.ANSWER]


def test_of_two_who_press_at_the_same_moment_one_goes(press, go, plea, steps):
    first, start, refused = press(Kind.UNWELL), Barrier(2), []

    def press_go(by: int) -> None:
        start.wait()
        try:
            go(first, by=by)
        except pleas.SomebodyGoes:
            refused.append(by)

    both = [Thread(target=press_go, args=(by,)) for by in (ONE, OTHER)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert {plea(first).answered_by, *refused} == {ONE, OTHER}
    assert len(refused) == 1
    assert steps(first).count(Verb.ANSWER) == 1


def test_who_cannot_go_after_all_gives_it_back_and_nobody_else_does(press, go, act, plea):
    first = press()
    go(first)
    with pytest.raises(pleas.PleaOver):
        act(pleas.give_back, first, by=OTHER)
    act(pleas.give_back, first)
    assert plea(first).stand == Stand.RINGING
    go(first, by=OTHER)
    assert plea(first).answered_by == OTHER


def test_a_plea_is_closed_by_who_was_there_and_opened_again_for_a_minute(
    press, go, act, plea, clock, ringing
):
    first = press()
    with pytest.raises(pleas.NobodyGoesYet):
        act(pleas.close, first, Outcome.SEEN)
    go(first)
    act(pleas.close, first, Outcome.SEEN)
    assert ringing() == []
    with pytest.raises(pleas.PleaOver):
        act(pleas.reopen, first, by=OTHER)
    act(pleas.reopen, first)
    assert (plea(first).stand, plea(first).answered_by) == (Stand.COMING, ONE)
    act(pleas.close, first, Outcome.SEEN)
    clock.forward(seconds=UNDO_FOR.total_seconds())
    with pytest.raises(pleas.PleaOver):
        act(pleas.reopen, first)


def test_a_closed_plea_stays_closed_when_its_station_has_rung_again(press, go, act):
    first = press()
    go(first)
    act(pleas.close, first, Outcome.SEEN)
    press()
    with pytest.raises(pleas.RingsAgain):
        act(pleas.reopen, first)


def test_the_resident_takes_it_back_only_while_nobody_is_on_the_way(press, go, box, clock, plea):
    def withdraw():
        with box.database.write() as tx:
            pleas.withdraw(tx, Asked(clock(), station=DOOR))

    first = press()
    withdraw()
    withdraw()
    assert plea(first).outcome == Outcome.WITHDRAWN
    second = press()
    go(second)
    withdraw()
    assert plea(second).stand == Stand.COMING


def test_a_child_at_the_screen_rings_once_a_time_but_unwell_rings_as_ever(press, go, act, plea, clock):
    for _ in range(FALSE_ALARMS):
        one = press()
        assert not plea(one).is_quiet
        go(one)
        act(pleas.close, one, Outcome.NOBODY)
    quiet = press()
    assert plea(quiet).is_quiet
    assert not plea(press(station=STAIRS)).is_quiet
    press(Kind.UNWELL)
    assert not plea(quiet).is_quiet
    go(quiet)
    act(pleas.close, quiet, Outcome.SEEN)
    clock.forward(seconds=FALSE_WITHIN.total_seconds())
    assert not plea(press()).is_quiet


def test_an_answered_plea_that_nobody_closed_does_not_keep_the_next_person_from_ringing(
    press, go, plea, clock
):
    first = press()
    go(first)
    clock.forward(seconds=100)
    assert press() == first
    clock.forward(seconds=100)
    second = press()
    assert second != first
    assert plea(first).outcome == Outcome.LAPSED


def test_at_night_whose_plea_it_was_is_forgotten_and_later_who_of_staff_went(
    press, go, act, plea, box, clock, visitor
):
    visitor.take()
    first, stale = press(ticket_id=1), press(station=STAIRS)
    assert plea(first).number == "A001"
    go(first)
    act(pleas.close, first, Outcome.SEEN)
    tomorrow = clock() + timedelta(days=1)
    with box.database.write() as tx:
        assert pleas.forget(tx, tomorrow, 180) == 1
        assert pleas.forget(tx, tomorrow, 180) == 0
    assert (plea(first).number, plea(first).ticket_id, plea(first).answered_by) == ("", None, ONE)
    assert plea(stale).outcome == Outcome.LAPSED
    with box.database.write() as tx:
        pleas.forget(tx, tomorrow + timedelta(days=200), 180)
        told = {step.staff_id for step in pleas.steps_of(tx, first)}
    assert (plea(first).answered_by, plea(first).closed_by, told) == (None, None, {None})
