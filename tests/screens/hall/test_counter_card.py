"""The clerk's card: what it tells of the person before her, and of the way that ticket has come."""

import pytest

from tests.visitor import Visitor


@pytest.fixture
def at_work(clerk, app, clock):
    """A clerk serving A001, taken in English for somebody else, who waited 35 minutes and walked one."""
    resident = Visitor(app)
    resident.post("/language", {"lang": "en", "back": "/"})
    resident.take(for_someone_else="1", priority="elder")
    clock.forward(minutes=35)
    clerk.post("/counter/1/call-next")
    clock.forward(minutes=1)
    clerk.post("/counter/1/start")
    clock.forward(minutes=51)
    return clerk


def test_the_wait_stands_still_while_somebody_is_served(at_work):
    page = at_work.get("/counter/1")
    words = page.words()
    assert "等了35分钟" in words
    assert "走过来1分钟" in words
    assert page.attribute("data-runs-s") == str(51 * 60)
    assert "等了87分钟" not in words


def test_it_tells_how_the_number_was_taken(at_work):
    words = at_work.get("/counter/1").words()
    assert "用英文取的号" in words
    assert "替别人办" in words
    assert "70岁以上，优先15分钟" in words


def test_a_note_and_a_reason_go_to_the_next_window(at_work):
    ticket = at_work.get("/counter/1").attribute("data-ticket")
    at_work.post("/counter/1/note", {"ticket": ticket, "note": "听力不好，请写给她看"})
    at_work.post("/counter/1/transfer", {"ticket": ticket, "counter": "2", "reason": "要主管签字"}, 409)
    at_work.post("/counter/2/open")
    at_work.post("/counter/1/transfer", {"ticket": ticket, "counter": "2", "reason": "要主管签字"})
    at_work.post("/counter/2/call-next")
    page = at_work.get("/counter/2")
    assert "听力不好，请写给她看" in page.words()
    assert "从1号窗口转来，原来办养老保险资格认证：要主管签字" in page.words()
    assert len(page.with_attribute("data-note")) == 1
    steps = [" ".join("".join(one.itertext()).split()) for one in page.all(".//ol/li")]
    assert [step for step in steps if "备注" in step]
    assert [step for step in steps if "转移" in step and "要主管签字" in step]


def test_a_service_with_outcomes_offers_them_by_their_keys_and_an_agents_way_for_an_agent(at_work):
    page = at_work.get("/counter/1")
    keys = {one.get("data-key"): one for one in page.with_attribute("data-key")}
    assert keys["1"].get("value") == "已认证"
    assert keys["2"].tag == "summary"
    reasons = [one.get("value") for one in page.with_attribute("data-choice")]
    assert reasons[0] == "未认证：本人没来"
    (chosen,) = [one for one in page.all(".//input[@name='way']") if one.get("checked") is not None]
    assert chosen.get("value") == "代办"


def test_a_result_by_one_press_ends_the_visit_and_may_call_the_next(at_work):
    at_work.take()
    ticket = at_work.get("/counter/1").attribute("data-ticket")
    said = {"ticket": ticket, "outcome": "未认证：本人没来", "way": "上门", "next": "1"}
    at_work.post("/counter/1/finish", said)
    page = at_work.get("/counter/1")
    assert page.attribute("data-number") == "A002"
    at_work.post("/counter/1/undo", {})
    page = at_work.get("/counter/1")
    assert page.attribute("data-number") == "A001"
    assert "未认证 · 本人没来 · 上门" in page.words()


def test_an_outcome_that_is_none_is_refused_and_nothing_is_finished(at_work):
    at_work.post("/counter/1/finish", {"outcome": "certainly"}, 400)
    assert at_work.get("/counter/1").attribute("data-number") == "A001"
