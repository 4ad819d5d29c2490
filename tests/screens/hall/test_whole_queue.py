"""Every verb of the hall through the screens: what is allowed works, everything else is a 409 that helps."""

import pytest

from kiosk import tickets
from kiosk.server import nightly
from kiosk.tickets.rules import MOVES, Status, Verb
from kiosk.tickets.tables import change, ticket
from tests.visitor import Visitor

HX = {"HX-Request": "true"}


TO = {
    Status.WAITING: [],
    Status.CALLED: ["call-next"],
    Status.SERVING: ["call-next", "start"],
    Status.SERVED: ["call-next", "start", "finish"],
    Status.CANCELLED: ["call-next", "cancel"],
    Status.HELD: ["call-next", "hold"],
    Status.NO_SHOW: ["call-next", "recall", "recall", "no-show"],
}


ROUTES = {
    "call": (Verb.CALL, {"reason": "身体不适"}),
    "recall": (Verb.RECALL, {}),
    "start": (Verb.START, {}),
    "finish": (Verb.FINISH, {}),
    "hold": (Verb.HOLD, {"kind": "fetch"}),
    "resume": (Verb.RESUME, {}),
    "rejoin": (Verb.REJOIN, {}),
    "transfer": (Verb.TRANSFER, {"service": "B"}),
    "no-show": (Verb.NO_SHOW, {}),
    "cancel": (Verb.CANCEL, {}),
}


@pytest.mark.parametrize("stands", TO)
def test_every_verb_in_a_wrong_state_answers_409_with_a_sentence_and_changes_nothing(
    visitor, clerk, clock, rows, stands
):
    visitor.take("A")
    for step in TO[stands]:
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}", {"kind": "fetch"} if step == "hold" else {})
    clock.forward(seconds=1)
    before = (rows(ticket), rows(change))
    wrong = [route for route, (verb, _) in ROUTES.items() if (stands, verb) not in MOVES]
    assert wrong
    for route in wrong:
        page = clerk.post(f"/counter/1/{route}", {"ticket": "1"} | ROUTES[route][1], 409)
        assert (rows(ticket), rows(change)) == before, route
        assert page.all(".//*[@role='status']/p/span"), f"{route}: the refusal says nothing"


def test_a_form_sent_twice_does_its_step_once(visitor, clerk, rows):
    visitor.take("A")
    visitor.take("A", another="1")
    after = clerk.get("/counter/1").value("after")
    clerk.post("/counter/1/call-next", {"after": after})
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/finish")
    page = clerk.post("/counter/1/call-next", {"after": after}, 409)  # the same press from the back button
    assert "页面不是最新的" in page.words()
    assert [row["status"] for row in rows(ticket)] == ["served", "waiting"]


def test_two_tabs_of_one_counter_do_one_step(visitor, clerk, status):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    first, second = clerk.get("/counter/1"), clerk.get("/counter/1")
    form = {"ticket": "1", "after": first.value("after"), "kind": "kept"}
    clerk.post("/counter/1/hold", form)
    clerk.post("/counter/1/cancel", {"ticket": "1", "after": second.value("after")}, 409)
    assert status() == "held"


def test_the_page_shows_who_is_on_hold_what_is_missing_and_who_goes_on(visitor, desk, status):
    visitor.take("B")
    desk.post("/counter/1/call-next")
    desk.post("/counter/1/start")
    desk.post("/counter/1/hold", {"kind": "fetch", "lacks": ["户口本", "1寸照片"], "note": "和老伴的"})
    page = desk.get("/counter/1")
    assert "缺：户口本、1寸照片、和老伴的" in page.words()
    assert "回家拿材料" in page.words()
    desk.post("/counter/2/resume", {"ticket": "1"})
    assert status() == "serving"


