"""What a finger, a palm and a cloth do at the station: act once on release, or nothing, with a word how."""

from itertools import product

from script.benches._hall import Client
from tests.browser.conftest import TALL, WIDE, until

TAKE = "form[action='/tickets'] .press--main"

COUNT = """() => {
  window.presses = 0;
  document.addEventListener('click', (event) => {
    window.presses += 1;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true});
}"""
"""Count what acts, after touch.js has let it pass, and lead nowhere."""


STANDING = """
const clock = performance.now.bind(performance);
let stands = null;
performance.now = () => stands ?? clock();
addEventListener("pageshow", () => (stands = clock()));
window.later = (ms) => (stands += ms);
"""
"""The page's clock stands from the moment when it is shown, and goes on when it is told to."""


CALM = """async () => {
  await document.fonts.ready;
  await new Promise((calm) => { requestIdleCallback(calm); });
}"""
"""Has nothing to do: a touch that a page does not look at for a second is taken back by the browser."""


HIDDEN_BY_HINT = """() => {
  const hint = document.querySelector('[data-touch-hint]').getBoundingClientRect();
  const isUnder = r => r.left < hint.right - 1 && r.right > hint.left + 1
    && r.top + r.height / 4 < hint.bottom && r.bottom - r.height / 4 > hint.top;
  const letters = e => { const all = document.createRange(); all.selectNodeContents(e); return all; };
  return [...document.querySelectorAll('.happening__title')]
    .filter(e => [...letters(e).getClientRects()].some(isUnder)).map(e => e.textContent);
}"""


def ready(page):
    page.wait_for_selector("html[data-takes-touches]")
    return page


class Finger:
    """A finger by the browser's own touch events; (0, 0) is the middle of what it touches."""

    def __init__(self, page, what: str) -> None:
        self.page, self.devtools = page, page.context.new_cdp_session(page)
        place = page.locator(what).first.bounding_box()
        self.x, self.y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": self.x + x, "y": self.y + y, "id": number} for number, (x, y) in enumerate(points)]
        self.devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": at})

    def roll(self, *way: tuple[float, float], rests_ms: float = 0) -> None:
        self.send("Start", (0, 0))
        for place in way:
            self.send("Move", place)
        self.page.wait_for_timeout(rests_ms)
        self.send("End")


def test_a_finger_that_rolls_within_a_button_presses_it_once(browse):
    page = ready(browse("/services/A"))
    page.evaluate("""() => document.querySelector('[data-say-again]')
      .addEventListener('click', () => (window.times = (window.times ?? 0) + 1))""")
    for count, px in enumerate((2, 10, 14, 16, 24), 1):
        Finger(page, "[data-say-again]").roll((px / 2, 1), (px, 2))
        until(page, f"window.times >= {count}", seconds=2)
        page.wait_for_timeout(420)  # what comes so soon after is the same finger's
        assert page.evaluate("window.times") == count, px


def test_a_finger_that_rests_on_a_button_presses_it_and_opens_no_menu(browse):
    page = ready(browse("/services/A"))
    page.evaluate(
        "document.addEventListener('contextmenu', (e) => sessionStorage.setItem('menu', e.defaultPrevented))"
    )
    Finger(page, TAKE).roll(rests_ms=900)
    page.wait_for_selector("[data-number=A001]")
    assert page.evaluate("sessionStorage.getItem('menu')") in (None, "true")


def test_a_finger_that_leaves_the_button_presses_nothing(browse):
    page = ready(browse("/services/A"))
    Finger(page, TAKE).roll((0, -60), (0, -400))
    page.wait_for_timeout(300)
    assert page.locator("[data-screen=service]").count() == 1


def test_a_link_is_pressed_by_a_rolling_finger_too(browse):
    page = ready(browse("/services/A"))
    Finger(page, ".who a:not([aria-current])").roll((12, 0), (20, 2))
    page.wait_for_url("**/services/A?for=other", timeout=4000)


def test_two_fingers_make_nothing_larger_at_the_station(browse):
    page = ready(browse("/"))
    finger = Finger(page, "h1")
    finger.send("Start", (-20, 0), (20, 0))
    for apart in range(40, 240, 20):
        finger.send("Move", (-apart, 0), (apart, 0))
    finger.send("End")
    page.wait_for_timeout(200)
    assert page.evaluate("visualViewport.scale") == 1


