"""A rating by touch: the tablet at a window that asks by itself, and a slip at the station."""

import re

from script.benches._hall import Client
from tests.browser.conftest import TALL, touch
from tests.browser.examiner import axe
from tests.browser.panels import judge_panels

TABLET = {"width": 1280, "height": 800}


def clerk_of(server) -> Client:
    clerk = Client(server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")
    clerk.post("/counter/1/open")
    return clerk


def serve(clerk) -> str:
    """Serve somebody at window 1 to the end; the code of the slip."""
    code = re.findall(r"[0-9]{24}", clerk.take("A"))[0]
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    return code


def test_a_tablet_asks_when_a_visit_is_over_and_takes_a_face_and_a_reason(server, browse):
    clerk = clerk_of(server)
    page = browse("/rate", viewport=TABLET)
    page.locator("a", has_text="1号窗口").tap()
    page.wait_for_selector("[data-stand=idle]")
    assert axe(page) == []
    serve(clerk)
    page.wait_for_selector("[data-stand=asking]", timeout=3000)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= TABLET["height"]
    page.locator(".face-press[value='2']").tap()
    page.wait_for_selector("[data-stand=why]")
    assert axe(page) == []
    page.locator(".chip-press[value='slow']").tap()
    page.wait_for_selector("[data-screen=rate-callback]")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= TABLET["height"]
    page.locator(".chip-press", has_text="留电话").last.tap()
    for key in "13800001234":
        page.locator(f"[data-pad-key='{key}']").tap()
    page.locator("button", has_text="就是这个").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= TABLET["height"]
    page.locator("button", has_text="就是这个").tap()
    page.wait_for_selector("text=一个工作日内打给您")


def test_a_slip_of_a_visit_that_is_over_is_rated_at_the_station(server, browse):
    code = serve(clerk_of(server))
    page = browse("/", viewport=TALL)
    page.keyboard.type(code, delay=2)  # a scanner
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-screen=rate-slip]")
    faults = judge_panels(page, "the faces")
    assert axe(page) == []
    touch(page, ".face-press[value='1']")
    page.wait_for_selector(".chip-press")
    assert axe(page) == []
    faults += judge_panels(page, "the reasons")
    touch(page, ".chip-press[value='manner']")
    page.wait_for_selector(".chips--call")
    assert axe(page) == []
    assert [*faults, *judge_panels(page, "to be called back or not")] == []
    touch(page, ".chip-press[href*='phone']")
    page.wait_for_selector("[data-pad='11']")
    touch(page, "a.press")
    touch(page, ".chips--call .chip-press")
    page.wait_for_selector("text=请慢走")
