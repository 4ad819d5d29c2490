"""Lists of people: shown first, taken in only when confirmed."""

import io
from typing import Any

from openpyxl import Workbook


def table(*rows, edit=None) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    if edit:
        edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(desk, content, status, name="名单.xlsx"):
    """As a browser sends it; the test client's own encoder forgets to close what it puts on the disk."""
    head = f'--x\r\nContent-Disposition: form-data; name="list"; filename="{name}"\r\n\r\n'.encode()
    kind = "multipart/form-data; boundary=x"
    body = head + content + b"\r\n--x--\r\n"
    return desk.post("/admin/people/import", body, status, content_type=kind)


def test_a_list_is_shown_first_and_taken_in_only_when_confirmed(desk):
    content = table(["姓名", "手机", "服务队"], ["王小明", "13800001234", "磨刀队"], ["李某", None, None])
    address = upload(desk, content, 303).headers["Location"]
    page = desk.get(address)
    assert "2 新增" in page.words()
    assert "2王小明13800001234磨刀队新增" in page.words()
    assert "没有找到" in desk.post("/admin/people/search", {"text": "小明"}, 200).words()
    assert "新增2人" in desk.get(desk.post(address).headers["Location"]).words()
    assert "王小明" in desk.post("/admin/people/search", {"text": "小明"}, 200).words()
    assert "已经导入过" in desk.post(address, {}, 409).words()
    assert "已经导入过" in desk.get(address, 409).words()


def test_a_list_with_faults_names_each_cell_and_takes_in_nobody(desk):
    content = table(["姓名", "手机", "身高"], ["王小明", "12", 170], ["李某", None, None])
    page = upload(desk, content, 400)
    assert "2手机（B）12不像电话号码" in page.words()
    assert "一个人也没有导入" in page.words()
    assert "没有找到" in desk.post("/admin/people/search", {"text": "李某"}, 200).words()


def test_a_file_that_is_no_list_says_what_to_do(desk):
    assert "打不开" in upload(desk, b"\x89PNG\r\n\x1a\n\0", 400).words()
    assert "打不开" in desk.post("/admin/people/import", {}, 400).words()
    assert "旧格式" in upload(desk, b"\xd0\xcf\x11\xe0" + b"\0" * 99, 400, "名单.xls").words()
    assert "太大" in upload(desk, b"a" * (2 * 1024 * 1024 + 100), 400).words()
    upload(desk, b"a" * (3 * 1024 * 1024), 413)
    assert "证件号码" in upload(desk, "姓名,身份证\n王某,110101199003070038\n".encode(), 400, "a.csv").words()


def test_rows_that_a_filter_hid_and_a_second_sheet_are_named_and_taken_in_as_somebody_chooses(desk):
    def hide(book):
        book.active.title = "理发队"
        book.active.row_dimensions[3].hidden = True
        other = book.create_sheet("维修队")
        for row in (["姓名", "手机"], ["赵某", "12"]):
            other.append(row)
        book.create_sheet("旧名单").sheet_state = "hidden"

    content = table(["姓名", "手机"], ["王小明", "13800001234"], ["李某", None], edit=hide)
    address = upload(desk, content, 303).headers["Location"]
    page = desk.get(address).words()
    for told in ("1行是隐藏的或筛选掉的", "（第3行）", "改看“维修队”", "没有姓名一列：旧名单", "1 新增"):
        assert told in page
    assert "李某" not in page
    assert "3李某" in desk.get(f"{address}?sheet=0&hidden=yes").words()
    assert "2手机（B）12不像电话号码" in desk.get(f"{address}?sheet=1", 400).words()
    assert "写错的地方" in desk.post(address, {"sheet": "1"}, 400).words()
    desk.get(f"{address}?sheet=2", 404)
    done = desk.post(address, {"sheet": "0", "hidden": "yes"}).headers["Location"]
    assert "新增2人" in desk.get(done).words()


def test_a_list_whose_only_faults_are_hidden_can_be_taken_in_without_them(desk):
    def hide(book):
        book.active.row_dimensions[2].hidden = True

    content = table(["姓名", "手机"], ["合计", "12"], ["王小明", "13800001234"], edit=hide)
    page = desk.get(upload(desk, content, 303).headers["Location"])
    assert "1 新增" in page.words()


def test_what_is_read_of_a_list_besides_its_rows_is_said(desk):
    def hide(book):
        book.active.column_dimensions["B"].hidden = True

    content = table(["姓名", "手机", "座机"], ["王小明", "13800001234", "62251001"], edit=hide)
    page = desk.get(upload(desk, content, 303).headers["Location"]).words()
    assert "也读了：手机" in page
    assert "有两个电话，只导入一个：第2行" in page


def test_a_letter_that_the_paper_will_lack_is_named_before_the_list_is_taken_in(desk):
    content = table(["姓名", "手机"], ["王\U0010fffd", "13800001234"], ["赵\U00020bb7", None])
    page = desk.get(upload(desk, content, 303).headers["Location"]).words()
    assert "印出来是〓：\U0010fffd（U+10FFFD）。请用笔写上" in page
    assert "2王\U0010fffdU+10FFFD13800001234" in page.replace(" ", "")
    assert "3赵\U00020bb7–" in page.replace(" ", "")


def test_a_preview_goes_stale_when_somebody_else_changes_the_register(desk, clock):
    content = "姓名\n王小明\n".encode("gb18030")
    address = upload(desk, content, 303, "名单.csv").headers["Location"]
    desk.post("/admin/people/new", {"name": "赵某"})
    assert "刚刚被改过" in desk.post(address, {}, 409).words()
    address = upload(desk, content, 303, "名单.csv").headers["Location"]
    clock.forward(minutes=31)
    assert "半小时" in desk.post(address, {}, 409).words()


def test_the_empty_table_can_be_filled_in_and_uploaded(desk):
    answer = desk.get("/admin/people/import/sample.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8")
    assert "表里没有人" in upload(desk, answer.body, 400).words()
