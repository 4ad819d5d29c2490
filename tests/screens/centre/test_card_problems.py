"""By problem: what is it about, then who, at the station and in the office."""

import pytest

from kiosk import cards
from kiosk.asked import Asked
from tests.visitor import Visitor

DRAIN = {"zh": "下水道堵了", "en": "Blocked drain", "icon": "wrench", "cards": ["1", "2"]}
OFFICE = "/admin/cards/problems"


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def tiles(page):
    return [
        ("".join(tile.itertext()).split()[0], tile.get("href")) for tile in page.all(".//a") if is_tile(tile)
    ]


def is_tile(link):
    return "tile" in (link.get("class") or "").split()


def test_a_resident_says_what_it_is_about_and_is_told_whom_to_ask(admin, visitor, box):
    assert "不知道找谁" not in visitor.get("/cards").words()
    admin.post(f"{OFFICE}/new", DRAIN)
    admin.post(f"{OFFICE}/new", DRAIN | {"zh": "路灯不亮", "cards": ["2"]})
    assert "/cards/problems" in [href for _, href in tiles(visitor.get("/cards"))]
    drain, light = tiles(visitor.get("/cards/problems"))
    assert drain == ("下水道堵了", "/cards/problems/1")
    assert light == ("路灯不亮", "/cards/2?back=/cards/problems")
    helping = [href for _, href in tiles(visitor.get(drain[1]))]
    assert helping == [f"/cards/{one}?back=/cards/problems/1" for one in (1, 2)]
    assert visitor.get(light[1]).link_to("返回") == "/cards/problems", "to where she was, not past it"
    (form,) = [one for one in visitor.get(helping[0]).all(".//form") if "/print" in one.get("action", "")]
    printed = visitor.post(form.get("action"), {"tap": "x"})
    assert visitor.get(printed.headers["Location"]).link_to("返回") == "/cards/problems/1"
    assert visitor.get("/cards/1?back=//elsewhere.example").link_to("返回") == "/cards"
    visitor.post("/language", {"lang": "en", "back": "/"})
    assert "Blocked drain" in visitor.get(drain[1]).words()


def test_what_only_retired_cards_help_with_is_not_offered_and_the_office_says_so(admin, visitor):
    admin.post(f"{OFFICE}/new", DRAIN | {"cards": ["2"]})
    admin.post("/admin/cards/2/retire")
    assert [href for _, href in tiles(visitor.get("/cards/problems"))] == ["/ask"], "somebody to turn to"
    visitor.get("/cards/problems/1", 404)
    assert "联系卡都停用了" in admin.get(OFFICE).words()


def test_a_problem_is_moved_retired_brought_back_and_undone(admin, visitor):
    for words in "一二":
        admin.post(f"{OFFICE}/new", DRAIN | {"zh": words})
    admin.post(f"{OFFICE}/2/move", {"way": "up"})
    assert [words for words, _ in tiles(visitor.get("/cards/problems"))] == ["二", "一"]
    admin.post("/admin/cards/undo", {"change": admin.get(OFFICE).value("change")})
    assert [words for words, _ in tiles(visitor.get("/cards/problems"))] == ["一", "二"]
    admin.post(f"{OFFICE}/1/retire")
    assert [words for words, _ in tiles(visitor.get("/cards/problems"))] == ["二"]
    admin.post(f"{OFFICE}/1/move", {"way": "up"}, 404)
    admin.post(f"{OFFICE}/1/bring-back")
    seen = admin.get(f"{OFFICE}/1").value("seen")
    admin.post(f"{OFFICE}/1", DRAIN | {"zh": "三", "cards": ["3"], "seen": seen})
    assert "一" in admin.post(f"{OFFICE}/1", DRAIN | {"zh": "四", "seen": seen}, 409).words()
    admin.post("/admin/cards/undo", {"change": admin.get(f"{OFFICE}/1").value("change")})
    assert [href for _, href in tiles(visitor.get("/cards/problems/1"))] == [
        f"/cards/{one}?back=/cards/problems/1" for one in (1, 2)
    ]


def test_all_that_is_wrong_with_a_problem_is_said_at_once(admin):
    page = admin.post(f"{OFFICE}/new", {"zh": " ", "en": "x" * 49, "icon": "skull", "cards": ["99"]}, 400)
    assert {one.get("id") for one in page.all(".//*[@class='fault']")} == {
        "zh-fault", "en-fault", "icon-fault", "cards-fault",
    }  # fmt: skip


def test_the_list_to_start_from_fits_its_fields_and_leads_to_the_form(admin, box, clock):
    assert 15 <= len(cards.STARTER_PROBLEMS) <= 20
    for one in cards.STARTER_PROBLEMS:
        plan = cards.ProblemPlan(one.zh, one.en, one.icon, (1,))
        assert cards.problem_faults(plan) == {}
        with box.database.write() as tx:
            cards.add_problem(tx, Asked(clock(), 1), plan)
    for number in range(1, 21):  # each icon is drawn and can be chosen again
        page = admin.get(f"{OFFICE}/{number}")
        assert [one for one in page.all(".//input[@name='icon']") if one.get("checked") is not None]


def test_twenty_problems_stand_on_four_pages_of_the_station(visitor, box, clock):
    with box.database.write() as tx:
        for one in cards.STARTER_PROBLEMS:
            cards.add_problem(tx, Asked(clock(), 1), cards.ProblemPlan(one.zh, one.en, one.icon, (1,)))
    seen = [tiles(visitor.get(f"/cards/problems?page={page}")) for page in range(4)]
    assert [len(page) for page in seen] == [6, 6, 6, 2]
    assert seen[3] == tiles(visitor.get("/cards/problems?page=99"))
