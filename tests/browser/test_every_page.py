"""Every page in both languages, large and in high contrast: accessible, within its policy, faultless."""

from pathlib import Path

import pytest

from script.benches._hall import Client
from tests.browser.conftest import WIDE, log_in, press, takes_keys, touch

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
STATION = (
    "/",
    "/services?group=pension",
    "/services/A",
    "/services/A?for=other",
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
ARRANGING = (
    "/admin/events",
    "/admin/events/new",
    "/admin/events/2",
    "/admin/events/days/1",
    "/admin/hours",
    "/admin/hours/1",
)
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`)"""


def axe(page) -> list[str]:
    page.add_script_tag(path=AXE)
    return page.evaluate(RUN_AXE)


SEEN = {"大字": "body[data-text=large]", "高对比": "body[data-contrast=high]"}


@pytest.mark.parametrize("mode", ["plain", "大字", "高对比"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_station_is_accessible(server, browse, lang, mode):
    page = browse("/", bypass_csp=True)
    if mode in SEEN:
        touch(page, f"button:has-text('{mode}')")
        page.wait_for_selector(SEEN[mode])
    if lang == "en":
        touch(page, "button:has-text('English')")
        page.wait_for_selector("html[lang=en]")
    other = Client(server)
    ticket = other.take()
    for address in (*STATION, ticket, f"{ticket}/help", f"{ticket}/phone?digits=4711"):
        page.goto(server.origin + address)
        assert axe(page) == [], address
    page.goto(f"{server.origin}/events/1")
    touch(page, "form:has([name=visitors]) button")
    page.wait_for_selector("[data-screen=answer]")
    assert axe(page) == [], "the answer"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_board_phone_and_staff_pages_are_accessible(server, browse, lang):
    station = Client(server)
    tickets = [station.take(code) for code in "AAB"]
    page = browse("/log-in", bypass_csp=True, viewport={"width": 1366, "height": 768})
    if lang == "en":
        page.locator("button:has-text('English')").first.click()
        page.wait_for_selector("html[lang=en]")
    assert axe(page) == []
    log_in(page, "admin", "demo-admin")
    page.wait_for_url("**/counter")
    assert axe(page) == []
    page.locator("form[action='/counter/1/open'] button").click()
    page.wait_for_selector("#counter[data-state=free]")
    for then in ("called", "serving"):
        assert axe(page) == [], f"before {then}"
        press(page, "Space", then)
    assert axe(page) == []
    for key in ("hold", "transfer", "more"):
        page.locator(f"#{key}-open").click()
        assert axe(page) == [], key
    takes_keys(page)
    page.locator("button[name=kind][value=kept]").dispatch_event("click")
    page.wait_for_selector("#counter[data-state=free] .person--held")
    assert axe(page) == [], "on hold"
    takes_keys(page)
    page.keyboard.press("p")
    page.wait_for_selector("#pause[open]")
    page.locator("button[name=pause][value=lunch]").click()
    page.wait_for_selector("#counter[data-pause]")
    assert axe(page) == [], "paused"
    phones = [address.replace("/tickets/", "/t/") for address in tickets]
    office = ("/admin/cards", "/admin/cards/1", "/admin/printer", "/admin/printer?kind=tcp", "/printers")
    for address in (*office, *ARRANGING, "/hall", "/hall/lost", "/desk", "/board", *phones, "/t/1"):
        page.goto(server.origin + address)
        page.wait_for_timeout(200)
        assert axe(page) == [], address


def test_no_page_breaks_its_policy_or_leaves_the_box(server, browse):
    faults: list[str] = []
    page = browse("/log-in", viewport=WIDE)
    page.on("console", lambda m: faults.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(f"{page.url}: {e}"))
    page.on("request", lambda r: None if r.url.startswith(server.origin) else faults.append(f"left: {r.url}"))
    log_in(page, "admin", "demo-admin")
    page.wait_for_url("**/counter")
    station = Client(server)
    tickets = [station.take() for _ in range(2)]
    page.locator("form[action='/counter/1/open'] button").click()
    page.wait_for_selector("#counter")
    press(page, "Space", "called")
    addresses = [a for a in STATION if a != "/nowhere"]
    addresses += [
        tickets[1],
        tickets[0].replace("/tickets/", "/t/"),
        f"{tickets[0]}/help",
        "/board",
        "/hall",
        "/printers",
        "/admin/printer",
        "/desk",
        "/admin/cards",
        "/admin/cards/1",
        *ARRANGING,
    ]
    for address in addresses:
        page.goto(server.origin + address)
        page.wait_for_timeout(700)
    assert faults == []


def test_a_clerk_is_told_in_the_page_and_a_stale_page_is_refused(server, browse):
    station = Client(server)
    station.take()
    station.take()
    size = {"width": 1366, "height": 768}
    first = browse("/log-in?next=/counter", viewport=size)
    log_in(first)
    first.locator("form[action='/counter/1/open'] button").click()
    first.wait_for_selector("#counter[data-state=free]")
    press(first, "Space", "called")
    stale = first.context.new_page()
    stale.goto(f"{server.origin}/counter/1")
    stale.route("**/now?*", lambda route: route.fulfill(status=204))
    for state in ("serving", "free", "called"):
        press(first, "Space", state)
    takes_keys(stale)
    stale.keyboard.press("Space")
    assert "页面不是最新的" in stale.inner_text(".told--error:visible")
    first.wait_for_selector("#counter[data-state=called]")


TYPE = """([token, code, key]) => {
  const send = (code, key) => document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}));
  for (const digit of token) send(code + digit, key ?? digit);
  send('Enter', 'Enter');
}"""


@pytest.mark.parametrize("way", ["digits", "keypad", "input method"])
def test_a_scanner_is_read_whatever_the_keyboard_thinks(server, browse, clerk, way):
    station = Client(server)
    token = station.take().rpartition("/")[2]
    clerk.post("/counter/1/call-next")
    page = browse("/log-in?next=/counter", viewport={"width": 1366, "height": 768})
    log_in(page)
    page.locator("form[action='/counter/1/open'] button, a[href='/counter/1']").first.click()
    page.wait_for_selector("#counter[data-state=called]")
    page.locator("button.press").last.focus()
    if way == "digits":
        page.keyboard.type(token)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    else:
        how = ("Numpad", None) if way == "keypad" else ("Digit", "Process")
        page.evaluate(TYPE, [token, *how])
    page.wait_for_selector("#counter[data-state=serving]")
    assert page.locator("[data-verdict=ok]").count() == 1
