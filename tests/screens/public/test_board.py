"""What the hall and the resident's phone show."""

import re

import pytest


def numbers(page):
    return [element.get("data-number") for element in page.with_attribute("data-number")]


def announced(page):
    return [(e.get("data-clips"), e.get("data-lang")) for e in page.with_attribute("data-announcement")]


def token_of(page):
    return re.findall(r"/tickets/([0-9]{24})", page.text)[0]


def test_the_board_shows_who_is_called_where(visitor, clerk):
    visitor.take("A")
    visitor.take("B")
    assert numbers(visitor.get("/board")) == []
    clerk.post("/counter/1/call-next")
    board = visitor.get("/board")
    assert set(numbers(board)) == {"A001"}
    assert {e.get("data-counter") for e in board.with_attribute("data-counter")} == {"1"}
    assert "高龄补贴" in board.words()


def test_a_poll_brings_the_call_once_and_then_204(visitor, clerk):
    v = visitor.get("/board").attribute("data-v")
    visitor.get(f"/board/now?v={v}", 204)
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    fresh = visitor.get(f"/board/now?v={v}")
    assert announced(fresh) == [("qing a 0 0 1 hao counter-1 banli", "zh")]
    visitor.get(f"/board/now?v={fresh.attribute('data-v')}", 204)
    assert announced(visitor.get("/board")) == []


def test_a_recall_is_announced_again(visitor, clerk):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    v = visitor.get("/board").attribute("data-v")
    clerk.post("/counter/1/recall")
    assert len(announced(visitor.get(f"/board/now?v={v}"))) == 1


def test_a_board_that_knows_more_than_the_server_is_answered(visitor):
    assert visitor.get("/board/now?v=999999").attribute("data-v") == "0"


@pytest.mark.parametrize("v", ["x", "-1", "1.5", "9" * 30, "1%00"])
def test_a_malformed_version_is_400(visitor, v):
    visitor.get(f"/board/now?v={v}", 400)


def test_the_board_polls_four_times_a_second_and_without_javascript_too(visitor):
    page = visitor.get("/board")
    (root,) = page.with_attribute("data-v")
    assert (root.get("hx-trigger"), root.get("hx-get")) == ("every 250ms", "/board/now?v=0&also=0.261123")
    assert "noscript" in page.text


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


def test_the_phone_page_is_gone_when_the_day_ends(visitor, clock):
    address = "/t/" + token_of(visitor.take("A"))
    clock.forward(hours=15)
    page = visitor.get(address, 404)
    assert "不是今天的" in page.words()
    assert "A001" not in page.words()


@pytest.mark.parametrize("token", ["1", "1" * 24, "abc", "../admin", "%00"])
def test_a_wrong_token_opens_nothing(visitor, token):
    visitor.get(f"/t/{token}", 404)


def test_health_is_told_in_json(visitor):
    answer = visitor.client.get("/healthz")
    assert answer.status_code == 200
    assert set(answer.json) == {"status", "version", "db", "printers", "disk_free", "last_backup_at", "clock"}
    assert (answer.json["status"], answer.json["db"]) == ("ok", "ok")
