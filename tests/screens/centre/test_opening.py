"""Today: its own end, and what closes all services or one group."""

import re

from kiosk.spool.tables import print_job

from .conftest import by, noted, week


def test_today_ends_at_another_time_with_why_and_is_like_the_week_again(admin, visitor, clock):
    admin.post("/admin/opening/week", week(admin))
    assert "请填时间" in admin.post("/admin/opening/today", {"until": "", "words": "停电"}, 400).words()
    admin.post("/admin/opening/today", {"until": "10:00", "words": "下午停电", "words_en": "a power cut"})
    assert "下午停电" in admin.get("/admin/opening").words()
    clock.forward(hours=2)
    assert "今天的取号时间过了：下午停电" in visitor.get("/home/now").text
    visitor.post("/language", {"lang": "en"})
    assert "a power cut" in visitor.get("/home/now").text
    admin.log_in("admin", "demo-admin")
    admin.post("/admin/opening/today/usual")
    assert "a power cut" not in visitor.get("/home/now").text


def test_all_and_one_group_are_closed_with_own_words_and_opened_again(admin, visitor, rows, clock):
    group = next(iter(by(admin.get("/admin/opening"), "data-group")))
    of_group = f"/services?group={group}"
    tap = visitor.get("/services/A").value("tap")
    admin.post("/admin/opening/close", {"group": group, "words": "系统坏了"})
    assert "系统坏了" in visitor.get(of_group).words()
    assert "系统坏了" in admin.get("/admin/opening").words()
    admin.post("/admin/opening/close", {"group": "", "reason": "提前下班，请明天再来"})
    assert "提前下班" in visitor.post("/tickets", {"service": "A", "tap": tap}, 409).words()
    admin.post("/admin/opening/reopen", {"group": ""})
    admin.post("/admin/opening/reopen", {"group": group})
    visitor.post("/tickets", {"service": "A", "tap": tap})
    assert [row[:3] for row in noted(rows)] == [
        ("closing", f"group:{group}", "close"), ("closing", "all", "close"),
        ("closing", "all", "open"), ("closing", f"group:{group}", "open"),
    ]  # fmt: skip
    admin.post("/admin/opening/close", {"group": "nothing"}, 404)
    for wrong, told in (("停电😀", "表情图"), ("停" * 61, "太长了")):
        page = admin.post("/admin/opening/close", {"group": group, "words": wrong}, 400)
        (said,) = page.all(f".//span[@id='words-{group}-fault']/span")
        assert told in said.text
    admin.post("/admin/opening/close", {"group": group})
    clock.forward(days=1)
    assert "提前下班" not in visitor.get(of_group).words(), "a closing ends with its day"


def test_a_single_service_is_found_and_stopped_in_two_touches(admin, visitor, rows):
    assert by(admin.get("/admin/opening"), "data-service") == {}, "of many it is looked for first"
    assert set(by(admin.get("/admin/opening?find=ylbx"), "data-service")) == {"A"}
    assert "没有找到" in admin.get("/admin/opening?find=没有的").words()
    admin.post("/admin/opening/close", {"service": "A", "words": "系统坏了"})
    assert "系统坏了" in visitor.get("/services/A").words()
    admin.log_in("admin", "demo-admin")
    (listed,) = by(admin.get("/admin/opening"), "data-service").values()
    assert "系统坏了" in listed
    page = admin.post("/admin/opening/close", {"service": "B", "words": "停" * 61}, 400)
    assert page.all(".//span[@id='words-B-fault']/span")
    admin.post("/admin/opening/reopen", {"service": "A"})
    assert "系统坏了" not in visitor.get("/services/A").words()
    assert [row[:3] for row in noted(rows)] == [
        ("closing", "service:A", "close"),
        ("closing", "service:A", "open"),
    ]
    admin.log_in("admin", "demo-admin")
    admin.post("/admin/opening/close", {"service": "nothing"}, 404)


def test_station_board_phone_and_slip_say_at_once_how_today_ends(admin, visitor, rows, box):
    admin.post("/admin/opening/week", week(admin))
    phone = "/t/" + re.findall(r"/tickets/([0-9]{24})", visitor.take().text)[0]
    polls = [find(visitor.get(page)) for page, find in (("/board", polled), ("/", polled), (phone, polled))]
    admin.post("/admin/opening/today", {"until": "15:00", "words": "下午停电"})
    for poll in polls:
        answer = visitor.get(poll, **{"HX-Request": "true"})
        assert "今天15:00关门：下午停电" in answer.text, poll
    visitor.take("B")
    assert "今天15:00关门：下午停电" in rows(print_job)[-1]["slip"]
    waiting = [one.get("data-waiting") for one in admin.get("/admin/opening").with_attribute("data-waiting")]
    assert waiting == ["2", "2"], "of all services, and of the one group of both"
    admin.post("/admin/opening/close", {"group": "", "words": "电梯坏了"})
    board = visitor.get("/board").words()
    assert "今天不再取号：电梯坏了" in board
    assert "请稍等，马上开始叫号" in board, "two wait, and will be called"


def test_a_board_of_a_closed_centre_promises_nobody_a_number(admin, visitor):
    poll = polled(visitor.get("/board"))
    admin.post("/admin/opening/close", {"group": "", "words": "电梯坏了"})
    told = visitor.get(poll, **{"HX-Request": "true"}).text
    assert "现在不取号" in told
    assert "取号就能办" not in told


def polled(page):
    """What the page polls with first."""
    return next(one.get("hx-get") for one in page.with_attribute("hx-get"))


def test_a_service_that_is_closed_in_the_hall_stands_in_the_history(admin, rows):
    admin.post("/hall/services/A/close", {"reason": "今天的号已满"})
    admin.post("/hall/services/A/close", {"reason": "今天的号已满"})
    admin.post("/hall/services/A/reopen")
    assert [row[:3] for row in noted(rows)] == [
        ("closing", "service:A", "close"),
        ("closing", "service:A", "open"),
    ]
