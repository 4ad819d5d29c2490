"""Pictures with a code, and pictures that were made to harm."""

from io import BytesIO

import pytest
import qrcode
from PIL import Image

from kiosk import pictures
from kiosk.pictures.__main__ import MOST_PASSES, read
from printing.subprocess_task import TookTooLong

PASS, TABLE = b"\xff\xda", b"\xff\xc4"


def picture(kind="PNG", **how) -> bytes:
    file = BytesIO()
    qrcode.make("https://u.wechat.com/EAbcd").get_image().convert("RGB").save(file, kind, **how)
    return file.getvalue()


def in_passes(count: int) -> bytes:
    """A good picture whose first pass is sent again and again: it looks the same, and takes longer."""
    whole = picture("JPEG", progressive=True)
    begins = whole.index(PASS)
    ends = whole.index(TABLE, begins)
    return whole[:ends] + whole[begins:ends] * (count - whole.count(PASS)) + whole[ends:]


def test_a_process_of_its_own_reads_the_code():
    assert pictures.code_in(picture()) == "https://u.wechat.com/EAbcd"
    assert pictures.code_in(b"no picture") == ""


def test_a_photo_in_the_passes_that_cameras_write_is_read():
    assert read(picture("JPEG", progressive=True)) == "https://u.wechat.com/EAbcd"
    assert read(in_passes(MOST_PASSES)) == "https://u.wechat.com/EAbcd"


def test_one_in_more_passes_is_not_even_begun():
    assert read(in_passes(MOST_PASSES + 1)) == ""


def test_one_that_would_fill_the_memory_is_not_drawn(monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", lambda *_: 1 / 0)
    file = BytesIO()
    Image.new("1", (6000, 6000)).save(file, "PNG")
    assert read(file.getvalue()) == ""


@pytest.mark.parametrize("fault", [TookTooLong, None])
def test_one_that_takes_too_long_or_breaks_the_process_has_no_code(monkeypatch, fault):
    def run(*_, **__):
        raise fault

    if fault:
        monkeypatch.setattr(pictures, "run_module", run)
        assert pictures.code_in(picture()) == ""
    else:
        assert read(picture()[:200]) == ""
