"""The camera at the desk: a real Chromium whose camera shows what a person holds before it."""

import io

import pytest
from PIL import Image

from printing.drawing import qr
from tests.browser.conftest import log_in, until
from tests.browser.test_desk import SIZE, day, hall

__all__ = ["day", "hall"]

ON = "[data-camera]"


def film(code: str, level: qr.Level) -> bytes:
    """A camera's film (MJPEG) of a code on a slip, held a little askew in a dim room."""
    shown = qr.matrix(code, level)
    small = Image.new("L", (len(shown) + 8, len(shown) + 8), 235)
    for y, row in enumerate(shown):
        for x, is_dark in enumerate(row):
            if is_dark:
                small.putpixel((x + 4, y + 4), 40)
    paper = small.resize((300, 300), Image.Resampling.NEAREST).rotate(
        7, resample=Image.Resampling.BICUBIC, fillcolor=120
    )
    frame = Image.new("L", (640, 480), 120)
    frame.paste(paper, (170, 90))
    picture = io.BytesIO()
    frame.convert("RGB").save(picture, "JPEG", quality=80)
    return picture.getvalue() * 5


@pytest.fixture
def camera(launch, server, tmp_path):
    """Open the desk with a camera that sees `code`."""
    opened = []

    def camera(code: str, day: int, level: qr.Level = "Q", *more: str):
        (tmp_path / "camera.mjpeg").write_bytes(film(code, level))
        chromium = launch(
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'camera.mjpeg'}",
            *(more or ("--use-fake-ui-for-media-stream",)),
        )
        page = chromium.new_context(viewport=SIZE).new_page()
        opened.append(chromium)
        page.goto(f"{server.origin}/log-in?next=/desk%3Fevent={day}")
        log_in(page, "desk", "demo-desk")
        page.wait_for_selector("html[data-listens] .verdict--ready")
        return page

    yield camera
    for chromium in opened:
        chromium.close()


def tracks(page) -> int:
    """Whether the camera's light is on."""
    return page.evaluate("(document.querySelector('video').srcObject?.getTracks() ?? []).length")


@pytest.mark.parametrize("level", ["Q", "H"])
def test_the_camera_signs_in_whom_it_sees_once_and_is_off_when_asked(camera, hall, day, level):
    faults: list[str] = []
    page = camera(hall.card(hall.person()), day, level)
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    assert tracks(page) == 0, "nobody has asked for it"
    page.locator(ON).click()
    page.wait_for_selector("[data-verdict=ok_in]", timeout=15000)
    page.wait_for_timeout(2500)
    assert hall.counts(day) == (0, 1, 1)
    assert len(hall.rows()) == 1, "held before the camera it is one scan"
    assert page.locator(ON).get_attribute("aria-pressed") == "true"
    page.locator(ON).click()
    assert tracks(page) == 0
    assert page.locator("video:visible").count() == 0
    assert faults == [], "the content policy allows all of it"


def test_the_camera_is_off_when_the_page_is_left(camera, hall, day):
    page = camera("134567890123456789", day)
    page.locator(ON).click()
    page.wait_for_selector("[data-verdict=misread]", timeout=15000)
    assert tracks(page) == 1
    page.evaluate("""() => {
        Object.defineProperty(document, 'hidden', {value: true});
        document.dispatchEvent(new Event('visibilitychange'));
    }""")
    assert tracks(page) == 0
    assert page.locator(ON).get_attribute("aria-pressed") == "false"


def test_a_camera_that_is_not_allowed_says_so_and_the_scanner_still_works(camera, hall, day):
    page = camera("1" * 24, day, "Q", "--deny-permission-prompts")
    page.locator(ON).click()
    page.wait_for_selector("[data-camera-why=refused]:visible")
    page.keyboard.type(hall.card(hall.person()))
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-verdict=ok_in]")


def test_without_https_the_page_says_why_there_is_no_camera_and_scans_all_the_same(launch, serving, tmp_path):
    name = "desk.example"
    with serving(tmp_path / "data", trusted_hosts=name) as running:
        chromium = launch(f"--host-resolver-rules=MAP {name} 127.0.0.1")
        page = chromium.new_page(viewport=SIZE)
        page.goto(f"http://{name}:{running.port}/log-in?next=/desk")
        log_in(page, "desk", "demo-desk")
        page.wait_for_selector("[data-camera-why=insecure]:visible")
        assert not page.locator(ON).is_visible()
        page.keyboard.type("2" * 24)
        page.keyboard.press("Enter")
        until(page, "document.querySelector('[data-verdict=misread]') !== null")
        chromium.close()
