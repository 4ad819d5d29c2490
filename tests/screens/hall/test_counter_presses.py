"""Fewer presses at a counter: one ends and calls, a scanned slip is served now, one number for two people."""

import pytest
import sqlalchemy as sa

from kiosk.spool.tables import print_job
from tests.visitor import words

HX = {"HX-Request": "true"}


@pytest.fixture
def serving(visitor, clerk):
    """C001 is served, which asks for no result; C002 waits."""
    visitor.take("C", another="1")
    visitor.take("C", another="1")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    return clerk


def fields(page, key: str) -> dict[str, str]:
    """What the form of this key's button sends, and where its address ends."""
    for form in page.all(".//form"):
        if any(one.get("data-key") == key or one.get("data-also") == key for one in form.iter("button")):
            sent = {one.get("name"): one.get("value") for one in form.iter("input")}
            return sent | {"verb": form.get("action", "").rpartition("/")[2]}
    return {}


def press(clerk, key: str, status: int = 303, number: int = 1) -> dict[str, str]:
    """Press a key of the page as it stands; what was sent."""
    sent = fields(clerk.get(f"/counter/{number}"), key)
    clerk.post(f"/counter/{number}/{sent['verb']}", sent, status)
    return sent


def at_hand(clerk, number: int = 1) -> tuple[str, str]:
    page = clerk.get(f"/counter/{number}")
    (counter,) = page.all(".//*[@id='counter']")
    found = page.with_attribute("data-number")
    return counter.get("data-state", ""), found[0].get("data-number", "") if found else ""


def test_one_key_goes_round_from_call_to_call(serving):
    press(serving, "Enter")
    assert at_hand(serving) == ("called", "C002")
    press(serving, "Enter")
    assert at_hand(serving) == ("serving", "C002")
    press(serving, "Enter")
    assert at_hand(serving) == ("free", "")


def test_the_same_press_sent_twice_ends_one_visit_and_calls_one_person(visitor, serving):
    visitor.take("C", another="1")
    sent = press(serving, "Enter")
    serving.post("/counter/1/finish", sent, 409)
    assert at_hand(serving) == ("called", "C002")
    assert len(serving.get("/counter/1").with_attribute("data-ticket")) == 1


def test_one_undo_takes_back_the_end_and_the_call(serving):
    press(serving, "Enter")
    press(serving, "U")
    assert at_hand(serving) == ("serving", "C001")


def test_where_a_result_is_asked_for_no_key_ends_and_calls_unsaid(visitor, clerk):
    visitor.take("A", another="1")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    assert fields(clerk.get("/counter/1"), "Enter") == {}


def test_a_result_calls_the_next_once_that_is_ticked_and_the_tick_stays(visitor, clerk):
    for _ in range(3):
        visitor.take("A", another="1")
    clerk.post("/counter/1/call-next")
    for ticked, after in (({}, "free"), ({"next": "1"}, "called")):
        if at_hand(clerk)[0] == "free":
            clerk.post("/counter/1/call-next")
        clerk.post("/counter/1/start")
        clerk.post("/counter/1/finish", {"outcome": "已认证", "may_run_on": "1"} | ticked)
        assert at_hand(clerk)[0] == after
    clerk.post("/counter/1/start")
    (box,) = clerk.get("/counter/1").all(".//input[@name='next']")
    assert box.get("checked") is not None


def test_a_scanned_slip_of_somebody_who_waits_offers_to_serve_now_and_tells_why_in_its_history(
    visitor, clerk
):
    visitor.take("C", another="1")
    code = visitor.take("C", another="1").text.split("/tickets/")[1][:24]
    page = clerk.post("/counter/1/scan", {"code": code}, 200, headers=HX)
    (panel,) = [one for one in page.all(".//details") if one.get("open") is not None]
    assert "C002就在窗口前，现在就办" in words(panel)
    sent = {one.get("name"): one.get("value") for one in panel.iter("input")}
    clerk.post("/counter/1/call", sent | {"reason": "身体不适"})
    assert at_hand(clerk) == ("serving", "C002")
    assert "指呼 1号窗口 · 身体不适" in clerk.get("/counter/1").words()
    press(clerk, "U")
    assert at_hand(clerk) == ("free", "")
    assert "C002" in clerk.get("/counter/1").words()


def test_without_a_script_the_scan_leads_to_the_same_offer(visitor, clerk):
    code = visitor.take("C", another="1").text.split("/tickets/")[1][:24]
    answer = clerk.post("/counter/1/scan", {"code": code})
    assert clerk.get(answer.headers["Location"]).all(".//input[@name='now']")


def test_two_who_came_with_one_number_are_served_one_after_the_other(serving):
    page = serving.get("/counter/1")
    ticket = page.attribute("data-ticket")
    serving.post("/counter/1/continue", {"ticket": ticket, "service": "C", "place": "here"})
    assert at_hand(serving) == ("serving", "C001")
    steps = [words(one) for one in serving.get("/counter/1").all(".//ol[@tabindex='0']/li")]
    assert [step.split()[1] for step in steps] == ["取号", "叫号", "开始办理", "办结", "还要办"]
    press(serving, "U")
    assert at_hand(serving) == ("serving", "C001")


def jobs(box):
    with box.database.read() as tx:
        return list(tx.execute(sa.select(print_job.c.status).order_by(print_job.c.id)).scalars())


@pytest.mark.parametrize(
    ("stood", "stands", "is_told"), [("queued", "cancelled", False), ("printed", "printed", True)]
)
def test_undoing_a_hold_takes_its_slip_back_or_says_that_it_is_out(serving, box, stood, stands, is_told):
    ticket = serving.get("/counter/1").attribute("data-ticket")
    serving.post("/counter/1/hold", {"ticket": ticket, "kind": "fetch"})
    with box.database.write() as tx:
        last = sa.select(sa.func.max(print_job.c.id)).scalar_subquery()
        tx.execute(sa.update(print_job).where(print_job.c.id == last).values(status=stood))
    serving.post("/counter/1/undo")
    assert jobs(box)[-1] == stands
    page = serving.get("/counter/1").words()
    assert ("请把它收回来" in page) is is_told
    assert ("小票已经打出来了" in page) is is_told


def test_who_sits_at_two_counters_is_told_on_both(visitor, desk):
    visitor.take("C", another="1")
    desk.post("/counter/1/call-next")
    assert "您还坐在1号窗口，C001在那里" in desk.get("/counter/2").words()
    assert "您还坐在2号窗口。" in desk.get("/counter/1").words()


def test_a_word_finds_where_to_transfer_and_each_has_a_digit(serving):
    page = serving.get("/counter/1?panel=transfer&find=高龄")
    found = [one for one in page.all(".//button[@name='service']") if one.get("data-choice")]
    assert found
    assert [one.get("data-choice") for one in found] == [str(n) for n in range(1, len(found) + 1)]
    serving.post("/counter/1/transfer", {"service": found[0].get("value"), "reason": ""})
    assert at_hand(serving) == ("free", "")
