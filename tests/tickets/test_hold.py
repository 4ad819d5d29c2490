"""Holds, missed turns, transfers, several services in one visit, undo."""

import pytest

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.tickets import refusals

from .conftest import CLERK


@pytest.fixture
def served(hall, clock):
    """Somebody whose papers are looked at, at counter 1."""
    ticket_id = hall.take("A")
    hall.call_next()
    clock.forward(seconds=20)
    hall.do(tickets.start)
    return ticket_id


def hold(hall, kind, counter=1, lacks=(), ticket_id=None):
    aside = tickets.Aside(kind, lacks)
    hall.write(tickets.hold, hall.box.centre, Asked(hall.clock(), CLERK), counter, aside, ticket_id)


def rejoin(hall, ticket_id):
    hall.write(tickets.rejoin, hall.box.centre, ticket_id, tickets.By(hall.clock()))


def resume(hall, ticket_id, counter=1):
    hall.write(tickets.resume, hall.box.centre, Asked(hall.clock(), CLERK), counter, ticket_id)


def transfer(hall, counter=1, service="", to_counter=None, ticket_id=None):
    to = tickets.Destination(service, to_counter)
    hall.write(tickets.transfer, hall.box.centre, Asked(hall.clock(), CLERK), counter, to, ticket_id)


def carry_on(hall, service, place, counter=1, ticket_id=None):
    thing = tickets.NextThing(service, place)
    hall.write(tickets.continue_visit, hall.box.centre, Asked(hall.clock(), CLERK), counter, thing, ticket_id)


def undo(hall, counter=1):
    hall.do(tickets.undo, counter)


def take_later(hall, clock):
    clock.forward(seconds=1)
    return hall.take("A")


def miss(hall, clock, counter=1):
    clock.forward(seconds=61)
    hall.do(tickets.recall, counter)
    hall.do(tickets.recall, counter)
    hall.no_show(counter)


@pytest.mark.parametrize("kind", list(tickets.Hold))
def test_a_hold_keeps_the_number_and_frees_the_counter(hall, served, kind):
    other = hall.take("A")
    hold(hall, kind)
    view = hall.view(served)
    assert (view.status, view.hold, view.held_at, view.number) == ("held", kind, 1, "A001")
    assert hall.call_next() == other


def test_who_fetches_papers_gets_a_slip_that_says_what_until_when_and_where(hall, served):
    hold(hall, "fetch", lacks=("户口本", " ", "银行卡复印件"))
    kind, slip = hall.slips()[-1]
    assert kind == "come_back"
    assert slip["bring"] == ["户口本", "银行卡复印件"]
    assert slip["number"] == "A001"
    assert slip["where"] == "1、2、3、4号窗口"
    assert slip["by"] == "今天下班前"
    assert slip["qr"] == hall.view(served).token


@pytest.mark.parametrize("kind", ["kept", "wait"])
def test_who_stays_in_the_house_needs_no_slip(hall, served, kind):
    before = len(hall.slips())
    hold(hall, kind)
    assert len(hall.slips()) == before


def test_who_comes_back_with_papers_is_the_next_and_keeps_the_number(hall, clock, served):
    first = hall.take("A")
    hold(hall, "fetch")
    clock.forward(minutes=40)
    assert hall.view(first).ahead == 0
    rejoin(hall, served)
    assert hall.view(first).ahead == 1
    assert hall.call_next(2) == served


def test_kept_papers_bring_the_person_back_to_their_counter_alone(hall, served):
    hold(hall, "kept")
    with pytest.raises(refusals.PapersElsewhere) as refused:
        resume(hall, served, counter=2)
    assert refused.value.facts == {"number": "A001", "counter": 1}
    rejoin(hall, served)
    with pytest.raises(refusals.NobodyWaiting):
        hall.call_next(2)
    assert hall.call_next(1) == served


def test_somebody_on_hold_who_stands_there_is_served_on_without_a_call(hall, served):
    hold(hall, "wait")
    resume(hall, served)
    assert hall.view(served).status == tickets.Status.SERVING
    assert hall.changes(served)[-1] == ("resume", "held", "serving", 1)


def test_a_kind_of_hold_that_nobody_offers_is_refused_and_nothing_changes(hall, served):
    with pytest.raises(refusals.BadHold):
        hold(hall, "forever")
    assert hall.view(served).status == tickets.Status.SERVING


def test_who_missed_the_turn_comes_back_after_three_people(hall, clock):
    missed = hall.take("A")
    hall.call_next()
    waiting = [take_later(hall, clock) for _ in range(5)]
    miss(hall, clock)
    rejoin(hall, missed)
    assert hall.view(missed).ahead == 3
    assert [hall.serve() for _ in range(6)] == [*waiting[:3], missed, *waiting[3:]]


