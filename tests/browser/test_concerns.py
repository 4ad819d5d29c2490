"""A concern in real browsers: spoken at the station, answered, not solved, done again, answered again."""

import re

import pytest

from tests.browser.conftest import log_in, touch


@pytest.fixture(scope="module")
def with_microphone(launch):
    """A browser whose microphone beeps, and where nobody is asked whether a page may have it."""
    return launch(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        program="chromium-headless-shell",
    )


def test_what_is_spoken_at_the_station_is_heard_answered_not_solved_and_done_again(server, with_microphone):
    context = with_microphone.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.goto(f"{server.origin}/concerns/new?category=lights&place=0")
    touch(page, "a[href*='/concerns/new/voice']")
    page.wait_for_selector("[data-voice-start]:visible")
    touch(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    page.wait_for_timeout(1200)  # one beep a second
    touch(page, "[data-voice-stop]")
    page.wait_for_selector("[data-voice-use]:visible")
    touch(page, "[data-voice-use]")
    page.wait_for_selector("form[action='/concerns'] button")
    touch(page, "form[action='/concerns'] button")
    page.wait_for_selector("[data-concern]")
    token = re.findall("[0-9]{24}", page.url)[0]

    staff = with_microphone.new_context(viewport={"width": 1366, "height": 768}).new_page()
    staff.goto(f"{server.origin}/log-in?next=/concerns")
    log_in(staff)
    number = page.get_attribute("[data-concern]", "data-concern")
    staff.click(f"li[data-concern='{number}'] form button")
    staff.wait_for_selector("[data-state=open]")
    with staff.expect_response("**/files/*") as heard:
        staff.evaluate("document.querySelector('audio').load(), document.querySelector('audio').play()")
    assert heard.value.status in (200, 206)
    for _ in range(2):
        staff.fill("#answer-line", "灯换好了")
        staff.click("form[action$='/answer'] button")
        staff.wait_for_selector("[data-state=answered]")
        page.goto(f"{server.origin}/concerns/slip/{token}")
        touch(page, "button:has-text('没有解决')")
        page.wait_for_selector("[data-state=open]")
        staff.reload()
    assert faults == []
    context.close()
    staff.context.close()
