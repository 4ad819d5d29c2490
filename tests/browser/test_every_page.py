"""Every page in both languages: accessible in each mode, within its policy, faultless, on every panel."""

import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from kiosk import speech
from kiosk.box import open_box
from kiosk.screens.station.assisted import code_of
from kiosk.screens.web.screen import Frame
from kiosk.settings import Settings
from script.benches._centres import Centre
from script.benches._hall import Client
from script.benches._pressed import Visitor, answered
from tests.browser.conftest import TALL, WIDE, log_in, press, press_digits, takes_keys, touch
from tests.browser.examiner import AXE, axe
from tests.browser.panels import MODES as ALL_MODES
from tests.browser.panels import PANELS, judge_panels, sheet_of
from tests.every_address import SCREENS, every_address
from tests.large_centre import furnish_large

CLERKS = {"width": 1366, "height": 768}
MODES = {"data-text": "large", "data-contrast": "high"}
MARK = """([mark, value]) => {
  const before = document.body.getAttribute(mark);
  document.body.setAttribute(mark, value);
  return before;
}"""
TITLES = "/concerns/new?category=lights&place=0&step=tail&typed=4"
ASKED = (
    "/services?group=pension",
    "/services/B",
    "/services/A?for=other",
    "/services/B?for=other",
    "/services/B?step=lacking",
    "/services/B?step=priority&priority=elder",
    "/lost?service=A",
    "/lost?typed=2",
    "/lost?typed=4",
    "/concerns/new?step=urgent",
    "/concerns/new?step=outside",
    "/concerns/new?category=staff",
    "/concerns/new?category=staff.secretary&place=0&step=how",
    "/concerns/new?category=lights",
    "/concerns/new?category=lights&place=0",
    "/concerns/new?category=lights&place=0&step=how",
    "/concerns/new/voice?category=lights",
    "/concerns/new/ink?category=lights",
    "/concerns/new?category=lights&place=0&step=tail",
    TITLES,
    "/concerns/new?category=lights&place=0&step=phone",
    "/events/1?more=1",
    "/events/1/sign-in?typed=2",
    "/events/1/sign-in?typed=4",
    "/events/1/sign-out?typed=4",
    "/events/1/register?together=2&typed=4",
    "/nowhere",
)
"""Pages of the station that are another page when something is asked."""

PRESSED = {
    "/events/1?more=1": "form:has([name=visitors]) button",
    "/events/1/register?together=2": "form:has([name=together]) button",
    "/events/1/sign-in?typed=4": "[data-person]",
}
"""What is pressed on which page, for the answer that only a press leads to."""

WHOLE = ("/lost", "/events", "/cards", "/enrol", "/services/B", "/help", "/concerns/new/voice", TITLES)
ONCE = ("as it comes",)
"""What is judged in every mode and on every panel, word by word; and the mode of all others."""

ABSENT = ("/nowhere: ", "/t/1: ")
"""What a browser complains of rightly: nothing is there."""