def test_kept_papers_are_refused_elsewhere_and_say_where(visitor, desk):
    visitor.take("A")
    desk.post("/counter/1/call-next")
    desk.post("/counter/1/hold", {"kind": "kept"})
    assert "材料在1号窗口" in desk.post("/counter/2/resume", {"ticket": "1"}, 409).words()


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("hold", {"kind": "sleep"}),
        ("hold", {}),
        ("pause", {"pause": "forever"}),
        ("continue", {"service": "B", "place": "roof"}),
        ("transfer", {"counter": "two"}),
        ("resume", {}),
        ("rejoin", {"ticket": "x"}),
        ("undo", {"after": "abc"}),
    ],
)
def test_a_form_that_the_page_does_not_offer_is_400(visitor, clerk, rows, verb, form):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    if verb == "pause":
        clerk.post("/counter/1/finish")
    before = rows(change)
    clerk.post(f"/counter/1/{verb}", form, 400)
    assert rows(change) == before


def test_a_counter_that_is_not_there_is_404_whatever_the_form_says(clerk):
    for form in ({}, {"ticket": "x"}, {"after": "x"}, {"counter": "x"}):
        clerk.post("/counter/99/call", form, 404)
        clerk.post("/counter/99/transfer", form, 404)


def test_undo_is_offered_for_ten_seconds_and_then_gone(visitor, clerk, clock, status):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    page = clerk.get("/counter/1")
    (poll,) = [element.get("hx-get") for element in page.all(".//div[@id='counter']")]
    assert "undo=1" in poll
    assert page.with_attribute("data-undo-s")
    clerk.get(poll, 204)
    clock.forward(seconds=11)
    assert not clerk.get(poll).with_attribute("data-undo-s")
    assert "不能撤销" in clerk.post("/counter/1/undo", {}, 409).words()
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/undo")
    assert status() == "called"


def test_a_pause_stands_on_the_board_and_calls_nobody(visitor, clerk, status):
    visitor.take("A")
    board = visitor.get("/board")
    (poll,) = [element.get("hx-get") for element in board.with_attribute("hx-get")]
    clerk.post("/counter/1/pause", {"pause": "lunch"})
    assert "1号窗口：午休" in visitor.get(poll).words()
    assert "正在暂停" in clerk.post("/counter/1/call-next", {}, 409).words()
    clerk.post("/counter/1/go-on")
    clerk.post("/counter/1/call-next")
    assert status() == "called"


def test_more_to_do_goes_on_with_the_same_number(visitor, clerk, rows):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/continue", {"ticket": "1", "service": "F", "place": "here"})
    page = clerk.get("/counter/1")
    assert page.attribute("data-state") == "serving"
    assert "医保参保缴费" in page.words()
    assert [row["service_code"] for row in rows(change)] == ["A", "A", "A", "A", "F"]


def test_scanning_at_the_counter_puts_who_missed_the_turn_back(visitor, clerk, clock, status):
    visitor.take("A")
    for step in TO[Status.NO_SHOW]:
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}")
    code = code_of(clerk, 1)
    page = clerk.post("/counter/1/scan", {"code": code}, 200, headers=HX)
    assert page.attribute("data-verdict") == "ok"
    assert "过号重排，前面有0人" in page.words()
    assert status() == "waiting"
    again = clerk.post("/counter/1/scan", {"code": code}, 200, headers=HX)
    assert again.attribute("data-verdict") == "look"


def code_of(clerk, ticket_id):
    """The code of a ticket's newest slip."""
    box = clerk.client.application.extensions["box"]
    with box.database.read() as tx:
        return tickets.ticket_token(tx, box.centre, ticket_id)


@pytest.mark.parametrize(("is_busy", "verdict", "then"), [(False, "ok", "serving"), (True, "ok", "waiting")])
def test_scanning_who_comes_back_with_papers(visitor, clerk, status, is_busy, verdict, then):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", {"kind": "fetch"})
    if is_busy:
        visitor.take("A", another="1")
        clerk.post("/counter/1/call-next")
    page = clerk.post("/counter/1/scan", {"code": code_of(clerk, 1)}, 200, headers=HX)
    assert page.attribute("data-verdict") == verdict
    assert status() == then


