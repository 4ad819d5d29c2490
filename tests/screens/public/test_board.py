"""What the hall and the resident's phone show."""

import pytest


def numbers(page):
    return [element.get("data-number") for element in page.with_attribute("data-number")]


def announced(page):
    return [(e.get("data-clips"), e.get("data-lang")) for e in page.with_attribute("data-announcement")]


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
