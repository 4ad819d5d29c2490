"""The phone page: a ticket followed to its end."""

import re

import pytest

from kiosk.server.nightly import close_days


def token_of(page):
    return re.findall(r"/tickets/([0-9]{24})", page.text)[0]


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