def test_scanning_kept_papers_elsewhere_says_where(visitor, desk, status):
    visitor.take("A")
    desk.post("/counter/1/call-next")
    desk.post("/counter/1/hold", {"kind": "kept"})
    page = desk.post("/counter/2/scan", {"code": code_of(desk, 1)}, 200, headers=HX)
    assert page.attribute("data-verdict") == "look"
    assert "1号窗口" in page.words()
    assert status() == "held"


def test_at_midnight_every_screen_that_polls_gets_the_new_day(visitor, clerk, clock, box):
    visitor.take("A")
    code = code_of(clerk, 1)
    polls = [
        element.get("hx-get")
        for address in ("/board", f"/t/{code}")
        for element in visitor.get(address).with_attribute("hx-get")
    ]
    for poll in polls:
        visitor.get(poll, 204)
    clock.forward(hours=15)
    assert "A001" not in visitor.get(polls[0]).words()
    visitor.get(polls[1])  # a date that may be wrong tells nobody that her number is over
    nightly.close_days(box)
    visitor.get(polls[1], 404)
    assert "A001" not in visitor.get("/board").words()


@pytest.fixture
def at_hours(box, compiled):
    """Somebody at the station of a centre with opening hours."""
    from dataclasses import replace

    from kiosk.app import create_app
    from kiosk.box import Box
    from kiosk.centre import open_centre

    settings = replace(
        box.settings, opening_hours="1-5 08:30-12:00 13:30-17:30", days_off="2026-11-26 社区搬家"
    )
    app = create_app(Box(open_centre(settings), box.database, box.clock))
    app.jinja_env.bytecode_cache = compiled
    return Visitor(app)


@pytest.mark.parametrize(
    ("days", "hours", "banner", "told", "english"),
    [
        (0, -2, "还没到取号时间08:30开始", "还没到取号时间，08:30开始", "from 08:30"),
        (0, 3.5, "现在是午休时间13:30开始", "现在是午休时间，13:30开始取号", "from 13:30"),
        (0, 9, "今天的取号时间过了明天（周二）8:30开始", "请明天（周二）8:30再来", "tomorrow (Tuesday) 8:30"),
        (
            3,
            0,
            "今天休息：社区搬家明天（周五）8:30开始",
            "今天社区搬家休息，请明天（周五）8:30再来",
            "社区搬家",
        ),
        (5, 0, "今天休息周一 8:30开始", "请周一 8:30再来", "Monday 8:30"),
    ],
)
def test_a_station_that_gives_no_numbers_says_why_and_when_it_will(
    at_hours, clock, days, hours, banner, told, english
):
    tap = at_hours.get("/services/A").value("tap")
    clock.forward(days=days, hours=hours)
    home = at_hours.get("/")
    assert banner in home.words()
    assert "要办什么事" not in home.words()
    assert home.attribute("data-say-now").startswith("resting ")
    assert all("tile--shut" in one.get("class") for one in home.all(".//nav/a") if "tile" in one.get("class"))
    page = at_hours.get("/services/A")
    assert told in page.words()
    assert not page.all(".//form[@action='/tickets']")
    assert told in at_hours.post("/tickets", {"service": "A", "tap": tap}, 409).words()
    at_hours.post("/language", {"lang": "en", "back": "/"})
    assert english in at_hours.get("/services/A").words()


def test_the_home_page_follows_opening_and_closing_by_itself(at_hours, clock):
    clock.forward(hours=-1)  # 08:00
    early = at_hours.get("/")
    poll = early.attribute("hx-get")
    assert "还没到取号时间" in early.words()
    assert at_hours.get(poll, status=204).status == 204
    clock.forward(minutes=31)
    opened = at_hours.get(poll)
    assert "还没到取号时间" not in opened.words()
    assert at_hours.get(opened.attribute("hx-get"), status=204).status == 204
    clock.forward(hours=9)  # 17:31
    assert "明天（周二）8:30开始" in at_hours.get(opened.attribute("hx-get")).words()