REACHED = {
    "station.home.services",  # by a group: ASKED
    "station.home.more",  # by more groups than the home page has room for: LARGE
    "station.sign_in.answer",  # by a sign-in, below
    "station.enrol.start",  # by an address that staff make: test_enrol.py
    "station.visit.problem",  # by a form that was refused: test_server_away.py
    "office.people_import.look",  # by a file: test_people.py
    "office.printer.trial",  # by another printer: test_printing.py
    "concerns.new.taken",  # by what somebody says: tests/screens/concerns/test_new.py
    "concerns.new.slip_state",  # the same
    "concerns.spoken.voice",  # by a category: ASKED
    "concerns.spoken.ink",  # the same
    "concerns.one.attached",  # a file that somebody has sent: tests/screens/concerns/test_spoken.py
    "concerns.receipt.page",  # the same
    "concerns.slip.page",  # by its slip: concern_slip
    "concerns.slip.ask_withdraw",  # the same
    "concerns.slip.ask_more",  # the same
    "concerns.slip.voice",  # as concerns.spoken.voice
    "concerns.slip.ink",  # as concerns.spoken.ink
    "intake.door_cards.card",  # by a card that was printed: tests/screens/intake/test_door.py
    "intake.patrols.patrol",  # by a walk: tests/screens/intake/test_patrols.py
    "kinds.hopes.one",  # for nobody who only looks after the box: tests/screens/kinds/test_hopes.py
    "kinds.cases.case",  # the same: test_cases.py
    "kinds.dates.every",  # the same: test_dates.py
    "intake.stubs.stub",  # the same
    "concerns.categories.one",  # by a category: CATEGORY
    "figures.opinions.cases",  # by a figure: CASES
    "households.mine.every",  # by who works in a grid, and nobody else: below
    "setup.printer.trial",  # by another printer: tests/screens/setup/test_printer.py
    "public.own_clips.own_clip",  # a file, of the centre's own: test_own_clips.py
    "voice.clips.clip",  # by a text: SPOKEN
    "surveys.answer.form",  # by a sheet that the office makes: tests/screens/surveys/test_answer.py
    "surveys.office.one",  # the same: test_office.py
    "surveys.office.paper",  # the same
    "surveys.paper.form",  # the same: test_paper.py
    "surveys.results.quarter",  # the same: test_office.py
    "ratings.complaints.one",  # by a bad rating: tests/screens/ratings/test_complaints.py
    "ratings.slip.faces",  # by a visit that is over: test_ratings.py
    "ratings.slip.callback",  # by a bad face: the same
    "ratings.tablet.callback",  # the same
    "public.phone_rating.page",  # the same
}
"""Views that lead to a page only after something was done."""


SPOKEN = f"/admin/voice/{speech.key_of(speech.sentence('home'), 'zh')}"

CATEGORY = "/admin/concerns/category/lights"
CASES = "/figures/concerns/list?figure=taken"


def concern_slip(server) -> str:
    """Where the receipt of something that was said is, scanned at the station."""
    _, taken, _ = Client(server).post("/concerns", category="lights", tap="every-page")
    return taken.partition("?")[0].replace("/concerns/taken/", "/concerns/slip/")


NOTICE = {
    "zh": "养老保险资格认证从今天开始了，请带上身份证和手机，到二楼东侧大厅办理，不用着急",
    "en": "Pension certification begins today: please bring your ID card and phone to the hall upstairs.",
    "places": "station", "service": "", "from_time": "00:00", "until_time": "00:00",
}  # fmt: skip
"""As long as one may be; the home page has it on every panel."""


def days_on(count: int) -> date:
    """A day in the centre, near enough in whatever zone this runs."""
    return datetime.now(UTC).date() + timedelta(days=count)


@pytest.fixture
def watch(server):
    """Note every fault of a page: what breaks the policy, fails, or leaves the box."""
    faults: list[str] = []

    def watch(page):
        page.on("console", lambda m: faults.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: faults.append(f"{page.url}: {e}"))
        page.on("request", lambda r: None if r.url.startswith(server.origin) else faults.append(r.url))

    yield watch
    assert [
        fault for fault in faults if not fault.startswith(tuple(server.origin + at for at in ABSENT))
    ] == []


@pytest.fixture
def watched(server, browse, watch):
    """Open a window that is watched."""

    def watched(address, **how):
        page = browse("/log-in", **how)
        watch(page)
        page.goto(server.origin + address)
        return page

    return watched


@pytest.fixture
def unseen(unseen_chromium, watch):
    """Open a watched window for whoever sits at a page, where pages are only judged: nothing is painted.

    The examiner is in each page that comes. A page costs three fifths of what it does where it is painted.
    """
    windows = []

    def unseen(page):
        windows.append(unseen_chromium.new_context(viewport=page.viewport_size, has_touch=True))
        windows[-1].add_cookies(page.context.cookies())
        twin = windows[-1].new_page()
        twin.add_init_script(AXE)
        watch(twin)
        return twin

    yield unseen
    for window in windows:
        window.close()


def pages(server, token: str) -> dict[Frame, list[str]]:
    """Every page there is, by its frame, on a server that has something on all of them."""
    admin = Client(server)
    admin.post("/log-in", name="admin", password="demo-admin")
    admin.post("/counter/1/open")
    admin.post("/admin/notices/new", **NOTICE, from_on=f"{days_on(-1)}", until_on=f"{days_on(2)}")
    admin.post(
        "/admin/cards/problems/new", zh="下水道堵了找谁", en="The drain is blocked", icon="wrench", cards="1"
    )
    if not FOUND:  # they are the same on the next server: to ask for each takes 5 s
        FOUND.update(found(admin, token))
    return {frame: [address.replace(A_TICKET, token) for address in every] for frame, every in FOUND.items()}


