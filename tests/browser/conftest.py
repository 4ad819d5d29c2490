"""A real Chromium with a touchscreen, before a real server process."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from script.benches._hall import Client
from tests.disks import has_room_in_memory

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SOUND_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
SHELL = "chromium-headless-shell"
PAINTING_NOTHING = ("--enable-begin-frame-control", "--run-all-compositor-stages-before-draw")
"""A page is laid out when a script asks, and never drawn: no step may wait for a frame, as a touch does."""
NOT_OPTIMISED = "--js-flags=--no-opt,--no-maglev,--no-sparkplug"
"""A script runs as it is read: one that is new on each page ends before it would be worth compiling."""
TALL = {"width": 1080, "height": 1920}
WIDE = {"width": 1920, "height": 1080}


def pytest_collection_modifyitems(items):
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def launch():
    """Start a Chromium with more arguments, headless unless told otherwise; all end with the session."""
    assert shutil.which("chromium"), "no Chromium: sudo apt-get install chromium"
    started = []
    # else what it has painted goes through files on the disk
    unwanted = ["--disable-dev-shm-usage"] if has_room_in_memory() else []
    with sync_playwright() as playwright:

        def launch(*more, program="chromium", **how):
            path = shutil.which(program) or shutil.which("chromium")
            how |= {"executable_path": path, "args": [*ARGUMENTS, *more], "ignore_default_args": unwanted}
            started.append(playwright.chromium.launch(**how))
            return started[-1]

        yield launch
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def whole_chromium(launch):
    """The browser that a kiosk has, allowed to make sound at once, as a kiosk's is set up."""
    return launch(SOUND_AT_ONCE)


@pytest.fixture(scope="session")
def chromium(launch):
    """The same pages and scripts without the browser around them, where it is installed: a third less CPU."""
    return launch(SOUND_AT_ONCE, program=SHELL)


@pytest.fixture(scope="session")
def unseen_chromium(launch):
    """A browser for pages that only scripts look at: it paints nothing, where the shell is installed."""
    unseen = (*PAINTING_NOTHING, NOT_OPTIMISED) if shutil.which(SHELL) else ()
    return launch(SOUND_AT_ONCE, *unseen, program=SHELL)


@pytest.fixture(scope="session")
def serving(nest, furnished_today):
    """Run a server of one's own on a demo centre that was furnished today: serving(folder, **settings)."""

    @contextmanager
    def serving(folder, **settings):
        shutil.copytree(furnished_today, folder)
        with nest.serving(folder, **settings) as running:
            yield running

    return serving


@pytest.fixture
def server(serving, tmp_path):
    with serving(tmp_path / "data") as running:
        yield running


@pytest.fixture
def browse(chromium, server):
    """Open a window of its own: browse("/board", viewport=WIDE)."""
    windows = []

    def browse(address="/", **how):
        window = chromium.new_context(**{"viewport": TALL, "has_touch": True} | how)
        windows.append(window)
        page = window.new_page()
        page.goto(server.origin + address)
        return page

    yield browse
    for window in windows:
        window.close()


@pytest.fixture
def clerk(server):
    """A clerk at counter 1, without a browser."""
    clerk = Client(server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")
    clerk.post("/counter/1/open")
    return clerk


def log_in(page, name="clerk1", password="demo-clerk"):
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def touch(page, what: str) -> None:
    """Tap once the page takes touches, and wait until all of the page that this leads to is there.

    As somebody who reads first: the finger's last place is forgotten, where touches count later.
    """
    page.wait_for_selector("html[data-takes-touches]")
    page.evaluate("sessionStorage.clear()")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator(what).first.tap()


def press_digits(page, digits: str) -> None:
    """Press the keys of a pad one after the other; the last one leads on."""
    page.wait_for_selector("html[data-takes-touches]")
    page.evaluate("sessionStorage.clear()")
    with page.expect_navigation(wait_until="domcontentloaded"):
        for digit in digits:
            page.locator(f".pad__key:text-is('{digit}')").tap()


def takes_keys(page) -> None:
    """Wait until the counter takes keys again after its last change."""
    page.wait_for_selector("#counter[data-takes-keys]")
    page.wait_for_timeout(100)  # keys nearer than 80 ms to one another are a scanner's


def press(page, key: str, leads_to: str) -> None:
    """Press a key once the counter takes keys, and wait for what it leads to."""
    takes_keys(page)
    page.keyboard.press(key)
    page.wait_for_selector(f"#counter[data-state={leads_to}]")


def until(page, script: str, seconds: float = 15) -> None:
    """Wait until `script` is true; Playwright's own waiting needs eval, which the policy forbids."""
    for _ in range(int(seconds * 10)):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {script}")
