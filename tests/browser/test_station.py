"""The station under a trembling hand and left alone, and the board from afar."""

from script.benches._hall import Client
from tests.browser.conftest import WIDE, touch, until
from tests.browser.panels import CAP


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


SEEN = """() => {
  const list = document.querySelector('[data-pager-list]'), held = list.getBoundingClientRect();
  const box = e => e.getBoundingClientRect(), name = e => e.textContent.trim();
  const rows = [...list.querySelectorAll('li')];
  const begun = rows.filter(row => box(row).top >= held.top - 2 && box(row).top < held.bottom - 2);
  const isWhole = e => box(e).top >= held.top - 2 && box(e).bottom <= held.bottom + 2;
  return {
    whole: begun.filter(isWhole).map(name),
    cut: begun.filter(row => !isWhole(row)).map(name),
    heads: [...list.querySelectorAll('h2')].filter(isWhole).map(name),
    all: rows.length,
  };
}"""
"""The papers that stand whole on the page of a list, those that its lower edge cuts, and their headings."""


def test_a_list_of_papers_is_turned_page_by_page_and_no_row_is_cut(browse):
    page = browse("/services/B?for=other", viewport={"width": 1024, "height": 768})
    touch(page, "button:has-text('大字')")
    page.wait_for_selector("[data-text=large]")
    first = page.evaluate(SEEN)
    assert first["cut"] == []
    assert f"还有{first['all'] - len(first['whole'])}样" in page.inner_text("[data-pager-more]")
    page.wait_for_selector("html[data-takes-touches]")
    page.locator("[data-pager-more]").tap()
    page.wait_for_selector("[data-pager-back]:visible")
    page.wait_for_timeout(500)  # the list glides
    then = page.evaluate(SEEN)
    assert then["cut"] == []
    assert then["heads"] == ["要办事的人，要带"]
    assert "1寸照片" in then["whole"][-1]
    page.locator("[data-pager-back]").tap()
    page.wait_for_selector("[data-pager-more]:visible")
    page.wait_for_timeout(500)
    assert page.evaluate(SEEN) == first


def test_the_digits_of_a_code_are_typed_at_once_or_pressed_with_a_finger(browse):
    page = browse("/enrol")
    page.keyboard.type("12")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("3456", delay=5)  # as fast as a scanner
    assert page.input_value("#code") == "123456"
    page.wait_for_timeout(200)  # what a scanner would have sent by now
    assert page.get_attribute("body", "data-screen") == "enrol"
    page.fill("#code", "")
    for pressed, shown in (("4", "4"), ("back", "")):
        page.locator(f".pad__key[value='{pressed}']").tap()
        until(page, f"document.querySelector('#code').value === '{shown}'")


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


BLANK = """() => {
  const ends = [...document.querySelectorAll('body :is(h1, p, a, button, img, summary)')]
    .filter(e => e.checkVisibility() && !e.closest('.unseen'))
    .map(e => e.getBoundingClientRect())
    .sort((a, b) => a.top - b.top);
  let [end, most] = [0, 0];
  for (const { top, bottom } of ends) [most, end] = [Math.max(most, top - end), Math.max(end, bottom)];
  return Math.max(most, innerHeight - end) / innerHeight;
}"""
"""The highest band of the page in which nothing stands, as a share of its height."""


LINES = """[...document.querySelectorAll('.wish .note')].map(e =>
  Math.round(e.offsetHeight / Number.parseFloat(getComputedStyle(e).lineHeight)))"""

EMPTY = """() => {
  const choices = document.querySelector('.choices');
  choices.innerHTML = '<p class="slip" data-empty><span>x</span></p>';
  return choices.firstChild.offsetWidth / choices.offsetWidth;
}"""
"""How much of its row is taken by what stands in the place of choices, where there are none."""


def test_pads_letters_and_pages_of_nothing_leave_no_third_of_a_tall_panel_blank(browse, server):
    page = browse("/events")
    asked = (f"/events/{day}/register" for day in range(1, 9))
    register = next(one for one in asked if Client(server).get(one)[0] == 200)  # at 23:59 today's is over
    for address in ("/lost?typed=0", "/lost", "/letters", "/letters?first=Y", register):
        page.goto(server.origin + address)
        assert page.evaluate(BLANK) < 0.2, address
    page.set_viewport_size(WIDE)
    page.goto(f"{server.origin}/letters")
    tops = page.evaluate("[...document.querySelectorAll('.keys a')].map(e => e.getBoundingClientRect().top)")
    assert len({tops.count(top) for top in tops}) == 1, "one row of letters is shorter than the other"
    page.goto(f"{server.origin}/services?group=pension")
    assert page.is_visible(".group__head > .note"), "what to do is said beside the question"
    page.goto(f"{server.origin}/")
    assert page.evaluate(EMPTY) > 0.9, "a centre without services says so in one column"
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{server.origin}{Client(server).take()}/help")
    assert page.evaluate(LINES) == [2, 2, 2, 2], "a character of a reason stands alone in a third line"
