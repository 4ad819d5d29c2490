import pytest
import sqlalchemy as sa

from kiosk import checkin, events, people
from kiosk.asked import Asked
from kiosk.tickets.tables import ticket
from tests.audit import Watch
from tests.visitor import Visitor

SHIFT, WITH_STALLS, MEETING, TALK = "邻里守望志愿服务", "便民生活日", "居民议事", "健康讲座和义诊"
"""Titles of the demo's events."""


@pytest.fixture
def hall_tickets(box):
    """All tickets that were written."""

    def read():
        with box.database.read() as tx:
            return tx.execute(sa.select(ticket)).mappings().all()

    return read


class Happenings:
    """The demo's events, on a Monday at nine: a shift open all day, one with stalls, meetings to come."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock  # furnished with them: tests/conftest.py

    def day(self, title, ahead=0) -> int:
        """The id of the next day of an event."""
        with self.box.database.read() as tx:
            today = self.box.centre.day(self.clock())
            found = events.days_between(tx, self.box.centre, today, today.replace(day=30), "zh")
            return [day.id for day in found if day.title == title][ahead]

    def person(self, name="王小明", phone="13812340417") -> int:
        with self.box.database.write() as tx:
            return people.add_person(tx, Asked(self.clock(), 6), name, phone, [])

    def card(self, person_id) -> str:
        with self.box.database.read() as tx:
            return people.card_token(self.box.centre, people.person_of(tx, person_id))

    def counts(self, day_id) -> tuple[int, int, int]:
        with self.box.database.read() as tx:
            found = checkin.counts(tx, day_id)
        return found.registered, found.signed_in, found.inside

    def rows(self, table):
        with self.box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(*table.primary_key)).all()


@pytest.fixture
def happenings(box, clock) -> Happenings:
    return Happenings(box, clock)


@pytest.fixture
def coordinator(app) -> Visitor:
    """Somebody logged in who looks after volunteers."""
    coordinator = Visitor(app)
    coordinator.log_in("desk", "demo-desk")
    return coordinator


@pytest.fixture
def rows(box):
    """All rows of a table."""

    def rows(table):
        with box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(*table.primary_key)).mappings().all()

    return rows


@pytest.fixture
def status(rows):
    """The status of a ticket, by id."""
    return lambda ticket_id=1: rows(ticket)[ticket_id - 1]["status"]


@pytest.fixture(autouse=True)
def audit(request):
    """Every test of screens looks whether what staff change is told in the history."""
    if "box" not in request.fixturenames or request.getfixturevalue("engine") != "sqlite":
        yield Watch()
        return
    watch = Watch()
    watch.over(request.getfixturevalue("box").database.engine)
    yield watch
    assert watch.untold == []
