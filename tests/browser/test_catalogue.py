"""The catalogue in a browser: what a look shows, and that the station follows but never under a finger."""

from script.benches._hall import Client

from .conftest import TALL, log_in, until

SHOWN = "document.querySelector('#choices')?.textContent.includes('法律咨询')"


def test_a_look_shows_the_stations_own_pages_and_the_station_follows_but_not_under_a_finger(server, browse):
    office, station = browse("/log-in"), browse("/services?group=help", viewport=TALL)
    faults: list[str] = []
    office.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    log_in(office, "admin", "demo-admin")
    office.wait_for_url("**/counter")
    office.goto(f"{server.origin}/admin/services/new?group=help")
    office.fill("[name=name]", "法律咨询")
    office.locator("summary", has_text="号码的字母").click()
    office.fill("[name=letter]", "S")
    office.press("[name=letter]", "Enter")  # looks, and writes nothing
    office.wait_for_selector("#look")
    for frame in office.frames[1:]:
        tile = frame.get_by_text("法律咨询").first
        tile.wait_for(state="attached")
        assert tile.evaluate("one => getComputedStyle(one).fontFamily") != "serif", "the station's own style"
    assert faults == []

    station.wait_for_selector("html[data-takes-touches]")
    box = station.locator("#choices a").first.bounding_box()
    touches = station.context.new_cdp_session(station)
    at = {"x": box["x"] + 20, "y": box["y"] + 20}
    touches.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    office.locator("#look button[name=save]").click()
    office.wait_for_url("**/admin/services/S01")
    station.wait_for_timeout(1800)
    assert not station.evaluate(SHOWN), "the finger is down on what would move"
    touches.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    until(station, SHOWN, 3)
    assert Client(server).get("/services/S01")[0] == 200

    station.goto(f"{server.origin}/services/S01")
    station.wait_for_selector("#follows", state="attached")
    office.fill("[name=name]", "法律援助")
    office.press("[name=name]", "Enter")
    office.locator("#look button[name=save]").click()
    until(station, "document.querySelector('main.service h1')?.textContent.includes('法律援助')", 3)
    station.wait_for_timeout(800)  # what has just come takes no touch
    station.locator("#take button").click()  # which the server knows by the same press
    station.wait_for_selector("[data-number]")


def test_a_page_that_is_gone_is_loaded_anew_but_not_under_a_finger(clerk, browse):
    station = browse("/services/A?step=lacking", viewport=TALL)
    station.wait_for_selector("html[data-takes-touches]")
    box = station.locator("main form button").last.bounding_box()
    touches = station.context.new_cdp_session(station)
    at = {"x": box["x"] + 20, "y": box["y"] + 20}
    touches.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    clerk.post("/hall/services/A/close", reason="系统维护")
    station.wait_for_timeout(2000)
    assert "系统维护" not in station.inner_text("main")
    touches.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    station.wait_for_selector("main:has-text('系统维护')", timeout=3000)
