"""Points of OWASP's standard, level 1, that no other test tries: docs/security.md names the others."""

import logging
import re
from itertools import product

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.staff.rules import LONGEST_PASSWORD
from kiosk.staff.tables import staff as account
from tests.visitor import Visitor

LONG = "夜里 月亮 照着 🌙 老槐树 ".ljust(LONGEST_PASSWORD, "x")


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def test_of_the_longest_password_every_sign_counts_spaces_and_emoji_too(app, box, clock):
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), "long", staff.Role.CLERK, staff.hashed(LONG, "scrypt:128:8:1"))
    for wrong in (LONG[:-1], LONG + "x", LONG.replace("🌙", "🌚"), LONG.replace(" ", "")):
        Visitor(app).log_in("long", wrong, 403)
    Visitor(app).log_in("long", LONG)


@pytest.mark.parametrize("address", ["/log-in", "/password"])
def test_a_password_may_be_pasted_and_a_keeper_of_passwords_knows_its_field(clerk, address):
    for field in clerk.get(address).all(".//input[@type='password']"):
        assert field.get("autocomplete") in ("current-password", "new-password")
        assert int(field.get("maxlength")) > LONGEST_PASSWORD


def test_of_a_field_that_is_sent_twice_the_first_counts_and_one_that_no_form_has_is_nothing(admin, rows):
    body = "name=twice&name=other&role=viewer&role=admin&is_enabled=&has_given_password=&id=1"
    kind = "application/x-www-form-urlencoded"
    admin.client.post("/admin/staff/new", data=body, headers=admin.headers, content_type=kind)
    (made,) = (row for row in rows(account) if row.name in ("twice", "other"))
    assert (made.name, made.role, made.is_enabled, made.has_given_password) == ("twice", "viewer", True, True)


def test_no_other_methods_than_the_pages_own_do_anything(admin):
    addresses = ("/", "/admin/staff/1", "/tickets", "/log-in")
    for method, address in product(("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"), addresses):
        assert admin.client.open(address, method=method, headers=admin.headers).status_code == 405


def test_no_other_site_may_read_an_answer_and_none_tells_of_what_it_is_made(visitor):
    for address in ("/", "/board", "/healthz", "/events.ics", "/log-in", "/nowhere"):
        answer = visitor.client.get(address, headers={"Origin": "https://elsewhere.example"})
        names = {name.lower() for name, _ in answer.headers}
        assert not {name for name in names if name.startswith("access-control-")} | names & {"server", "via"}
        assert "werkzeug" not in str(answer.headers).lower()
        assert re.search("charset=utf-8|application/json", answer.headers["Content-Type"])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_fault_writes_what_was_sent_into_no_log_and_no_page(app, visitor, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(staff, "begin_attempt", broken)
    with caplog.at_level(logging.DEBUG):
        page = visitor.log_in("name-of-somebody", "a-private-password", 500)
    assert "broken" in caplog.text
    for private in ("name-of-somebody", "a-private-password"):
        assert private not in caplog.text + page.text
    assert "Traceback" not in page.text
