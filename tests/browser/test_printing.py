"""When nothing comes out of the printer: the station says so aloud, staff see it and choose another."""

import socket

import pytest

from script.benches._hall import Client
from tests.browser.conftest import TALL, log_in, touch, until
from tests.browser.panels import judge_panels
from tests.printing.fake_printer import FakePrinter

NOTE_WHAT_IS_PLAYED = """
  window.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    window.played.push(this.src.replace(/.*[/]|[.]mp3/g, ''));
    return play.call(this);
  };
"""
WITHOUT_SLIP = ["taken_without_slip", "group-a", "row-001"]
CLERK = {"width": 1366, "height": 768}


@pytest.fixture
def server(serving, tmp_path):
    """A station whose printer is switched off."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with serving(tmp_path / "data", printer=f"tcp://127.0.0.1:{nobody.getsockname()[1]}") as running:
            yield running


def test_a_slip_that_does_not_come_is_spoken_of_with_the_number(server, browse):
    page = browse()
    page.add_init_script(NOTE_WHAT_IS_PLAYED)
    page.goto(f"{server.origin}/services/A")
    touch(page, "form[action='/tickets'] button")
    page.wait_for_selector("#slip[data-print-state=printing]")
    assert page.get_attribute("body", "data-say") == "taken"
    page.wait_for_selector("#slip[data-print-state=failed]", timeout=4000)
    assert page.get_attribute("body", "data-say") == "taken_without_slip"
    until(page, "!document.documentElement.hasAttribute('data-speaking')", 25)
    played = page.evaluate("played")
    said = played[played.index("taken_without_slip") :]
    assert said[: len(WITHOUT_SLIP) + 1] == [*WITHOUT_SLIP, "ahead-none"]


def test_a_number_lies_on_every_panel_of_a_station_that_has_no_printer(serving, unseen_chromium, tmp_path):
    page, faults = unseen_chromium.new_page(viewport=TALL), []
    with serving(tmp_path / "off", printer="off:") as station:
        number = Client(station).take("A")
        for lang in ("zh", "en"):
            headers, ask = {"Origin": station.origin}, page.context.request.post
            ask(f"{station.origin}/language", form={"lang": lang}, headers=headers)
            said = {"category": "lights", "tap": lang}
            told = ask(f"{station.origin}/concerns", form=said, headers=headers, max_redirects=0)
            for address in ("/", "/lost", number, f"{number}/help", told.headers["location"]):
                page.goto(station.origin + address)
                faults += judge_panels(page, f"{address} in {lang}")
        page.close()
    assert faults == []


def test_a_clerk_sees_it_without_asking_and_is_rid_of_it_once_it_is_told(server, browse):
    page = browse("/log-in?next=/counter", viewport=CLERK)
    log_in(page)
    page.locator("form[action='/counter/1/open'] button:not([name])").click()
    page.wait_for_selector("#counter[data-state=free]")
    station = browse("/services/A")
    touch(station, "form[action='/tickets'] button")
    page.wait_for_selector("a.alarm:has-text('A001的小票还没打出来')", timeout=8000)
    page.locator("a.alarm").click()
    page.wait_for_selector("[data-printer-state=offline]")
    page.locator("form[action='/printers/jobs/1/told'] button").click()
    page.wait_for_selector(".told--ok")
    assert page.locator("[data-missed]").count() == 0


@pytest.mark.alone  # the slip has two seconds here too
def test_another_printer_is_tried_and_then_used_without_a_restart(server, browse):
    printer = FakePrinter("ok")
    page = browse("/log-in?next=/admin/printer", viewport=CLERK)
    log_in(page, "admin", "demo-admin")
    page.wait_for_url("**/admin/printer*")
    page.fill("[name=host]", "127.0.0.1")
    page.fill("[name=port]", str(printer.port))
    page.locator("button[formaction='/admin/printer/trial']").click()
    page.wait_for_selector("[data-trial-state=printed]", timeout=15000)
    assert len(printer.slips) == 1
    assert page.input_value("[name=port]") == str(printer.port)
    page.locator("button.press--main").click()
    page.wait_for_selector(".told--ok:has-text('保存好了')")
    station = browse("/services/A")
    touch(station, "form[action='/tickets'] button")
    station.wait_for_selector("#slip[data-print-state=printed]", timeout=8000)
    assert len(printer.slips) == 2
    page.goto(f"{server.origin}/printers")
    page.wait_for_selector("[data-printer-state=ready]", timeout=8000)
    printer.close()
