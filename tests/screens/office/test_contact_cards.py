"""Editing a contact card and reading its WeChat code from a picture."""

from io import BytesIO

import pytest
import qrcode

from tests.visitor import Visitor

FIELDS = {
    "post": "社区书记",
    "post_en": "Community secretary",
    "name": "",
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
    page = admin.post("/admin/cards/1", FIELDS | {"phone": "<b>", "post": " \u3000"}, 400)
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


def shown(visitor):
    tiles = visitor.get("/cards").all(".//nav[@aria-label='联系卡']/a")
    return [tile.get("href") for tile in tiles]


def test_a_card_is_added_moved_retired_and_brought_back_and_each_of_it_undone(admin, visitor):
    bare = dict.fromkeys(FIELDS, "") | {"post": "楼道长"}
    page = admin.post("/admin/cards/new", bare, 400)
    assert "至少要有一样，不然找不到人" in page.words()
    assert page.value("post") == "楼道长"
    at = admin.post("/admin/cards/new", bare | {"address": "三号楼"}).headers["Location"]
    new = at.removeprefix("/admin")
    assert shown(visitor)[-1] == new
    assert "三号楼" in visitor.get(new).words()
    visitor.post(f"{new}/print", {"tap": "x"})
    admin.post(f"{at}/move", {"way": "up"})
    assert shown(visitor)[-2] == new
    admin.post("/admin/cards/undo", {"change": admin.get("/admin/cards").value("change")})
    assert shown(visitor)[-1] == new
    admin.post(f"{at}/retire")
    assert new not in shown(visitor)
    visitor.get(new, 404)
    visitor.get(f"{new}.vcf", 404)
    assert "三号楼" in admin.get(at).root.find(".//input[@name='address']").get("value")
    admin.post(f"{at}/bring-back")
    assert new in shown(visitor)
    admin.post("/admin/cards/undo", {"change": admin.get(at).value("change")})
    assert new not in shown(visitor)


def test_of_two_who_edit_the_same_card_the_second_is_told_what_the_first_has_changed(admin, visitor):
    seen = admin.get("/admin/cards/1").value("seen")
    admin.post("/admin/cards/1", FIELDS | {"seen": seen})
    late = admin.post("/admin/cards/1", FIELDS | {"address": "三楼", "seen": seen}, 409)
    assert "0000-2251001 → 0000-7654321" in late.words()
    assert late.value("address") == "三楼"
    admin.post("/admin/cards/1", FIELDS | {"address": "三楼", "seen": late.value("seen")})
    assert "三楼" in visitor.get("/cards/1").words()


def _state(page):
    found = [one for one in page.all(".//p") if "card__state" in one.get("class", "").split()]
    return found[0].find("span").text


def test_the_station_says_whether_somebody_is_there_now(admin, visitor, clock):
    spans = {"day": ["1", "2", "3", "5"], "from": "08:30", "to": "12:00", "from_2": "13：30", "to_2": "17:30"}
    admin.post("/admin/cards/1", FIELDS | spans)
    form = admin.get("/admin/cards/1")
    ticked = [box.get("value") for box in form.all(".//input[@name='day']") if box.get("checked") is not None]
    assert ticked == spans["day"]
    assert form.value("from_2") == "13:30"
    wrong = admin.post("/admin/cards/1", FIELDS | {"from": "12:00", "to": "11:00", "from_2": "25:00"}, 400)
    assert {one.get("id") for one in wrong.all(".//*[@class='fault']")} == {
        "day-fault", "to-fault", "from_2-fault", "to_2-fault",
    }  # fmt: skip
    said = []
    for hours in (0, 3.5, 5.5, 60):  # Monday at nine; noon; the evening; Thursday
        clock.forward(hours=hours)
        said.append(_state(visitor.get("/cards/1")))
    assert said == ["现在在", "现在不在，今天13:30在", "现在不在，周二08:30在", "现在不在，周五08:30在"]


def test_the_wechat_code_is_taken_off_unless_it_is_the_only_way(admin, visitor):
    upload(admin, png("https://u.wechat.com/EAbcdefgh"), 303)
    admin.post("/admin/cards/1", FIELDS | {"phone": "", "address": ""})
    assert "微信码不能去掉" in admin.post("/admin/cards/1/wechat", {"off": "1"}, 400).words()
    admin.post("/admin/cards/1", FIELDS)
    admin.post("/admin/cards/1/wechat", {"off": "1"})
    assert len(visitor.get("/cards/1").all(".//*[@class='qr']")) == 1
