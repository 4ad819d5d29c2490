"""The first page of a new centre, and who may go past it."""

import pytest

from kiosk import concerns, setup
from kiosk.asked import Asked
from kiosk.setup import Step
from kiosk.staff import Role, add_staff, disable, hashed, set_password
from kiosk.staff.tables import staff
from tests.every_address import every_address
from tests.visitor import Visitor


@pytest.fixture
def stranger(app):
    """Somebody else on the centre's network."""
    stranger = Visitor(app)
    stranger.client.environ_base["REMOTE_ADDR"] = "192.168.1.77"
    return stranger


def test_every_page_leads_to_the_first_one_until_there_is_an_administrator(app, visitor):
    """A page of staff by the log-in, which leads there too."""
    for view, address in every_address():
        if view.startswith(("setup.begin", "public.health")):
            continue
        answer = visitor.client.get(address)
        assert answer.status_code == 303, view
        assert answer.headers["Location"].startswith(("/setup", "/log-in?next=")), view
    assert visitor.get("/log-in", 303).headers["Location"] == "/setup"
    assert visitor.get("/healthz").status == 200
    assert visitor.get("/board/now?v=0", 204, **{"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert visitor.get("/nowhere", 303).headers["Location"] == "/setup"
    assert visitor.post("/tickets", {"service": "A", "tap": "t"}).headers["Location"] == "/setup"


def test_at_the_box_the_code_stands_on_the_screen_and_elsewhere_it_is_asked_for(app, visitor, stranger, box):
    shown = setup.code_of(box.database).shown
    assert visitor.get("/setup").attribute("data-setup-code") == shown
    page = stranger.get("/setup")
    assert shown not in page.text
    assert shown.replace(" ", "") not in page.text
    stranger.post("/setup/code", {"code": shown.replace(" ", "")})
    assert stranger.get("/setup").value("name") == "admin"


def test_without_the_code_nobody_becomes_administrator(stranger, rows):
    assert stranger.post("/setup/admin", {"name": "evil", "password": "correct horse battery"}).status == 303
    assert rows(staff) == []


def test_after_five_wrong_codes_none_opens_and_a_new_one_is_had_at_the_box_alone(app, visitor, stranger, box):
    code = setup.code_of(box.database)
    first, wrong = code.shown, "000000" if code.shown != "000 000" else "111111"
    for _ in range(5):
        stranger.post("/setup/code", {"code": wrong}, 409)
    stranger.post("/setup/code", {"code": first}, 409)
    assert "请到主机上打开这一页" in stranger.get("/setup").words()
    stranger.post("/setup/new-code", status=409)
    assert code.shown == first
    visitor.post("/setup/new-code")
    stranger.post("/setup/code", {"code": code.shown})


def test_the_first_administrator_is_logged_in_and_the_door_is_shut_behind_her(
    app, admin, stranger, rows, box
):
    (one,) = rows(staff)
    assert (one["name"], one["role"], one["has_given_password"]) == ("admin", "admin", False)
    assert admin.get("/setup").heading() == "准备这个中心"
    for address in ("/setup/code", "/setup/admin", "/setup/new-code"):
        stranger.post(
            address, {"code": setup.code_of(box.database).shown, "name": "b", "password": "x" * 20}, 409
        )
    assert len(rows(staff)) == 1
    assert "/log-in?next=" in stranger.get("/setup", 303).headers["Location"]


def test_of_two_who_gave_the_code_one_becomes_administrator(app, rows):
    first, second = Visitor(app), Visitor(app)
    for one in (first, second):
        one.post("/setup/code", {"code": one.get("/setup").value("code")})
    first.post("/setup/admin", {"name": "a", "password": "a long enough one"})
    second.post("/setup/admin", {"name": "b", "password": "a long enough one"}, 409)
    assert [one["name"] for one in rows(staff)] == ["a"]


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("", "a long enough one", "用户名要"),
        ("two words", "a long enough one", "用户名要"),
        ("admin", "short", "密码太短"),
        ("admin", "common but long", "别人容易猜中"),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_the_rest_is_kept(visitor, rows, name, password, words):
    visitor.post("/setup/code", {"code": visitor.get("/setup").value("code")})
    page = visitor.post("/setup/admin", {"name": name, "password": password}, 409)
    assert words in page.words()
    assert page.value("name") == name
    assert rows(staff) == []


def test_a_wrong_name_and_a_weak_password_are_told_at_once(visitor, rows):
    visitor.post("/setup/code", {"code": visitor.get("/setup").value("code")})
    page = visitor.post("/setup/admin", {"name": "书记😀", "password": "short"}, 409)
    assert [one.get("name") for one in page.with_attribute("aria-invalid")] == ["name", "password"]
    assert rows(staff) == []


def test_a_centre_made_by_the_command_is_led_to_the_same_steps_until_its_hall_is_furnished(app, admin):
    (told,) = admin.get("/admin/staff").with_attribute("data-no-hall")
    assert (told.tag, told.get("aria-label")) == ("aside", "大厅还没有准备好。")  # a landmark of its own
    assert admin.get("/").with_attribute("data-empty")
    admin.post("/setup/counters", {"count": "2"})
    admin.post("/setup/services", {"service": ["A01", "B02"]})
    assert not admin.get("/admin/staff").with_attribute("data-no-hall")
    assert not admin.get("/").with_attribute("data-empty")


def test_an_admin_of_an_empty_hall_begins_at_the_setup_and_not_at_no_counter(box, admin):
    admin.post("/log-out")
    password = "quite another long one 7"
    with box.database.write() as tx:
        set_password(tx, Asked(box.now()), 1, hashed(password))
    assert admin.log_in("admin", password).headers["Location"] == "/setup"


def test_a_new_centre_is_told_that_nobody_takes_on_what_residents_say_until_somebody_is_named(box, admin):
    def told(address):
        return [one.get("data-nobody") for one in admin.get(address).with_attribute("data-nobody")]

    assert told("/setup") == []  # there is more to do first
    for step in Step:
        with box.database.write() as tx:
            setup.note_done(tx, Asked(box.now(), 1), step)
    for address in ("/setup", "/admin/concerns"):
        assert told(address) == ["named", "sealed"]
    hrefs = [one.get("href") for one in admin.get("/setup").all(".//*[@data-nobody]//a")]
    assert hrefs == ["/admin/concerns/routing", "/admin/staff/new"]
    with box.database.write() as tx:
        street = add_staff(tx, Asked(box.now(), 1), "street", Role.STREET, hashed("x" * 20))
        lead = add_staff(tx, Asked(box.now(), 1), "shuji", Role.SECRETARY, hashed("x" * 20))
    assert told("/setup") == ["named"]
    admin.post("/admin/concerns/routing", {"owner-lights": str(street)})
    assert told("/setup") == []
    with box.database.write() as tx:
        disable(tx, Asked(box.now(), 1), lead)
    assert told("/admin/concerns") == ["sealed"]
    with box.database.read() as tx:
        sealed = [code for code, plan in concerns.category_plans(tx) if plan.is_sealed]
    admin.post("/admin/concerns/routing", {f"owner-{code}": str(street) for code in sealed})
    assert told("/admin/concerns") == []


def test_who_may_go_first_and_the_places_are_named_at_the_end_and_the_station_does_well_without(box, admin):
    admin.post("/setup/counters", {"count": "2"})
    admin.post("/setup/services", {"service": ["A01"]})
    admin.get("/")  # the box itself becomes the station
    later = ("/admin/priorities", "/admin/concerns#places-title")

    def named() -> list[str]:
        return [one.get("href") for one in admin.get("/setup").all(".//main//a") if one.get("href") in later]

    assert named() == []  # there is more to do first
    for step in Step:
        with box.database.write() as tx:
            setup.note_done(tx, Asked(box.now(), 1), step)
    assert named() == [*later]
    for address in ("/services/A01", "/services/A01?step=priority&priority=elder"):
        station = admin.get(address)
        assert "优先" not in station.words()
        assert station.all(".//form[@id='take']")
    assert admin.get("/concerns/new?category=lights").heading() == "还要说什么吗？"
    assert not admin.get("/concerns/new?category=lights&inside=7").all(".//nav[@class='tiles']")
    admin.post("/admin/priorities", {"name": "老人", "name_en": "The old", "head_start_min": "15"})
    admin.post("/admin/concerns/places", {"name": "一号院", "name_en": "Compound 1"})
    assert named() == []
