"""A new centre from an empty folder to its first number, in a real browser: for docs/first-day.md.

What a person would need is reckoned beside it: every word of a page read once, every letter typed.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READ_PER_S, TYPED_PER_S, AIM_S = 5.0, 1.5, 2.0
"""Characters read and typed in a second by somebody slow, and seconds to find a button and press it."""

TAKES_NO_TOUCH_MS = 800
"""A page of the station that has just come takes no touch."""

NOT_SHOWN = ("steps", "ready")
"""Pages that say nothing which needs a picture."""

OFFICE = {"width": 1366, "height": 768}
STATION = {"width": 1080, "height": 1920}
NAME = "幸福里社区党群服务中心"


@dataclass
class Walk:
    """A browser on its way: `picture(page, name)` is taken of each step; `steps` are (name, seconds)."""

    browser: Any
    origin: str
    picture: Callable[[Any, str], None]
    steps: list[tuple[str, float]] = field(default_factory=list)
    station: Any = None

    def step(self, page: Any, name: str, typed: str = "", presses: int = 1) -> None:
        """Note what a page takes: read whole, then typed into, then pressed."""
        main = page.locator(".setup__main" if page.locator(".setup__main").count() else "main")
        listed = "".join(page.locator("main option").all_text_contents())  # nobody reads what is folded away
        words = len(re.sub(r"\s", "", main.inner_text())) - len(re.sub(r"\s", "", listed))
        self.steps.append((name, words / READ_PER_S + len(typed) / TYPED_PER_S + presses * AIM_S))
        self.picture(page, name)

    def go(self) -> str:
        """Walk from the first page to the first resident's number, which is returned."""
        page = self.browser.new_page(viewport=OFFICE, locale="zh-CN")
        page.goto(f"{self.origin}/")
        self.step(page, "code")
        page.click(".press--main")
        page.wait_for_selector("#password")
        self.step(page, "admin", page.input_value("#password"))  # it is copied onto paper
        page.click(".press--main")
        page.wait_for_selector(".setup__steps")
        self.step(page, "steps")
        page.click("a.press--main")
        self._centre(page)
        self._people(page)
        self._machines(page)
        self._trial(page)
        return self._tap(is_shown=True)

    def _centre(self, page: Any) -> None:
        page.fill("#name", NAME)
        self.step(page, "name", NAME)
        self._next(page, "hours")
        self.step(page, "hours")
        page.check("[name=always]")  # whatever day and hour it is when the pictures are taken
        self._next(page, "counters")
        self.step(page, "counters")
        self._next(page, "services")
        self.step(page, "services", presses=6)
        self._next(page, "card")

    def _people(self, page: Any) -> None:
        page.fill("#phone", "0000-2251001")
        self.step(page, "card", "0000-2251001")
        self._next(page, "staff")
        for row in range(4):
            page.fill(f"#name{row}", f"窗口{row + 1}")
        self.step(page, "staff", "窗口1窗口2窗口3窗口4", presses=5)
        page.click("button.press--main")
        page.wait_for_selector(".setup__passwords")
        self.step(page, "passwords", "".join(page.locator("[data-password]").all_inner_texts()))
        page.click("a.press--main")

    def _machines(self, page: Any) -> None:
        page.wait_for_url("**/setup/printer")
        self.step(page, "printer", presses=2)
        self._next(page, "devices")
        page.click("button[value=board]")
        page.wait_for_selector("[data-code]")
        board = self.browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        board.goto(f"{self.origin}/enrol")
        board.wait_for_timeout(TAKES_NO_TOUCH_MS)
        board.fill("#code", page.get_attribute("[data-code]", "data-code"))
        board.click("button.press--main")
        board.wait_for_url("**/board")
        board.close()
        self.step(page, "devices", "127.0.0.1:8000/enrol123456", presses=4)
        page.click("button[value=done]")

    def _trial(self, page: Any) -> None:
        page.wait_for_url("**/setup/trial")
        page.click("button[value=expect]")
        self.step(page, "expect")
        self._tap()
        page.wait_for_selector("[value=call]")
        for verb, found in (("call", "[value=start]"), ("start", "[value=finish]")):
            page.click(f"button[value={verb}]")
            page.wait_for_selector(found)
            if verb == "call":
                self.step(page, "trial", presses=3)
        page.click("button[value=finish]")
        page.wait_for_selector("[data-trial=served]")
        self.step(page, "served")
        page.locator("button[value=done]").first.click()
        page.wait_for_selector(".setup__steps")
        self.step(page, "ready")

    def _tap(self, *, is_shown: bool = False) -> str:
        """Take a number at the box's own screen; a browser keeps what lets it in."""
        station = self.station = self.station or self.browser.new_page(viewport=STATION, locale="zh-CN")
        station.goto(f"{self.origin}/")
        for name, found in (
            ("station", "a[href^='/services/A01']"),
            ("bring", "form[action='/tickets'] button"),
        ):
            station.wait_for_selector(found)
            station.wait_for_timeout(TAKES_NO_TOUCH_MS)
            if is_shown:
                self.step(station, name)
            station.locator(found).last.click()
        station.wait_for_selector("[data-number]")
        if is_shown:
            self.step(station, "number")
        return str(station.get_attribute("[data-number]", "data-number"))

    def _next(self, page: Any, step: str) -> None:
        page.locator("button.press--main").first.click()
        page.wait_for_url(f"**/setup/{step}")


@contextmanager
def new_centre() -> Iterator[str]:
    """A server on an empty folder, as `kiosk serve` starts it; where it answers."""
    with tempfile.TemporaryDirectory(prefix="linli-first-day-") as scratch:
        data = str(Path(scratch) / "data")
        command = [sys.executable, "-m", "kiosk.cli", "serve", "--port", "0", "--data", data]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )
        try:
            said = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout or ())
            yield next(found[0] for found in said if found)
        finally:
            process.terminate()
            process.communicate(timeout=20)


def record(browser: Any, folder: Path) -> None:
    """Walk it, with a picture of each step in `folder`; print how long each takes."""
    began = time.monotonic()
    with new_centre() as origin:
        walk = Walk(browser, origin, lambda page, name: _picture(page, folder / f"{name}.png"))
        number = walk.go()
    for name, seconds in walk.steps:
        print(f"{name:10} {seconds:5.0f} s")
    total = sum(seconds for _, seconds in walk.steps)
    here_s = time.monotonic() - began
    print(f"{number} after {total / 60:.1f} min as a person reads and types; {here_s:.0f} s here")


def _picture(page: Any, path: Path) -> None:
    if path.stem not in NOT_SHOWN:
        page.wait_for_timeout(300)
        page.screenshot(path=path, scale="css")