A_TICKET = "a-ticket"
FOUND: dict[Frame, list[str]] = {}


def found(admin: Client, token: str) -> dict[Frame, list[str]]:
    """The pages that are there for whoever asks; what is not a page of its own is REACHED."""
    pages: dict[Frame, list[str]] = {frame: [] for frame in Frame}
    missing = set()
    for view, address in every_address(token=token):
        if "." in address:
            continue  # a file: its paper or workbook takes a second to make
        status, _, body = admin.get(address)
        if status == 200 and body.startswith("<!doctype html>"):
            frame = SCREENS[view.rpartition(".")[0]].frame
            pages[frame].append(address.replace(token, A_TICKET))
        elif status not in (200, 204):
            missing.add(view)
    assert missing == REACHED
    return pages


def test_a_page_that_was_right_is_examined_anew_where_it_has_changed(watched):
    page = watched("/log-in", viewport=CLERKS)
    assert axe(page) == axe(page) == []
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert [fault.partition(":")[0] for fault in axe(page)] == ["color-contrast"]
    page.reload()
    page.evaluate("document.querySelector('label[for=name]').remove()")
    assert "label" in [fault.partition(":")[0] for fault in axe(page)]


def judge_modes(page, where: str) -> None:
    """The page as it comes, with large text and in high contrast: a mode is a mark of the body."""
    assert axe(page) == [], where
    for mark, value in MODES.items():
        before = page.evaluate(MARK, [mark, value])
        assert axe(page) == [], f"{where} in {value}"
        page.evaluate(MARK, [mark, before])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_station(server, watched, unseen, lang):
    """Visited once: for the examiner of accessibility in each mode, and for the millimetres of each panel."""
    page = watched("/")
    if lang == "en":
        touch(page, "button:has-text('English')")
        page.wait_for_selector("html[lang=en]")
    others = Client(server)
    ticket, *_ = [others.take(code) for code in "AAAABEACDK"]
    page.goto(f"{server.origin}/lost?typed=0")
    press_digits(page, "0101")  # those that the pads below show
    every = pages(server, ticket.rpartition("/")[2])[Frame.STATION]
    assert len(every) > 12
    faults: list[str] = []
    slip = concern_slip(server)
    said = (slip, f"{slip}/withdraw", f"{slip}/more")
    twin = unseen(page)
    page.goto("about:blank")  # else it would go home by itself meanwhile, and forget the digits
    for address in (*every, *ASKED, *said, f"{ticket}/phone?typed=4"):
        twin.goto(server.origin + address)
        judge_modes(twin, address)
        faults += judge_panels(twin, address, ALL_MODES if address.startswith(WHOLE) else ONCE)
    for address, what in PRESSED.items():
        page.goto(server.origin + address)
        touch(page, what)
        page.wait_for_selector("[data-screen=answer]")
        judge_modes(page, f"the answer after {address}")
        faults += judge_panels(page, f"the answer after {address}")
    assert faults == []


def test_what_comes_after_a_press_lies_on_every_panel(server, unseen_chromium):
    """The others of them are looked at by `script/bench screens`."""
    page, faults = unseen_chromium.new_page(viewport=TALL), []
    visitor = Visitor(page, Centre(server, ("admin", "demo-admin")))
    receipt = f"/concerns/slip/{answered(visitor)}"
    for _ in range(4):
        visitor.ask(f"{visitor.take('K')}/help", wish="phone", digits="2580")
    for lang in ("en", "zh"):
        visitor.ask("/language", lang=lang)
        visitor.ask("/digits", digits="2580")
        for address in (receipt, "/lost?typed=4"):
            visitor.show(address)
            faults += judge_panels(page, f"{address} in {lang}")
    visitor.show(receipt)
    turned = []
    for size, inches in PANELS.values():
        page.set_viewport_size(size)
        turned.append(page.evaluate(TURNED, sheet_of(size, inches)))
        assert turned[-1]["cut"] == [], f"half a line on {inches} inches"
    assert max(one["pages"] for one in turned) > 1, "all of it can be read"
    assert faults == []


