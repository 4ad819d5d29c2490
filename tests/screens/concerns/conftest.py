"""A desk that takes concerns in, and staff of every role."""

import pytest

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import Said, Source
from kiosk.staff import Role
from tests.visitor import Visitor


@pytest.fixture
def take_in(box, clock):
    """Takes a concern in; its id."""

    def take_in(category="lights", by=None, **more) -> int:
        with box.database.write() as tx:
            said = Said(category, f"tap-{category}-{by}-{len(more)}", Source.DESK, **more)
            return concerns.take_in(tx, box.centre, Asked(clock(), by), said).id

    return take_in


@pytest.fixture
def as_role(app, box, clock):
    """Logs somebody in who has this role."""

    def as_role(role: Role) -> Visitor:
        member = Visitor(app)
        with box.database.write() as tx:
            staff.add_staff(
                tx, Asked(clock()), f"a-{role}", role, staff.hashed("demo-password", "scrypt:1024:8:1")
            )
        member.log_in(f"a-{role}", "demo-password")
        return member

    return as_role
