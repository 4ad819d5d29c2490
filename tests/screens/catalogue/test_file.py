import io
import json

import pytest
from openpyxl import load_workbook

from tests.visitor import Visitor

FILE = "/admin/catalogue"


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def upload(admin, content, status=200, name="x.json", **more):
    form = {"file": (io.BytesIO(content), name)} | more
    return admin.post(FILE, form, status, content_type="multipart/form-data")


def taken(admin, page, status=303):
    form = {
        one.get("name"): one.get("value") for one in page.all(".//input[@type='hidden']") if one.get("name")
    }
    return admin.post(
        f"{FILE}/take", {name: form[name] for name in ("book", "mark", "replace") if name in form}, status
    )


def test_the_file_is_downloaded_changed_looked_at_and_taken(admin):
    book = load_workbook(io.BytesIO(admin.client.get(f"{FILE}/catalogue.xlsx").data))
    sheet = book["业务"]
    code = sheet["A2"].value
    sheet["C2"] = "换了名字"
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("放在首页") + 1).value = None
    changed = io.BytesIO()
    book.save(changed)
    page = upload(admin, changed.getvalue(), name="x.xlsx")
    assert "换了名字" in page.text
    assert "换了名字" not in admin.get("/admin/services").text
    taken(admin, page)
    assert "换了名字" in admin.get(f"/services/{code}").text
    again = json.loads(admin.client.get(f"{FILE}/catalogue.json").data)["services"][0]
    assert (again["name"], again["is_popular"]) == ("换了名字", "")


def test_every_bad_cell_is_named_by_sheet_row_and_column_and_nothing_is_taken(admin):
    told = json.loads(admin.client.get(f"{FILE}/catalogue.json").data)
    told["services"][0] |= {"name": "", "daily_cap": "很多"}
    told["services"][1] |= {"letter": "A1"}
    page = upload(admin, json.dumps(told).encode(), 400)
    rows = [[cell.text for cell in row] for row in page.all(".//tbody/tr")]
    assert ["业务", "1", "名称", "请填写这一项。"] in rows
    assert ["业务", "1", "一天最多几个号", "请填一个整数。"] in rows
    assert any(row[:3] == ["业务", "2", "字母"] for row in rows)
    upload(admin, b"nothing", 400)
    admin.post(f"{FILE}/take", {"book": "x"}, 400)


def test_what_somebody_changed_meanwhile_is_looked_at_again(admin):
    told = json.loads(admin.client.get(f"{FILE}/catalogue.json").data)
    told["priorities"][0]["name"] = "八十岁"
    page = upload(admin, json.dumps(told).encode())
    again = json.dumps(told | {"groups": [told["groups"][0] | {"name": "换了"}]}).encode()
    taken(admin, upload(admin, again))
    page = taken(admin, page, 200)
    assert "有人改过业务目录" in page.text
    taken(admin, page)


def test_an_import_is_taken_back_by_one_press_where_it_was_made(admin):
    told = json.loads(admin.client.get(f"{FILE}/catalogue.json").data)
    told["services"][0]["name"], told["priorities"][0]["name"] = "换了名字", "八十岁"
    taken(admin, upload(admin, json.dumps(told).encode()))
    for page in (admin.get("/admin/services"), admin.get(FILE)):
        (form,) = page.all(".//form[@class='last']")
        assert "撤销整个导入" in "".join(form.itertext())
    admin.post("/admin/services/A/popular", {"popular": "0"})
    page = admin.post(form.get("action"), status=409)
    assert "“业务 换了名字”后来又改过" in page.words()
    later = page.all(".//ul[@class='changes__since']//a")[0].get("href")
    admin.post(f"{later}/undo")
    admin.post(form.get("action"))
    assert "换了名字" not in admin.get("/admin/services").words()
    assert "八十岁" not in admin.get("/admin/priorities").words()
