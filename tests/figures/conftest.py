"""A small day, played through the verbs of the queue, and counted by hand in test_small_day.py."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import opening, services, tickets
from kiosk.asked import Asked
from kiosk.tickets.tables import ticket
from tests.tickets.conftest import CLERK, Hall


class SmallHall(Hall):
    """The hall, and a clock that is set to so many minutes after nine."""

    def __init__(self, box, clock):
        super().__init__(box, clock)
        self.began = clock()

    def at(self, minute: float) -> None:
        self.clock.at = self.began + timedelta(minutes=minute)

    @property
    def asked(self) -> Asked:
        return Asked(self.clock(), CLERK)

    def serve_at(self, minute: float, counter=1, walk=1.0, serve=3.0, **kwargs) -> int:
        """Call who is next, and serve her."""
        self.at(minute)
        called = self.call_next(counter)
        self.at(minute + walk)
        self.do(tickets.start, counter)
        self.at(minute + walk + serve)
        self.do(tickets.finish, counter, **kwargs)
        return called

    def tell(self, ticket_id: int, high_min: int) -> None:
        """The number was given with this range."""
        with self.box.database.write() as tx:
            at = sa.update(ticket).where(ticket.c.id == ticket_id)
            tx.execute(at.values(estimate_low_min=0, estimate_high_min=high_min))

    def set_rule(self, name: str, value: object) -> None:
        """The centre changes a rule of its own."""
        rules = {one: getattr(self.box.settings, one) for one in opening.EDITABLE} | {name: value}
        self.write(opening.set_rules, self.box.centre, Asked(self.clock(), 1), rules)

    def close(self) -> None:
        """It is ten past midnight."""
        self.at(15 * 60 + 10)
        self.write(tickets.close_day, self.box.centre, self.clock())


@pytest.fixture
def hall(box, clock) -> SmallHall:
    return SmallHall(box, clock)


@pytest.fixture
def small_day(hall) -> SmallHall:
    play(hall)
    return hall


def play(hall: SmallHall) -> None:
    """Fifteen numbers from nine o'clock, the last of which nobody calls, and a trial."""
    for number in range(10):
        hall.at(number)
        hall.tell(hall.take("A", priority=None if number else "elder"), 10)
    hall.at(20)
    hall.write(services.pause_counter, hall.asked, 2, "rest")
    hall.at(30)
    hall.write(services.go_on, hall.asked, 2)
    for number in range(10):
        hall.serve_at(10 + 5 * number)
    _missed_and_left(hall, _sent_on(hall))
    _two_things(hall)
    for counter in (1, 2):
        hall.at(100)
        hall.write(services.close_counter, hall.asked, counter)


def _sent_on(hall: SmallHall) -> int:
    """One called at 10:03 by mistake and at 10:04 again fetches a paper, is sent on to counter 2.

    The number of one that came after her by staff is returned.
    """
    centre = hall.box.centre
    hall.at(60)
    one = hall.take("B", for_someone_else=True)
    hall.at(61)
    hall.take("A")
    hall.at(62)
    later = hall.take("A", staff_id=CLERK)
    hall.at(63)
    assert hall.call_next() == one
    hall.write(tickets.undo, hall.asked, 1)
    hall.at(64)
    assert hall.call_next() == one
    hall.at(65)
    hall.do(tickets.start)
    hall.at(67)
    hall.write(tickets.hold, centre, hall.asked, 1, tickets.Aside("fetch", ("户口本",)))
    hall.at(77)
    hall.write(tickets.resume, centre, hall.asked, 1, one)
    hall.at(79)
    hall.write(tickets.transfer, centre, hall.asked, 1, tickets.Destination("C"))
    assert hall.serve_at(80, 2, serve=2) == one
    return later


def _missed_and_left(hall: SmallHall, later: int) -> None:
    """One is called three times and does not come, one leaves before the call."""
    hall.at(84)
    hall.call_next()
    for minute in (84.5, 85):
        hall.at(minute)
        hall.do(tickets.recall)
    hall.at(86)
    hall.no_show()
    hall.do(tickets.cancel, ticket_id=later, reason="too_long")


def _two_things(hall: SmallHall) -> None:
    """One thing more at the same counter; a trial; and a number that nobody calls."""
    hall.at(90)
    hall.take("A")
    hall.at(91)
    hall.call_next()
    hall.do(tickets.start)
    hall.at(93)
    hall.write(tickets.continue_visit, hall.box.centre, hall.asked, 1, tickets.NextThing("B", "here"))
    hall.at(96)
    hall.do(tickets.finish)
    hall.at(97)
    hall.write(tickets.take_trial, hall.box.centre, hall.asked, "A")
    hall.take("A")
