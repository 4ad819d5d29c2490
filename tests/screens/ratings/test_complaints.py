"""差评整改 on its pages: who sees it, what is overdue, the call back, and two who judge."""

import re

import pytest
import sqlalchemy as sa

from kiosk import staff
from kiosk.asked import Asked
from kiosk.concerns.tables import concern, concern_change, concern_party
from kiosk.ratings.tables import rating
from kiosk.staff import Role
from kiosk.staff.tables import staff as accounts
from tests.visitor import Visitor


@pytest.fixture
def leads(app, box, clock):
    """Two who lead, the first of whom owns what is bad."""
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    found = []
    for name in ("主管甲", "主管乙"):
        with box.database.write() as tx:
            staff.add_staff(tx, Asked(clock()), name, Role.MANAGER, kept)
        found.append(Visitor(app))
        found[-1].log_in(name, "horse-battery-staple")
    return found


@pytest.fixture
def rated(visitor, clerk):
    """Serves somebody and presses a face on her phone; the code of her slip."""

    def rated(grade, words=""):
        token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A", another="1").text)[0]
        for verb in ("call-next", "start", "finish"):
            clerk.post(f"/counter/1/{verb}")
        visitor.post(f"/t/{token}/rating", {"grade": str(grade), "words": words})
        return token

    return rated


def parts(page) -> dict[str, list[str]]:
    return {
        part.get("data-part"): [one.get("data-concern") for one in part.findall(".//li[@data-concern]")]
        for part in page.with_attribute("data-part")
    }


def test_from_the_face_to_the_call_back_and_the_verdict_of_two(leads, clerk, visitor, rated, rows, clock):
    lead, second = leads
    token = rated(1, "等了一上午")
    page = visitor.get(f"/t/{token}/rating")
    assert "想让我们打给您" in page.words()
    assert "不像电话号码" in visitor.post(f"/t/{token}/rating/phone", {"phone": "12"}, 400).words()
    assert rows(concern_party) == []
    page = visitor.get(
        visitor.post(f"/t/{token}/rating/phone", {"phone": "138 0000 1234"}).headers["Location"]
    )
    assert "电话记下了" in page.words()
    visitor.post(f"/t/{token}/rating/phone", {"phone": "13800001234"}, 409)
    for closed in ("/ratings/complaints/1", "/concerns/1"):
        clerk.get(closed, 404)
    assert parts(clerk.get("/ratings/complaints")) == {}
    assert parts(lead.get("/ratings/complaints")) == {"running": ["S0001"]}
    assert lead.get("/concerns").link_to("差评整改") == "/ratings/complaints"
    concern_page = lead.get("/concerns/1")
    for closed in ("sort", "decline", "merge"):
        assert concern_page.all(f".//form[@action='/concerns/1/{closed}']") == []
    assert "作为心愿" not in concern_page.words()
    lead.post("/concerns/1/sort", {"kind": "praise"}, 409)
    page = lead.get(concern_page.link_to("看评价"))
    assert "等了一上午" in page.words()
    assert "clerk1" not in page.words()
    lead.post("/ratings/complaints/1/1/review", {"verdict": "mistaken", "note": "按错了"})
    lead.post("/ratings/complaints/1/1/review", {"verdict": "mistaken"}, 409)
    second.post("/ratings/complaints/1/1/review", {"verdict": "mistaken"})
    second.post("/ratings/complaints/1/9/review", {"verdict": "mistaken"}, 404)
    assert second.get("/ratings/complaints/1").attribute("data-verdict") == "mistaken"
    clock.forward(days=2)
    lead.log_in("主管甲", "horse-battery-staple")
    assert parts(lead.get("/ratings/complaints")) == {"late": ["S0001"]}  # the call, not yet the answer
    assert next(iter(parts(lead.get("/concerns")).items())) == ("overdue", ["S0001"])
    lead.post("/concerns/1/accept")
    lead.post("/concerns/1/call_back", {"reached": "nonsense", "line": ""}, 400)
    lead.post("/concerns/1/call_back", {"reached": "yes", "line": "说明了原因"})
    assert "打通了" in lead.get("/concerns/1").words()
    assert parts(lead.get("/ratings/complaints")) == {"running": ["S0001"]}
    lead.post("/concerns/1/answer", {"outcome": "explained", "words": "按错了", "told": "phone"})
    assert parts(lead.get("/ratings/complaints")) == {"over": ["S0001"]}
    assert [row["reason"] for row in rows(concern_change) if row["verb"] == "call_back"] == ["yes"]


