"""A hope: written and released by two, claimed by a team's card, and done with its minutes."""

import re

import pytest

from kiosk import concerns, kinds, people
from kiosk.asked import Asked
from kiosk.checkin.tables import manual_hours
from kiosk.concerns import Contact, Said
from tests.visitor import Visitor


@pytest.fixture
def other(app):
    """A second person of staff."""
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    return other


def taken_in(box, clock) -> int:
    said = Said(
        "help",
        "h",
        concerns.Source.DESK,
        about="想有人陪看病",
        contact=Contact("大妈", "13800001234", "1234"),
    )
    with box.database.write() as tx:
        return concerns.take_in(tx, box.centre, Asked(clock(), 2), said).id


def codes(box):
    """The card of somebody who belongs to one of two teams, and who it is."""
    asked = Asked(box.now(), 1)
    with box.database.write() as tx:
        team_id, _ = [
            people.add_team(tx, asked, name, people.TeamKind.TEAM, "") for name in ("陪诊队", "理发队")
        ]
        person = people.person_of(tx, people.add_person(tx, asked, "王小明", "13800000001", [team_id]))
        return people.card_token(box.centre, person), person


def test_a_hope_goes_from_two_of_staff_to_a_team_and_back_with_its_minutes(clerk, other, box, clock):
    one = taken_in(box, clock)
    code, person = codes(box)
    clerk.post(f"/s/hopes/{one}", {"sentence": ""}, 400)
    clerk.post(f"/s/hopes/{one}", {"sentence": "有位老人想有人陪着看病"})
    clerk.post(f"/s/hopes/{one}/release", status=409)
    team = {"code": code, "team": f"{person.team_ids[0]}"}
    clerk.post(f"/s/hopes/{one}/claim", team, 409)
    other.post(f"/s/hopes/{one}/release")
    shown = clerk.post("/s/hopes/scan", {"code": code}, 200)
    assert "陪着看病" in shown.words()
    assert "13800001234" not in shown.text
    sheet = clerk.post(f"/s/hopes/{one}/claim", team, 200)
    assert sheet.body.startswith(b"%PDF")
    clock.forward(days=8)
    clerk.log_in("clerk1", "demo-clerk")
    clerk.post(f"/s/hopes/{one}/fulfil", team | {"minutes": "90"}, 409)  # the claim has lapsed
    clerk.post(f"/s/hopes/{one}/claim", team, 200)
    clerk.post(f"/s/hopes/{one}/fulfil", team | {"minutes": "0"}, 400)
    clerk.post(f"/s/hopes/{one}/fulfil", team | {"minutes": "90"})
    clerk.post(f"/s/hopes/{one}/fulfil", team | {"minutes": "90"}, 409)
    with box.database.read() as tx:
        found = concerns.concern_of(tx, box.centre, one, "zh")
        assert (found.kind, found.state) == ("wish", "answered")
        assert tx.execute(manual_hours.select()).all() == []  # nobody has confirmed them yet
    assert clerk.get("/s/hopes").with_attribute("data-served") == []
    clerk.post(f"/s/hopes/{one}/hours", {"counts": "1"}, 403)  # no coordinator
    desk = Visitor(other.client.application)
    desk.log_in("desk", "demo-desk")
    assert [row.get("data-served") for row in desk.get("/s/hopes").with_attribute("data-served")] == ["S0001"]
    for again, status in enumerate((303, 409)):
        desk.post(f"/s/hopes/{one}/hours", {"counts": f"{1 - again}"}, status)
    assert desk.get("/s/hopes").with_attribute("data-served") == []
    with box.database.read() as tx:
        (row,) = tx.execute(manual_hours.select()).all()
        assert (row.person_id, row.minutes, row.what) == (person.id, 90, f"心愿 {found.number}")
        assert kinds.hopes(tx, box.centre, Asked(clock())) == ()
    clerk.post("/s/hopes/scan", {"code": re.sub("^2", "4", code)}, 400)


def test_two_teams_claim_at_once_and_one_has_it(box, clock):
    one = taken_in(box, clock)
    _, person = codes(box)
    with box.database.write() as tx:
        kinds.write_sentence(tx, concerns.Hand(Asked(clock(), 2), True), one, "想有人陪看病")
        kinds.release(tx, Asked(clock(), 3), one)
        teams = [team.id for team in people.teams(tx)]
        kinds.claim(tx, box.centre, Asked(clock(), 2), one, (person.id, teams[0]))
        with pytest.raises(kinds.ClaimedAlready):
            kinds.claim(tx, box.centre, Asked(clock(), 2), one, (person.id, teams[1]))
