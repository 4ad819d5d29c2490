"""The clerk's page: verbs as plain forms and as fragments, refusals with reasons, the scanner."""

import re

import pytest
from flask import g

from kiosk import services, staff
from kiosk.asked import Asked
from tests.visitor import Visitor

HX = {"HX-Request": "true"}


@pytest.fixture
def other(app):
    """A colleague at counter 2."""
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    other.post("/counter/2/open")
    return other


def forms(page):
    """The addresses of the page's forms."""
    return {form.get("action") for form in page.all(".//form")}


def token_of(page):
    return re.findall(r"/tickets/([0-9]{24})", page.text)[0]


def test_whose_account_is_closed_at_this_moment_opens_no_counter(app, box, clock, monkeypatch):
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")

    def close_account():  # she was let in already, and has changed nothing yet
        with box.database.write() as tx:
            staff.disable(tx, Asked(clock(), 1), g.staff.id)

    monkeypatch.setattr("kiosk.screens.web.access._note_use", close_account)
    clerk.post("/counter/3/open", status=403)
    with box.database.read() as tx:
        assert [one.number for one in services.counters(tx, "zh") if one.is_open] == []


def test_a_clerk_chooses_a_counter(app):
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    assert {f"/counter/{n}/open" for n in (1, 2, 3, 4)} <= forms(clerk.get("/counter"))
    assert clerk.post("/counter/3/open").headers["Location"] == "/counter/3"
    assert (
        "A" not in clerk.get("/counter/3").words()
        or clerk.get("/counter/3").with_attribute("data-number") == []
    )


def test_sitting_down_can_call_the_next_in_the_same_press(app, visitor):
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    assert clerk.get("/counter").with_attribute("data-waiting") == []
    assert (
        clerk.post("/counter/3/open", {"call": "1"}).headers["Location"] == "/counter/3"
    )  # nobody: it opens
    clerk.post("/counter/3/close")
    visitor.take("A")
    visitor.take("C")
    assert "有2人在等" in clerk.get("/counter").words()
    for _ in range(2):  # a double click
        clerk.post("/counter/1/open", {"call": "1"})
        page = clerk.get("/counter/1")
        assert page.attribute("data-state") == "called"
        assert page.attribute("data-waiting") == "1"


def test_from_waiting_to_done_the_page_offers_the_next_step(visitor, clerk):
    visitor.take("A")
    assert "/counter/1/call-next" in forms(clerk.get("/counter/1"))
    for verb, then in (("call-next", "start"), ("start", "finish"), ("finish", "call-next")):
        assert clerk.post(f"/counter/1/{verb}").headers["Location"] == "/counter/1"
        assert f"/counter/1/{then}" in forms(clerk.get("/counter/1"))


def test_the_called_ticket_stands_large_with_what_to_bring(visitor, clerk):
    visitor.take("A", for_someone_else="1", priority="elder")
    clerk.post("/counter/1/call-next")
    page = clerk.get("/counter/1")
    assert page.attribute("data-number") == "A001"
    assert page.attribute("data-ticket") == "1"
    for word in ("养老保险资格认证", "代办人身份证", "70岁以上", "替别人办"):
        assert word in page.words()


@pytest.mark.parametrize("verb", ["start", "finish", "recall", "no-show", "cancel", "call-next"])
def test_a_verb_that_the_state_does_not_allow_is_409_with_the_reason(visitor, clerk, verb):
    page = clerk.post(f"/counter/1/{verb}", {}, 409)
    assert page.heading()
    assert "现在没有人" in page.words()


def test_pressing_twice_is_refused_and_changes_nothing(visitor, clerk, hall_tickets):
    visitor.take("A")
    visitor.take("B")
    clerk.post("/counter/1/call-next")
    assert "请先办完A001" in clerk.post("/counter/1/call-next", {}, 409).words()
    clerk.post("/counter/1/start", {"ticket": "1"})
    clerk.post("/counter/1/finish", {"ticket": "1"})
    clerk.post("/counter/1/finish", {"ticket": "1"}, 409)
    assert {row["number"]: row["status"] for row in hall_tickets()} == {"A001": "served", "B001": "waiting"}


def test_a_page_that_shows_somebody_else_is_refused(visitor, clerk, hall_tickets):
    visitor.take("A")
    visitor.take("B")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/finish")
    clerk.post("/counter/1/call-next")
    page = clerk.post("/counter/1/start", {"ticket": "1"}, 409)
    assert "现在窗口前是B001" in page.words()
    assert hall_tickets()[1]["status"] == "called"


def test_a_clerk_who_was_slower_is_told_who_has_the_ticket(visitor, clerk, other):
    visitor.take("A")
    other.post("/counter/2/call", {"ticket": "1", "reason": "身体不适"})
    assert "A001已被2号窗口叫走" in clerk.post("/counter/1/call", {"ticket": "1"}, 409).words()


