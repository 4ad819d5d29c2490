"""The touchscreen and the television of the setup."""

from kiosk.devices.tables import enrolment_code
from kiosk.sharing import LISTENS_AT
from tests.visitor import Visitor


def test_a_machine_is_let_in_by_six_digits_that_are_shown_once(app, admin, rows):
    code = admin.post("/setup/devices", {"kind": "board"}, 200).attribute("data-code")
    television = Visitor(app)
    assert television.post("/enrol", {"code": code}).headers["Location"] == "/board"
    assert "大厅的大屏" in admin.get("/setup/devices").words()
    assert rows(enrolment_code)[0]["used_at"] is not None
    assert admin.post("/setup/devices", {"kind": "done"}).headers["Location"] == "/setup/trial"
    admin.post("/setup/devices", {"kind": "desk"}, 400)


def test_a_server_that_listens_to_this_machine_alone_says_so_and_what_to_do(app, admin):
    told = "现在只有这台主机自己能用"
    try:
        for listens_at, is_told in (("127.0.0.1", True), ("::1", True), ("0.0.0.0", False)):  # noqa: S104
            app.extensions[LISTENS_AT] = listens_at
            for address in ("/setup/devices", "/admin/devices/codes"):
                page = admin.post(address, {"kind": "board", "name": f"屏{listens_at}"}, 200).words()
                assert (told in page, "http://localhost/enrol" in page) == (is_told, is_told), address
    finally:
        app.extensions.pop(LISTENS_AT)
