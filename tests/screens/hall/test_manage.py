"""The manager's page for a phone: plain forms, each thing one or two touches."""

from datetime import time

import pytest

from kiosk import opening
from kiosk.asked import Asked
from tests.visitor import words

HX = {"HX-Request": "true"}


@pytest.fixture
def manager(as_role):
    return as_role("manager")


def said(manager) -> str:
    return manager.get("/manage").words()


def test_it_shows_who_waits_where_and_who_stands_at_which_window(visitor, clerk, manager, clock):
    visitor.take("A")
    visitor.take("B")
    clerk.post("/counter/1/call-next")
    clock.forward(minutes=31)
    page = manager.get("/manage")
    rows = [words(one) for one in page.all(".//ul[@class='duty__rows']/li")]
    assert any("高龄补贴" in row and "1人" in row and "最久31分钟" in row for row in rows)
    assert any("1号窗口" in row and "A001" in row for row in rows)
    assert page.attribute("data-alarms") == "wait-B"


def test_everything_is_closed_and_opened_again(visitor, manager):
    manager.post("/manage/close", {"reason": "提前下班，请明天再来"})
    assert "提前下班，请明天再来" in said(manager)
    assert "提前下班，请明天再来" in visitor.get("/services/A").words()
    visitor.post("/language", {"lang": "en"})
    assert "We close early; please come tomorrow" in visitor.get("/services/A").words()
    manager.post("/manage/reopen", {})
    assert "全部停止取号" in said(manager)


def test_one_service_is_closed_and_opened_again(visitor, manager):
    manager.post("/manage/close", {"service": "A", "reason": "今天的号已满"})
    assert "今天的号已满" in visitor.get("/services/A").words()
    manager.post("/manage/reopen", {"service": "A"})
    visitor.take("A")


def test_today_ends_later_and_the_day_is_the_limit(box, manager):
    manager.post("/manage/extend", {"minutes": "30"}, 409)  # the demo never closes
    manager.post("/manage/extend", {"minutes": "31"}, 400)
    at = box.now()
    hours = ((time(8), time(17, 30)),)
    with box.database.write() as tx:
        opening.set_week(tx, box.centre, Asked(at, 1), opening.Week((hours,) * 7, 0, 0))
    assert "现在到17:30" in said(manager)
    manager.post("/manage/extend", {"minutes": "30"})
    assert "现在到18:00" in said(manager)
    for _ in range(8):
        manager.post("/manage/extend", {"minutes": "60"})
    assert "现在到23:59" in said(manager)
    manager.post("/manage/usual", {})
    assert "现在到17:30" in said(manager)


def test_a_message_stands_on_the_board_until_it_is_taken_down_or_over(visitor, manager, clock):
    manager.post("/manage/message", {"words": "今天人多，请您耐心等一等", "for": "30"})
    assert "今天人多，请您耐心等一等" in visitor.get("/board").words()
    (end,) = [
        form.get("action")
        for form in manager.get("/manage").all(".//form")
        if "/messages/" in form.get("action", "")
    ]
    manager.post(end, {})
    assert "今天人多" not in visitor.get("/board").words()
    manager.post("/manage/message", {"own": "空调在修", "for": "30"})
    assert "空调在修" in visitor.get("/board").words()
    clock.forward(minutes=31)
    assert "空调在修" not in visitor.get("/board").words()
    manager.post("/manage/message", {"own": "", "for": "30"})
    assert "请填写这一项" in said(manager)


def test_it_follows_the_hall(visitor, manager):
    poll = manager.get("/manage").all(".//*[@id='duty']")[0].get("hx-get")
    manager.get(poll, 204, **HX)
    visitor.take("A")
    assert "养老保险资格认证" in manager.get(poll, **HX).text
