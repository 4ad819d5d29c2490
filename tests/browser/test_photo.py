"""A photo of a walk in a real phone's browser: small and without its place before it is sent."""

import re

from PIL import Image

from script.benches._hall import Client
from tests.browser.conftest import log_in, until

PHONE = {"width": 390, "height": 844}
SMALL = "document.querySelector('[data-photo]').files[0]?.name === 'photo.jpg'"


def noted(page, about: str) -> str:
    """Send the form; the concern that came of it."""
    page.locator(".picks--pictures .pick").nth(1).tap()
    page.fill("[name=about]", about)
    page.locator("button:has-text('记下这个问题')").tap()
    row = page.locator(f"[data-concern]:has-text('{about}') a.concerns__what")
    row.wait_for()
    return row.get_attribute("href")


def test_a_photo_leaves_the_phone_small_and_without_its_place_and_one_that_is_gone_is_told(
    server, browse, tmp_path
):
    told = Image.Exif()
    told[0x010F], told[0x8825] = "a maker", {1: "N", 2: (31.0, 12.0, 5.0)}
    taken, huge = tmp_path / "taken.jpg", tmp_path / "huge.png"
    Image.new("RGB", (2400, 1800), "red").save(taken, exif=told)
    Image.new("1", (8000, 5000)).save(huge)
    page = browse("/log-in?next=/s/patrols", viewport=PHONE)
    log_in(page)
    page.locator("button:has-text('开始检查')").tap()
    sent = []
    page.on("request", lambda one: sent.append(one.post_data_buffer or b"") if one.method == "POST" else None)
    page.set_input_files("#photo", taken)
    until(page, SMALL)
    taken.unlink()  # what was made of it is in the page
    address = noted(page, "灯不亮")
    assert len(sent[-1]) < 100_000
    assert b"a maker" not in sent[-1]
    page.set_input_files("#photo", huge)
    until(page, SMALL)
    noted(page, "墙皮掉了")  # forty million pixels, which the box would not open
    clerk = Client(server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")
    (photo,) = re.findall(rf"{address}/files/[0-9]+", clerk.get(address)[2])
    page.goto(server.origin + photo)
    assert page.evaluate("[...document.images].map((one) => one.naturalWidth)") == [1600]
    for kept in (server.folder / "concerns").rglob("*"):
        if kept.is_file():
            kept.unlink()
    page.goto(server.origin + photo)
    assert "没有了" in page.text_content("body")