def test_a_missed_turn_waits_for_calls_and_seconds(visitor, clerk, clock, hall_tickets):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    assert "再叫2次" in clerk.post("/counter/1/no-show", {}, 409).words()
    clock.forward(seconds=61)
    clerk.post("/counter/1/recall")
    clerk.post("/counter/1/recall")
    clerk.post("/counter/1/no-show")
    assert hall_tickets()[0]["status"] == "no_show"
    assert "A001" in clerk.get("/counter/1").words()


def test_htmx_gets_the_fragment_with_the_same_answer(visitor, clerk):
    visitor.take("A")
    page = clerk.post("/counter/1/call-next", {}, 200, headers=HX)
    assert page.is_fragment
    assert page.attribute("data-number") == "A001"
    refused = clerk.post("/counter/1/call-next", {}, 409, headers=HX)
    assert refused.is_fragment
    assert "请先办完A001" in refused.words()


def test_polling_answers_204_until_something_changes(visitor, clerk):
    v = clerk.get("/counter/1").attribute("data-v")
    assert clerk.get(f"/counter/1/now?v={v}", 204).body == b""
    visitor.take("A")
    assert clerk.get(f"/counter/1/now?v={v}").attribute("data-v") != v


@pytest.mark.parametrize("form", [{"ticket": "abc"}, {"ticket": "9" * 30}, {"ticket": "-1"}])
def test_a_malformed_ticket_is_400(visitor, clerk, form):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start", form, 400)


def test_calling_by_hand_needs_a_ticket_that_is_there(clerk):
    clerk.post("/counter/1/call", {}, 400)
    clerk.post("/counter/1/call", {"ticket": "4711"}, 404)


def test_a_colleague_takes_the_counter_over_and_the_first_is_told(visitor, app, clerk):
    visitor.take("A")
    second = Visitor(app)
    second.log_in("clerk2", "demo-clerk")
    second.post("/counter/1/open")
    assert "另一位" in clerk.post("/counter/1/call-next", {}, 409).words()
    clerk.get("/counter/1", 409)
    second.post("/counter/1/call-next")


def test_a_counter_that_is_closed_or_unknown_is_refused(clerk):
    clerk.post("/counter/1/close")
    assert "请先打开1号窗口" in clerk.post("/counter/1/call-next", {}, 409).words()
    clerk.post("/counter/9/open", {}, 404)
    clerk.post("/counter/1/dance", {}, 404)


def test_scanning_the_slip_of_the_person_called_begins_serving(visitor, clerk, hall_tickets):
    token = token_of(visitor.take("A"))
    clerk.post("/counter/1/call-next")
    page = clerk.post("/counter/1/scan", {"code": token}, 200, headers=HX)
    assert page.attribute("data-verdict") == "ok"
    assert hall_tickets()[0]["status"] == "serving"
    again = clerk.post("/counter/1/scan", {"code": token}, 200, headers=HX)
    assert again.attribute("data-verdict") == "look"
    assert hall_tickets()[0]["status"] == "serving"


def test_scanning_someone_who_waits_shows_where_they_stand_and_changes_nothing(visitor, clerk, hall_tickets):
    token = token_of(visitor.take("A"))
    page = clerk.post("/counter/1/scan", {"code": token}, 200, headers=HX)
    assert page.attribute("data-verdict") == "look"
    assert "A001" in page.words()
    assert hall_tickets()[0]["status"] == "waiting"


def test_scanning_someone_of_another_counter_says_which(visitor, clerk, other):
    token = token_of(visitor.take("A"))
    other.post("/counter/2/call-next")
    page = clerk.post("/counter/1/scan", {"code": token}, 200, headers=HX)
    assert "2号窗口" in page.words()


@pytest.mark.parametrize(
    ("code", "verdict"),
    [("", "misread"), ("12345", "misread"), ("110101194603074518", "misread"), ("<b>1</b>", "misread")],
)
def test_a_foreign_code_is_misread_and_not_shown(clerk, code, verdict):
    page = clerk.post("/counter/1/scan", {"code": code}, 200, headers=HX)
    assert page.attribute("data-verdict") == verdict
    assert not code or code not in page.text


def test_a_forged_code_is_told_apart(visitor, clerk, box):
    from kiosk import qr_codes

    visitor.take("A")
    code = qr_codes.issue(qr_codes.CodeKind.TICKET, 1, 0, b"someone else")
    assert (
        clerk.post("/counter/1/scan", {"code": code}, 200, headers=HX).attribute("data-verdict") == "forged"
    )


def test_without_javascript_a_scan_leads_back_with_its_sentence(visitor, clerk):
    token = token_of(visitor.take("A"))
    clerk.post("/counter/1/scan", {"code": token})
    assert "A001还在等候" in clerk.get("/counter/1").words()


def test_nobody_is_shown_by_name(visitor, clerk):
    visitor.take("A", phone_tail="6789")
    clerk.post("/counter/1/call-next")
    shown = clerk.get("/counter/1").text
    assert not re.search("(?<![0-9a-f])6789(?![0-9a-f])", shown)  # a stamp of the build may hold it