def test_who_left_no_number_is_not_called_and_a_good_face_is_not_asked_for_one(leads, visitor, rated, rows):
    lead, _ = leads
    rated(2)
    assert "没有留电话" in lead.get("/ratings/complaints").words()
    assert lead.get("/concerns/1").all(".//form[@action='/concerns/1/call_back']") == []
    lead.post("/concerns/1/call_back", {"reached": "yes", "line": ""}, 409)
    token = rated(5)
    assert "想让我们打给您" not in visitor.get(f"/t/{token}/rating").words()
    visitor.post(f"/t/{token}/rating/phone", {"phone": "13800001234"}, 409)
    assert len(rows(concern)) == 1


def test_paper_with_a_number_on_it_is_called_back_too(app, visitor, clerk, rows):
    visitor.take("A")
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    paper = {"day": "2026-11-23", "number": "a001", "grade": "2", "phone": "12"}
    assert "不像电话号码" in other.post("/ratings/paper", paper, 400).words()
    assert rows(rating) == []
    other.post("/ratings/paper", paper | {"phone": "13800001234"})
    assert [row["phone"] for row in rows(concern_party)] == ["13800001234"]
    assert [row["taken_by"] for row in rows(concern)] == [None]


@pytest.fixture
def lead(app, box, clock):
    """The one manager of a small centre."""
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), "主管甲", Role.MANAGER, kept)
    return log_in(app, "主管甲", "horse-battery-staple")


def log_in(app, name, password="demo-clerk"):
    member = Visitor(app)
    member.log_in(name, password)
    return member


def names(page):
    return ["".join(one.itertext()) for one in page.all(".//select[@name='staff_id']/option")][1:]


def test_one_who_leads_alone_asks_another_who_was_not_there(app, lead, rated, visitor, rows):
    token = rated(1, "等了一上午")
    visitor.post(f"/t/{token}/rating/phone", {"phone": "13800001234"})
    place, review = "/ratings/complaints/1", "/ratings/complaints/1/1/review"
    ids = {row["name"]: str(row["id"]) for row in rows(accounts)}
    assert names(lead.get(place)) == []
    lead.post(f"{place}/1/judge", {"staff_id": ids["clerk2"]}, 409)
    lead.post(review, {"verdict": "mistaken"})
    others = names(lead.get(place))
    assert "clerk2" in others
    assert not {"clerk1", "admin", "主管甲"} & set(others)
    for wrong in ("clerk1", "admin", "主管甲"):
        lead.post(f"{place}/1/judge", {"staff_id": ids[wrong]}, 409)
    second = log_in(app, "clerk2")
    second.get(place, 404)
    lead.post(f"{place}/1/judge", {"staff_id": ids["clerk2"]})
    assert names(lead.get(place)) == []
    assert parts(second.get("/ratings/complaints")) == {"running": ["S0001"]}
    page = second.get(place)
    assert "等了一上午" in page.words()
    assert "1234" not in page.words()
    assert page.all(".//main//a[@href='/concerns/1']") == []
    second.get("/concerns/1", 404)
    second.post(review, {"verdict": "true"})
    assert "clerk3" in names(lead.get(place))  # they do not agree: a third one
    second.post(f"{place}/1/judge", {"staff_id": ids["desk"]}, 404)
    lead.post(f"{place}/1/judge", {"staff_id": ids["desk"]})
    log_in(app, "desk", "demo-desk").post(review, {"verdict": "true"})
    assert lead.get(place).attribute("data-verdict") == "true"
    assert names(lead.get(place)) == []


def test_where_nobody_else_is_left_the_page_says_so_and_what_to_do(app, box, clock, lead, rated, rows):
    rated(1)
    with box.database.write() as tx:
        for row in tx.execute(sa.select(accounts)).mappings().all():
            if row["name"] not in ("admin", "主管甲", "clerk1"):
                staff.disable(tx, Asked(clock(), 1), row["id"])
    lead.post("/ratings/complaints/1/1/review", {"verdict": "true"})
    page = lead.get("/ratings/complaints/1")
    assert page.with_attribute("data-nobody")
    assert "加一个主管或书记" in page.words()
    assert names(page) == []


def test_a_bad_rating_that_nobody_may_see_is_told_to_who_can_add_an_account(app, box, clock, rated, rows):
    with box.database.write() as tx:
        for row in tx.execute(sa.select(accounts)).mappings().all():
            if row["name"] not in ("admin", "clerk1"):
                staff.disable(tx, Asked(clock(), 1), row["id"])
    rated(1)
    assert [row["owner_id"] for row in rows(concern)] == [None]
    admin = log_in(app, "admin", "demo-admin")
    assert admin.get("/ratings").attribute("data-unseen") == "1"
    with box.database.write() as tx:
        kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
        staff.add_staff(tx, Asked(clock()), "书记", Role.SECRETARY, kept)
    assert admin.get("/ratings").with_attribute("data-unseen") == []
    assert parts(log_in(app, "书记", "horse-battery-staple").get("/ratings/complaints")) == {
        "running": ["S0001"]
    }
