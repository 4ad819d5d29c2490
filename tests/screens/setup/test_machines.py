"""The touchscreen and the television of the setup."""

from kiosk.devices.tables import enrolment_code
from tests.visitor import Visitor


def test_a_machine_is_let_in_by_six_digits_that_are_shown_once(app, admin, rows):
    code = admin.post("/setup/devices", {"kind": "board"}, 200).attribute("data-code")
    television = Visitor(app)
    assert television.post("/enrol", {"code": code}).headers["Location"] == "/board"
    assert "大厅的大屏" in admin.get("/setup/devices").words()
    assert rows(enrolment_code)[0]["used_at"] is not None
    assert admin.post("/setup/devices", {"kind": "done"}).headers["Location"] == "/setup/trial"
    admin.post("/setup/devices", {"kind": "desk"}, 400)
