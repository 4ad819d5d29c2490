"""Entries at doors stay in the phone while the box is away, and are sent once when it is back."""

from urllib.parse import parse_qs

from script.benches._hall import Client
from tests.browser.conftest import log_in

PHONE = {"width": 390, "height": 844}
AN_HOUR_AGO = """() => localStorage.setItem("linli-rounds", JSON.stringify(
  JSON.parse(localStorage.getItem("linli-rounds"))
    .map((one) => ({ ...one, writtenAt: one.writtenAt - 3600000 }))))"""


def test_what_is_entered_while_the_box_is_away_is_sent_when_it_is_back(server, browse):
    page = browse("/log-in?next=/s/door", viewport=PHONE)
    log_in(page)
    page.wait_for_selector("[data-rounds]")
    page.context.set_offline(True)
    for about in ("门口路灯不亮", "垃圾没人收"):
        page.locator(".picks--pictures .pick").nth(1).tap()
        page.fill("[name=about]", about)
        page.locator("[data-rounds] button").tap()
        page.wait_for_selector("[data-kept]:visible")
        assert page.input_value("[name=about]") == ""
    assert page.inner_text("[data-kept-count]") == "2"
    sent = []
    page.on("request", lambda one: sent.append(parse_qs(one.post_data)) if one.method == "POST" else None)
    page.evaluate(AN_HOUR_AGO)
    page.context.set_offline(False)
    page.wait_for_selector("[data-kept]", state="hidden")  # by itself: there is nothing to press
    assert [3600 <= int(one["kept_s"][0]) < 3700 for one in sent if "about" in one] == [True, True]
    assert page.evaluate("localStorage.getItem('linli-rounds')") == "[]"
    clerk = Client(server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")
    listed = clerk.get("/concerns")[2]
    assert listed.count("门口路灯不亮") == listed.count("垃圾没人收") == 1
