"""A concern in real browsers: spoken at the station, answered, not solved, done again, and rated."""

import re

import pytest

from script.benches._hall import Client
from tests.browser.conftest import touch, until


@pytest.fixture(scope="module")
def with_microphone(launch):
    """A browser whose microphone beeps once a second, and which asks nobody for it."""
    return launch(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        program="chromium-headless-shell",
    )


HEARD = "parseFloat(document.querySelector('[data-voice-level]').style.inlineSize) > 20"


def tap(page, what: str) -> None:
    """Touch something that leads to no other page, once the page takes touches."""
    page.wait_for_selector("html[data-takes-touches]")
    page.evaluate("sessionStorage.clear()")
    page.locator(what).tap()


def staff(server, name: str) -> Client:
    member = Client(server)
    member.post("/log-in", name=name, password="demo-clerk")
    return member


def test_what_is_spoken_is_answered_not_solved_answered_again_looked_at_and_rated(server, with_microphone):
    context = with_microphone.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{server.origin}/concerns/new/voice?category=lights&place=0")
    tap(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    until(page, HEARD)
    tap(page, "[data-voice-stop]")
    page.wait_for_selector("[data-voice-use]:visible")
    tap(page, "[data-voice-use]")
    page.wait_for_url("**step=how*")
    touch(page, "form[action='/concerns'] button")
    page.wait_for_selector("[data-concern]")
    token = re.findall("[0-9]{24}", page.url)[0]

    owner, other = staff(server, "clerk1"), staff(server, "clerk2")
    number = page.get_attribute("[data-concern]", "data-concern")
    listed = owner.get("/concerns")[2]
    one = re.findall(rf'data-concern="{number}".*?/concerns/([0-9]+)"', listed, re.DOTALL)[0]
    assert owner.post(f"/concerns/{one}/accept")[0] == 303
    assert "<audio" in owner.get(f"/concerns/{one}")[2]
    reply = {"words": "灯换好了", "outcome": "solved", "told": "receipt"}
    assert owner.post(f"/concerns/{one}/answer", **reply)[0] == 303
    page.goto(f"{server.origin}/concerns/slip/{token}")
    touch(page, "button:has-text('没有解决')")
    page.wait_for_selector("[data-state=open]")
    assert owner.post(f"/concerns/{one}/answer", **reply)[0] == 303
    assert other.post(f"/concerns/{one}/recheck", line="亮了", result="good")[0] == 303
    page.goto(f"{server.origin}/concerns/slip/{token}")
    touch(page, "button:has-text('解决了')")
    page.wait_for_selector("[data-state=done]")
    touch(page, ".face-press[value='5']")
    page.wait_for_selector("[data-state=done]")
    assert page.locator(".face-press").count() == 0
    phone = context.new_page()
    phone.goto(f"{server.origin}/t/{token}")
    assert phone.get_attribute("[data-rated]", "data-rated") == "5"
    assert faults == []
    context.close()