def test_who_missed_the_turn_of_a_short_line_comes_back_at_its_end(hall, clock):
    missed = hall.take("A")
    hall.call_next()
    other = hall.take("A")
    miss(hall, clock)
    rejoin(hall, missed)
    assert [hall.serve(), hall.serve()] == [other, missed]


def test_two_who_come_back_at_once_keep_their_order(hall, clock):
    first, second = hall.take("A"), hall.take("A")
    for _ in range(2):
        hall.call_next()
        miss(hall, clock)
    others = [take_later(hall, clock) for _ in range(4)]
    rejoin(hall, first)
    rejoin(hall, second)
    assert [hall.serve() for _ in range(6)] == [*others[:3], first, second, others[3]]


def test_only_who_is_aside_can_rejoin(hall):
    waiting = hall.take("A")
    with pytest.raises(refusals.WrongStatus):
        rejoin(hall, waiting)


def test_a_transfer_to_another_service_keeps_the_arrival(hall, clock, served):
    clock.forward(minutes=5)
    papers = hall.take("E")
    transfer(hall, service="E")
    view = hall.view(served)
    assert (view.code, view.status, view.number) == ("E", "waiting", "A001")
    assert [hall.serve(), hall.serve()] == [served, papers]


def test_a_transfer_to_a_counter_is_called_there_alone(hall, served):
    transfer(hall, to_counter=3)
    with pytest.raises(refusals.NobodyWaiting):
        hall.call_next(2)
    assert hall.call_next(3) == served


def test_a_counter_that_closes_lets_others_call_who_was_sent_to_it(hall, clock, served):
    transfer(hall, to_counter=3)
    hall.write(tickets.close_counter, Asked(clock(), CLERK), 3)
    assert hall.call_next(2) == served


@pytest.mark.parametrize("where", [{}, {"to_counter": 1}, {"service": "A"}])
def test_a_transfer_to_where_the_ticket_is_is_refused(hall, served, where):
    with pytest.raises(refusals.AlreadyHere):
        transfer(hall, **where)
    assert hall.view(served).status == tickets.Status.SERVING


def test_a_transfer_to_nowhere_is_refused(hall, clock, served):
    hall.write(services.close_counter, Asked(clock(), CLERK), 4)
    for where, refusal in (
        ({"service": "Z"}, services.UnknownService),
        ({"to_counter": 9}, services.UnknownCounter),
        ({"to_counter": 4}, services.CounterNotOpen),
    ):
        with pytest.raises(refusal):
            transfer(hall, **where)
    assert hall.view(served).status == tickets.Status.SERVING


def test_one_visit_goes_on_with_the_next_service_at_the_front(hall, clock, served):
    clock.forward(minutes=1)
    others = [hall.take("B"), hall.take("B")]
    clock.forward(minutes=9)
    carry_on(hall, "B", "front")
    assert hall.changes(served)[-2:] == [
        ("finish", "serving", "served", 1),
        ("continue", "served", "waiting", 1),
    ]
    assert [hall.serve(), hall.serve(), hall.serve()] == [served, *others]


def test_one_visit_goes_on_by_arrival(hall, clock):
    early = hall.take("B", priority="disabled")
    mine = hall.take("A")
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 1, mine, "")
    hall.do(tickets.start)
    carry_on(hall, "B", "arrival")
    assert [hall.serve(), hall.serve()] == [early, mine]


def test_one_visit_goes_on_at_the_same_counter_without_a_call(hall, served):
    carry_on(hall, "F", "here")
    view = hall.view(served)
    assert (view.status, view.code, view.counter, view.number) == ("serving", "F", 1, "A001")
    assert hall.board(since=0).announcements[-1].number == "A001"
    assert len(hall.board(since=0).announcements) == 1


def test_after_the_finish_the_visit_can_still_go_on(hall, served):
    hall.do(tickets.finish)
    carry_on(hall, "B", "front", ticket_id=served)
    assert hall.view(served).code == "B"


@pytest.mark.parametrize(("service", "place"), [("Z", "front"), ("B", "window")])
def test_a_visit_goes_on_only_with_what_the_page_offers(hall, served, service, place):
    with pytest.raises((services.UnknownService, refusals.BadPlace)):
        carry_on(hall, service, place)
    assert hall.view(served).status == tickets.Status.SERVING


def test_somebody_called_but_not_here_cannot_be_finished_into_the_next_service(hall):
    hall.take("A")
    hall.call_next()
    with pytest.raises(refusals.CounterBusy):
        carry_on(hall, "B", "front")


