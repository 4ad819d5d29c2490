"""The station's panels: on each a page has 20 mm to touch and 5 mm to read, and nothing outside the panel."""

import shutil

import pytest

from kiosk.app import create_app
from kiosk.box import open_box
from kiosk.settings import Settings
from tests.browser.conftest import TALL, WIDE

PANELS = {"21.5 tall": (TALL, 21.5), "15.6 wide": (WIDE, 15.6), "32 wide": (WIDE, 32)}
"""Their sizes in CSS pixels and inches."""

MEASURE = """async (sheet) => {
  const panel = new CSSStyleSheet();
  panel.replaceSync(sheet);
  document.adoptedStyleSheets = [panel];
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const isSeen = e => {
    const { width, height } = e.getBoundingClientRect();
    return width > 2 && height > 2 && !e.closest('dialog:not([open])');
  };
  const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const hasText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const isLetters = e => hasText(e) && isSeen(e) && !e.closest('.unseen');
  const letters = [...document.querySelectorAll('body *')].filter(isLetters);
  const sizeOf = e => Number.parseFloat(getComputedStyle(e).fontSize);
  const root = document.documentElement;
  const all = what => [...document.querySelectorAll(what)].filter(isSeen);
  const start = e => e.textContent.trim().slice(0, 20);
  const isInList = e => e.closest('[data-pager-list]');
  const foot = document.querySelector('.foot').getBoundingClientRect().top;
  const head = document.querySelector('.head').getBoundingClientRect().top;
  const isOut = e => { const [, top, , bottom] = box(e); return bottom > foot + 1 || top < head; };
  const isCut = e => e.scrollHeight > e.clientHeight + 4 || e.scrollWidth > e.clientWidth + 4;
  return {
    out: all('.main *').filter(e => !isInList(e) && !e.closest('.unseen') && isOut(e)).map(start),
    cut: all('.tile:not(.tile--number), .press, .tool').filter(isCut).map(start),
    targets: [...document.querySelectorAll('a, button, summary, .prior .press')].filter(isSeen)
      .map(e => [e.textContent.trim().slice(0, 12), ...box(e)]),
    letters: letters.map(e => [sizeOf(e), e.textContent.trim().slice(0, 20)]),
    scroll: [root.scrollWidth, root.scrollHeight],
    view: [innerWidth, innerHeight],
  };
}"""
CAP = 0.733  # height of a capital over the em, Noto Sans CJK; a Chinese character fills 0.92 of it


@pytest.fixture(scope="session")
def sheets(furnished, tmp_path_factory):
    """The style sheet that a box set up for each panel serves: the length of its millimetre."""
    folder = tmp_path_factory.mktemp("panels") / "data"
    shutil.copytree(furnished, folder)
    found = {}
    for name, (size, inches) in PANELS.items():
        settings = Settings(
            folder=folder,
            is_demo=True,
            station_diagonal=inches,
            station_width_px=size["width"],
            station_height_px=size["height"],
        )
        box = open_box(settings)
        found[name] = create_app(box).test_client().get("/panel/station.css").text
        box.database.close()
    return found


def judge_panels(page, where: str, sheets: dict[str, str]) -> None:
    """The page as it lies on every panel; afterwards it is as it was."""
    for name, (size, inches) in PANELS.items():
        page.set_viewport_size(size)
        mm = (size["width"] ** 2 + size["height"] ** 2) ** 0.5 / (inches * 25.4)
        judge(page.evaluate(MEASURE, sheets[name]), f"{where} on {name}", mm)
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(TALL)


def judge(found, where: str, mm: float) -> None:
    """Targets of 20 mm with room between them, letters of 5 mm, and nothing outside the panel."""
    low = [(t[0], round((t[4] - t[2]) / mm, 1)) for t in found["targets"] if (t[4] - t[2]) / mm < 19.9]
    assert not low, f"{where}: under 20 mm: {low}"
    assert found["scroll"][0] <= found["view"][0], f"{where} is wider than the panel"
    assert found["scroll"][1] <= found["view"][1], f"{where} is higher than the panel"
    assert not found["out"], f"{where}: beyond head or foot: {found['out']}"
    assert not found["cut"], f"{where}: does not hold what it says: {found['cut']}"
    tiny = [(text, round(px * CAP / mm, 1)) for px, text in found["letters"] if px * CAP / mm < 4.95]
    assert not tiny, f"{where}: letters under 5 mm: {tiny}"
    assert not overlaps(found["targets"], mm), f"{where}: {overlaps(found['targets'], mm)}"


def overlaps(targets, mm: float) -> list[tuple[str, str, float]]:
    """Pairs of targets that lie on one another or nearer than 4.5 mm."""
    near = []
    for i, (one, left, top, right, bottom) in enumerate(targets):
        for other, left2, top2, right2, bottom2 in targets[i + 1 :]:
            across = max(left2 - right, left - right2)
            down = max(top2 - bottom, top - bottom2)
            if max(across, down) / mm < 4.5:
                near.append((one, other, round(max(across, down) / mm, 1)))
    return near
