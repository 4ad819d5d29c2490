"""The bell on the pages of staff: rings on each of them, one goes, it is closed, and can be looked up."""

import pytest

from kiosk import devices
from kiosk.asked import Asked
from kiosk.devices import Kind
from tests.visitor import Visitor


@pytest.fixture
def desk(app) -> Visitor:
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    return desk


@pytest.fixture
def rung(visitor):
    """Somebody at the station has pressed; the plea's address."""

    def rung(kind="help") -> str:
        visitor.post("/help", {"kind": kind})
        return "/pleas/1"

    return rung


def test_every_page_of_staff_rings_and_a_page_for_nobody_does_not(clerk, desk, app, rung):
    rung("unwell")
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    for who, address in (
        (clerk, "/counter/1"), (clerk, "/hall"), (clerk, "/printers"), (desk, "/desk"),
        (desk, "/admin/people"), (admin, "/admin/services"), (admin, "/admin/centre"),
    ):  # fmt: skip
        page = who.get(address)
        assert page.attribute("data-rings") == "unwell", address
        assert "有人不舒服" in page.words()
    assert Visitor(app).get("/log-in").with_attribute("data-rings") == []


def test_the_bell_stands_still_until_something_is_new(clerk, rung):
    quiet = clerk.get("/pleas/bell")
    assert quiet.attribute("data-rings") == ""
    address = f"/pleas/bell?v={quiet.attribute('data-bell-v')}"
    clerk.get(address, 204)
    rung()
    assert clerk.get(address).attribute("data-rings") == "help"


def test_one_goes_and_the_others_are_told_which_post_and_stop_ringing(clerk, desk, rung):
    address = rung()
    clerk.post(f"{address}/answer")
    refused = desk.post(f"{address}/answer", status=409, headers={"HX-Request": "true"})
    assert "已经有人去了" in refused.text
    page = desk.get("/desk")
    assert page.attribute("data-rings") == ""
    assert "1号窗口的人去了" in page.words()
    assert "您去了" in clerk.get("/counter/1").words()


def test_closed_by_mistake_it_is_opened_again_from_the_same_place(clerk, rung):
    address = rung()
    clerk.post(f"{address}/answer")
    clerk.post(f"{address}/close", {"outcome": "nobody"})
    assert clerk.get("/hall").all(f".//form[@action='{address}/reopen']")
    clerk.post(f"{address}/reopen")
    assert clerk.get("/hall").all(f".//form[@action='{address}/close']")


def test_without_a_script_one_comes_back_to_the_page_one_was_on(clerk, rung):
    address = rung()
    back = clerk.post(f"{address}/answer", headers={"Referer": "http://localhost/counter/1"})
    assert back.headers["Location"] == "/counter/1"


def test_the_station_is_named_where_the_centre_has_named_it(app, clerk, box, clock):
    with box.database.write() as tx:
        code = devices.make_code(tx, box.centre, Asked(clock(), 1), Kind.STATION, "东门")
    machine = Visitor(app)
    machine.post("/enrol", {"code": code})
    machine.post("/help", {"kind": "help"})
    assert "东门" in clerk.get("/pleas/bell").text


def test_a_viewer_hears_it_and_may_not_go(app, box, clock, rung, as_role):
    address = rung("unwell")
    viewer = as_role("viewer")
    page = viewer.get("/hall")
    assert page.attribute("data-rings") == "unwell"
    assert page.all(f".//form[@action='{address}/answer']") == []
    viewer.post(f"{address}/answer", status=403)


def test_the_list_tells_how_long_somebody_waited_and_who_went(clerk, rung, clock):
    assert "没有人求助过" in clerk.get("/pleas").words()
    address = rung()
    clock.forward(seconds=23)
    clerk.post(f"{address}/answer")
    clerk.post(f"{address}/close", {"outcome": "seen"})
    page = clerk.get("/pleas")
    (row,) = page.all(".//tbody/tr")
    told = "".join(row.itertext())
    assert "23" in told
    assert "clerk1" in told
    assert "看过了" in told