STEPS = {
    "call_next": lambda hall: hall.call_next(),
    "start": lambda hall: hall.do(tickets.start),
    "finish": lambda hall: hall.do(tickets.finish),
    "hold": lambda hall: hold(hall, "kept"),
    "transfer": lambda hall: transfer(hall, to_counter=2),
    "continue": lambda hall: carry_on(hall, "B", "front"),
    "cancel": lambda hall: hall.do(tickets.cancel),
}
BEFORE = {"call_next": [], "start": ["call_next"]}


@pytest.mark.parametrize("verb", STEPS)
def test_every_step_can_be_taken_back_for_ten_seconds(hall, clock, verb):
    ticket_id = hall.take("A", priority="elder")
    hall.take("A")
    for step in BEFORE.get(verb, ["call_next", "start"]):
        STEPS[step](hall)
    was = hall.read(standing, ticket_id)
    STEPS[verb](hall)
    clock.forward(seconds=9)
    undo(hall)
    assert hall.read(standing, ticket_id) == was
    assert hall.changes(ticket_id)[-1][0] == "undo"


def standing(tx, ticket_id):
    from kiosk.tickets.transition import CHANGES, find

    return {name: getattr(find(tx, ticket_id), name) for name in CHANGES}


def test_a_step_that_was_undone_is_no_visit(hall, clock, served):
    from kiosk.tickets.tables import pace

    def known():
        with hall.box.database.read() as tx:
            columns = (pace.c.visits, pace.c.mean_log, pace.c.var_log, pace.c.today, pace.c.today_log)
            return [tuple(row) for row in tx.execute(pace.select().with_only_columns(*columns))]

    clock.forward(minutes=5)
    hall.do(tickets.finish)
    once = known()
    for _ in range(3):
        undo(hall)
        hall.do(tickets.finish)
    assert known() == [pytest.approx(row) for row in once]
    assert hall.read(tickets.served_by_counter, hall.box.centre, clock()) == {1: 1}


def test_a_wish_does_not_stand_in_the_way_of_an_undo(hall, clock, served):
    hall.write(tickets.grant_assistance, hall.box.centre, served, "slow", clock())
    undo(hall)
    assert hall.view(served).status == tickets.Status.CALLED


@pytest.mark.parametrize("kind", ["kept", "wait"])
def test_who_comes_back_to_a_counter_that_has_closed_is_called_by_others(hall, clock, served, kind):
    hold(hall, kind)
    hall.write(tickets.close_counter, Asked(clock(), CLERK), 1)
    rejoin(hall, served)
    assert hall.call_next(2) == served


def test_kept_papers_of_a_closed_counter_may_be_worked_on_elsewhere(hall, clock, served):
    hold(hall, "kept")
    hall.write(tickets.close_counter, Asked(clock(), CLERK), 1)
    resume(hall, served, counter=2)
    assert hall.view(served).counter == 2


def test_who_waits_for_kept_papers_is_not_called_elsewhere_by_hand(hall, clock, served):
    hold(hall, "kept")
    rejoin(hall, served)
    with pytest.raises(refusals.PapersElsewhere):
        hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 2, served, "")


def test_an_undo_does_not_strand_anybody_at_a_counter_that_has_closed(hall, clock, served):
    transfer(hall, to_counter=3)
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 2, served, "")
    hall.write(tickets.close_counter, Asked(clock(), CLERK), 3)
    undo(hall, 2)
    assert hall.call_next(4) == served


def test_going_on_here_with_the_same_thing_is_another_visit_of_the_same_number(hall, clock, served):
    clock.forward(minutes=5)
    carry_on(hall, "A", "here")
    assert hall.view(served).status == tickets.Status.SERVING
    assert [verb for verb, *_ in hall.changes(served)][-2:] == ["finish", "continue_here"]
    undo(hall)
    assert hall.view(served).status == tickets.Status.SERVING
    hall.do(tickets.finish)
    assert hall.view(served).status == tickets.Status.SERVED


def test_nothing_is_wished_for_a_ticket_that_is_over(hall, clock):
    ticket_id = hall.serve_new()
    with pytest.raises(refusals.WrongStatus):
        hall.write(tickets.grant_assistance, hall.box.centre, ticket_id, "slow", clock())


def test_after_ten_seconds_a_step_stays(hall, clock, served):
    clock.forward(seconds=10)
    with pytest.raises(refusals.NothingToUndo):
        undo(hall)


def test_an_undo_is_not_undone(hall, served):
    undo(hall)
    with pytest.raises(refusals.NothingToUndo):
        undo(hall)


def test_what_another_clerk_has_gone_on_with_is_not_undone(hall, served):
    transfer(hall, to_counter=2)
    assert hall.call_next(2) == served
    with pytest.raises(refusals.NothingToUndo):
        undo(hall)
    assert hall.view(served).counter == 2


def test_a_colleague_does_not_undo_what_was_not_his(hall, clock, served):
    hall.write(services.open_counter, Asked(clock(), CLERK + 1), 1)
    with pytest.raises(refusals.NothingToUndo):
        hall.write(tickets.undo, Asked(clock(), CLERK + 1), 1)


def test_a_call_that_was_undone_is_neither_spoken_nor_shown(hall):
    hall.take("A")
    before = hall.board().v
    hall.call_next()
    undo(hall)
    board = hall.board(since=before)
    assert (board.announcements, board.last, board.called) == ((), (), ())


def test_undoing_a_start_does_not_speak_the_call_again(hall, served):
    seen = hall.board().v
    undo(hall)
    assert hall.view(served).status == tickets.Status.CALLED
    assert hall.board(since=seen).announcements == ()


def test_a_counter_that_pauses_calls_nobody(hall, clock):
    ticket_id = hall.take("A")
    hall.write(tickets.pause_counter, Asked(clock(), CLERK), 1, "lunch")
    for call in (
        lambda: hall.call_next(1),
        lambda: hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 1, ticket_id, ""),
    ):
        with pytest.raises(services.CounterPaused):
            call()
    hall.write(services.go_on, Asked(clock(), CLERK), 1)
    assert hall.call_next(1) == ticket_id


def test_a_counter_that_pauses_sends_somebody_on_but_goes_on_with_nobody(hall, clock, served):
    hall.do(tickets.finish)
    hall.write(tickets.pause_counter, Asked(clock(), CLERK), 1, "rest")
    with pytest.raises(services.CounterPaused):
        carry_on(hall, "B", "here", ticket_id=served)
    carry_on(hall, "B", "front", ticket_id=served)
    assert hall.view(served).status == tickets.Status.WAITING


def test_nobody_is_put_before_a_counter_that_pauses(hall, clock, served):
    hold(hall, "wait")
    hall.write(tickets.pause_counter, Asked(clock(), CLERK), 1, "rest")
    for put in (lambda: resume(hall, served), lambda: undo(hall)):
        with pytest.raises(services.CounterPaused):
            put()
    assert hall.view(served).status == tickets.Status.HELD


def test_after_three_people_counts_everybody_whom_the_same_counters_call(hall, clock):
    missed = hall.take("A")
    hall.call_next()
    others = []
    for service in "BCBA":
        clock.forward(seconds=1)
        others.append(hall.take(service))
    miss(hall, clock)
    rejoin(hall, missed)
    assert [hall.serve() for _ in range(5)] == [*others[:3], missed, others[3]]


def test_who_comes_back_with_papers_is_before_other_services_too(hall, clock):
    clock.forward(minutes=30)
    mine = hall.take("A")
    early = hall.take("B", priority="disabled")  # twenty minutes of head start
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 1, mine, "")
    hold(hall, "fetch")
    rejoin(hall, mine)
    assert [hall.serve(), hall.serve()] == [mine, early]


def test_nobody_pauses_with_somebody_before_the_counter(hall, clock, served):
    with pytest.raises(refusals.CounterBusy):
        hall.write(tickets.pause_counter, Asked(clock(), CLERK), 1, "rest")


def test_a_pause_needs_a_state_that_is_known(hall, clock):
    with pytest.raises(services.UnknownPause):
        hall.write(tickets.pause_counter, Asked(clock(), CLERK), 1, "holiday")


def test_who_walks_slowly_has_a_minute_more(hall, clock):
    ticket_id = hall.take("A")
    hall.write(tickets.grant_assistance, hall.box.centre, ticket_id, "slow", clock())
    hall.call_next()
    clock.forward(seconds=61)
    hall.do(tickets.recall)
    hall.do(tickets.recall)
    with pytest.raises(refusals.TooEarlyToMiss) as refused:
        hall.no_show()
    assert refused.value.facts == {"calls": 0, "seconds": 59}
    clock.forward(seconds=59)
    hall.no_show()


def test_a_call_taken_back_ends_no_wait_in_the_figures_of_the_day(hall, clock):
    hall.take("A")
    clock.forward(minutes=3)
    hall.call_next()
    undo(hall)
    assert hall.read(tickets.day_figures, hall.box.centre, clock()).wait_min is None
    clock.forward(minutes=6)
    hall.call_next()
    assert hall.read(tickets.day_figures, hall.box.centre, clock()).wait_min == 9
    hall.do(tickets.start)
    undo(hall)  # of something else
    assert hall.read(tickets.day_figures, hall.box.centre, clock()).wait_min == 9