def test_what_a_slide_a_palm_and_two_fingers_do(browse):
    page = ready(browse("/events"))
    page.evaluate(COUNT)
    mm = 4.034
    hint = page.locator("[data-touch-hint]")

    def presses(act) -> int:
        before = page.evaluate("window.presses")
        page.evaluate("document.querySelector('[data-touch-hint]').hidden = true")
        act(Finger(page, ".happening"))
        page.wait_for_timeout(300)
        return page.evaluate("window.presses") - before

    assert presses(lambda finger: finger.roll((5 * mm, 0), (10 * mm, 0))) == 1, "a slide of 10 mm"
    low = page.locator(".happening").first.bounding_box()["height"] / 2
    into_the_gap = ((0, low - 1.2 * mm), (0, low + 2 * mm))

    def slip(finger):
        finger.y += low - 1.2 * mm  # near the lower edge
        finger.roll((0, mm), (0, 3 * mm))

    assert presses(slip) == 1, "a slip of 3 mm off the edge, into the gap"
    assert presses(lambda finger: finger.roll(*into_the_gap)) == 0, "a long way to the same place"
    assert presses(lambda finger: finger.roll((20 * mm, 0), (40 * mm, 0))) == 0, "a wipe"
    assert hint.is_visible()
    assert "一个手指" in hint.inner_text()
    assert page.evaluate(HIDDEN_BY_HINT) == [], "the name of what was touched, or another one"

    def two(finger):
        finger.send("Start", (0, 0))
        finger.send("Start", (0, 0), (30 * mm, 0))
        finger.send("End")

    assert presses(two) == 0, "two fingers"
    assert hint.is_visible()

    def palm(finger):
        at = {"x": finger.x, "y": finger.y, "radiusX": 20 * mm, "radiusY": 16 * mm}
        finger.devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        finger.send("End")

    assert presses(palm) == 0, "a palm"

    def holding(finger):
        finger.send("Start", (0, 150 * mm))
        page.wait_for_timeout(700)
        finger.send("Start", (0, 150 * mm), (0, 0))
        finger.send("End", (0, 150 * mm))
        page.wait_for_timeout(50)
        finger.send("End")

    assert presses(holding) == 1, "a hand that holds the edge of the panel"


def test_the_place_of_the_last_touch_presses_nothing_on_the_next_page_for_longer_than_others(browse):
    page = ready(browse("/"))
    place = page.locator(".tile").first.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.add_init_script(STANDING)
    page.touchscreen.tap(x, y)
    page.wait_for_selector("[data-screen=service]")
    ready(page)
    page.evaluate("later(690)")
    page.evaluate(COUNT)
    page.evaluate(
        """([x, y]) => {
      const under = Object.assign(document.createElement('button'), {textContent: '试'});
      Object.assign(under.style, {position: 'fixed', left: `${x - 60}px`, top: `${y - 60}px`, zIndex: 9});
      Object.assign(under.style, {width: '120px', height: '120px'});
      document.body.append(under);
    }""",
        [x, y],
    )
    page.touchscreen.tap(x, y)
    assert page.evaluate("window.presses") == 0, "where the finger was"
    page.locator(".foot button").first.tap()
    until(page, "window.presses === 1")
    page.evaluate("later(20)")
    page.touchscreen.tap(x, y)
    until(page, "window.presses === 2")


def test_a_pad_takes_digits_as_fast_as_they_come_and_forgets_them(server, browse):
    Client(server).post("/tickets", service="A", tap="mine", phone_tail="4711")
    page = ready(browse("/lost?typed=0"))
    page.evaluate(CALM)
    line = page.locator(".pad__digit").first
    assert (line.inner_text().strip("\u200b\n "), line.bounding_box()["height"] > 40) == ("", True), (
        "one sign"
    )
    places = [page.locator(f".pad__key:text-is('{digit}')").bounding_box() for digit in "4712"]
    back = page.locator(".pad__back").bounding_box()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if "digits" in request.url else None)
    with page.expect_navigation(url="**typed=4"):
        for box in (places[0], places[1], places[3], back, places[2], places[2]):
            page.touchscreen.tap(box["x"] + 30, box["y"] + 30)
    assert asked == ["POST"], "once"
    assert page.get_attribute("[data-lost]", "data-lost") == "A001"
    page.go_back()
    page.wait_for_selector(".pad")
    assert page.text_content("[data-pad-shown]") == ""
    page.goto(server.origin + "/assist")
    ready(page).evaluate(CALM)
    asked.clear()
    page.on("request", lambda request: asked.append(request.method) if "assist" in request.url else None)
    places = [page.locator(f".pad__key:text-is('{digit}')").bounding_box() for digit in "000000"]
    with page.expect_navigation():
        for box in places:
            page.touchscreen.tap(box["x"] + 30, box["y"] + 30)
    assert asked.count("POST") == 1, "six digits at once"
    assert "不对" in page.inner_text(".group__of")


KEYS = """() => [...document.querySelectorAll('.pad__key, .row a')].map(e => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return [e.textContent.trim(), ...[x, y, width, height].map(Math.round)].join();
})"""
"""Where the keys of a pad and the way back are."""


def test_nothing_moves_under_a_finger_when_the_last_digit_is_there(server, browse):
    mine = Client(server).take()
    page = browse("/")
    page.request.post(f"{server.origin}/digits", form={"digits": "4711"}, headers={"Origin": server.origin})
    for size, low in product((TALL, WIDE), ("off", "on")):
        page.set_viewport_size(size)
        before, after = (keys(page, f"{server.origin}{mine}/phone?typed={count}", low) for count in (3, 4))
        assert before == after, (size, low)


def keys(page, address: str, low: str) -> list[str]:
    page.goto(address)
    page.evaluate("low => document.body.setAttribute('data-low', low)", low)
    return page.evaluate(KEYS)
