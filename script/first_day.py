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
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.printing.fake_printer import FakePrinter

ROOT = Path(__file__).resolve().parent.parent
READ_PER_S, TYPED_PER_S, AIM_S = 5.0, 1.5, 2.0
"""Characters read and typed in a second by somebody slow, and seconds to find a button and press it."""

TAKES_NO_TOUCH_MS = 800
"""A page of the station that has just come takes no touch."""

NOT_SHOWN = ("steps", "ready")
"""Pages that say nothing which needs a picture."""

OFFICE = {"width": 1366, "height": 768}
STATION = {"width": 1080, "height": 1920}
SHOWN_PRINTER = "192.168.1.50"
NAME = "幸福里社区党群服务中心"


@dataclass(frozen=True)
class Task:
    """What an office does later: its name, the seconds it may take, and those that it takes."""

    name: str
    most_s: float
    took_s: float


@dataclass
class Walk:
    """A browser on its way: `picture(page, name)` is taken of each step; `steps` are (name, seconds)."""

    browser: Any
    origin: str
    printer: str
    picture: Callable[[Any, str], None]
    steps: list[tuple[str, float]] = field(default_factory=list)
    station: Any = None
    tasks: list[Task] = field(default_factory=list)

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
        self._card(page)
        self._printer(page)
        self._staff(page)
        self._devices(page)
        self._trial(page)
        number = self._tap(is_shown=True)
        self.tasks = [
            Task("service", 60, self._add_service(page)),
            Task("close", 20, self._close_service(page)),
            Task("clerk", 30, self._add_clerk(page)),
        ]
        return number

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

    def _card(self, page: Any) -> None:
        page.fill("#phone", "0000-2251001")
        self.step(page, "card", "0000-2251001")
        self._next(page, "printer")

    def _printer(self, page: Any) -> None:
        page.check("[name=url][value=tcp]")
        page.fill("#host", SHOWN_PRINTER)
        self.step(page, "printer", typed=SHOWN_PRINTER, presses=2)
        page.fill("#host", self.printer)
        page.click("button[value=try]")
        page.wait_for_selector("#read")
        page.fill("#host", SHOWN_PRINTER)
        page.fill("#read", "72")
        self.step(page, "ruler", typed="72")
        page.fill("#host", self.printer)
        self._next(page, "staff")

    def _staff(self, page: Any) -> None:
        for row in range(4):
            page.fill(f"#name{row}", f"窗口{row + 1}")
        self.step(page, "staff", "窗口1窗口2窗口3窗口4", presses=5)
        page.click("button.press--main")
        page.wait_for_selector(".setup__passwords")
        self.step(page, "passwords")
        page.click("button.press--main")
        page.wait_for_selector("[role=status].told--ok")
        page.click("a.press--main")

    def _devices(self, page: Any) -> None:
        page.wait_for_url("**/setup/devices")
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

    def _add_service(self, page: Any) -> float:
        """Until the station has one more service: from the menu, with a look before it is saved."""
        took = self._open(page, "/admin/services", "h1, .tasks", is_folded=True)
        page.click("a[href='/admin/services/new']")
        page.wait_for_selector("#service-form")
        name = "老年食堂办卡"
        page.fill("#name", name)
        self.picture(page, "new-service")
        took += AIM_S + self._spent(page, "h1, #service-form", typed=name, presses=2)
        page.locator("#service-form button.press--main").last.click()
        page.wait_for_selector("#look")
        took += self._spent(page, "#look-title, #look figcaption, #look button")
        page.click("#look button.press--main")
        page.wait_for_selector("[role=status]")
        return took

    def _close_service(self, page: Any) -> float:
        """Until the station gives no number for one service: in the hall, found by its first letters."""
        took = self._open(page, "/hall", "#find label", is_folded=False)
        page.fill("input[name=find]", "ls")
        took += len("ls") / TYPED_PER_S + AIM_S
        page.locator("form:has(input[name=find]) button").click()
        one = page.locator(".closing:has(details)").first
        one.locator("summary").click()
        self.picture(page, "close-service")
        took += AIM_S + self._words(one) / READ_PER_S
        one.locator("button").first.click()
        page.wait_for_load_state()
        return took + AIM_S

    def _add_clerk(self, page: Any) -> float:
        """Until a new clerk's password comes out of the printer."""
        took = self._open(page, "/admin/staff", "h1, a.press--main", is_folded=True)
        page.click("a[href='/admin/staff/new']")
        page.wait_for_selector("#name")
        page.fill("#name", "窗口5")
        self.picture(page, "new-clerk")
        took += AIM_S + self._spent(page, "main", typed="窗口5")
        page.click("main button.press--main")
        page.wait_for_selector("[data-password]")
        self.picture(page, "clerk-password")
        # the password itself is printed: nobody reads it
        took += self._spent(page, "main") - self._words(page.locator("[data-password]")) / READ_PER_S
        page.click("main button.press--main")
        page.wait_for_selector("[role=status].told--ok")
        return took

    def _open(self, page: Any, address: str, read: str, *, is_folded: bool) -> float:
        """Go to a page by the menu; seconds until what stands in `read` is read."""
        page.goto(f"{self.origin}{address}")
        return (2 if is_folded else 1) * AIM_S + self._spent(page, read, presses=0)

    def _spent(self, page: Any, read: str, typed: str = "", presses: int = 1) -> float:
        """Seconds for reading what stands in `read`, typing, and pressing."""
        words = sum(self._words(one) for one in page.locator(read).all())
        return words / READ_PER_S + len(typed) / TYPED_PER_S + presses * AIM_S

    def _words(self, place: Any) -> int:
        """Characters that are seen there; nobody reads what is folded away."""
        listed = "".join(place.locator("option").all_text_contents())
        return len(re.sub(r"\s", "", place.inner_text())) - len(re.sub(r"\s", "", listed))

    def _tap(self, *, is_shown: bool = False) -> str:
        """Take a number at the box's own screen; a browser keeps what lets it in."""
        station = self.station = self.station or self.browser.new_page(viewport=STATION, locale="zh-CN")
        station.goto(f"{self.origin}/")
        for name, found in (
            ("station", "a[href^='/services/A01']"),
            ("bring", "#take button.press--main"),
        ):
            station.wait_for_selector(found)
            station.wait_for_timeout(TAKES_NO_TOUCH_MS)
            if is_shown:
                self.step(station, name)
            station.locator(found).first.click()
        station.wait_for_selector("[data-number]")
        if is_shown:
            station.wait_for_selector("[data-print-state=printed]")
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
        command = [sys.executable, "-m", "kiosk", "serve", "--port", "0", "--data", data]
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
    with new_centre() as origin, closing(FakePrinter()) as printer:
        where = printer.url.removeprefix("tcp://")
        walk = Walk(browser, origin, where, lambda page, name: _picture(page, folder / f"{name}.png"))
        number = walk.go()
    for name, seconds in walk.steps:
        print(f"{name:10} {seconds:5.0f} s")
    total = sum(seconds for _, seconds in walk.steps)
    for task in walk.tasks:
        print(f"{task.name:10} {task.took_s:5.1f} s of {task.most_s:.0f}")
    here_s = time.monotonic() - began
    print(f"{number} after {total / 60:.1f} min as a person reads and types; {here_s:.0f} s here")


def _picture(page: Any, path: Path) -> None:
    if path.stem not in NOT_SHOWN:
        page.wait_for_timeout(300)
        page.screenshot(path=path, scale="css")
