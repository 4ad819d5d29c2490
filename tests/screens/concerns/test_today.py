"""Staff's list of today: its parts, their order, their one button."""

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.staff import Role
from tests.visitor import Visitor


def rows(page) -> dict[str, list[str]]:
    """The numbers in each part of the list."""
    return {
        part.get("data-part"): [one.get("data-concern") for one in part.findall(".//li[@data-concern]")]
        for part in page.with_attribute("data-part")
    }


def test_the_list_is_ordered_by_what_is_due_and_has_one_button_by_state(clerk, take_in, clock):
    take_in()
    take_in("idea")
    page = clerk.get("/concerns")
    assert rows(page) == {"tomorrow": ["S0001", "S0002"]}  # until then somebody has to take them on
    assert "签收：11月24日（周二）前" in page.words()
    for number in (1, 2):
        clerk.post(f"/concerns/{number}/accept")
    assert rows(clerk.get("/concerns")) == {"mine": ["S0001", "S0002"]}
    clock.forward(days=6, hours=20)  # the day before the first is due
    clerk.log_in("clerk1", "demo-clerk")
    assert rows(clerk.get("/concerns"))["today"] == ["S0001"]
    clock.forward(days=1)
    clerk.log_in("clerk1", "demo-clerk")
    page = clerk.get("/concerns")
    assert rows(page)["overdue"] == ["S0001"]
    page = clerk.get(clerk.post("/concerns/1/accept").headers["Location"])
    assert page.attribute("data-state") == "open"


def test_a_lead_sees_what_took_far_too_long_and_three_alike_and_makes_them_one(
    as_role, clerk, box, take_in, clock
):
    with box.database.write() as tx:
        place = concerns.add_place(tx, Asked(clock()), concerns.PlacePlan("东院"))
    for by in (2, 3, 4):
        take_in(by=by, place_id=place)
    assert not clerk.get("/concerns").with_attribute("data-alikes")
    clerk.post("/concerns/merge-alike", {"category": "lights", "place": place}, 403)
    lead = as_role(Role.SECRETARY)
    assert "S0001、S0002、S0003" in lead.get("/concerns").words()
    lead.post("/concerns/merge-alike", {"category": "lights", "place": place})
    page = lead.get("/concerns")
    assert "3件" in page.words()
    assert rows(page) == {"tomorrow": ["S0001"]}
    lead.post("/concerns/merge-alike", {"category": "lights", "place": place}, 409)
    clock.forward(days=16)
    lead.log_in("a-secretary", "demo-password")
    assert rows(lead.get("/concerns")) == {"long": ["S0001"]}
    assert "要通报的S0001" in as_role(Role.STREET).get("/concerns").words()


def test_of_each_part_the_first_thirty_are_shown(app, box, clock):
    with box.database.write() as tx:
        for number in range(35):
            said = concerns.Said("lights", f"many-{number}")
            taken = concerns.take_in(tx, box.centre, Asked(clock(), station=f"{number}"), said)
            concerns.accept(tx, box.centre, concerns.Hand(Asked(clock(), 3)), taken.id)
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    page = clerk.get("/concerns")
    assert len(page.with_attribute("data-concern")) == 30
    assert "看全部35件" in page.words()
    assert len(clerk.get("/concerns?all=1").with_attribute("data-concern")) == 35
