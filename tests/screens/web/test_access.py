"""Who may ask: foreign pages, hosts, bodies, and pages that need staff."""

import pytest

from kiosk.screens.web.access import is_ours, path_of_ours
from tests.every_address import every_address
from tests.visitor import ORIGIN, Visitor

TAKE = {"service": "A", "tap": "once"}


@pytest.mark.parametrize(
    ("fetch_site", "origin", "verdict"),
    [
        ("same-origin", "http://box:8000", True),
        ("same-origin", None, True),
        (None, "http://box:8000", True),
        (None, None, False),
        ("cross-site", "http://box:8000", False),
        ("same-site", None, False),
        ("none", None, False),
        ("same-origin", "http://box:9000", False),
        (None, "http://evil.example", False),
        (None, "null", False),
        (None, "http://box:8000.evil.example", False),
        (None, "http://[", False),
    ],
)
def test_only_our_own_pages_may_change_something(fetch_site, origin, verdict):
    assert is_ours(fetch_site, origin, "box:8000") is verdict


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("/services/A?for=other", True),
        ("//evil.example/", False),
        ("//[", False),
        ("/\\evil.example", False),
        ("https://evil.example/", False),
        ("javascript:alert(1)", False),
        ("/a\r\nSet-Cookie: x", False),
        ("", False),
    ],
)
def test_a_form_sends_nobody_elsewhere(address, is_kept):
    assert path_of_ours(address, "/") == (address if is_kept else "/")


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_a_foreign_page_takes_no_ticket(app, hall_tickets, origin):
    page = Visitor(app, origin).post("/tickets", TAKE, 403)
    assert page.all(".//a[@href='/']") or page.all(".//form[@action='/leave']")
    assert hall_tickets() == []


def test_every_route_that_changes_something_asks_where_it_came_from(app):
    stranger = Visitor(app, "http://evil.example")
    changing = [address for _, address in every_address("POST")]
    assert len(changing) > 100
    for address in changing:
        stranger.post(address, {}, 403)


def test_nothing_changes_by_get(app):
    for rule in app.url_map.iter_rules():
        assert not {"PUT", "DELETE", "PATCH"} & rule.methods
        if "POST" in rule.methods:
            assert "GET" not in rule.methods, f"{rule} both shows and changes"


def test_an_unknown_host_is_refused(app, hall_tickets):
    visitor = Visitor(app, "http://evil.example")
    answer = visitor.client.post(
        "/tickets", data=TAKE, headers=visitor.headers, base_url="http://evil.example"
    )
    assert answer.status_code == 400
    assert "<h1>" in answer.text
    assert hall_tickets() == []


def test_an_oversized_form_is_refused_with_a_page(visitor, hall_tickets):
    page = visitor.post("/tickets", TAKE | {"phone_tail": "1" * 70_000}, 413)
    assert page.heading() == "内容太大"
    assert hall_tickets() == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"service": "A"},
        {"tap": "x"},
        {"service": "A", "tap": ""},
        {"service": "A", "tap": "x" * 65},
        {"service": "A", "tap": "x", "phone_tail": "12a4"},
        {"service": "A", "tap": "x", "priority": "vip"},
    ],
)
def test_a_malformed_form_is_refused_with_a_page_that_leads_home(visitor, hall_tickets, form):
    page = visitor.post("/tickets", form, 400)
    assert page.heading() == "请再试一次"
    assert hall_tickets() == []


def test_a_body_that_is_no_form_is_refused(visitor, hall_tickets):
    answer = visitor.client.post(
        "/tickets", data=b"\xff\xfe{", headers=visitor.headers, content_type="text/plain"
    )
    assert answer.status_code == 400
    assert hall_tickets() == []


@pytest.mark.parametrize(
    "address", ["/counter", "/counter/1", "/counter/1/now", "/admin/cards", "/admin/cards/1"]
)
def test_staff_pages_ask_for_a_log_in(visitor, address):
    assert visitor.get(address, 303).headers["Location"].startswith("/log-in?next=")


def test_a_clerk_may_not_edit_cards_and_an_admin_may_do_everything(app):
    clerk, admin = Visitor(app), Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    admin.log_in("admin", "demo-admin")
    clerk.get("/admin/cards", 403)
    admin.get("/admin/cards")
    admin.get("/counter")


def test_the_desk_may_not_call(app):
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    desk.post("/counter/1/open", status=403)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor):
    cookie = visitor.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_forged_cookie_is_nobody(app):
    visitor = Visitor(app)
    visitor.client.set_cookie("linli", "eyJzdGFmZiI6MX0.aSDFGH.forged")
    visitor.get("/counter", 303)


def test_nothing_a_person_sees_stays_in_a_cache(visitor):
    for address in ("/", "/services/A", "/board", "/log-in"):
        assert visitor.get(address).headers["Cache-Control"] == "no-store"


def test_what_people_type_is_shown_as_text(app):
    page = Visitor(app).log_in("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', 403)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert ORIGIN not in page.text
