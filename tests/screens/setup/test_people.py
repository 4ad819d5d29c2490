"""The secretary's card and the accounts of the setup."""

from kiosk.cards.tables import card_problem, contact_card
from kiosk.spool.tables import print_job
from kiosk.staff.tables import staff
from tests.visitor import Visitor

CARD = {
    "post": "社区书记", "post_en": "Secretary", "phone": "0000-2251001", "address": "一楼",
    "address_en": "Ground floor", "hours": "工作日", "hours_en": "Weekdays",
}  # fmt: skip


def test_the_card_is_made_once_and_changed_when_one_goes_back(admin, rows):
    assert admin.post("/setup/card", CARD).headers["Location"] == "/setup/printer"
    admin.post("/setup/card", CARD | {"phone": "0000-2251002"})
    assert [row["phone"] for row in rows(contact_card)] == ["0000-2251002"]
    assert admin.get("/setup/card").value("phone") == "0000-2251002"


def test_the_problems_that_are_ticked_lead_to_the_card_and_can_be_taken_away_again(admin, app, rows):
    page = admin.get("/setup/card")
    offered = [one.get("value") for one in page.all(".//input[@name='problem']")]
    ticked = [one.get("value") for one in page.all(".//input[@name='problem'][@checked]")]
    assert len(offered) == 20
    assert len(ticked) == 6
    wrong = admin.post("/setup/card", CARD | {"phone": "", "address": "", "problem": ["找工作"]}, 400)
    assert [one.get("value") for one in wrong.all(".//input[@name='problem'][@checked]")] == ["找工作"]
    admin.post("/setup/card", CARD | {"problem": [*ticked, "rubbish"]})
    admin.post("/setup/card", CARD | {"problem": [*ticked[:2], "找工作"]})
    admin.post("/setup/card", CARD | {"problem": [*ticked[:3], "找工作"]})
    standing = [row["zh"] for row in rows(card_problem) if row["retired_at"] is None]
    assert standing == ["下水道堵了", "停水、漏水", "停电了", "找工作"]
    page = admin.get("/setup/card")
    assert [one.get("value") for one in page.all(".//input[@name='problem'][@checked]")] == standing
    assert "看看是什么事" in Visitor(app).get("/cards").words()


def test_a_card_that_leads_to_nobody_is_told_and_may_come_later(admin, rows):
    assert admin.post("/setup/card", CARD | {"phone": "", "address": ""}, 400).with_attribute("aria-invalid")
    assert admin.post("/setup/card", {"verb": "later"}).headers["Location"] == "/setup/printer"
    assert rows(contact_card) == []


def test_each_of_the_staff_logs_in_with_the_password_that_is_shown_once(app, admin, rows):
    page = admin.post("/setup/staff", {"name0": "窗口1", "name2": "zhang", "role2": "manager"}, 200)
    passwords = {one.get("data-password"): one.text for one in page.with_attribute("data-password")}
    assert set(passwords) == {"窗口1", "zhang"}
    assert [(row["name"], row["role"], row["has_given_password"]) for row in rows(staff)][1:] == [
        ("窗口1", "clerk", True),
        ("zhang", "manager", True),
    ]
    clerk = Visitor(app)
    clerk.log_in("窗口1", passwords["窗口1"])
    assert clerk.get("/counter", 303).headers["Location"] == "/password"
    assert passwords["zhang"] not in admin.get("/setup/staff").text


def test_all_faults_are_told_at_their_lines_and_nobody_is_added(admin, rows):
    form = {"name0": "admin", "name1": "two words", "name2": "a", "name3": "a", "role3": "desk"}
    page = admin.post("/setup/staff", form, 400)
    assert {one.get("id") for one in page.with_attribute("aria-invalid")} == {"name0", "name1", "name3"}
    assert page.value("name1") == "two words"
    assert len(rows(staff)) == 1
    assert admin.post("/setup/staff", {}).headers["Location"] == "/setup/devices"


def test_the_passwords_are_printed_a_slip_for_each_when_the_printer_was_chosen_before(admin, rows):
    admin.post("/setup/printer", {"url": "tcp", "host": "127.0.0.1", "width_dots": "576"})
    page = admin.post("/setup/staff", {"name0": "窗口1", "name1": "窗口2"}, 200)
    keys = [one.get("value") for one in page.all(".//input[@name='slip']")]
    again = admin.post("/setup/staff/slips", {"slip": keys}, 200)
    told = [[one.text for one in shown.with_attribute("data-password")] for shown in (page, again)]
    assert told[0] == told[1]
    assert [row["kind"] for row in rows(print_job)] == ["first_password"] * 2
    assert not any(password in str(rows(print_job)) for password in told[0])
    admin.post("/setup/staff/slips", {"slip": keys}, 409)
    admin.post("/setup/staff/slips", {}, 409)
    assert len(rows(print_job)) == 2
