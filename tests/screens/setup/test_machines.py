"""The printer, the touchscreen and the television of the setup."""

import pytest

from kiosk.devices.tables import enrolment_code
from kiosk.spool.tables import print_job, printer_setup
from tests.visitor import Visitor

TCP = {"url": "tcp", "host": "192.168.1.50", "width_dots": "576"}


def test_without_a_printer_the_number_on_the_screen_must_do(admin, rows):
    page = admin.get("/setup/printer")
    assert page.all(".//input[@name='url'][@checked]")[0].get("value") == "off:"
    assert (
        admin.post("/setup/printer", {"url": "off:", "width_dots": "576"}).headers["Location"]
        == "/setup/devices"
    )
    assert [row["url"] for row in rows(printer_setup)] == ["off:"]


def test_a_printer_that_is_plugged_in_is_found_and_offered_first(admin, monkeypatch, rows):
    monkeypatch.setattr("kiosk.screens.setup.machines.usb_printers", lambda: ["/dev/usb/lp0"])
    page = admin.get("/setup/printer")
    assert page.all(".//input[@name='url'][@checked]")[0].get("value") == "device:/dev/usb/lp0"
    admin.post("/setup/printer", {"url": "device:/dev/usb/lp0", "width_dots": "384"})
    assert [(row["url"], row["width_dots"]) for row in rows(printer_setup)] == [("device:/dev/usb/lp0", 384)]
    assert admin.get("/setup/printer").all(".//option[@selected]")[0].get("value") == "384"


def test_a_test_page_is_printed_before_anything_is_chosen(admin, rows):
    shown = admin.post("/setup/printer", TCP | {"verb": "try"}).headers["Location"]
    assert len(rows(print_job)) == 1
    page = admin.get(shown)
    assert page.with_attribute("data-trial-state")
    assert page.value("host") == "192.168.1.50"
    assert [row["is_trial"] for row in rows(printer_setup)] == [True]
    admin.post("/setup/printer", TCP)
    assert admin.get("/setup/printer").value("host") == "192.168.1.50"


@pytest.mark.parametrize(
    "form",
    [
        {"url": ""}, {"url": "tcp", "host": ""}, {"url": "tcp", "host": "a b"},
        {"url": "tcp", "host": "x/../../y:z"},
        {"url": "device:/etc/passwd"}, {"url": "file:"}, {"url": "memory:"}, {"url": "cups://evil/x"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["try", "use"])
def test_what_was_not_found_and_is_no_address_is_refused(admin, rows, form, verb):
    page = admin.post("/setup/printer", form | {"width_dots": "576", "verb": verb}, 400)
    assert page.all(".//p[@role='alert']")
    assert rows(printer_setup) == rows(print_job) == []


def test_a_machine_is_let_in_by_six_digits_that_are_shown_once(app, admin, rows):
    code = admin.post("/setup/devices", {"kind": "board"}, 200).attribute("data-code")
    television = Visitor(app)
    assert television.post("/enrol", {"code": code}).headers["Location"] == "/board"
    assert "大厅的大屏" in admin.get("/setup/devices").words()
    assert rows(enrolment_code)[0]["used_at"] is not None
    assert admin.post("/setup/devices", {"kind": "done"}).headers["Location"] == "/setup/trial"
    admin.post("/setup/devices", {"kind": "desk"}, 400)