TURNED = """sheet => {
  const panel = new CSSStyleSheet();
  panel.replaceSync(sheet);
  document.adoptedStyleSheets = [panel];
  dispatchEvent(new Event('resize'));
  const one = name => document.querySelector(`[data-pager-${name}]`), list = one('list'), more = one('more');
  list.style.scrollBehavior = 'auto';
  const range = document.createRange();
  range.selectNodeContents(list);
  const cut = [];
  let pages = 0;
  const look = () => {
    const held = list.getBoundingClientRect();
    const [, clipped = 0] = getComputedStyle(list).clipPath.match(/([0-9.]+)px[)]$/) ?? [];
    const lowest = held.bottom - clipped;
    pages += 1;
    for (const { top, bottom } of range.getClientRects()) {
      const slack = (bottom - top) * 0.17, [high, low] = [top + slack, bottom - slack];
      const isPart = edge => high < edge - 1 && low > edge + 1;
      if (isPart(held.top) || isPart(lowest)) cut.push([pages, high, low, held.top, lowest]);
    }
  };
  for (look(); !more.hidden && pages < 40; look()) more.click();
  return { pages, cut };
}"""
"""The pages of a long text, and its lines that an edge of the place cuts through."""


LARGE = (
    "/", "/more", "/services?group=pension", "/services?group=pension&page=1", "/services?group=others",
    "/letters", "/letters?first=Y", "/services/AE", "/lost", "/lost?service=AE",
)  # fmt: skip
"""Pages of the station that are other ones at 88 services, some with names of 60 characters."""


SHUT = ("/", "/services?group=pension", "/services/A", "/services/B?for=other")


def test_a_closed_day_lies_on_every_panel(server, unseen_chromium):
    boss = Client(server)
    boss.post("/log-in", name="admin", password="demo-admin")
    assert boss.post("/manage/close")[0] == 303
    page, faults = unseen_chromium.new_page(viewport=TALL), []
    for lang in ("zh", "en"):
        page.context.request.post(
            f"{server.origin}/language", form={"lang": lang}, headers={"Origin": server.origin}
        )
        for address in SHUT:
            page.goto(server.origin + address)
            faults += judge_panels(page, f"{address} in {lang}")
        page.set_viewport_size(WIDE)
        page.goto(f"{server.origin}/")
        assert page.evaluate(BANNER) >= 0.13, "the one thing that is told is no thin strip"
    page.close()
    assert faults == []


BANNER = "document.querySelector('.rests').getBoundingClientRect().height / innerHeight"
"""How high the banner of a closed day is: 0.13 of a panel of 15.6 inches are 25 mm."""


LOWEST = (
    "what => Math.max(...[...document.querySelectorAll(what)].map(e => e.getBoundingClientRect().bottom))"
)


@pytest.fixture
def large(nest, furnished_today, tmp_path):
    """A server on a centre that was made large."""
    folder = tmp_path / "large"
    shutil.copytree(furnished_today, folder)
    box = open_box(Settings(folder=folder, is_demo=True))
    furnish_large(box)
    box.database.close()
    with nest.serving(folder) as running:
        yield running


def let_volunteer_in(page, server) -> None:
    """Give the six digits of the day, one after the other, as the pad does."""
    box = open_box(Settings(folder=server.folder, is_demo=True))
    code = code_of(box.centre.secret, box.centre.day(box.now()))
    box.database.close()
    for count in range(1, len(code) + 1):
        asked, headers = {"digits": code[:count]}, {"Origin": server.origin}
        page.context.request.post(f"{server.origin}/assist", form=asked, headers=headers, max_redirects=0)


