"""From the first touch to the end of the visit: station, paper, counter, board with its voice, phone."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from tests.browser.conftest import WIDE, log_in, press, touch, until
from tests.printing.paper import codes

WORDS = {
    "zh": {"service": "养老保险资格认证", "printed": "小票打好了", "called": "1号窗口", "done": "办完了"},
    "en": {"service": "Pension certification", "printed": "printed", "called": "window 1", "done": "Done"},
}


@pytest.fixture(scope="module")
def chromium(whole_chromium):
    """Here everything is as in a centre."""
    return whole_chromium


def code_on(page, what: str) -> str:
    picture = Image.open(BytesIO(page.locator(what).first.screenshot()))
    found = zxingcpp.read_barcode(picture)
    assert found, "no code in the picture"
    return found.text


@pytest.mark.alone  # the slip has two seconds, else the page says that there is none
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_resident_is_served(server, browse, lang):
    words = WORDS[lang]
    board = browse("/board", viewport=WIDE)
    board.evaluate("document.addEventListener('linli:spoken', e => (window.spoken ??= []).push(e.detail.id))")

    station = browse("/")
    if lang == "en":
        touch(station, "button:has-text('English')")
    touch(station, f"a:has-text('{words['service']}')")
    touch(station, "form[action='/tickets'] .press--main")
    station.wait_for_selector("[data-number]")
    number = station.get_attribute("[data-number]", "data-number")
    token = re.findall("[0-9]{24}", station.url)[0]
    assert number == "A001"
    assert code_on(station, ".taken__qr .qr") == token
    station.wait_for_selector("[data-print-state=printed]", timeout=8000)
    assert words["printed"] in station.inner_text("#slip")
    (raw,) = (server.folder / "slips").glob("*.bin")
    assert codes(raw.read_bytes()) == [token]
    assert raw.with_suffix(".png").is_file()

    counter = browse("/log-in?next=/counter", viewport={"width": 1366, "height": 768})
    log_in(counter)
    counter.locator("form[action='/counter/1/open'] button:not([name])").click()
    counter.wait_for_selector("#counter[data-state=free]")
    press(counter, "Space", "called")
    assert counter.get_attribute("#counter [data-number]", "data-number") == number

    board.wait_for_selector(f"[data-number={number}]", timeout=2000)
    assert board.get_attribute("[data-counter]", "data-counter") == "1"
    until(board, "window.spoken && window.spoken.length === 1")

    phone = browse(f"/t/{token}", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    assert WORDS["zh"]["called"] in phone.inner_text("main")

    counter.keyboard.type(token)
    counter.keyboard.press("Enter")
    counter.wait_for_selector("#counter[data-state=serving]")
    counter.wait_for_selector("[data-verdict=ok]")
    press(counter, "Space", "free")
    phone.reload()
    assert WORDS["zh"]["done"] in phone.inner_text("main")

    touch(station, ".done__main button")
    station.wait_for_selector("[data-screen=home]")
    assert station.get_attribute("html", "lang") == "zh-CN"


def test_four_calls_at_once_are_all_spoken_in_order_and_once(server, browse):
    from script.benches._hall import Client

    board = browse("/board", viewport=WIDE)
    board.evaluate(
        "document.addEventListener('linli:spoken', e => (window.spoken ??= []).push(Number(e.detail.id)))"
    )
    station = Client(server)
    for _ in range(4):
        station.take()
    for n in (1, 2, 3, 4):
        clerk = Client(server)
        clerk.post("/log-in", name=f"clerk{n}", password="demo-clerk")
        clerk.post(f"/counter/{n}/open")
        clerk.post(f"/counter/{n}/call-next")
    until(board, "window.spoken && window.spoken.length >= 4", 60)
    board.wait_for_timeout(600)
    spoken = board.evaluate("window.spoken")
    assert spoken == sorted(set(spoken))
    assert len(spoken) == 4


def test_a_reloaded_board_speaks_nothing_old(server, browse, clerk):
    from script.benches._hall import Client

    Client(server).take()
    clerk.post("/counter/1/call-next")
    board = browse("/board", viewport=WIDE)
    board.wait_for_selector("[data-number=A001]")
    board.wait_for_timeout(1000)
    assert board.locator("[data-announcement]").count() == 0


def test_the_board_says_when_the_server_is_gone(server, browse, clerk):
    from script.benches._hall import Client

    Client(server).take()
    clerk.post("/counter/1/call-next")
    board = browse("/board", viewport=WIDE)
    board.wait_for_selector("[data-number=A001]")
    assert not board.is_visible("[data-unanswered]")
    board.context.set_offline(True)
    board.wait_for_selector("[data-unanswered]:visible", timeout=9000)
    assert board.is_visible("[data-number=A001]")
    board.context.set_offline(False)
    board.wait_for_selector("[data-unanswered]", state="hidden", timeout=9000)
