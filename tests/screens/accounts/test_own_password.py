"""Everybody's own password."""

import pytest

from kiosk import staff
from kiosk.asked import Asked
from tests.visitor import Visitor

GIVEN, NEW = "given-to-her", "three-ducks-on-a-roof"
CHEAP = "scrypt:128:8:1"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """What is common is judged in tests/staff/test_passwords.py, by a process that takes half a second."""
    monkeypatch.setattr("kiosk.staff.passwords._is_common", lambda text, known: text == "common-common")


@pytest.fixture
def newcomer(app, box, clock) -> Visitor:
    """Somebody who was given a password and has logged in with it."""
    with box.database.write() as tx:
        kept = staff.hashed(GIVEN, CHEAP, is_given=True)
        staff.add_staff(tx, Asked(clock()), "chuangkou", staff.Role.CLERK, kept)
    newcomer = Visitor(app)
    newcomer.log_in("chuangkou", GIVEN)
    return newcomer


def typed(old=GIVEN, new=NEW, again=None):
    return {"old": old, "new": new, "again": new if again is None else again}


def test_with_a_given_password_every_page_leads_to_choosing_an_own_one(newcomer):
    for address in ("/counter", "/counter/1", "/hall", "/printers", "/desk"):
        assert newcomer.get(address, 303).headers["Location"] == "/password"
    assert newcomer.post("/counter/1/open").headers["Location"] == "/password"
    assert "别人给的" in newcomer.get("/password").words()
    newcomer.get("/")


def test_after_choosing_one_the_work_begins(newcomer):
    assert newcomer.post("/password", typed()).headers["Location"] == "/counter"
    assert "密码改好了" in newcomer.get("/counter").words()
    assert "密码改好了" not in newcomer.get("/counter").words()
    again = Visitor(newcomer.client.application)
    again.log_in("chuangkou", GIVEN, 403)
    again.log_in("chuangkou", NEW)
    again.get("/counter")


def test_a_new_password_ends_every_other_session(app, newcomer):
    elsewhere = Visitor(app)
    elsewhere.log_in("chuangkou", GIVEN)
    before = newcomer.client.get_cookie("linli_staff").value
    newcomer.post("/password", typed())
    elsewhere.get("/counter", 303)
    assert newcomer.client.get_cookie("linli_staff").value != before
    newcomer.get("/counter")


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        (typed(old="wrong"), 403, "名字或密码不对"),
        (typed(again="something else"), 409, "两次写的不一样"),
        (typed(new="short"), 409, "至少要12个字符"),
        (typed(new="x" * 129), 409, "最多128个字符"),
        (typed(new=GIVEN), 409, "和现在的一样"),
        (typed(new="chuangkou2026"), 409, "几乎只有用户名"),
        (typed(new="社区党群服务中心2026!"), 409, "几乎只有用户名"),
        (typed(new="common-common"), 409, "很多人用"),
        ({}, 409, "和现在的一样"),
    ],
)
def test_a_password_that_will_not_do_is_told_beside_its_field(newcomer, form, status, words):
    page = newcomer.post("/password", form, status)
    assert words in page.words()
    (field,) = page.all(".//input[@aria-invalid='true']")
    assert page.all(f".//*[@id='{field.get('aria-describedby')}']")
    for secret in form.values():
        assert not secret or secret not in page.text
    newcomer.get("/counter", 303)


def test_a_password_from_before_the_rule_goes_on(clerk):
    assert "别人给的" not in clerk.get("/password").words()
    clerk.get("/counter")


def test_one_logs_out_everywhere_oneself(app, clerk):
    elsewhere = Visitor(app)
    elsewhere.log_in("clerk1", "demo-clerk")
    assert clerk.post("/password/log-out-everywhere").headers["Location"] == "/log-in"
    clerk.get("/counter", 303)
    elsewhere.get("/counter", 303)


def test_a_stranger_is_led_to_the_log_in(visitor):
    assert visitor.post("/password", typed()).headers["Location"].startswith("/log-in")
