"""The office's page of devices: codes in large type, names, putting one out."""

import pytest

from kiosk import devices
from kiosk.asked import Asked
from kiosk.devices import Kind
from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def test_a_code_made_in_the_office_lets_a_machine_in_and_is_shown_once(admin, app, box):
    page = admin.post("/admin/devices/codes", {"kind": "station", "name": "门口的"}, 200)
    code = page.attribute("data-code")
    assert f"{code[:3]} {code[3:]}" in page.words()
    listed = admin.get("/admin/devices")
    assert code not in listed.text
    assert "还没用的开通码" in listed.words()
    Visitor(app).post("/enrol", {"code": code})
    listed = admin.get("/admin/devices")
    assert "门口的" in listed.words()
    assert "还没用的开通码" not in listed.words()
    with box.database.read() as tx:
        (one,) = devices.devices(tx)
    assert one.enrolled_by is not None


def test_a_start_address_made_in_the_office_is_shown_once(admin, app):
    page = admin.post("/admin/devices/starts", {"kind": "station"}, 200)
    address = "".join(page.with_attribute("data-start")[0].itertext())
    assert address.startswith("http://127.0.0.1")
    assert address not in admin.get("/admin/devices").text
    at_box = Visitor(app)
    at_box.get("/" + address.split("/", 3)[3], 303)
    assert at_box.client.get_cookie("linli_device")


def test_a_device_gets_another_name_and_is_put_out(admin, box, clock):
    with box.database.write() as tx:
        let_in = devices.add_with_start(tx, Asked(clock(), 1), Kind.BOARD, "大屏")
    admin.post(f"/admin/devices/{let_in.id}", {"name": "西墙的"})
    assert "西墙的" in admin.get("/admin/devices").words()
    admin.post(f"/admin/devices/{let_in.id}/revoke")
    page = admin.get("/admin/devices")
    assert "停用了" in page.words()
    assert page.all(".//li[@data-device]")[0].get("class").endswith("device--out")
    admin.post("/admin/devices/99", {"name": "x"}, 404)
    admin.post("/admin/devices/99/revoke", {}, 404)


def test_a_kind_that_no_page_offers_makes_no_code(admin, box):
    admin.post("/admin/devices/codes", {"kind": "printer"}, 400)
    admin.post("/admin/devices/codes", {}, 400)
    with box.database.read() as tx:
        assert devices.open_codes(tx, box.now()) == ()


@pytest.mark.parametrize(("name", "told"), [("名" * 41, "太长了"), ("门口😀", "表情图"), (" \t", "请填写")])
def test_a_name_that_no_screen_shows_is_told_at_its_field_and_nothing_is_kept(admin, box, clock, name, told):
    with box.database.write() as tx:
        let_in = devices.add_with_start(tx, Asked(clock(), 1), Kind.BOARD, "大屏")
    page = admin.post(f"/admin/devices/{let_in.id}", {"name": name}, 400)
    (field,) = page.with_attribute("aria-invalid")
    assert (field.get("id"), field.get("value")) == (f"name-{let_in.id}", name.strip())
    if name.strip():  # a new machine without a name is called by its kind
        for way in ("codes", "starts"):
            page = admin.post(f"/admin/devices/{way}", {"kind": "board", "name": name}, 400)
            assert told in page.words()
            assert page.attribute("selected") == ""
    with box.database.read() as tx:
        assert [one.name for one in devices.devices(tx)] == ["大屏"]
        assert devices.open_codes(tx, box.now()) == ()


def test_too_many_unused_codes_are_refused_with_what_to_do(admin):
    for _ in range(8):
        admin.post("/admin/devices/codes", {"kind": "desk"}, 200)
    assert "请先用掉" in admin.post("/admin/devices/codes", {"kind": "desk"}, 409).words()


@pytest.mark.parametrize("name", ["clerk1", "desk"])
def test_devices_are_the_admins_alone(app, name):
    member = Visitor(app)
    member.log_in(name, "demo-clerk" if name == "clerk1" else "demo-desk")
    member.get("/admin/devices", 403)
    member.post("/admin/devices/codes", {"kind": "station"}, 403)


def test_the_page_of_a_code_names_an_address_that_another_machine_can_reach(admin):
    """At the box itself the office is opened by 127.0.0.1, which is another machine's own name for itself."""
    words = admin.post("/admin/devices/codes", {"kind": "board"}, 200).words()
    (address,) = [word for word in words.split() if word.startswith("http") and "/enrol" in word]
    assert "127.0.0.1" not in address
    assert "localhost" not in address
