"""A clerk for twenty people with one hand on the keyboard; a held key, a scanner, a typed number, a tab."""

import pytest

from script.benches._hall import Client
from tests.browser.conftest import log_in, takes_keys

PEOPLE = 20
BUTTONS = """() => {
  const every = [...document.querySelectorAll(":is(button, summary, a.press, a.quiet)")];
  const seen = every.filter((one) => one.checkVisibility());
  const boxes = seen.map((one) => [one.innerText.trim(), one.getBoundingClientRect()]);
  const found = boxes.filter(([, box]) => box.right > innerWidth + 1).map(([words]) => `${words} leaves`);
  boxes.forEach(([a, one], at) => boxes.slice(at + 1).forEach(([b, two]) => {
    const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (wide > 1 && high > 1) found.push(`${a} | ${b}`);
  }));
  return found;
}"""

HEARD = """() => {
  window.heard = 0;
  document.addEventListener("linli:notified", () => (window.heard += 1));
}"""


@pytest.fixture
def counters(browse):
    """A clerk who has logged in on a small screen, before she sits down."""
    page = browse("/log-in?next=/counter", viewport={"width": 1024, "height": 768}, has_touch=False)
    log_in(page)
    return page


@pytest.fixture
def counter(counters):
    """She sits at counter 1."""
    counters.locator("form[action='/counter/1/open'] button:not([name])").click()
    counters.wait_for_selector("#counter[data-state=free]")
    return counters


class Hand:
    """One hand: each key once, when the page takes keys."""

    def __init__(self, page) -> None:
        self.page, self.presses = page, 0

    def key(self, key: str, then: str) -> None:
        takes_keys(self.page)
        self.page.keyboard.press(key)
        self.presses += 1
        self.page.wait_for_selector(then)


def test_twenty_people_take_two_presses_each_and_no_button_lies_under_another(server, counters):
    station = Client(server)
    for at in range(PEOPLE):
        station.take("AC"[at % 2])  # every second one is asked for a result
    counter = counters
    counter.reload()
    counter.click(
        "form[action='/counter/1/open'] button[name=call]"
    )  # she sits down, and the first is called
    counter.wait_for_selector("#counter[data-state=called]")
    hand = Hand(counter)
    overlaps: list[str] = []
    for at in range(PEOPLE):
        overlaps += counter.evaluate(BUTTONS) if at < 2 else []
        hand.key("Enter", "#counter[data-state=serving]")
        overlaps += counter.evaluate(BUTTONS) if at < 2 else []
        if at == 0:
            counter.locator(".ends [name=next]").check()  # once: a result calls the next too
        last = at == PEOPLE - 1
        number = counter.get_attribute("[data-number]", "data-number")
        gone = (
            "#counter[data-state=free]"
            if last
            else f"#counter[data-state=called]:not(:has([data-number={number}]))"
        )
        hand.key("1" if counter.locator(".ends").count() else "Enter", gone)
    assert counter.get_attribute("#counter", "data-arrivals") == "0"
    assert hand.presses / PEOPLE <= 2
    assert overlaps == []


@pytest.mark.alone  # a scan has no pause of 80 ms, as it has where others compute
def test_a_held_key_a_scanner_and_a_typed_number_do_what_they_mean(server, counter):
    station = Client(server)
    addresses = [station.take("C") for _ in range(3)]
    counter.wait_for_selector("[data-arrivals='3']")
    assert counter.title().startswith("(3) ")
    takes_keys(counter)
    for _ in range(12):  # a key that is held repeats; Playwright says so of a key that is down
        counter.keyboard.down("Enter")
        counter.wait_for_timeout(40)
    counter.keyboard.up("Enter")
    counter.wait_for_selector("#counter[data-state=called] [data-number=C001]")
    assert not counter.title().startswith("(")
    takes_keys(counter)
    counter.keyboard.press("3")
    counter.wait_for_selector("#find[open]")
    counter.wait_for_timeout(120)
    assert counter.input_value("#find input[name=number]") == "3"
    counter.keyboard.press("Escape")
    counter.wait_for_selector("#find[open]", state="detached")
    counter.keyboard.type(addresses[2].rpartition("/")[2], delay=4)  # the slip of C003
    counter.keyboard.press("Enter")
    counter.wait_for_selector("[data-verdict=look]")
    assert counter.get_attribute("#counter", "data-state") == "called"
    takes_keys(counter)
    counter.keyboard.press("Space")
    counter.wait_for_selector("#counter[data-state=serving]")
    takes_keys(counter)
    counter.keyboard.press("Space")
    counter.wait_for_selector("#counter[data-state=free]")
    takes_keys(counter)
    for digit in "003":
        counter.keyboard.press(digit)
        counter.wait_for_timeout(130)
    counter.keyboard.press("Enter")
    counter.wait_for_selector(".person details[open]")
    takes_keys(counter)
    counter.keyboard.press("1")
    counter.wait_for_selector("#counter[data-state=called] [data-number=C003]")


def test_what_somebody_says_is_taken_in_by_three_quick_keys(counter):
    takes_keys(counter)
    counter.wait_for_selector("#concern-form", state="attached")
    counter.keyboard.press("s")
    counter.wait_for_selector("[data-concern-pick]:focus")
    counter.keyboard.press("2")
    assert counter.input_value("[data-concern-pick]") == "2"
    counter.keyboard.press("Enter")
    counter.wait_for_selector(".concern-way:has-text('S0')")
    assert counter.url.partition("?")[2].startswith("taken=S")


def test_an_idle_clerk_hears_that_somebody_came_once_and_can_silence_it(server, counter):
    counter.evaluate(HEARD)
    Client(server).take("C")
    counter.wait_for_selector("[data-arrivals='1']")
    assert counter.title().startswith("(1) ")
    assert counter.evaluate("window.heard") == 1
    counter.click("[data-mutes]")
    counter.wait_for_timeout(4100)
    Client(server).take("C")
    counter.wait_for_selector("[data-arrivals='2']")
    assert counter.evaluate("window.heard") == 1
