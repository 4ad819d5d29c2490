import pytest

from kiosk import services, staff
from kiosk.asked import Asked
from tests.figures.conftest import SmallHall, play
from tests.visitor import Visitor


@pytest.fixture
def small_day(box, clock) -> SmallHall:
    """The small day of tests/figures; it is 10:40 on it."""
    hall = SmallHall(box, clock)
    play(hall)
    return hall


@pytest.fixture
def as_role(app, box, clock):
    """Logs somebody in who has this role."""

    def as_role(role):
        member = Visitor(app)
        with box.database.write() as tx:
            kept = staff.hashed("demo-password", "scrypt:1024:8:1")
            staff.add_staff(tx, Asked(clock()), f"a-{role}", role, kept)
        member.log_in(f"a-{role}", "demo-password")
        return member

    return as_role


@pytest.fixture
def manager(as_role):
    return as_role(staff.Role.MANAGER)


@pytest.fixture
def one_visit(box, clock) -> SmallHall:
    """A day with one visit."""
    hall = SmallHall(box, clock)
    hall.take("A")
    hall.serve_at(5)
    hall.write(services.close_counter, hall.asked, 1)
    return hall


@pytest.fixture
def admin(app) -> Visitor:
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin
