"""Figures of concerns on a page: each with its definition and its lists, and what is sealed is never told."""

import pytest

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import Contact, Hand, Outcome, Reply
from tests.figures.residents import Residents


@pytest.fixture
def heard(box, clock) -> Residents:
    """Twelve that were settled at once, and a sealed one about the staff; it is the first morning."""
    heard = Residents(box, clock, seed=1)
    for _ in range(12):
        one = heard.take_in(category="lights", place_id=heard.places[0], source=concerns.Source.DESK)
        with box.database.write() as tx:
            hand = Hand(Asked(clock(), 2))
            concerns.settle(tx, box.centre, hand, one, Reply(Outcome.SOLVED, "换好了"))
    heard.take_in(category="staff", place_id=None, contact=Contact())
    return heard


def figure(page, name):
    (cell,) = [one for one in page.with_attribute("data-figure") if one.get("data-figure") == name]
    return " ".join("".join(cell.itertext()).split())


def test_each_figure_stands_beside_its_number_its_definition_and_its_list(heard, as_role):
    manager = as_role(staff.Role.MANAGER)
    page = manager.get("/figures/concerns")
    assert figure(page, "closed").startswith("100% 12/12")
    assert "样本少" in figure(page, "closed")
    assert figure(page, "solved").startswith("–")
    assert "应办结：" in page.words()
    assert "不按人排名" in page.words()
    (address,) = {
        link.get("href") for link in page.all(".//a[@href]") if "figure=closed&part=all" in link.get("href")
    }
    listed = manager.get(address)
    assert [one.get("data-listed") for one in listed.with_attribute("data-listed")][:2] == ["S0001", "S0002"]
    some = manager.get(f"/figures/concerns?category=lights&place={heard.places[0]}&by=place&source=desk")
    assert "和平小区 1号楼" in some.words()
    assert figure(manager.get(f"/figures/concerns?place={heard.compound}"), "closed").startswith("100% 12/12")
    nothing = manager.get(f"/figures/concerns?place={heard.places[1]}")
    assert figure(nothing, "closed").startswith("–")


def test_of_fewer_than_ten_counts_alone_are_told(heard, as_role):
    page = as_role(staff.Role.VIEWER).get("/figures/concerns?category=staff")
    assert figure(page, "foreseen").startswith("0/1") or figure(page, "foreseen").startswith("1/1")
    assert "%" not in figure(page, "foreseen")


def test_a_sealed_one_is_counted_and_told_to_nobody_who_may_not_see_it(heard, admin, as_role):
    for member in (admin, as_role(staff.Role.VIEWER)):
        words = member.get("/figures/concerns/list?figure=taken&category=staff").words()
        assert "S0013" in words
        assert "封存的，这里看不到" in words
        assert "工作人员的事" not in words.split("S0013")[1]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=2026-12-01&to=2026-11-01", 400),
        ("by=clerk", 400),
        ("place=nowhere", 400),
        ("from=2026-02-01&to=2026-02-28&by=source", 200),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(as_role, query, status):
    page = as_role(staff.Role.MANAGER).get(f"/figures/concerns?{query}", status)
    assert "居民的事：统计" in page.words()


@pytest.mark.parametrize("query", ["figure=none", "figure=closed&part=some", ""])
def test_a_list_of_nothing_known_is_a_sentence(as_role, query):
    page = as_role(staff.Role.MANAGER).get(f"/figures/concerns/list?{query}", 404)
    assert "没有这个数" in page.words()
