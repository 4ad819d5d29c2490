"""A wrong date that passes, and a boot on one, close no day."""

import pytest

from kiosk import tickets
from kiosk.asked import Asked
from kiosk.clock import EVEN_FOR_S, EvenClock
from kiosk.server.nightly import EVERY_S, Closing

from .conftest import CLERK


class Machine:
    """A box whose own time and whose wall clock run side by side until somebody sets the clock."""

    def __init__(self, hall, clock):
        self.hall, self.clock, self.own_s = hall, clock, 0.0
        self.boot()

    def boot(self):
        self.closing = Closing(self.hall.box, EvenClock(lambda: self.own_s))

    def runs(self, seconds, wall=True):
        """Look as often as a box does, for so long."""
        for _ in range(int(seconds / EVERY_S)):
            self.own_s += EVERY_S
            if wall:
                self.clock.forward(seconds=EVERY_S)
            self.closing.look()


@pytest.fixture
def machine(hall, clock):
    return Machine(hall, clock)


def status(hall, ticket_id):
    return hall.view(ticket_id).status


def test_a_day_ahead_for_half_a_minute_cancels_nobody(machine, hall, clock):
    machine.runs(EVEN_FOR_S)
    waits = hall.take("A")
    clock.forward(days=1)
    machine.runs(40)
    clock.forward(days=-1)
    machine.runs(EVEN_FOR_S + 40)
    assert status(hall, waits) == tickets.Status.WAITING
    assert hall.call_next() == waits


def test_a_number_is_not_over_while_the_date_is_not_believed(machine, hall, clock):
    token = hall.view(hall.take("A")).token
    clock.forward(days=1)
    machine.runs(40)
    seen = hall.read(tickets.view_by_code, hall.box.centre, token, "zh", clock())
    assert seen.status == tickets.Status.WAITING
    machine.runs(EVEN_FOR_S)
    with pytest.raises(tickets.TicketOver):
        hall.read(tickets.view_by_code, hall.box.centre, token, "zh", clock())


def test_a_boot_on_the_wrong_date_cancels_nobody_until_it_has_lasted(machine, hall, clock):
    waits = hall.take("A")
    clock.forward(days=1)
    machine.boot()
    machine.runs(EVEN_FOR_S - EVERY_S)
    assert status(hall, waits) == tickets.Status.WAITING
    machine.runs(EVERY_S)
    assert status(hall, waits) == tickets.Status.CANCELLED


def test_a_midnight_that_the_box_has_lived_through_closes_at_once(machine, hall, clock):
    clock.forward(hours=14, minutes=49)
    machine.runs(EVEN_FOR_S)
    waits = hall.take("A")
    machine.runs(40)
    assert status(hall, waits) == tickets.Status.WAITING
    machine.runs(20)
    assert status(hall, waits) == tickets.Status.CANCELLED


def test_another_box_that_writes_of_an_earlier_date_is_believed(machine, hall, clock):
    waits = hall.take("A")
    clock.forward(days=1)
    machine.boot()
    for _ in range(4):
        machine.runs(EVEN_FOR_S / 2)
        clock.forward(days=-1)
        other = hall.take("B")  # at the other box, whose date is right
        clock.forward(days=1)
    assert status(hall, waits) == status(hall, other) == tickets.Status.WAITING


def test_staff_bring_a_day_back_that_a_wrong_date_has_ended(machine, hall, clock):
    held, called, waits = hall.take("A"), hall.take("A"), hall.take("A")
    assert hall.call_next() == held
    hall.do(tickets.start)
    by = Asked(clock(), CLERK)
    hall.write(tickets.hold, hall.box.centre, by, 1, tickets.Aside("fetch"))
    assert hall.call_next() == called
    clock.forward(days=1)
    machine.runs(EVEN_FOR_S)
    assert {status(hall, one) for one in (held, called, waits)} == {tickets.Status.CANCELLED}
    clock.forward(days=-1)
    assert hall.read(tickets.is_closed_early, hall.box.centre, clock())
    assert hall.write(tickets.reopen_day, hall.box.centre, Asked(clock(), CLERK)) == 3
    stand = [status(hall, one) for one in (held, called, waits)]
    assert stand == [tickets.Status.HELD, tickets.Status.WAITING, tickets.Status.WAITING]
    assert not hall.read(tickets.is_closed_early, hall.box.centre, clock())
    with pytest.raises(tickets.DayNotClosed):
        hall.write(tickets.reopen_day, hall.box.centre, Asked(clock(), CLERK))


def test_whoever_left_before_a_wrong_date_stays_away(machine, hall, clock):
    left = hall.take("A")
    hall.do(tickets.cancel, ticket_id=left)
    clock.forward(days=1)
    machine.runs(EVEN_FOR_S)
    clock.forward(days=-1)
    assert hall.write(tickets.reopen_day, hall.box.centre, Asked(clock(), CLERK)) == 0
    assert status(hall, left) == tickets.Status.CANCELLED


def test_a_day_that_a_wrong_date_ended_is_ended_again_when_it_is_over(machine, hall, clock):
    clock.forward(days=1)
    machine.runs(EVEN_FOR_S)
    clock.forward(days=-1)
    late = hall.take("A")
    machine.boot()
    clock.forward(hours=15, minutes=1)
    machine.runs(EVEN_FOR_S)
    assert status(hall, late) == tickets.Status.CANCELLED
