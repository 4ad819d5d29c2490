"""The register's pages: who may see them, what they do, and what they never show."""

import io
import re
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from openpyxl import Workbook

from kiosk import people
from kiosk.asked import Asked
from tests.visitor import Visitor

ONE = {"name": "王小明", "phone": "138 0000 1234"}


@pytest.fixture
def desk(app):
    """The coordinator."""
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    return desk


@pytest.fixture
def known(box, clock):
    """A team with one person in it."""
    with box.database.write() as tx:
        people.add_team(tx, Asked(clock(), 1), "磨刀队", people.TeamKind.TEAM, "")
        team = next(team.id for team in people.teams(tx) if team.name == "磨刀队")
        person = people.add_person(tx, Asked(clock(), 1), "王小明", "13800001234", [team])
    return f"/admin/people/{person}", f"/admin/people/teams/{team}"


def table(*rows) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(desk, content, status, name="名单.xlsx"):
    """As a browser sends it; the test client's own encoder forgets to close what it puts on the disk."""
    head = f'--x\r\nContent-Disposition: form-data; name="list"; filename="{name}"\r\n\r\n'.encode()
    kind = "multipart/form-data; boundary=x"
    body = head + content + b"\r\n--x--\r\n"
    return desk.post("/admin/people/import", body, status, content_type=kind)


ADDRESSES = ("", "/new", "/1", "/1/card.pdf", "/teams/new", "/teams/1", "/teams/1/cards.pdf", "/import")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_register_is_for_coordinators_and_admins(app, visitor, known, address):
    visitor.get(f"/admin/people{address}", 303)
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    clerk.get(f"/admin/people{address}", 403)


def test_somebody_is_added_found_corrected_and_comes_and_goes(desk):
    desk.post("/admin/people/teams/new", {"name": "磨刀队", "kind": "team"})
    team = (
        desk.get("/admin/people?text=x", 400)
        .all(".//a[@class='sheet crew']")[-1]
        .get("href")
        .rsplit("/", 1)[1]
    )
    page = desk.get(desk.post("/admin/people/new", ONE | {"team": team}).headers["Location"])
    assert "登记好了" in page.words()
    assert page.value("phone") == "13800001234"
    found = desk.get("/admin/people?text=小明")
    address = found.all(".//td/a")[0].get("href")
    assert "王小明 尾号 1234 磨刀队" in found.words()
    assert "13800001234" not in found.text
    desk.post(address, {"name": "王大明", "phone": ""})
    assert desk.get(address).heading() == "王大明"
    assert "退出 磨刀队desk" in desk.get(address).words()
    desk.post(f"{address}/leave")
    assert "已经停用" in desk.get(address).words()
    assert "停用" in desk.get("/admin/people?text=大明").words()
    desk.post(f"{address}/come-back")
    assert "原来的卡又能用了" in desk.get(address).words()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_names_all_teams_of_a_person_in_both_languages(desk, known, lang):
    person, team = known
    desk.post("/language", {"lang": lang, "back": "/"})
    other = desk.post("/admin/people/teams/new", {"name": "理发队", "kind": "partner"}).headers["Location"]
    desk.post(person, {**ONE, "team": [address.rsplit("/", 1)[1] for address in (team, other)]})
    both = "磨刀队、理发队" if lang == "zh" else "磨刀队, 理发队"
    for address in (team, other, "/admin/people?text=小明"):
        assert both in desk.get(address).words()
    for address in ("", "/new", "/import", "/teams/new", "/teams/none", person.removeprefix("/admin/people")):
        desk.get(f"/admin/people{address}")


def test_wrong_fields_are_named_and_what_was_typed_stays(desk, known):
    page = desk.post("/admin/people/new", {"name": "", "phone": "12"}, 400)
    assert "请填写这一项" in page.words()
    assert "不像电话号码" in page.words()
    assert page.value("phone") == "12"
    assert "像身份证号" in desk.post("/admin/people/new", ONE | {"phone": "110101199003070038"}, 400).words()
    assert "已经有这个人" in desk.post("/admin/people/new", ONE, 409).words()
    assert "已经有叫这个名字" in desk.post("/admin/people/teams/new", {"name": "磨刀队"}, 409).words()
    assert "至少输入2个字" in desk.get("/admin/people?text=王", 400).words()


@pytest.mark.parametrize("form", [ONE | {"team": "x"}, ONE | {"team": "99"}, ONE | {"team": "9" * 30}])
def test_a_team_that_is_none_adds_nobody(desk, form):
    desk.post("/admin/people/new", form, 404 if form["team"] == "99" else 400)
    assert "没有找到" in desk.get("/admin/people?text=小明").words()


def test_what_is_unknown_is_404(desk):
    for address in ("/999", "/teams/999", "/999/card.pdf", "/teams/999/cards.pdf", "/import/nothing"):
        desk.get(f"/admin/people{address}", 404)
    for address in ("/999", "/999/leave", "/999/card", "/teams/999", "/teams/999/close", "/import/nothing"):
        desk.post(f"/admin/people{address}", ONE, 404)