def test_a_large_centre_in_large_text_lies_on_every_panel(large, chromium, unseen_chromium):
    page = unseen_chromium.new_page(viewport=TALL)
    station = Client(large)
    numbers = [station.take(code) for code in ("AE", "AE", "B", "AN")]
    page.goto(f"{large.origin}/lost?service=AE")
    one, faults = page.get_attribute("[data-lost]", "href"), []
    let_volunteer_in(page, large)
    for lang in ("zh", "en"):
        page.context.request.post(
            f"{large.origin}/language", form={"lang": lang}, headers={"Origin": large.origin}
        )
        for address in (*LARGE, one, numbers[0]):
            page.goto(large.origin + address)
            assert page.get_attribute("html", "lang").startswith(lang)
            faults += judge_panels(page, f"{address} in {lang}", ("large",))
        page.goto(f"{large.origin}/assist?page=1")
        faults += judge_panels(page, f"numbers for others in {lang}", ("large and low", "as it comes"))
    assert faults == []
    page.close()
    page = chromium.new_page(viewport=CLERKS)
    page.goto(f"{large.origin}/log-in?next=/hall")
    log_in(page)
    page.wait_for_selector("[data-desk='30']")
    assert page.evaluate(LOWEST, ".place, .live--many [aria-labelledby=waiting-title] tr") <= CLERKS["height"]
    page.set_viewport_size(WIDE)
    page.goto(f"{large.origin}/board")
    assert page.evaluate(LOWEST, ".call--newest, .queue, .queue__one") <= WIDE["height"]
    page.close()


NARROW = (
    ("/hall", 320, 100),
    ("/ratings", 512, 100),
    ("/setup/devices", 512, 100),
    ("/counter/1/rate", 320, 150),
)
"""Pages on a phone, on a panel of 1024 pixels at twice its size, and in a phone's larger letters."""

BEYOND_KEYS = """() => [...document.querySelectorAll('main *')]
  .filter(e => getComputedStyle(e).overflowX === 'auto')
  .filter(e => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0)
  .map(e => e.className)"""
"""What is pushed sideways by a finger or a mouse, and cannot be by the arrow keys."""

LETTERS = (150, 200)
"""How large a phone's owner has set its letters, percent."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_staff_and_of_phones(server, watched, unseen, lang):
    station = Client(server)
    tickets = [station.take(code) for code in "AAB"]
    page = watched("/log-in", viewport=CLERKS)
    if lang == "en":
        page.locator("button:has-text('English')").first.click()
        page.wait_for_selector("html[lang=en]")
    assert axe(page) == []
    log_in(page, "admin", "demo-admin")
    page.wait_for_url("**/counter")
    assert axe(page) == []
    page.locator("form[action='/counter/1/open'] button:not([name])").click()
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
    page.goto(f"{server.origin}/lost?typed=0")
    press_digits(page, "0101")  # those that the pads below show
    every = pages(server, tickets[0].rpartition("/")[2])
    assert len(every[Frame.STAFF]) > 15
    twin = unseen(page)
    for address in (
        *every[Frame.STAFF],
        *every[Frame.PHONE],
        *phones[1:],
        "/admin/printer?kind=tcp",
        SPOKEN,
        CATEGORY,
        CASES,
        concern_slip(server).replace("/concerns/slip/", "/t/"),
        "/t/1",
    ):
        twin.goto(server.origin + address)
        assert axe(twin) == [], address
    said = concern_slip(server).replace("/concerns/slip/", "/t/")
    settings = twin.context.new_cdp_session(twin)
    own = product((phones[0], phones[-1], said, "/t/1"), (320,), LETTERS)
    for address, width, letters in (*NARROW, *own):
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * letters // 100}})
        twin.set_viewport_size({"width": width, "height": 640})
        twin.goto(server.origin + address)
        assert twin.evaluate("document.documentElement.scrollWidth") <= width, (address, letters)
        assert axe(twin) == [], (address, width)
        assert twin.evaluate(BEYOND_KEYS) == [], address
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    boss = Client(server)
    boss.post("/log-in", name="admin", password="demo-admin")
    boss.post("/admin/staff/5/role", role="grid")
    page.context.clear_cookies()
    page.goto(f"{server.origin}/log-in")
    log_in(page, "clerk4", "demo-clerk")
    page.wait_for_url("**/concerns")
    page.goto(f"{server.origin}/households")
    assert axe(page) == [], "households"


def test_a_clerk_is_told_in_the_page_and_a_stale_page_is_refused(server, browse):
    station = Client(server)
    station.take()
    station.take()
    size = {"width": 1366, "height": 768}
    first = browse("/log-in?next=/counter", viewport=size)
    log_in(first)
    first.locator("form[action='/counter/1/open'] button:not([name])").click()
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
    page.wait_for_selector("html[data-listens] #counter[data-state=called]")
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
