"""What the hall and the resident's phone show."""

import pytest


def numbers(page):
    return [element.get("data-number") for element in page.with_attribute("data-number")]


def announced(page):
    return [(e.get("data-clips"), e.get("data-lang")) for e in page.with_attribute("data-announcement")]


def test_the_board_shows_who_is_called_where(visitor, clerk):
    visitor.take("A")
    visitor.take("B")
    before = visitor.get("/board")
    assert numbers(before) == []
    assert "请稍等，马上开始叫号" in before.words()
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
    assert announced(fresh) == [("qing group-a row-001 counter-1", "zh")]
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
    assert (root.get("hx-trigger"), root.get("hx-get")) == ("every 250ms", "/board/now?v=0&also=0.261123.0")
    assert "noscript" in page.text


def told(page, name):
    return page.with_attribute("data-announcement")[0].get(name)


def test_a_call_says_who_is_called_where_and_how_it_is_said_in_short(visitor, clerk):
    v = visitor.get("/board").attribute("data-v")
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    fresh = visitor.get(f"/board/now?v={v}")
    assert (told(fresh, "data-place"), told(fresh, "data-again")) == ("1@1", None)
    assert told(fresh, "data-short") == "group-a row-001 counter-1"
    assert told(fresh, "data-instead") == "qing a zu di sign-0 sign-0 end-1 counter-1"
    assert fresh.attribute("data-calling") == "1@1"
    clerk.post("/counter/1/recall")
    assert told(visitor.get(f"/board/now?v={fresh.attribute('data-v')}"), "data-again") == ""
    clerk.post("/counter/1/start")
    assert visitor.get("/board").attribute("data-calling") == ""


def test_what_a_board_said_is_what_the_counter_counts(visitor, clerk, clock):
    visitor.take("A")
    visitor.post("/board/voice", {"voice": "on"}, 204)
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/recall")
    clerk.post("/counter/1/recall")
    clock.forward(seconds=20)  # beyond the offer of an undo
    page = clerk.get("/counter/1")
    assert "等大屏读出来" in page.words()
    (poll,) = (e.get("hx-get") for e in page.with_attribute("hx-get") if e.get("id") == "counter")
    assert "unheard=3" in poll
    clerk.get(poll, 204)
    visitor.post("/board/voice", {"voice": "on", "spoken": "2 3 4"}, 204)
    page = clerk.get(poll)
    assert "等大屏读出来" not in page.words()
    assert page.attribute("data-seconds-left") == "60"


@pytest.mark.parametrize(
    "form", [{}, {"voice": "loud"}, {"voice": "on", "spoken": "x"}, {"voice": "on", "spoken": "1 " * 201}]
)
def test_a_malformed_word_of_a_board_is_400(visitor, form):
    visitor.post("/board/voice", form, 400)


def test_the_test_picture_has_a_frame_for_each_percent(visitor):
    page = visitor.get("/board?test")
    assert [frame.get("data-at") for frame in page.with_attribute("data-at")] == [str(n) for n in range(11)]
    assert page.with_attribute("hx-get") == []


def test_a_millimetre_of_the_board_is_a_share_of_its_width(visitor):
    assert "--mm:calc(100vw / 1217.6);--overscan:0}" in visitor.get("/panel/board.css").text
