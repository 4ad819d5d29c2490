"""Every screen of the station on every panel, in every mode and both languages, in millimetres.

The examiner of accessibility looks at the same pages in tests/browser/test_every_page.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from kiosk.screens.web.screen import Frame
from script.benches._hall import Client, Server, clerk_at, say, serving
from tests.browser import panels
from tests.every_address import SCREENS, every_address

CHROMIUM: Final = "/usr/bin/chromium"
CODES: Final = "AAAABEAK"
ASKED: Final = (
    "/services?group=pension", "/services/B", "/services/B?for=other", "/services/B?step=lacking",
    "/services/B?step=priority", "/lost?service=A", "/lost?typed=4", "/letters?first=Y", "/events/1?more=1",
    "/events/1/sign-in?typed=4", "/events/1/register?together=2", "/nowhere",
)  # fmt: skip
"""Pages that are another one when something is asked."""

CONTRASTS: Final = ("normal", "high")
MODES: Final = {
    f"{name}, high contrast" if contrast == "high" else name: {**marks, "data-contrast": contrast}
    for (name, marks), contrast in product(panels.MODES.items(), CONTRASTS)
}
LEAST: Final = {"target": 19.9, "gap": 4.5, "glyph": 4.95, "contrast": 7.0}


@dataclass
class Seen:
    """The least of each measure so far, and where; what is wrong; how high the low mode lets a hand go."""

    least: dict[str, tuple[float, str]] = field(default_factory=dict)
    highest: dict[str, tuple[float, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    looks: int = 0

    def note(self, what: str, values: Iterable[float], where: str) -> None:
        """Keep the least of a measure."""
        found = min(values, default=None)
        if found is not None and found < self.least.get(what, (1e9, ""))[0]:
            self.least[what] = (round(found, 2), where)


def run() -> None:
    """Print the least target, gap, glyph and contrast there is, and how high the low mode's targets lie."""
    from playwright.sync_api import sync_playwright

    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        seen = Seen()
        for lang in ("zh", "en"):
            page = browser.new_page(has_touch=True)
            for address in addresses(page, server, lang):
                page.goto(server.origin + address)
                look(page, f"{address} in {lang}", seen)
        browser.close()
    for what, (found, where) in sorted(seen.least.items()):
        say("screens", f"least {what}", found, {"at least": LEAST.get(what)}, where=where)
    for panel, (mm, where) in seen.highest.items():
        say(
            "screens",
            f"highest target in the low mode, mm above the edge, {panel}",
            mm,
            {"at most": panels.REACHED_MM[panel]},
            where=where,
        )
    say("screens", "faults", len(seen.faults), {"at most": 0}, looks=seen.looks, first=seen.faults[:20])


def addresses(page: Any, server: Server, lang: str) -> Iterator[str]:
    """Every page of the station, the browser's visit being in `lang` with four digits pressed."""
    origin = {"Origin": server.origin}
    for at, form in (("/language", {"lang": lang}), ("/digits", {"digits": "0101"})):
        page.context.request.post(server.origin + at, form=form, headers=origin)
    others = Client(server)
    token, *_ = [others.take(code) for code in CODES]
    if lang == "zh":
        clerk_at(server, 1)
    for view, address in every_address(token=token.rpartition("/")[2]):
        if SCREENS[view.rpartition(".")[0]].frame == Frame.STATION and "." not in address:
            status, _, body = others.get(address)
            if status == 200 and body.startswith("<!doctype html>"):
                yield address
    yield from ASKED
    yield f"{token}/phone?typed=4"


def look(page: Any, where: str, seen: Seen, names: Iterable[str] = tuple(MODES)) -> None:
    """Measure the page as it is loaded, on each panel and in each mode."""
    asked = {name: MODES[name] for name in names}
    for panel, (size, inches) in panels.PANELS.items():
        page.set_viewport_size(size)
        mm = (size["width"] ** 2 + size["height"] ** 2) ** 0.5 / (inches * 25.4)
        for mode, found in page.evaluate(panels.MEASURE, [f":root{{--mm:{mm:.4f}px}}", asked]).items():
            at = f"{where}, {mode}, on {panel}"
            seen.looks += 1
            seen.note("target", ((one[4] - one[2]) / mm for one in found["targets"]), at)
            seen.note("gap", (gap for *_, gap in panels.near(found["targets"], mm)), at)
            seen.note("glyph", (px * panels.CAP / mm for px, _ in found["tiny"]), at)
            seen.note(f"letter of a choice on {panel}", (px / mm for px in found["chosen"]), at)
            seen.note("contrast", (ratio for _, ratio in found["ratios"]), at)
            most = panels.REACHED_MM[panel] if "low" in mode else 1e9
            seen.faults += [f"{at}: {fault}" for fault in panels.faults_of(found, mm, most_mm=most)]
            if "low" in mode and found["highest"] > seen.highest.get(panel, (0, ""))[0]:
                seen.highest[panel] = (round(found["highest"]), at)
