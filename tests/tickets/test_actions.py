import pytest

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.tickets import refusals

from .conftest import CLERK


def test_the_one_who_came_first_is_called_first(hall, clock):
    expected = []
    for code in "ABAC":
        expected.append(hall.take(code))
        clock.forward(seconds=30)
    assert [hall.serve() for _ in expected] == expected


def test_tickets_of_the_same_moment_are_called_in_the_order_they_were_taken(hall):
    expected = [hall.take("A") for _ in range(5)]
    assert [hall.serve() for _ in expected] == expected


def test_a_counter_calls_only_what_it_serves(hall):
    papers = hall.take("E")
    with pytest.raises(refusals.NobodyWaiting):
        hall.call_next(counter=3)
    assert hall.call_next(counter=1) == papers


def test_a_whole_visit_leaves_one_row_for_every_change(hall):
    ticket_id = hall.take("A")
    hall.call_next()
    hall.do(tickets.recall)
    hall.do(tickets.start)
    hall.do(tickets.finish)
    assert hall.changes(ticket_id) == [
        ("take", None, "waiting", None),
        ("call_next", "waiting", "called", 1),
        ("recall", "called", "called", 1),
        ("start", "called", "serving", 1),
        ("finish", "serving", "served", 1),
    ]
    assert hall.view(ticket_id).status == tickets.Status.SERVED


def test_a_counter_has_one_person_before_it(hall):
    hall.take("A")
    waiting = hall.take("A")
    hall.call_next()
    with pytest.raises(refusals.CounterBusy) as refused:
        hall.call_next()
    assert refused.value.facts == {"number": "A001"}
    with pytest.raises(refusals.CounterBusy):
        hall.write(tickets.call_ticket, hall.box.centre, Asked(hall.clock(), CLERK), 1, waiting, "")
    assert hall.view(waiting).status == tickets.Status.WAITING


def test_two_clerks_never_have_one_ticket_and_the_second_is_told_who_has_it(hall):
    ticket_id = hall.take("A")
    hall.write(tickets.call_ticket, hall.box.centre, Asked(hall.clock(), CLERK), 3, ticket_id, "走不动")
    with pytest.raises(refusals.CalledElsewhere) as refused:
        hall.write(tickets.call_ticket, hall.box.centre, Asked(hall.clock(), CLERK), 2, ticket_id, "")
    assert refused.value.facts == {"number": "A001", "counter": 3}
    assert hall.view(ticket_id).counter == 3


@pytest.mark.parametrize("verb", [tickets.recall, tickets.start, tickets.finish, tickets.cancel])
def test_a_verb_without_anybody_at_the_counter_is_refused(hall, verb):
    hall.take("A")
    with pytest.raises(refusals.NobodyAtHand):
        hall.do(verb)


def test_serving_cannot_be_finished_before_it_was_started(hall):
    ticket_id = hall.take("A")
    hall.call_next()
    with pytest.raises(refusals.WrongStatus):
        hall.do(tickets.finish)
    assert [row[0] for row in hall.changes(ticket_id)] == ["take", "call_next"]


def test_a_page_that_shows_another_ticket_is_refused(hall):
    old = hall.take("A")
    hall.take("A")
    hall.serve()
    hall.call_next()
    with pytest.raises(refusals.NotAtHand) as refused:
        hall.do(tickets.start, ticket_id=old)
    assert refused.value.facts == {"number": "A002"}


def test_a_turn_is_missed_only_after_three_calls_and_a_minute(hall, clock):
    ticket_id = hall.take("A")
    hall.call_next()
    with pytest.raises(refusals.TooEarlyToMiss) as refused:
        hall.no_show()
    assert refused.value.facts == {"calls": 2, "seconds": 60}
    clock.forward(seconds=60)
    hall.do(tickets.recall)
    hall.do(tickets.recall)
    hall.no_show()
    assert hall.view(ticket_id).status == tickets.Status.NO_SHOW
    assert hall.changes(ticket_id)[-1] == ("no_show", "called", "no_show", 1)


def test_someone_whose_turn_was_missed_can_be_called_again(hall, clock):
    ticket_id = hall.take("A")
    hall.call_next()
    clock.forward(seconds=61)
    hall.do(tickets.recall)
    hall.do(tickets.recall)
    hall.no_show()
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 2, ticket_id, "过号后回来")
    assert hall.view(ticket_id).counter == 2


def test_a_counter_must_be_open_and_ones_own(hall, clock):
    hall.take("A")
    hall.write(services.close_counter, Asked(clock(), CLERK), 1)
    with pytest.raises(services.CounterNotOpen):
        hall.call_next()
    hall.write(services.open_counter, Asked(clock(), CLERK + 1), 1)
    with pytest.raises(services.CounterTakenOver):
        hall.call_next()
    with pytest.raises(services.UnknownCounter):
        hall.call_next(counter=9)


def test_a_counter_with_somebody_before_it_is_not_closed(hall, clock):
    hall.take("A")
    hall.call_next()
    with pytest.raises(refusals.CounterBusy):
        hall.write(tickets.close_counter, Asked(clock(), CLERK), 1)


def test_who_waits_from_yesterday_is_not_called_today(hall, clock):
    hall.take("A")
    clock.forward(days=1)
    with pytest.raises(refusals.NobodyWaiting):
        hall.call_next()


def test_who_is_served_over_midnight_can_be_finished(hall, clock):
    ticket_id = hall.take("A")
    hall.call_next()
    hall.do(tickets.start)
    clock.forward(days=1)
    hall.do(tickets.finish)
    assert hall.view(ticket_id).status == tickets.Status.SERVED


def test_who_missed_yesterdays_turn_is_not_called_today_under_a_number_that_another_holds(hall, clock):
    yesterday = hall.take("A")
    clock.forward(days=1)
    hall.take("A")
    with pytest.raises(refusals.TicketOver):
        hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 1, yesterday, "")
