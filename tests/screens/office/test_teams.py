"""Teams and their cards."""

import pypdfium2
import pytest
import zxingcpp

from kiosk import people
from kiosk.people.tables import membership
from kiosk.people.tables import person as people_table

ONE = {"name": "王小明", "phone": "138 0000 1234"}


@pytest.mark.parametrize("form", [ONE | {"team": "x"}, ONE | {"team": "99"}, ONE | {"team": "9" * 30}])
def test_a_team_that_is_none_adds_nobody(desk, form):
    desk.post("/admin/people/new", form, 404 if form["team"] == "99" else 400)
    assert "没有找到" in desk.post("/admin/people/search", {"text": "小明"}, 200).words()


def test_a_closed_team_is_not_offered_and_nobody_leaves_it_unasked(desk, known):
    person, team = known
    desk.post(f"{team}/close")
    assert desk.get("/admin/people/new").all(".//input[@name='team']") == []
    desk.post(person, ONE)
    assert "王小明" in desk.get(team).words()
    desk.post(f"{team}/reopen")
    assert len(desk.get("/admin/people/new").all(".//input[@name='team']")) == 1


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


def test_a_large_team_is_shown_page_by_page(desk, known, box):
    _, team = known
    team_id = int(team.rsplit("/", 1)[1])
    with box.database.write() as tx:
        tx.execute(people_table.insert(), [{"id": n, "name": f"志愿者{n}"} for n in range(1000, 1054)])
        rows = [{"person_id": n, "team_id": team_id} for n in range(1000, 1054)]
        tx.execute(membership.insert(), rows)
    page = desk.get(team)
    assert len(page.all(".//table[@class='roll']/tbody/tr")) == 50
    assert "第1到50位，共55位" in page.words()
    (after,) = [link.get("href") for link in page.all(".//nav[@class='tasks__more']/a")]
    rest = desk.get(f"{team}{after}")
    assert len(rest.all(".//table[@class='roll']/tbody/tr")) == 5
    assert "志愿者1053" in rest.words()


def test_people_without_a_team_are_shown_page_by_page_and_counted(desk, box):
    with box.database.write() as tx:
        tx.execute(people_table.insert(), [{"name": f"志愿者{n}"} for n in range(51)])
    assert "51个人" in desk.get("/admin/people").words()
    assert "志愿者50" not in desk.get("/admin/people/teams/none").words()
    assert "志愿者50" in desk.get("/admin/people/teams/none?page=1").words()
