"""Taking a number, and its page: the same for the same press, and true of the slip."""

import re

from kiosk import spool
from kiosk.server.nightly import close_days
from kiosk.tickets.tables import pace
from printing.printer_process import Printed
from printing.printers import Outcome
from tests.visitor import Visitor


def test_three_taps_from_home_lead_to_a_number_and_a_qr_code(visitor, hall_tickets):
    page = visitor.take("A")
    (row,) = hall_tickets()
    assert page.attribute("data-number") == "A001" == row["number"]
    assert page.attribute("data-ticket") == str(row["id"])
    assert page.attribute("data-ahead") == "0"
    assert len(page.all(".//*[@class='qr']")) == 1


def test_what_stands_beside_the_code_is_true_of_it(visitor, box):
    assert "拍下来，工作人员一扫就找到您" in visitor.take("A").words(), "24 digits open no page"
    object.__setattr__(box.centre.settings, "public_url", "https://a.example")
    assert "手机扫一扫，看排到哪了" in visitor.take("B").words()


def test_the_same_tap_leads_to_the_same_page(visitor, hall_tickets):
    form = {"service": "A", "tap": "once"}
    first, second = visitor.post("/tickets", form), visitor.post("/tickets", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(hall_tickets()) == 1
    assert "您已经取过号了" in visitor.get(second.headers["Location"]).words()
    assert "您已经取过号了" not in visitor.get(second.headers["Location"]).words()


def test_the_same_service_again_within_the_guard_time_is_the_same_ticket(visitor, app, hall_tickets):
    visitor.take("A")
    assert visitor.take("A").attribute("data-number") == "A001"
    assert Visitor(app).take("A").attribute("data-number") == "A002"
    assert len(hall_tickets()) == 2


def test_the_guard_time_ends_with_the_visit_and_holds_within_it(visitor, hall_tickets, clock):
    visitor.take("A")
    visitor.post("/leave")
    clock.forward(seconds=1)
    page = visitor.take("A")
    assert page.attribute("data-number") == "A002", "the next person, at once"
    assert "您已经取过号了" not in page.words()
    assert visitor.take("A").attribute("data-number") == "A002", "a double tap"
    visitor.post("/leave")
    visitor.post("/leave")
    assert visitor.take("A").attribute("data-number") == "A003"
    assert len(hall_tickets()) == 3


def test_the_guard_time_holds_after_the_clock_was_set_back(visitor, hall_tickets, clock):
    visitor.post("/leave")
    clock.forward(minutes=-30)
    numbers = [visitor.take("A").attribute("data-number") for _ in range(2)]
    assert numbers == ["A001", "A001"]


def test_another_ticket_is_one_tap_away(visitor, hall_tickets):
    page = visitor.take("A")
    form = {name: page.value(name) for name in ("service", "tap", "another")}
    answer = visitor.post("/tickets", form)
    assert visitor.get(answer.headers["Location"]).attribute("data-number") == "A002"
    assert len(hall_tickets()) == 2


def test_an_unknown_service_takes_no_ticket(visitor, hall_tickets):
    visitor.post("/tickets", {"service": "ZZ", "tap": "x"}, 404)
    assert hall_tickets() == []


def test_a_token_with_a_wrong_digit_or_of_yesterday_opens_nothing(visitor, box, clock):
    page = visitor.take("A")
    address = re.findall(r"/tickets/([0-9]{24})", page.text)[0]
    visitor.get(f"/tickets/{address[:-1]}{(int(address[-1]) + 1) % 10}", 404)
    visitor.get("/tickets/" + "1" * 24, 404)
    clock.forward(hours=15)
    close_days(box)
    assert "不是今天的" in visitor.get(f"/tickets/{address}", 404).words()


def test_the_page_tells_whether_the_slip_came_out(visitor, box, clock):
    page = visitor.take("A")
    assert "正在打印" in page.words()
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    feed = spool.Feed(box.database, clock, box.settings)
    job = feed.claim()
    assert job
    assert "正在打印" in visitor.get(slip).words()
    feed.report(job.id, Printed(Outcome("printed", 900)))
    done = visitor.get(slip)
    assert "小票打好了" in done.words()
    assert "hx-get" not in done.text


def test_nobody_waits_longer_than_two_seconds_for_a_slip(visitor, clock):
    page = visitor.take("A")
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    clock.forward(seconds=2)
    assert "hx-get" in visitor.get(slip).text
    clock.forward(seconds=1)
    late = visitor.get(slip)
    assert "请记住号码" in late.words()
    assert "hx-get" not in late.text


def test_a_slip_that_may_not_have_come_out_is_not_called_printed(visitor, box, clock):
    page = visitor.take("A")
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    feed = spool.Feed(box.database, clock, box.settings)
    job = feed.claim()
    assert job
    feed.report(job.id, Printed(Outcome("unconfirmed", 400, "stalled")))
    assert "小票没有打出来" in visitor.get(slip).words()


def test_who_need_not_wait_is_told_so_and_who_must_how_long(box, visitor, clerk):
    with box.database.write() as tx:
        tx.execute(pace.insert().values(service_code="A", visits=100, mean_log=5.7, var_log=0.1))
    words = visitor.take("A").words()
    assert "不用等" in words
    assert "要等" not in words
    clerk.post("/counter/1/call-next")
    for _ in range(2):
        words = visitor.take("A", another="1").words()
    assert "要等" in words
    assert "分钟" in words
