"""The bell in a real browser: it rings until one key answers it, and covers nothing."""

from tests.browser.conftest import log_in, touch, until
from tests.browser.examiner import AXE, RUN_AXE

CLERKS = {"width": 1366, "height": 768}
COUNT_RINGS = "document.addEventListener('linli:ring', () => (window.rings = (window.rings ?? 0) + 1))"
IS_FREE = """(what) => {
  const target = document.querySelector(what);
  const { left, top, width, height } = target.getBoundingClientRect();
  return target.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def faults(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(RUN_AXE)


def test_unwell_rings_at_the_counter_until_one_key_answers_it_and_the_station_says_who_comes(browse):
    counter = browse("/log-in", viewport=CLERKS)
    log_in(counter)
    counter.locator("form[action='/counter/1/open'] button:not([name])").click()
    counter.wait_for_selector("#counter")
    counter.evaluate(COUNT_RINGS)
    station = browse("/")
    touch(station, "[data-bell]")
    assert faults(station) == []
    touch(station, "[data-plea=unwell]")
    station.wait_for_selector("[data-stand=ringing]")
    counter.wait_for_selector("#bell[data-rings=unwell]")
    until(counter, "window.rings >= 2")
    assert counter.evaluate(IS_FREE, "#main")
    assert faults(counter) == []
    counter.keyboard.press("g")
    counter.wait_for_selector("#bell[data-rings='']")
    station.wait_for_selector("[data-stand=coming]")
    assert faults(station) == []
    rung = counter.evaluate("window.rings")
    counter.wait_for_timeout(3000)
    assert counter.evaluate("window.rings") == rung
    counter.locator("#bell form[action$='/close'] button").first.click()
    station.wait_for_selector("[data-stand=over]")
    assert station.get_attribute("[data-bell]", "data-bell") == "free"
    station.wait_for_url("**/", timeout=15_000)
    assert station.get_attribute("[data-bell]", "data-bell") == "free"
