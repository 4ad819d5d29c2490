"""From the clerk's key to the page that shows what it did, in a real Chromium with a full hall."""

from typing import Any, Final

from script.benches._first_sound import CHROMIUM
from script.benches._hall import Client, Server, say, summary

PRESSES: Final = 60
MOST_MS: Final = 150

WATCH: Final = """
window.shown = [];
let pressed = 0;
document.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
new MutationObserver(() => {
  const state = document.querySelector("#counter")?.dataset.state;
  if (!pressed || !state || state === window.state) return;
  window.state = state;
  const since = pressed;
  pressed = 0;
  requestAnimationFrame(() => requestAnimationFrame(() => shown.push(performance.now() - since)));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
"""


def say_key(server: Server, waiting: int) -> None:
    """Print how long after a key the next frame shows the new state: called, being served, done."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.add_init_script(WATCH)
            page.goto(f"{server.origin}/log-in?next=/counter")
            page.fill("[name=name]", "clerk2")
            page.fill("[name=password]", "demo-clerk")
            page.locator("[name=password]").press("Enter")
            page.locator("form[action='/counter/2/open'] button:not([name])").click()
            station = Client(server)
            times = [_pressed(page, station) for _ in range(PRESSES)]
        finally:
            browser.close()
    found = summary(times)
    say("counter", f"key to page, {waiting} waiting, ms p50", found["p50"], {"at most": MOST_MS}, **found)


def _pressed(page: Any, station: Client) -> float:
    """One key, as soon as the page takes keys; somebody else comes meanwhile."""
    station.take("C")
    page.wait_for_selector("#counter[data-takes-keys]")
    page.wait_for_timeout(300)
    known = page.evaluate("shown.length")
    page.keyboard.press("1" if page.locator(".ends").count() else "Enter")  # a result of the service
    for _ in range(500):
        if page.evaluate("shown.length") > known:
            return float(page.evaluate("shown[shown.length - 1]"))
        page.wait_for_timeout(10)
    raise RuntimeError("the key did nothing")
