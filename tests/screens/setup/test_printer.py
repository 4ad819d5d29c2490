"""The printer of the setup: looked for, measured, chosen."""

import pytest

from kiosk.screens.setup import printer as printer_screen
from kiosk.spool.tables import print_job, printer_setup

TCP = {"url": "tcp", "host": "192.168.1.50", "width_dots": "576"}


def test_without_a_printer_the_number_on_the_screen_must_do(admin, rows):
    page = admin.get("/setup/printer")
    assert page.all(".//input[@name='url'][@checked]")[0].get("value") == "off:"
    assert (
        admin.post("/setup/printer", {"url": "off:", "width_dots": "576"}).headers["Location"]
        == "/setup/staff"
    )
    assert [row["url"] for row in rows(printer_setup)] == ["off:"]


def test_a_printer_that_is_plugged_in_is_found_and_offered_first(admin, monkeypatch, rows):
    monkeypatch.setattr("kiosk.screens.setup.printer.usb_printers", lambda: ["/dev/usb/lp0"])
    page = admin.get("/setup/printer")
    assert page.all(".//input[@name='url'][@checked]")[0].get("value") == "device:/dev/usb/lp0"
    admin.post("/setup/printer", {"url": "device:/dev/usb/lp0", "width_dots": "384"})
    assert [(row["url"], row["width_dots"]) for row in rows(printer_setup)] == [("device:/dev/usb/lp0", 384)]
    page = admin.get("/setup/printer")
    assert page.all(".//option[@selected]")[0].get("value") == "384"
    assert "lp 组" in page.words(), "no such file can be written here"


def test_a_ruler_is_printed_before_anything_is_chosen_and_its_number_tells_the_width(admin, rows):
    shown = admin.post("/setup/printer", TCP | {"verb": "try"}).headers["Location"]
    assert [row["kind"] for row in rows(print_job)] == ["ruler"]
    page = admin.get(shown)
    assert page.with_attribute("data-trial-state")
    assert page.value("host") == "192.168.1.50"
    assert [(row["is_trial"], row["width_dots"]) for row in rows(printer_setup)] == [(True, 576)]
    setup_id = page.value("setup_id")
    assert "等着打印" in admin.get(f"/setup/printer/trial/{setup_id}").words()
    admin.get("/setup/printer/trial/999", 404)
    page = admin.post("/setup/printer", TCP | {"read": "7", "setup_id": setup_id}, 400)
    assert [one.get("id") for one in page.with_attribute("aria-invalid")] == ["read"]
    assert page.value("read") == "7"
    admin.post("/setup/printer", TCP | {"read": "48", "setup_id": setup_id})
    assert [(row["is_trial"], row["width_dots"]) for row in rows(printer_setup)][1:] == [(False, 384)]
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


def test_printers_of_the_network_are_looked_for_when_somebody_presses_and_offered(admin, monkeypatch, rows):
    asked = []

    def listening(hosts):
        asked.append(hosts)
        return ["192.168.1.50", "192.168.1.60"]

    monkeypatch.setattr("kiosk.screens.setup.printer.machine_names", lambda: ["box", "192.168.1.2"])
    monkeypatch.setattr("kiosk.screens.setup.printer.nearby.listening", listening)
    admin.get("/setup/printer")
    assert asked == []
    page = admin.get(admin.post("/setup/printer", {"verb": "search"}).headers["Location"])
    assert [len(hosts) for hosts in asked] == [253]
    offered = [one.get("value") for one in page.all(".//input[@name='url']")]
    assert offered == ["tcp://192.168.1.50", "tcp://192.168.1.60", "tcp", "off:"]
    admin.post("/setup/printer", {"url": "tcp://192.168.1.60", "width_dots": "576"})
    assert [row["url"] for row in rows(printer_setup)] == ["tcp://192.168.1.60"]
    assert "192.168.1.50" not in admin.get("/setup/printer").text.replace('placeholder="192.168.1.50"', "")


def test_a_search_that_found_nothing_says_what_to_look_at_and_a_second_at_once_waits(admin, monkeypatch):
    monkeypatch.setattr("kiosk.screens.setup.printer.found_on_network", list)
    page = admin.get(admin.post("/setup/printer", {"verb": "search"}).headers["Location"])
    assert "没有找到" in page.words()
    with printer_screen._searching:
        assert "已经在找了" in admin.post("/setup/printer", {"verb": "search"}, 409).words()
