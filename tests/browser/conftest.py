"""A real Chromium with a touchscreen, before a real server process."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from script.benches._hall import Client, serving

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TALL = {"width": 1080, "height": 1920}
WIDE = {"width": 1920, "height": 1080}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def launch():
    """Start a Chromium with more arguments, headless unless told otherwise; all end with the session."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no Chromium: sudo apt-get install chromium"
    started = []
    with sync_playwright() as playwright:

        def launch(*more, **how):
            started.append(playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more], **how))
            return started[-1]

        yield launch
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def chromium(launch):
    """A browser that may make sound at once, as a kiosk's is set up."""
    return launch("--autoplay-policy=no-user-gesture-required")


@pytest.fixture
def server(tmp_path):
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
    """Tap once the page takes touches again after its change."""
    page.wait_for_timeout(800)
    page.locator(what).first.tap()


def press(page, key: str, leads_to: str) -> None:
    """Press a key once the counter takes keys again after its last change, and wait for what it leads to."""
    page.wait_for_timeout(850)
    page.keyboard.press(key)
    page.wait_for_selector(f"#counter[data-state={leads_to}]")


def until(page, script: str, seconds: float = 15) -> None:
    """Wait until `script` is true; Playwright's own waiting needs eval, which the policy forbids."""
    for _ in range(int(seconds * 10)):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {script}")