def test_a_closed_team_is_not_offered_and_nobody_leaves_it_unasked(desk, known):
    person, team = known
    desk.post(f"{team}/close")
    assert desk.get("/admin/people/new").all(".//input[@name='team']") == []
    desk.post(person, ONE)
    assert "王小明" in desk.get(team).words()
    desk.post(f"{team}/reopen")
    assert len(desk.get("/admin/people/new").all(".//input[@name='team']")) == 1


def test_a_card_is_printed_and_a_lost_one_is_replaced_once(desk, known, box):
    person, _ = known
    assert "卡在打印" in desk.get(desk.post(f"{person}/card").headers["Location"]).words()
    page = desk.get(person)
    old = re.findall(r"[0-9]{24}", page.text)
    assert old == []
    revision = {"revision": page.value("revision")}
    desk.post(f"{person}/card/renew", revision)
    assert "刚刚换过" in desk.post(f"{person}/card/renew", revision, 409).words()
    desk.post(f"{person}/card/renew", {"revision": "x"}, 400)
    with box.database.read() as tx:
        assert people.person_of(tx, int(person.rsplit("/", 1)[1])).card_revision == 1


@pytest.mark.long
def test_a_teams_cards_come_as_a_pdf_whose_codes_open_their_owners(desk, known, box):
    person, team = known
    for address in (f"{team}/cards.pdf", f"{person}/card.pdf"):
        answer = desk.get(address)
        assert (answer.mimetype, answer.body[:5]) == ("application/pdf", b"%PDF-")
        assert answer.headers["Cache-Control"] == "no-store"
        (page,) = pypdfium2.PdfDocument(answer.body)
        (code,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("L"))
        with box.database.read() as tx:
            assert people.person_by_card(tx, box.centre, code.text).name == "王小明"


def test_no_card_for_who_has_left_and_no_sheet_for_an_empty_team(desk, known):
    person, team = known
    desk.post(f"{person}/leave")
    assert "停用" in desk.get(f"{person}/card.pdf", 409).words()
    assert "还没有人" in desk.get(f"{team}/cards.pdf", 409).words()


def test_a_list_is_shown_first_and_taken_in_only_when_confirmed(desk):
    content = table(["姓名", "手机", "服务队"], ["王小明", "13800001234", "磨刀队"], ["李某", None, None])
    address = upload(desk, content, 303).headers["Location"]
    page = desk.get(address)
    assert "2 新增" in page.words()
    assert "2王小明13800001234磨刀队新增" in page.words()
    assert "没有找到" in desk.get("/admin/people?text=小明").words()
    assert "新增2人" in desk.get(desk.post(address).headers["Location"]).words()
    assert "王小明" in desk.get("/admin/people?text=小明").words()
    assert "已经导入过" in desk.post(address, {}, 409).words()
    assert "已经导入过" in desk.get(address, 409).words()


def test_a_list_with_faults_names_each_cell_and_takes_in_nobody(desk):
    content = table(["姓名", "手机", "身高"], ["王小明", "12", 170], ["李某", None, None])
    page = upload(desk, content, 400)
    assert "2手机（B）12不像电话号码" in page.words()
    assert "一个人也没有导入" in page.words()
    assert "没有找到" in desk.get("/admin/people?text=李某").words()


def test_a_file_that_is_no_list_says_what_to_do(desk):
    assert "打不开" in upload(desk, b"\x89PNG\r\n\x1a\n\0", 400).words()
    assert "打不开" in desk.post("/admin/people/import", {}, 400).words()
    assert "旧格式" in upload(desk, b"\xd0\xcf\x11\xe0" + b"\0" * 99, 400, "名单.xls").words()
    assert "太大" in upload(desk, b"a" * (2 * 1024 * 1024 + 100), 400).words()
    upload(desk, b"a" * (3 * 1024 * 1024), 413)
    assert "证件号码" in upload(desk, "姓名,身份证\n王某,110101199003070038\n".encode(), 400, "a.csv").words()


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


def leads_on(address: str) -> bool:
    """Whether the crawl follows a link: of the number pad's 11,111 pages those on the way to this phone."""
    digits = re.search(r"digits=([0-9]*)", address)
    is_page = address.startswith("/") and not address.startswith("/static/")
    return is_page and (digits is None or "1234".startswith(digits[1]))


def test_no_page_without_a_log_in_knows_a_name_or_a_phone(visitor, known):
    seen, waiting = set(), ["/", "/board", "/log-in"]
    while waiting:
        address = waiting.pop()
        if address in seen or not leads_on(address):
            continue
        seen.add(address)
        text = visitor.client.get(address).get_data(as_text=True)
        assert "小明" not in text, address
        assert "00001234" not in text, address
        waiting += re.findall(r'href="([^"#]+)"', text)
    assert "/lost?digits=1234" in seen
    assert len(seen) > 20
