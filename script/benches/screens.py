"""Every page of four centres on every panel, in every mode and both languages.

The station's are measured in millimetres, the others are looked at for what is cut or too wide, and all are
shown to the examiner of accessibility. It takes about half an hour: `--only large`, `--only demo/station`,
`--only bare/station/lost` look at a part. tests/browser/test_every_page.py looks at the demo in fewer modes.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from script.benches import _pages
from script.benches._centres import CENTRES, Centre
from script.benches._hall import say
from script.benches._pressed import pressed
from tests.browser import panels
from tests.browser.examiner import RUN_AXE, axe

CHROMIUM: Final = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The one that draws for nobody takes a third of the time."""

LANGUAGES: Final = ("zh", "en")
MODES: Final = {
    **{
        f"{name}, high contrast" if contrast == "high" else name: {**marks, "data-contrast": contrast}
        for (name, marks), contrast in product(panels.MODES.items(), ("normal", "high"))
    },
    "slow": {**panels.MODES["as it comes"], "data-contrast": "normal", "data-slow": "on"},
}

FURTHEST: Final = ("as it comes", "large and low, high contrast")
EXAMINED: Final = {panel: (*MODES,) if panel == "21.5 tall" else FURTHEST for panel in panels.PANELS}
"""The modes in which the examiner looks at the station: colours are the same on every panel, so that on
others than one the first and the furthest from it are enough."""

BOARDS: Final = ((1920, 1080), (3840, 2160), (1080, 1920), (1024, 768))
OFFICES: Final = ((1366, 768), (1024, 768))
BESIDE: Final = re.compile(r"/(s|manage|counter/1|pleas|hall)(/|\?|$)")
"""Pages of staff that are opened on a phone too."""

PHONES: Final = ((390, 844), (320, 640))
LEAST: Final = {"target": 19.9, "gap": 4.5, "glyph": 4.95, "contrast": 7.0}
"""Millimetres and a ratio; half a tenth is what a pixel takes."""

STRICT: Final = ["color-contrast-enhanced", "target-size"]


