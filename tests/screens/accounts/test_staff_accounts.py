"""The office's page of accounts."""

import pytest

from kiosk import spool
from kiosk.asked import Asked
from kiosk.services.tables import counter
from kiosk.spool.tables import print_job
from kiosk.staff.tables import staff, staff_change
from printing.printer_process import Setup
from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def holder(rows, number):
    return next(row["opened_by"] for row in rows(counter) if row["number"] == number)


def changes(rows):
    return [(row["staff_id"], row["by_staff_id"], row["what"], row["role"]) for row in rows(staff_change)][6:]


def test_who_is_added_logs_in_with_the_password_that_is_shown_once(app, admin, rows):
    page = admin.post("/admin/staff/new", {"name": " chuangkou ", "role": "clerk"}, 200)
    password = page.attribute("data-password")
    assert len(password) >= 12
    assert password not in admin.get("/admin/staff/7").text
    clerk = Visitor(app)
    clerk.log_in("chuangkou", password)
    assert clerk.get("/counter", 303).headers["Location"] == "/password"
    assert changes(rows) == [(7, 1, "added", "clerk")]


@pytest.mark.parametrize(
    ("name", "words"),
    [("clerk1", "已经有人用了"), ("", "用户名要"), ("two words", "用户名要"), ("x" * 33, "用户名要")],
)
def test_a_name_that_will_not_do_is_told_and_nobody_is_added(admin, rows, name, words):
    page = admin.post("/admin/staff/new", {"name": name, "role": "desk"}, 409)
    assert words in page.words()
    assert page.all(".//input[@value='desk'][@checked]")
    assert len(rows(staff)) == 6


@pytest.mark.parametrize("role", ["", "root", "ADMIN"])
def test_a_role_that_is_none_is_refused(admin, rows, role):
    admin.post("/admin/staff/new", {"name": "somebody", "role": role}, 400)
    admin.post("/admin/staff/2/role", {"role": role}, 400)
    assert len(rows(staff)) == 6


def test_the_list_tells_who_may_what_and_when_they_last_came(admin, clerk, clock):
    words = admin.get("/admin/staff").words()
    assert "clerk1窗口2026-11-23 09:00能用" in words
    assert "clerk2窗口还没有登录过能用" in words


def test_a_new_password_ends_the_old_one_and_its_sessions(app, admin, clerk, rows):
    password = admin.post("/admin/staff/2/password", {}, 200).attribute("data-password")
    clerk.get("/counter", 303)
    clerk.log_in("clerk1", "demo-clerk", 403)
    clerk.log_in("clerk1", password)
    assert changes(rows) == [(2, 1, "password_given", None)]


def test_another_role_holds_from_the_next_log_in(admin, clerk, rows):
    admin.post("/admin/staff/2/role", {"role": "clerk"})
    clerk.get("/counter")
    admin.post("/admin/staff/2/role", {"role": "viewer"})
    clerk.get("/counter", 303)
    clerk.log_in("clerk1", "demo-clerk")
    clerk.get("/counter", 403)
    assert changes(rows) == [(2, 1, "role", "viewer")]


def test_a_closed_account_is_out_at_once_and_comes_back_as_it_was(admin, clerk, rows):
    admin.post("/admin/staff/2/disable")
    clerk.get("/counter", 303)
    clerk.log_in("clerk1", "demo-clerk", 403)
    assert "已停用" in admin.get("/admin/staff").words()
    admin.post("/admin/staff/2/enable")
    clerk.log_in("clerk1", "demo-clerk")
    assert changes(rows) == [(2, 1, "disabled", None), (2, 1, "enabled", None)]
    assert "停用admin" in admin.get("/admin/staff/2").words()


def test_an_admin_logs_somebody_out_everywhere(admin, clerk, rows):
    admin.post("/admin/staff/2/log-out")
    clerk.get("/counter", 303)
    assert changes(rows) == [(2, 1, "logged_out", None)]


def test_the_last_admin_can_neither_be_closed_nor_made_something_else(admin, rows):
    for address, form in (("disable", {}), ("role", {"role": "clerk"})):
        page = admin.post(f"/admin/staff/1/{address}", form, 409)
        assert "最后一个" in page.words()
    admin.get("/admin/staff")
    assert changes(rows) == []


def test_from_what_the_last_admin_is_refused_one_goes_back_to_the_account(admin):
    before = {"Referer": "http://localhost/admin/staff/1"}
    page = admin.post("/admin/staff/1/disable", {}, 409, headers=before)
    assert page.all(".//a[@class='press press--main']")[0].get("href") == "/admin/staff/1"


@pytest.mark.parametrize("address", ["", "/password", "/role", "/disable", "/enable", "/log-out"])
def test_an_account_that_nobody_has_is_not_found(admin, address):
    if address:
        assert "没有这个账号" in admin.post(f"/admin/staff/99{address}", {"role": "clerk"}, 404).words()
    else:
        admin.get("/admin/staff/99", 404)


def test_a_closed_account_leaves_its_counter_and_the_hall_warns_of_who_waits(app, admin, clerk, rows):
    Visitor(app).take("A")
    clerk.post("/counter/1/open")
    assert "没有开着的窗口能办" not in admin.get("/hall").words()
    admin.post("/admin/staff/2/log-out")
    assert holder(rows, 1) == 2
    admin.post("/admin/staff/2/disable")
    assert holder(rows, 1) is None
    assert "没有开着的窗口能办" in admin.get("/hall").words()


def test_who_stood_before_a_closed_account_is_finished_by_the_next_colleague(app, admin, clerk, hall_tickets):
    Visitor(app).take("A")
    clerk.post("/counter/1/open")
    clerk.post("/counter/1/call-next")
    admin.post("/admin/staff/2/disable")
    assert [(row["status"], row["counter_number"]) for row in hall_tickets()] == [("called", 1)]
    admin.post("/counter/1/open")
    admin.post("/counter/1/start", {"ticket": "1"})
    admin.post("/counter/1/finish", {"ticket": "1"})
    assert [row["status"] for row in hall_tickets()] == ["served"]


@pytest.mark.parametrize("role", ["admin", "manager", "desk", "viewer"])
def test_another_role_keeps_its_counter_only_if_it_may_serve(app, admin, clerk, rows, role):
    clerk.post("/counter/1/open")
    admin.post("/admin/staff/2/role", {"role": role})
    clerk.log_in("clerk1", "demo-clerk")
    may_serve = clerk.client.get("/counter").status_code == 200
    assert (holder(rows, 1) == 2) == may_serve


def test_a_password_is_printed_once_where_no_picture_of_it_is_left(box, admin, rows, clock):
    page = admin.post("/admin/staff/new", {"name": "chuangkou", "role": "clerk"}, 200)
    assert not page.all(".//input[@name='slip']"), "the demo prints pictures"
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(clock(), 1), box.settings, Setup("tcp://127.0.0.1:9"))
    page = admin.post("/admin/staff/7/password", {}, 200)
    password, key = page.attribute("data-password"), page.value("slip")
    admin.post("/admin/staff/2/slip", {"slip": key}, 400)
    page = admin.post("/admin/staff/7/slip", {"slip": key}, 200)
    assert page.attribute("data-password") == password
    assert not page.all(".//input[@name='slip']")
    admin.post("/admin/staff/7/slip", {"slip": key}, 409)
    admin.post("/admin/staff/7/slip", {"slip": "x"}, 409)
    assert [row["kind"] for row in rows(print_job)] == ["first_password"]
    assert password not in str(rows(print_job))
    printers = admin.get("/printers").words()
    assert "chuangkou 登录密码 等着打印" in printers
    assert "补打" not in printers
