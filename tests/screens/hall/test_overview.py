"""The hall at one look, and what staff do for who cannot."""

import pytest

from kiosk import tickets
from kiosk.tickets.tables import change, ticket
from tests.visitor import Visitor


def code_of(clerk, ticket_id):
    """The code of a ticket's newest slip."""
    box = clerk.client.application.extensions["box"]
    with box.database.read() as tx:
        return tickets.ticket_token(tx, box.centre, ticket_id)


def test_the_hall_shows_every_counter_and_who_is_where(visitor, clerk):
    for _ in range(3):
        visitor.take("A", another="1")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    page = clerk.get("/hall")
    states = {e.get("data-desk"): e.get("data-state") for e in page.with_attribute("data-desk")}
    assert states == {"1": "serving", "2": "shut", "3": "shut", "4": "shut"}
    assert page.attribute("data-number") == "A001"
    (poll,) = [element.get("hx-get") for element in page.all(".//div[@id='hall']")]
    clerk.get(poll, 204)
    clerk.post("/counter/1/finish")
    assert "办结1件" in clerk.get(poll).words()


def test_a_service_that_nobody_serves_is_pointed_out(visitor, clerk):
    clerk.post("/counter/1/close")
    clerk.post("/counter/3/open")
    visitor.take("E")
    assert "没有开着的窗口能办" in clerk.get("/hall").words()


def test_staff_take_a_ticket_for_somebody_and_it_is_marked(visitor, clerk, rows):
    page = clerk.get("/hall")
    form = {"service": "B", "tap": page.value("tap"), "priority": "elder", "wish": "staff"}
    clerk.post("/hall/tickets", form)
    clerk.post("/hall/tickets", form)
    (row,) = rows(ticket)
    assert (row["taken_by_staff"], row["wants_staff"], row["priority_code"]) == (True, True, "elder")
    assert rows(change)[0]["staff_id"] is not None
    assert "帮办取号" in clerk.get("/counter/1").words()


def test_an_early_close_is_shown_at_the_station_with_its_reason_until_it_is_lifted(visitor, clerk):
    tap = visitor.get("/services/A").value("tap")
    clerk.post("/hall/services/A/close", {"reason": "系统维护，请明天再来"})
    page = visitor.get("/services/A")
    assert "系统维护，请明天再来" in page.words()
    assert not page.all(".//form[@action='/tickets']")
    assert "系统维护，请明天再来" in visitor.get("/").words()
    visitor.post("/tickets", {"service": "A", "tap": tap}, 409)
    clerk.post("/hall/services/A/reopen")
    visitor.take("A")
    clerk.post("/hall/services/Z/close", {}, 404)


def test_staff_find_and_reprint_a_slip(visitor, clerk):
    visitor.take("A", phone_tail="4711")
    old = code_of(clerk, 1)
    page = clerk.get("/hall/lost?digits=4711")
    clerk.post("/hall/tickets/1/reprint", {"revision": page.value("revision")})
    visitor.get(f"/t/{old}", 404)
    clerk.post("/hall/tickets/1/reprint", {"revision": "0"}, 409)
    clerk.post("/hall/tickets/1/reprint", {}, 400)


def test_staff_put_somebody_back_into_the_line(visitor, clerk, status):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", {"kind": "wait"})
    clerk.post("/hall/tickets/1/rejoin")
    assert status() == "waiting"
    clerk.post("/hall/tickets/1/rejoin", {}, 409)


@pytest.mark.parametrize("address", ["/hall", "/hall/now", "/hall/lost"])
def test_the_hall_is_for_staff(visitor, address):
    assert "/log-in" in visitor.get(address, 303).headers["Location"]


def test_the_coordinator_sees_the_hall_but_closes_no_service(app):
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    desk.get("/hall")
    desk.post("/hall/services/A/close", {}, 403)