@dataclass
class Seen:
    """The least of each measure so far, and where; what is wrong; how high the low mode lets a hand go."""

    only: str
    least: dict[str, tuple[float, str]] = field(default_factory=dict)
    highest: dict[str, tuple[float, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    looks: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, values: Iterable[float], where: str) -> None:
        """Keep the least of a measure."""
        found = min(values, default=None)
        if found is not None and found < self.least.get(what, (1e9, ""))[0]:
            self.least[what] = (round(found, 2), where)

    def examine(self, page: Any, at: str, *, strict: bool = False) -> None:
        """Show the page to the examiner as it stands; `strict` asks for 7:1 too, as MEASURE does."""
        self.looks["examined"] += 1
        tell(self, [f"{at}: {fault}" for fault in axe(page)])
        if strict:
            tell(self, [f"{at}: {fault}" for fault in page.evaluate(RUN_AXE, STRICT)])


def run(only: str = "") -> None:
    """Print what is least of each measure and where, and each fault; `only` those whose place begins so."""
    from playwright.sync_api import sync_playwright

    seen = Seen(only)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, opened in CENTRES.items():
            if not is_asked(only, name):
                continue
            with opened() as centre:
                for lang, kind in product(LANGUAGES, KINDS):
                    if is_asked(only, f"{name}/{kind}"):
                        with window(browser, centre, lang) as page:
                            KINDS[kind](page, centre, lang, f"{name}/{kind}", seen)
        browser.close()
    for what, (found, where) in sorted(seen.least.items()):
        say("screens", f"least {what}", found, {"at least": LEAST.get(what)}, where=where)
    for panel, (mm, where) in seen.highest.items():
        figure = f"highest target in the low mode, mm above the edge, {panel}"
        say("screens", figure, mm, {"at most": panels.REACHED_MM[panel]}, where=where)
    say("screens", "faults", len(seen.faults), {"at most": 0}, **seen.looks)


def is_asked(only: str, place: str) -> bool:
    """Whether something of this place is to be looked at."""
    return place.startswith(only) or only.startswith(place)


@contextmanager
def window(browser: Any, centre: Centre, lang: str) -> Iterator[Any]:
    """A window with a visit of its own in this language; its pages ask the server for nothing later."""
    page = browser.new_page(has_touch=True)
    ask(page, centre, "/language", lang=lang)
    ask(page, centre, "/digits", digits="0101")
    yield page
    page.context.close()


def ask(page: Any, centre: Centre, address: str, **form: str) -> None:
    """Send a form in the window's own visit."""
    origin = centre.server.origin
    page.context.request.post(origin + address, form=form, headers={"Origin": origin}, max_redirects=0)


def stations(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> None:
    """The station's pages in millimetres."""
    for where in each(page, centre, lang, place, seen):
        look(page, where, seen)


def access(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> None:
    """The station's pages before the examiner, in each mode on one panel, in two on the others."""
    for where in each(page, centre, lang, place, seen):
        for panel, modes in EXAMINED.items():
            size, inches = panels.PANELS[panel]
            page.set_viewport_size(size)
            page.evaluate(SIZE, panels.sheet_of(size, inches))
            for mode in modes:
                page.evaluate(MARK, MODES[mode])
                seen.examine(page, f"{where}, {mode}, on {panel}")


def each(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> Iterator[str]:
    """Load each page of the station, those that only a press leads to as well; where it is."""
    for address in _pages.of_station(centre, lang):
        if is_asked(seen.only, f"{place}{address}"):
            page.goto(centre.server.origin + address)
            yield f"{place}{address} in {lang}"
    if centre.code and not centre.is_shut and is_asked(seen.only, f"{place}/pressed"):
        for what in pressed(page, centre):
            yield f"{place}/pressed {what} in {lang}"


def boards(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> None:
    """The board, on a television of each shape."""
    for address, (width, height) in product(("/board", "/board?test"), BOARDS):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(centre.server.origin + address)
        plain(page, f"{place}{address} in {lang} on {width}", seen)


def offices(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> None:
    """The pages of staff, on a clerk's panel and on a small one; some on a phone."""
    before: tuple[str, str] = ("", "")
    for (name, password), address in _pages.of_staff(centre, lang):
        if not is_asked(seen.only, f"{place}{address}"):
            continue
        if (name, password) != before:
            page.context.clear_cookies()
            ask(page, centre, "/log-in", name=name, password=password)
            ask(page, centre, "/language", lang=lang)
            before = (name, password)
        page.goto(centre.server.origin + address)
        sizes = (*OFFICES, *(PHONES if BESIDE.match(address) else ()))
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            plain(page, f"{place}{address} in {lang} on {width}", seen)


def phones(page: Any, centre: Centre, lang: str, place: str, seen: Seen) -> None:
    """What a resident's phone shows, and the tablet at a window."""
    for address in _pages.of_phones(centre):
        page.goto(centre.server.origin + address)
        for width, height in PHONES:
            page.set_viewport_size({"width": width, "height": height})
            plain(page, f"{place}{address} in {lang} on {width}", seen)


KINDS: Final = {"station": stations, "access": access, "board": boards, "office": offices, "phone": phones}

PLAIN: Final = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth - innerWidth;
  const all = [...document.querySelectorAll('main *, header *, nav *')];
  const isOut = e => e.getBoundingClientRect().right > innerWidth + 1;
  const who = all.filter(e => isOut(e) && !e.closest('.unseen'));
  const clipped = all.filter(e => {
    const { overflowX, textOverflow } = getComputedStyle(e);
    return overflowX === 'hidden' && textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 2
      && e.clientWidth > 4 && e.textContent.trim() && !e.closest('.unseen');
  });
  const name = e => `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 16)}`;
  return [
    ...(wide > 0 ? [`wider than the page by ${wide}: ${who.slice(0, 2).map(name).join(' | ')}`] : []),
    ...clipped.slice(0, 2).map(e => `cut: ${name(e)}`),
  ];
}"""


def plain(page: Any, at: str, seen: Seen) -> None:
    """A page that is no station's: nothing sideways, nothing cut, nothing that the examiner finds."""
    seen.looks["looked at"] += 1
    tell(seen, [f"{at}: {fault}" for fault in page.evaluate(PLAIN)])
    seen.examine(page, at, strict=True)


def tell(seen: Seen, faults: list[str]) -> None:
    """Keep faults, and print them at once: the whole takes long."""
    seen.faults += faults
    for fault in faults:
        print(fault, flush=True)


def look(page: Any, where: str, seen: Seen) -> None:
    """Measure a page of the station as it is loaded, on each panel and in each mode."""
    for panel, (size, inches) in panels.PANELS.items():
        page.set_viewport_size(size)
        mm = panels.mm_of(size, inches)
        sheet = panels.sheet_of(size, inches)
        for mode, found in page.evaluate(panels.MEASURE, [sheet, MODES]).items():
            at = f"{where}, {mode}, on {panel}"
            seen.looks["looked at"] += 1
            seen.note("target", ((one[4] - one[2]) / mm for one in found["targets"]), at)
            seen.note("gap", (gap for *_, gap in panels.near(found["targets"], mm)), at)
            seen.note("glyph", (px * panels.CAP / mm for px, _ in found["tiny"]), at)
            seen.note(f"letter of a choice on {panel}", (px / mm for px in found["chosen"]), at)
            seen.note("contrast", (ratio for _, ratio in found["ratios"]), at)
            most = panels.REACHED_MM[panel] if MODES[mode]["data-low"] == "on" else 1e9
            tell(seen, [f"{at}: {fault}" for fault in panels.faults_of(found, mm, most_mm=most)])
            if most < 1e9 and found["highest"] > seen.highest.get(panel, (0, ""))[0]:
                seen.highest[panel] = (round(found["highest"]), at)


MARK: Final = """marks => {
  for (const [mark, value] of Object.entries(marks)) document.body.setAttribute(mark, value);
  document.dispatchEvent(new Event('keydown')); // somebody is there: the page does not leave
}"""

SIZE: Final = """sheet => {
  const panel = new CSSStyleSheet();
  panel.replaceSync(sheet);
  document.adoptedStyleSheets = [panel];
}"""
