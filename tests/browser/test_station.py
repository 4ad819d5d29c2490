"""The station under a trembling hand, left alone, and on its panels."""

import pytest

from script.benches._hall import Client
from tests.browser.conftest import TALL, WIDE, touch

PAGES = (
    "/",
    "/services?group=pension",
    "/services/B",
    "/services/B?for=other",
    "/cards",
    "/cards/1",
    "/lost",
    "/lost?service=A",
    "/lost?digits=47",
    "/events",
    "/events/1",
    "/events/1/sign-in?digits=01",
    "/events/1/sign-in?digits=0101",
    "/events/1/sign-out?digits=9999",
    "/events/1/register",
    "/events/1/register?together=2&digits=4711",
    "/events/1/stalls",
    "/nowhere",
)
PRESSED = {
    "/events/1": "form:has([name=visitors]) button",
    "/events/1/register?together=2": "form:has([name=together]) button",
    "/events/1/sign-in?digits=0101": "[data-person]",
}
"""What is pressed on which page, for the answer that only a press leads to."""

PANELS = {"21.5 tall": (TALL, 21.5), "15.6 wide": (WIDE, 15.6), "32 wide": (WIDE, 32)}


def test_a_trembling_hand_takes_one_ticket(server, browse):
    page = browse("/services/A")
    page.wait_for_selector("html[data-takes-touches]")
    button = page.locator("form[action='/tickets'] .press--main").bounding_box()
    x, y = button["x"] + 20, button["y"] + 20
    for _ in range(3):
        page.touchscreen.tap(x, y)
    page.wait_for_selector("[data-number]")
    assert page.get_attribute("[data-number]", "data-number") == "A001"
    page.wait_for_timeout(300)
    assert page.locator("[data-screen=taken]").count() == 1
    other = Client(server)
    assert 'data-number="A002"' in other.get(other.take())[2]


def test_back_after_the_visit_shows_no_ticket(browse):
    page = browse("/services/A")
    touch(page, "form[action='/tickets'] .press--main")
    page.wait_for_selector("[data-number]")
    touch(page, ".done__main button")
    page.wait_for_selector("[data-screen=home]")
    page.go_back()
    page.wait_for_timeout(500)
    assert page.locator("[data-screen=home], [data-screen=taken]").count() == 1
    assert "no-store" in page.request.get(page.url).headers["cache-control"]


def test_a_station_left_alone_asks_and_then_forgets(browse):
    page = browse("/")
    touch(page, "button:has-text('English')")
    page.wait_for_selector("html[lang=en]")
    page.clock.install()
    page.reload()
    page.clock.fast_forward(61_000)
    page.wait_for_selector("dialog[open] [data-idle-stay]")
    page.locator("[data-idle-stay]").tap()
    page.wait_for_selector("dialog[open]", state="detached")
    page.clock.fast_forward(61_000)
    page.wait_for_selector("dialog[open]")
    page.clock.fast_forward(21_000)
    page.wait_for_selector("html[lang=zh-CN]")
    assert page.locator("[data-screen=home]").count() == 1


def test_comfort_is_seen(browse):
    page = browse("/")
    size = "Number.parseFloat(getComputedStyle(document.querySelector('.tile')).fontSize)"
    before = page.evaluate(size)
    touch(page, "button:has-text('大字')")
    page.wait_for_selector("body[data-text=large]")
    assert page.evaluate(size) > before
    touch(page, "button:has-text('高对比')")
    page.wait_for_selector("body[data-contrast=high]")


@pytest.fixture(params=PANELS)
def panel(request, chromium, serving, tmp_path):
    """A page on one of the panels, with its own settings, and the size of a millimetre."""
    size, inches = PANELS[request.param]
    settings = {
        "station_diagonal": str(inches),
        "station_width_px": str(size["width"]),
        "station_height_px": str(size["height"]),
    }
    with serving(tmp_path / "data", **settings) as server:
        window = chromium.new_context(viewport=size, has_touch=True)
        page = window.new_page()
        mm = (size["width"] ** 2 + size["height"] ** 2) ** 0.5 / (inches * 25.4)
        yield page, server, mm
        window.close()


MEASURE = """() => {
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
  return {
    targets: [...document.querySelectorAll('a, button, summary, .prior .press')].filter(isSeen)
      .map(e => [e.textContent.trim().slice(0, 12), ...box(e)]),
    letters: letters.map(e => [sizeOf(e), e.textContent.trim().slice(0, 20)]),
    scroll: [root.scrollWidth, root.scrollHeight],
    view: [innerWidth, innerHeight],
  };
}"""
CAP = 0.733  # height of a capital over the em, Noto Sans CJK; a Chinese character fills 0.92 of it


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_target_and_letter_has_its_size_in_millimetres(panel, lang):
    page, server, mm = panel
    origin, others = server.origin, Client(server)
    tickets = [others.take(code) for code in "AAAABEA"]
    page.goto(origin)
    if lang == "en":
        touch(page, "button:has-text('English')")
        page.wait_for_selector("html[lang=en]")
    for address in (*PAGES, tickets[0], f"{tickets[0]}/help", f"{tickets[0]}/phone?digits=4711"):
        page.goto(origin + address)
        judge_sizes(page, address, mm)
    for address, what in PRESSED.items():
        page.goto(origin + address)
        touch(page, what)
        page.wait_for_selector("[data-screen=answer]")
        judge_sizes(page, f"the answer after {address}", mm)


def judge_sizes(page, address, mm):
    """Targets of 20 mm with room between them, letters of 5 mm, and nothing outside the panel."""
    page.wait_for_timeout(150)
    found = page.evaluate(MEASURE)
    low = [(t[0], round((t[4] - t[2]) / mm, 1)) for t in found["targets"] if (t[4] - t[2]) / mm < 19.9]
    assert not low, f"{address}: under 20 mm: {low}"
    assert found["scroll"][0] <= found["view"][0], f"{address} is wider than the panel"
    assert found["scroll"][1] <= found["view"][1], f"{address} is higher than the panel"
    tiny = [(text, round(px * CAP / mm, 1)) for px, text in found["letters"] if px * CAP / mm < 4.95]
    assert not tiny, f"{address}: letters under 5 mm: {tiny}"
    assert not overlaps(found["targets"], mm), f"{address}: {overlaps(found['targets'], mm)}"


def overlaps(targets, mm):
    """Pairs of targets that lie on one another or nearer than 4.5 mm."""
    near = []
    for i, (one, left, top, right, bottom) in enumerate(targets):
        for other, left2, top2, right2, bottom2 in targets[i + 1 :]:
            across = max(left2 - right, left - right2)
            down = max(top2 - bottom, top - bottom2)
            if max(across, down) / mm < 4.5:
                near.append((one, other, round(max(across, down) / mm, 1)))
    return near


LETTERS_OF_A001 = """all => all.filter(e => e.childElementCount === 0 && e.textContent.trim() === 'A001')
  .map(e => Number.parseFloat(getComputedStyle(e).fontSize))"""


def test_the_boards_number_is_seen_from_five_metres(browse, server, clerk):
    Client(server).take()
    clerk.post("/counter/1/call-next")
    page = browse("/board", viewport=WIDE)
    page.wait_for_selector("[data-number=A001]")
    sizes = page.eval_on_selector_all("#board *", LETTERS_OF_A001)
    mm = (1920**2 + 1080**2) ** 0.5 / (55 * 25.4)
    assert max(sizes) * CAP / mm >= 61
