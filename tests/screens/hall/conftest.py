import pytest

from kiosk import staff
from kiosk.asked import Asked
from tests.visitor import Visitor


@pytest.fixture
def desk(clerk):
    """A second counter of the same clerk."""
    clerk.post("/counter/2/open")
    return clerk


@pytest.fixture
def as_role(app, box, clock):
    """Logs somebody in who has this role."""

    def as_role(role):
        member = Visitor(app)
        with box.database.write() as tx:
            kept = staff.hashed("demo-password", "scrypt:128:8:1")
            staff.add_staff(tx, Asked(clock()), f"a-{role}", role, kept)
        member.log_in(f"a-{role}", "demo-password")
        return member

    return as_role
