"""What a ticket's own changes tell of its visit."""

from datetime import timedelta

import pytest

from kiosk import tickets
from kiosk.asked import Asked
from kiosk.tickets.refusals import WrongStatus
from tests.tickets.conftest import CLERK

MINUTE = timedelta(minutes=1)


@pytest.fixture
def visit(hall):
    def visit(ticket_id, lang="zh"):
        return hall.read(tickets.visit_now, ticket_id, lang)

    return visit


def aside(hall, kind, *lacks):
    asked = Asked(hall.clock(), CLERK)
    hall.write(tickets.hold, hall.box.centre, asked, 1, tickets.Aside(kind, lacks))


def send(hall, counter=1, **to):
    asked = Asked(hall.clock(), CLERK)
    hall.write(tickets.transfer, hall.box.centre, asked, counter, tickets.Destination(**to))


def test_the_wait_ends_with_the_call_and_the_way_here_with_the_start(hall, visit):
    one = hall.take()
    hall.clock.forward(minutes=35)
    called_at = hall.clock()
    hall.call_next()
    assert visit(one).waited == 35 * MINUTE
    assert visit(one).walked is None
    hall.clock.forward(minutes=2)
    hall.do(tickets.start)
    hall.clock.forward(minutes=50)
    told = visit(one)
    assert (told.waited, told.walked) == (35 * MINUTE, 2 * MINUTE)
    assert (told.called_at, told.serving_since) == (called_at, called_at + 2 * MINUTE)


def test_a_second_call_out_of_a_hold_does_not_make_the_wait_longer(hall, visit):
    one = hall.take()
    hall.clock.forward(minutes=3)
    hall.call_next()
    hall.do(tickets.start)
    aside(hall, "fetch", "户口本", "照片")
    assert visit(one).lacked == ()
    hall.clock.forward(minutes=40)
    hall.write(tickets.call_ticket, hall.box.centre, Asked(hall.clock(), CLERK), 1, one, "补完材料回来")
    told = visit(one)
    assert told.waited == 3 * MINUTE
    assert told.lacked == ("户口本", "照片")


def test_who_was_sent_on_tells_from_where_and_why_and_waits_anew(hall, visit):
    one = hall.take()
    hall.clock.forward(minutes=20)
    hall.call_next()
    hall.do(tickets.start)
    hall.clock.forward(minutes=5)
    send(hall, service="B", reason="先办补贴")
    hall.clock.forward(minutes=7)
    hall.call_next(2)
    came = visit(one).came_from
    assert (came.counter, came.service, came.reason) == (1, "养老保险资格认证", "先办补贴")
    assert visit(one).waited == 7 * MINUTE
    assert visit(one, "en").came_from.service == "Pension certification"


def test_what_was_undone_tells_nothing(hall, visit):
    one = hall.take()
    hall.clock.forward(minutes=20)
    hall.call_next()
    hall.do(tickets.start)
    send(hall, service="B", reason="看错了")
    hall.do(tickets.undo)
    told = visit(one)
    assert told.came_from is None
    assert told.waited == 20 * MINUTE
    assert [step.verb for step in told.steps][-2:] == ["transfer", "undo"]


def test_an_undo_of_another_thing_takes_back_the_end_of_the_first_too(hall, visit):
    one = hall.take()
    hall.call_next()
    hall.do(tickets.start)
    began = hall.clock()
    hall.clock.forward(minutes=5)
    asked = Asked(hall.clock(), CLERK)
    hall.write(tickets.continue_visit, hall.box.centre, asked, 1, tickets.NextThing("B", "here"))
    assert visit(one).serving_since == hall.clock()
    hall.do(tickets.undo)
    assert visit(one).serving_since == began


def test_a_note_stays_with_the_visit_until_it_is_taken_away(hall, visit):
    one = hall.take()
    hall.call_next()
    hall.do(tickets.start)
    hall.do(tickets.note_visit, ticket_id=one, text="女儿在外地，打过电话")
    send(hall, service="B")
    hall.call_next(2)
    assert visit(one).note == "女儿在外地，打过电话"
    hall.do(tickets.note_visit, counter=2, ticket_id=one, text="")
    assert visit(one).note == ""


def test_a_note_moves_nobody_and_leaves_the_undo_as_it_was(hall):
    one = hall.take()
    hall.call_next()
    hall.do(tickets.start)
    hall.do(tickets.note_visit, ticket_id=one, text="听力不好")
    assert hall.view(one).status == tickets.Status.SERVING
    hall.do(tickets.undo)
    assert hall.view(one).status == tickets.Status.CALLED
    hall.do(tickets.cancel)
    with pytest.raises(WrongStatus):
        hall.do(tickets.note_visit, ticket_id=one, text="走了")


def test_a_clock_that_was_set_back_tells_no_wait(hall, visit):
    one = hall.take()
    hall.clock.forward(minutes=-30)
    hall.call_next()
    assert visit(one).waited is None


def test_what_is_usual_is_told_from_a_few_visits_on(hall):
    assert hall.read(tickets.usual_min, "A") is None
    for _ in range(5):
        hall.take()
        hall.call_next()
        hall.do(tickets.start)
        hall.clock.forward(minutes=6)
        hall.do(tickets.finish)
    assert hall.read(tickets.usual_min, "A") == 6
