"""派给谁: by kind, else by the grid of the building, else whoever takes it on."""

import pytest

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import PlacePlan, Said
from kiosk.staff import Role
from tests.visitor import Visitor


@pytest.fixture
def lead(app, box, clock) -> Visitor:
    """The secretary, with a grid worker (7) and two compounds with a building each."""
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    with box.database.write() as tx:
        at = Asked(clock())
        staff.add_staff(tx, at, "wangge", Role.GRID, kept)
        staff.add_staff(tx, at, "shuji", Role.SECRETARY, kept)
        for name in ("东院", "西院"):
            court = concerns.add_place(tx, at, PlacePlan(name))
            concerns.add_place(tx, at, PlacePlan("1号楼", parent_id=court))
    member = Visitor(app)
    member.log_in("shuji", "demo-password")
    return member


@pytest.fixture
def owner_of(box, clock):
    """Takes a concern in; who has it."""

    def owner_of(category, place_id) -> str:
        with box.database.write() as tx:
            said = Said(category, f"tap-{category}-{place_id}-{clock()}", place_id=place_id)
            taken = concerns.take_in(tx, box.centre, Asked(clock(), station="door"), said)
            owner = concerns.concern_of(tx, box.centre, taken.id, "zh").owner_id
            clock.forward(minutes=7)
            return staff.staff_names(tx).get(owner or 0, "")

    return owner_of


def test_a_kind_goes_to_its_owner_else_to_the_worker_of_the_buildings_grid(lead, owner_of, box):
    with box.database.read() as tx:
        names = {name: number for number, name in staff.staff_names(tx).items()}
        east, in_east, west, in_west = (number for number, _ in concerns.place_plans(tx))
    lead.post("/admin/concerns/routing/grids", {"name": ""}, 400)
    lead.post("/admin/concerns/routing/grids", {"name": "第一网格"})
    lead.post("/admin/concerns/routing", {"worker-1": names["wangge"], f"grid-{east}": "1"})
    assert owner_of("lights", in_east) == "wangge"
    assert owner_of("lights", in_west) == ""
    assert owner_of("staff", in_east) == ""  # sealed: never by building
    lead.post("/admin/concerns/routing", {"owner-lights": names["clerk2"], f"grid-{in_west}": "1"})
    assert owner_of("lights", in_east) == "clerk2"
    assert owner_of("noise", in_west) == "wangge"
    assert owner_of("noise", west) == ""
    page = lead.get("/admin/concerns/routing")
    chosen = [one.get("value") for one in page.all(".//select//option[@selected]")]
    assert [one for one in chosen if one] == [str(names["clerk2"]), str(names["wangge"]), "1", "1"]
    lead.post("/admin/concerns/routing/grids/1/retire")
    assert owner_of("noise", in_east) == ""
    lead.post("/admin/concerns/routing/grids/1/bring-back")
    assert owner_of("noise", in_east) == "wangge"


def test_what_goes_to_the_street_when_it_is_sealed_lies_before_no_lead(lead, owner_of, box, clock, app):
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    with box.database.write() as tx:
        street = staff.add_staff(tx, Asked(clock()), "jiedao", Role.STREET, kept)
    lead.post("/admin/concerns/routing", {"owner-staff": street, "owner-lights": street})
    assert owner_of("staff", None) == "jiedao"
    lead.get("/concerns/1", 404)
    owner_of("lights", None)
    lead.get("/concerns/2")
    member = Visitor(app)
    member.log_in("jiedao", "demo-password")
    assert member.get("/concerns/1").attribute("data-state") == "new"


def test_who_cannot_hold_a_concern_is_not_offered_and_is_refused(lead, box):
    with box.database.read() as tx:
        names = {name: number for number, name in staff.staff_names(tx).items()}
    assert "admin" not in [one.text for one in lead.get("/admin/concerns/routing").all(".//option")]
    lead.post("/admin/concerns/routing", {"owner-lights": names["admin"]}, 400)
    lead.post("/admin/concerns/routing", {"owner-lights": "999"}, 400)
    lead.post("/admin/concerns/routing/grids/9/retire", {}, 404)
