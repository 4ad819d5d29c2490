import pytest

from kiosk import people
from kiosk.asked import Asked
from tests.visitor import Visitor


@pytest.fixture
def desk(app):
    """The coordinator."""
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    return desk


@pytest.fixture
def known(box, clock):
    """A team with one person in it."""
    with box.database.write() as tx:
        people.add_team(tx, Asked(clock(), 1), "磨刀队", people.TeamKind.TEAM, "")
        team = next(team.id for team in people.teams(tx) if team.name == "磨刀队")
        person = people.add_person(tx, Asked(clock(), 1), "王小明", "13800001234", [team])
    return f"/admin/people/{person}", f"/admin/people/teams/{team}"
