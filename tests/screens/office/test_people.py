"""The register's pages: who may see them, what they do, and what they never show."""

import re

import pytest

from kiosk import people
from tests.visitor import Visitor

ONE = {"name": "王小明", "phone": "138 0000 1234"}


ADDRESSES = ("", "/new", "/1", "/1/card.pdf", "/teams/new", "/teams/1", "/teams/1/cards.pdf", "/import")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_register_is_for_coordinators_and_admins(app, visitor, known, address):
    visitor.get(f"/admin/people{address}", 303)
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    clerk.get(f"/admin/people{address}", 403)


def test_a_letter_that_the_paper_will_lack_is_named_beside_everything_that_prints_it(desk, known):
    person, team = known
    desk.post(person, {"name": "王\U0010fffd", "team": team.rsplit("/", 1)[1]})
    hours = f"/admin/hours/{person.rsplit('/', 1)[1]}"
    for address in (person, team, hours):
        assert "印出来是〓：\U0010fffd（U+10FFFD）" in desk.get(address).words()
    desk.post(person, {"name": "王小明"})
    for address in (person, team, hours):
        assert "〓" not in desk.get(address).words()


def test_somebody_is_added_found_corrected_and_comes_and_goes(desk):
    desk.post("/admin/people/teams/new", {"name": "磨刀队", "kind": "team"})
    team = (
        desk.post("/admin/people/search", {"text": "x"}, 400)
        .all(".//a[@class='sheet crew']")[-1]
        .get("href")
        .rsplit("/", 1)[1]
    )
    page = desk.get(desk.post("/admin/people/new", ONE | {"team": team}).headers["Location"])
    assert "登记好了" in page.words()
    assert page.value("phone") == "13800001234"
    found = desk.post("/admin/people/search", {"text": "小明"}, 200)
    address = found.all(".//td/a")[0].get("href")
    assert "王小明 尾号 1234 磨刀队" in found.words()
    assert "13800001234" not in found.text
    desk.post(address, {"name": "王大明", "phone": ""})
    assert desk.get(address).heading() == "王大明"
    assert "退出 磨刀队desk" in desk.get(address).words()
    desk.post(f"{address}/leave")
    assert "已经停用" in desk.get(address).words()
    assert "停用" in desk.post("/admin/people/search", {"text": "大明"}, 200).words()
    desk.post(f"{address}/come-back")
    assert "原来的卡又能用了" in desk.get(address).words()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_names_all_teams_of_a_person_in_both_languages(desk, known, lang):
    person, team = known
    desk.post("/language", {"lang": lang, "back": "/"})
    other = desk.post("/admin/people/teams/new", {"name": "理发队", "kind": "partner"}).headers["Location"]
    desk.post(person, {**ONE, "team": [address.rsplit("/", 1)[1] for address in (team, other)]})
    both = "磨刀队、理发队" if lang == "zh" else "磨刀队, 理发队"
    for address in (team, other):
        assert both in desk.get(address).words()
    assert both in desk.post("/admin/people/search", {"text": "小明"}, 200).words()
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
    assert "至少输入2个字" in desk.post("/admin/people/search", {"text": "王"}, 400).words()


def test_what_is_unknown_is_404(desk):
    for address in ("/999", "/teams/999", "/999/card.pdf", "/teams/999/cards.pdf", "/import/nothing"):
        desk.get(f"/admin/people{address}", 404)
    for address in ("/999", "/999/leave", "/999/card", "/teams/999", "/teams/999/close", "/import/nothing"):
        desk.post(f"/admin/people{address}", ONE, 404)


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


def test_no_card_for_who_has_left_and_no_sheet_for_an_empty_team(desk, known):
    person, team = known
    desk.post(f"{person}/leave")
    assert "停用" in desk.get(f"{person}/card.pdf", 409).words()
    assert "还没有人" in desk.get(f"{team}/cards.pdf", 409).words()


def test_no_page_without_a_log_in_knows_a_name_or_a_phone(visitor, known):
    visitor.press("1234", "/lost")
    seen, waiting = set(), ["/", "/board", "/log-in", "/lost?typed=4"]
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/") or address.startswith("/static"):
            continue
        seen.add(address)
        text = visitor.client.get(address).get_data(as_text=True)
        assert "小明" not in text, address
        assert "00001234" not in text, address
        waiting += re.findall(r'href="([^"#]+)"', text)
    assert "/lost?typed=0" in seen
    assert len(seen) > 20


def test_a_rare_letter_of_a_name_stays_in_the_form_and_on_the_register(desk):
    page = desk.get(desk.post("/admin/people/new", {"name": "王\U0002ebf0", "phone": ""}).headers["Location"])
    assert page.heading() == "王\U0002ebf0"
