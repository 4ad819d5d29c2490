"""The hall at one look, and what staff do for who cannot."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import tickets
from kiosk.screens.hall.overview import ASIDE
from kiosk.tickets.tables import change, ticket
from tests.engines import on_a_file
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


def test_what_somebody_else_closes_is_seen_on_a_page_that_stands_open(clerk):
    (asking,) = [element.get("hx-get") for element in clerk.get("/hall").all(".//section[@id='closings']")]
    clerk.get(asking, 204)
    clerk.post("/hall/services/A/close", {"reason": "今天的号已满"})
    renewed = clerk.get(asking)
    assert "恢复取号" in renewed.words()
    (again,) = [element.get("hx-get") for element in renewed.all(".//section[@id='closings']")]
    clerk.get(again, 204)


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
    page = clerk.post("/hall/lost", {"digits": "4711"}, 200)
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


@pytest.fixture
def crowd(box, clerk):
    """Sixteen people on hold, of 220 who wait the last wants somebody to come."""
    with box.database.write() as tx:
        taken = [
            tickets.take(tx, box.centre, tickets.Tap("A", f"crowd-{n}"), "zh", box.now()).ticket_id
            for n in range(236)
        ]
        tickets.grant_assistance(tx, box.centre, taken[-1], "staff", box.now())
        away = ticket.update().where(ticket.c.id.in_(taken[:16]))
        tx.execute(away.values(status="held", hold="fetch", counter_number=1))
    return clerk


def test_those_aside_whom_the_hall_does_not_show_are_counted_and_one_press_away(crowd):
    page = crowd.get("/hall")
    assert len(page.all(".//ul[@class='asides']/li")) == ASIDE
    assert "还有4人挂起或过号，都显示" in page.words()
    (rest,) = [link.get("href") for link in page.all(".//p[@class='turns']/a")]
    every = crowd.get(rest)
    assert len(every.all(".//ul[@class='asides']/li")) == 16
    (poll,) = [element.get("hx-get") for element in every.all(".//div[@id='hall']")]
    assert "all=1" in poll, "a poll would hide them again"


def test_whoever_asks_for_staff_is_shown_however_many_wait_before(crowd):
    (last,) = crowd.get("/hall").all(".//section[@class='call-for']//li/b")
    assert last.text == "A236"


@on_a_file
def test_neither_hall_nor_counter_reads_what_is_long_over(box, crowd):
    def steps():
        counted = [0]

        def count():
            counted[0] += 1

        box.database.close()  # whoever asks next has a new connection, which counts
        connected = (box.database.engine, "connect", lambda raw, _: raw.set_progress_handler(count, 100))
        sa.event.listen(*connected)
        for address in ("/hall", "/hall/now", "/counter", "/counter/1", "/counter/1/now"):
            crowd.get(address)
        sa.event.remove(*connected)
        return counted[0]

    young = steps()
    long_ago = box.now() - timedelta(days=400)
    old = {
        "service_day": long_ago.date(), "service_code": "A", "status": "served", "taken_at": long_ago,
        "rank_at": long_ago, "counter_number": 1, "called_at": long_ago, "calls": 1,
    }  # fmt: skip
    done = {"verb": "finish", "to_status": "served", "at": long_ago, "counter_number": 1}
    with box.database.write() as tx:
        tx.execute(
            ticket.insert(),
            [old | {"id": n, "number": f"A{n}", "tap": f"old-{n}"} for n in range(1000, 4000)],
        )
        tx.execute(change.insert(), [done | {"ticket_id": n} for n in range(1000, 4000)])
    assert steps() < 1.3 * young


def test_a_day_that_a_wrong_date_ended_is_brought_back_by_a_clerk(visitor, clerk, box, clock):
    number = visitor.take("A").attribute("data-number")
    assert "恢复今天的排队" not in clerk.get("/hall").text
    clock.forward(days=1)
    with box.database.write() as tx:
        tickets.close_day(tx, box.centre, clock())
    clock.forward(days=-1)
    assert "恢复今天的排队" in clerk.get("/hall").text
    done = clerk.post("/hall/reopen-day")
    assert "恢复了1个号" in clerk.get(done.headers["Location"]).text
    clerk.post("/counter/1/open")
    clerk.post("/counter/1/call-next")
    assert number in clerk.get("/counter/1").text
    assert "已经恢复了" in clerk.post("/hall/reopen-day", status=409).text
