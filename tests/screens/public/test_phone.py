"""The phone page: a ticket followed to its end."""

import re

import pytest

from kiosk import spool
from kiosk.asked import Asked
from kiosk.server.nightly import close_days
from kiosk.tickets.rules import Status
from printing.printer_process import Setup


def token_of(page):
    return re.findall(r"/tickets/([0-9]{24})", page.text)[0]


def polled(visitor, page):
    """What the page is swapped for when it asks by itself."""
    return visitor.get(page.attribute("hx-get"), **{"HX-Request": "true"})


def test_the_phone_follows_the_ticket_to_its_end(visitor, clerk):
    address = "/t/" + token_of(visitor.take("A"))
    waiting = visitor.get(address)
    assert waiting.attribute("data-ahead") == "0"
    assert waiting.attribute("data-number") == "A001"
    clerk.post("/counter/1/call-next")
    assert "1号窗口" in visitor.get(address).words()
    clerk.post("/counter/1/start")
    assert "办理" in visitor.get(address).words()
    clerk.post("/counter/1/finish")
    assert "办完了" in visitor.get(address).words()


def test_whoever_missed_her_call_shows_her_slip_or_where_none_is_printed_the_phone(
    visitor, clerk, clock, box
):
    address = "/t/" + token_of(visitor.take("A"))
    for step in ("call-next", "recall", "recall", "no-show"):
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}")
    page = visitor.get(address)
    assert page.attribute("data-status") == Status.NO_SHOW
    assert "请把小票或这一页" in page.words()
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup("off:"))
    told = polled(visitor, page).words()
    assert ("请把这一页" in told, "小票" in told) == (True, False)


def test_whoever_was_held_twice_while_her_phone_slept_reads_what_it_is_for_now(visitor, clerk):
    address = "/t/" + token_of(visitor.take("A"))
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", {"kind": "wait"})
    asleep = visitor.get(address)
    assert "请回1号窗口" in asleep.words()
    clerk.post("/counter/1/resume", {"ticket": "1"})
    clerk.post("/counter/1/hold", {"kind": "fetch", "lacks": "户口本"})
    assert "户口本" in polled(visitor, asleep).words()


def test_the_phone_counts_who_is_ahead(visitor, app):
    visitor.take("B")
    assert visitor.get("/t/" + token_of(visitor.take("A"))).attribute("data-ahead") == "1"


def test_the_phone_works_without_javascript(visitor):
    page = visitor.get("/t/" + token_of(visitor.take("A")))
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="\d+"', page.text)


def test_a_poll_of_the_phone_is_204_until_something_changes(visitor, clerk):
    address = "/t/" + token_of(visitor.take("A"))
    v = visitor.get(address).attribute("data-v")
    visitor.get(f"{address}?v={v}", 204)
    clerk.post("/counter/1/call-next")
    assert visitor.get(f"{address}?v={v}", **{"HX-Request": "true"}).is_fragment


def test_the_phone_page_is_gone_when_the_day_ends(visitor, clock, box):
    address = "/t/" + token_of(visitor.take("A"))
    clock.forward(hours=15)
    close_days(box)
    page = visitor.get(address, 404)
    assert "不是今天的" in page.words()
    assert "A001" not in page.words()


@pytest.mark.parametrize("token", ["1", "1" * 24, "abc", "../admin", "%00"])
def test_a_wrong_token_opens_nothing(visitor, token):
    visitor.get(f"/t/{token}", 404)


def test_who_cannot_hear_says_so_on_her_phone_and_the_clerk_sees_it(visitor, clerk):
    address = "/t/" + token_of(visitor.take("A"))
    page = visitor.get(address)
    assert "看到或听到叫号再过来" in page.words() or "请到等候区来" in page.words()
    v, seen = page.attribute("data-v"), page.all(".//*[@id='now']")[0].get("hx-get")
    visitor.post(f"{address}/hearing")
    visitor.post(f"{address}/hearing")
    told = visitor.get(seen, **{"HX-Request": "true"})
    assert "工作人员走过来叫" in told.text
    assert told.attribute("data-v") != v
    assert told.all(f".//form[@action='{address}/hearing']") == []
    assert "听不见，走过去叫" in clerk.get("/counter/1").words()
    clerk.post("/counter/1/call-next")
    assert "这位听不见" in clerk.get("/counter/1").words()
    for verb in ("start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    visitor.post(f"{address}/hearing", status=409)
    visitor.post("/t/1/hearing", status=400)
