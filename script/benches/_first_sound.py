"""From the clerk's press to the first sound of the board, in a real Chromium and with a real server."""

import time
from typing import Any, Final

from script.benches._hall import clerk_at, end_visit, must, say, serving, summary

CALLS: Final = 60
MOST_MS: Final = 400
QUIET_S: Final = 30.0
CHROMIUM: Final = "/usr/bin/chromium"

WATCH: Final = """
window.sounds = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at = 0) {
  const later = Math.max(0, at - this.context.currentTime) * 1000;
  sounds.push(performance.timeOrigin + performance.now() + later);
  return start.call(this, at);
};
document.addEventListener("linli:spoken", () => { window.spoken = (window.spoken ?? 0) + 1; });
"""


def say_first_sound(calls: int = CALLS) -> None:
    """Print how long after the press the chime begins; each call is said to its end before the next."""
    from playwright.sync_api import sync_playwright

    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
        )
        try:
            page = browser.new_page()
            page.add_init_script(WATCH)
            page.goto(f"{server.origin}/board")
            clerk = clerk_at(server, 1)
            times = []
            for nth in range(calls):
                clerk.take()
                heard = page.evaluate("sounds.length")
                pressed = time.time() * 1000
                must(clerk, 1, "call-next")
                times.append(_first_after(page, heard) - pressed)
                page.wait_for_function("n => window.spoken > n", arg=nth, timeout=QUIET_S * 1000)
                end_visit(clerk, 1)
        finally:
            browser.close()
    found = summary(times)
    say("voice", "call to first sound, ms p99", found["p99"], {"at most": MOST_MS}, **found)


def _first_after(page: Any, heard: int) -> float:
    """When the next sound began, in milliseconds since 1970."""
    page.wait_for_function("n => sounds.length > n", arg=heard, timeout=QUIET_S * 1000)
    return float(page.evaluate("n => sounds[n]", heard))
