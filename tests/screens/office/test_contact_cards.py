"""Editing a contact card and reading its WeChat code from a picture."""

from io import BytesIO

import pytest
import qrcode

from tests.visitor import Visitor

FIELDS = {
    "post": "社区书记",
    "post_en": "Community secretary",
    "phone": "0000-7654321",
    "address": "二楼",
    "address_en": "First floor",
    "hours": "每天",
    "hours_en": "Daily",
}


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def upload(admin, content, status):
    return admin.post(
        "/admin/cards/1/wechat",
        {"image": (BytesIO(content), "code.png")},
        status,
        content_type="multipart/form-data",
    )


def png(text):
    file = BytesIO()
    qrcode.make(text).save(file)
    return file.getvalue()


def test_an_edited_card_stands_on_the_station(admin, visitor):
    assert admin.post("/admin/cards/1", FIELDS).headers["Location"] == "/admin/cards/1"
    assert "保存好了" in admin.get("/admin/cards/1").words()
    assert "0000-7654321" in visitor.get("/cards/1").words()


def test_a_wrong_field_is_named_and_nothing_is_written(admin, visitor):
    page = admin.post("/admin/cards/1", FIELDS | {"phone": "<b>", "hours": ""}, 400)
    assert "电话只能有数字" in page.words()
    assert "请填写这一项" in page.words()
    assert "0000-2251001" in visitor.get("/cards/1").words()


def test_a_wechat_picture_is_read_and_its_code_drawn_afresh(admin, visitor):
    upload(admin, png("https://u.wechat.com/EAbcdefgh"), 303)
    assert len(visitor.get("/cards/1").all(".//*[@class='qr']")) == 2


@pytest.mark.parametrize("content", [b"", b"no picture", png("wxp://f2f0abc"), png("https://example.org/")])
def test_a_picture_that_will_not_do_is_refused_with_a_reason(admin, visitor, content):
    page = upload(admin, content, 400)
    assert "二维码" in page.words()
    assert len(visitor.get("/cards/1").all(".//*[@class='qr']")) == 1


def test_a_picture_may_be_larger_than_a_form_but_not_endless(admin):
    upload(admin, png("https://u.wechat.com/EAbcdefgh") + b"\0" * 300_000, 303)
    kind = "multipart/form-data; boundary=x"
    admin.post("/admin/cards/1/wechat", b"\0" * 3_000_000, 413, content_type=kind)


def test_an_unknown_card_is_404(admin):
    admin.get("/admin/cards/99", 404)
    admin.post("/admin/cards/99", FIELDS, 404)
