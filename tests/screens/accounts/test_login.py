"""Logging in and out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk import staff
from kiosk.app import create_app
from kiosk.box import Box
from kiosk.centre import open_centre
from kiosk.staff import passwords
from kiosk.staff.rules import IDLE, LONGEST, Role
from kiosk.staff.tables import log_in_attempt, staff_session
from tests.visitor import Visitor

COOKIE = "linli_staff"
POLL = {"HX-Request": "true"}


@pytest.fixture
def copied(app):
    """Takes the cookie of a browser into another one."""

    def copied(visitor: Visitor) -> Visitor:
        other = Visitor(app)
        other.client.set_cookie(COOKIE, visitor.client.get_cookie(COOKIE).value)
        return other

    return copied


@pytest.fixture
def elsewhere(app) -> Visitor:
    """Somebody with a laptop of the centre's network."""
    elsewhere = Visitor(app)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.168.1.77"
    return elsewhere


def test_a_wrong_password_is_told_on_the_form_and_too_many_cost_a_wait(elsewhere, clock):
    for _ in range(5):
        page = elsewhere.log_in("clerk1", "wrong", 403)
    assert "名字或密码不对" in page.words()
    page = elsewhere.log_in("clerk1", "demo-clerk", 429)
    assert "请等10秒" in page.words()
    assert page.headers["Retry-After"] == "10"
    assert page.attribute("data-wait-s") == "10"
    assert page.all(".//button[@lang='en']"), "also on the answer to a form"
    clock.forward(seconds=10)
    elsewhere.log_in("clerk1", "demo-clerk")


def test_on_the_box_itself_nobody_waits_and_a_proxy_there_is_not_the_box(app):
    at_box, proxied = Visitor(app), Visitor(app)
    proxied.headers["X-Forwarded-For"] = "203.0.113.9"
    for _ in range(5):
        at_box.log_in("clerk1", "wrong", 403)
        proxied.log_in("clerk1", "wrong", 403)
    assert "请等10秒" in proxied.log_in("clerk1", "demo-clerk", 429).words()
    at_box.log_in("clerk1", "demo-clerk")


def test_when_too_many_are_logging_in_the_next_is_told_at_once_and_nothing_is_counted(
    visitor, rows, monkeypatch
):
    monkeypatch.setattr(passwords, "_TURNS", passwords._Turns(0))
    page = visitor.log_in("clerk1", "demo-clerk", 429)
    assert rows(log_in_attempt) == []
    assert "过几秒" in page.words()
    assert page.headers["Retry-After"] == "2"


def test_logging_in_leads_back_to_where_one_was_going_but_never_elsewhere(app):
    visitor = Visitor(app)
    form = {"name": "clerk1", "password": "demo-clerk"}
    assert visitor.post("/log-in", form | {"next": "/counter/2"}).headers["Location"] == "/counter/2"
    assert visitor.post("/log-in", form | {"next": "//evil.example"}).headers["Location"] == "/counter"


def test_logging_out_ends_it(app):
    visitor = Visitor(app)
    visitor.log_in("clerk1", "demo-clerk")
    visitor.get("/counter")
    visitor.post("/log-out")
    assert visitor.client.get_cookie(COOKIE) is None
    visitor.get("/counter", 303)


def test_the_button_asks_first_while_a_counter_is_open(app, visitor, clerk):
    visitor.take("B")
    clerk.post("/counter/1/call-next")
    assert clerk.post("/log-out", {"asks": "1"}).headers["Location"] == "/log-out"
    page = clerk.get("/log-out")
    assert "1号窗口还开着，B001还没有办完" in page.words()
    assert "关掉窗口，退出" not in page.words()
    clerk.post("/log-out", {"close": "1"}, 409)
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/finish")
    assert "关掉窗口，退出" in clerk.get("/log-out").words()
    clerk.post("/log-out", {"close": "1"})
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    assert "没有人" in other.get("/counter").words()
    assert other.post("/log-out", {"asks": "1"}).headers["Location"] == "/log-in"
    assert other.get("/log-out", 303).headers["Location"] == "/log-in"


def test_a_copied_cookie_is_dead_after_log_out(clerk, copied):
    thief = copied(clerk)
    thief.get("/counter")
    clerk.post("/log-out")
    thief.get("/counter", 303)
    thief.post("/counter/1/call-next", {}, 303)
    assert thief.get("/counter", 303).headers["Location"].startswith("/log-in")


def test_logging_in_gives_a_new_session_and_ends_the_one_that_lay_there(app, clerk, copied):
    planted = copied(clerk)
    planted.log_in("desk", "demo-desk")
    assert planted.client.get_cookie(COOKIE).value != clerk.client.get_cookie(COOKIE).value
    clerk.get("/counter", 303)
    planted.get("/desk")


def test_a_signed_cookie_of_an_earlier_version_logs_nobody_in(app, visitor):
    with visitor.client.session_transaction() as chosen:
        chosen["staff"] = 1
    visitor.get("/counter", 303)


def test_a_session_that_was_left_asks_for_the_password_and_leads_back(clerk, clock):
    clock.at += IDLE[Role.CLERK]
    assert clerk.get("/counter/1", 303).headers["Location"] == "/log-in?next=/counter/1?"


def test_presses_keep_a_session_and_a_page_that_asks_by_itself_does_not(app, clerk, copied, clock):
    alone = Visitor(app)
    alone.log_in("clerk2", "demo-clerk")
    alone.post("/counter/2/open")
    for _ in range(3):
        clock.at += IDLE[Role.CLERK] / 2 - timedelta(seconds=1)
        clerk.get("/counter/1")
        alone.client.get("/counter/2/now", headers=POLL)
    clerk.get("/counter/1")
    alone.get("/counter/2", 303)


def test_a_page_whose_session_has_ended_loads_itself_and_holds_no_log_in_within_it(clerk, clock):
    clock.at += LONGEST
    answer = clerk.client.get("/counter/1/now", headers=POLL)
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.data) == (204, "true", b"")


def test_pages_of_residents_write_nothing_about_staff(clerk, clock, rows):
    before = [dict(row) for row in rows(staff_session)]
    clock.forward(hours=1)
    for address in ("/", "/services/A", "/board", "/log-in"):
        clerk.get(address)
    assert [dict(row) for row in rows(staff_session)] == before
    clerk.get("/counter/1")
    assert [row["used_at"] for row in rows(staff_session)] == [clock()]


def test_where_nothing_can_be_kept_staff_still_see_their_pages(clerk, clock, box, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    clock.forward(hours=1)
    monkeypatch.setattr("kiosk.staff.note_use", full)
    monkeypatch.setattr("kiosk.screens.web.access.cannot_keep", lambda fault: isinstance(fault, OSError))
    clerk.get("/counter/1")


def test_the_passwords_that_everybody_knows_open_no_real_centre_and_are_not_given_there(box):
    real = Box(open_centre(replace(box.settings, is_demo=False)), box.database, box.clock)
    visitor = Visitor(create_app(real))
    assert "名字或密码不对" in visitor.log_in("clerk1", "demo-clerk", 403).words()
    for password in ("demo-clerk", " Demo-Admin"):
        with pytest.raises(staff.PasswordTooShort):
            staff.check_choice(password, ())
