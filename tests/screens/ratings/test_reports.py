"""What staff read of ratings: shares with their n, and the bad ones, judged by two."""

import re
from datetime import date

import pytest

from kiosk import concerns, ratings, staff
from kiosk.asked import Asked
from kiosk.ratings.tables import rating_review
from tests.visitor import Visitor


@pytest.fixture
def manager(app, box, clock):
    """Somebody who looks into bad ratings."""
    return logged_in(app, box, clock, "主管甲")


@pytest.fixture
def second(app, box, clock):
    return logged_in(app, box, clock, "主管乙")


def logged_in(app, box, clock, name):
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), name, staff.Role.MANAGER, kept)
    member = Visitor(app)
    member.log_in(name, "horse-battery-staple")
    return member


@pytest.fixture
def rated(visitor, clerk):
    """Serves somebody and presses a face."""

    def rated(grade, words=""):
        token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A", another="1").text)[0]
        for verb in ("call-next", "start", "finish"):
            clerk.post(f"/counter/1/{verb}")
        visitor.post(f"/t/{token}/rating", {"grade": str(grade), "words": words})

    return rated


def figure(page, name):
    (cell,) = [one for one in page.with_attribute("data-figure") if one.get("data-figure") == name]
    return " ".join("".join(cell.itertext()).split())


def test_under_ten_counts_alone_are_told_and_then_shares_with_their_range(manager, rated):
    for _ in range(9):
        rated(5)
    page = manager.get("/ratings")
    assert figure(page, "good").startswith("9/9")
    assert "%" not in figure(page, "good")
    rated(1)
    page = manager.get("/ratings")
    assert figure(page, "good").startswith("90% 9/10")
    assert "样本少" in figure(page, "good")
    assert figure(page, "rated").startswith("100% 10/10")
    assert figure(page, "bad") == "1"


@pytest.mark.parametrize("by", ["service", "counter", "source"])
def test_a_month_without_anything_divides_by_nothing(manager, by):
    page = manager.get(f"/ratings?month=2026-02&by={by}")
    assert "这个月还没有办完的" in page.words()


@pytest.mark.parametrize("month", ["2026-13", "0001-01", "2026", "2026-1", "9999-12", "x"])
def test_what_is_no_month_is_refused(manager, month):
    manager.get(f"/ratings?month={month}", 400)


def test_a_bad_one_is_listed_with_its_words_and_decided_by_two_who_say_the_same(manager, second, rated, rows):
    rated(1, "等了一上午")
    page = manager.get("/ratings")
    assert "等了一上午" in page.words()
    assert "clerk1" not in page.words()
    address = page.all(".//form[@class='pend']")[0].get("action")
    manager.post(address, {"verdict": "mistaken", "note": "按错了"})
    manager.post(address, {"verdict": "mistaken"}, 409)
    assert manager.get("/ratings").all(".//form[@class='pend']") == []
    second.post(address, {"verdict": "mistaken"})
    page = second.get("/ratings")
    assert page.attribute("data-verdict") == "mistaken"
    assert (figure(page, "mistaken"), figure(page, "bad")) == ("1", "1")
    assert [row["verdict"] for row in rows(rating_review)] == ["mistaken", "mistaken"]


def test_a_good_one_is_not_looked_into_and_an_unknown_one_is_unknown(manager, rated):
    rated(5)
    manager.post("/ratings/1/review", {"verdict": "true"}, 409)
    manager.post("/ratings/999/review", {"verdict": "true"}, 404)
    manager.post("/ratings/1/review", {"verdict": "nonsense"}, 400)


def test_a_bad_face_for_an_answer_stands_among_the_bad_ones(manager, box, clock):
    with box.database.write() as tx:
        one = concerns.take_in(tx, box.centre, Asked(clock()), concerns.Said("lights", "dark")).id
        answer = ratings.Answered(one, 0, clock(), date(2026, 11, 23), None)
        asked = Asked(clock())
        ratings.rate_answer(tx, box.centre, asked, answer, ratings.Grade.BAD, ratings.Source.PHONE)
    assert "S0001 · 居民的事" in manager.get("/ratings").words()
    assert "S0001 · 居民的事" in manager.get("/ratings/complaints/2").words()


def test_an_administrator_has_the_figures_and_not_what_was_said(app, manager, rated):
    rated(1, "等了一上午")
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    page = admin.get("/ratings")
    assert figure(page, "bad") == "1"
    assert "等了一上午" not in page.words()
    admin.post("/ratings/1/review", {"verdict": "true"}, 404)
    admin.get("/ratings/complaints/1", 404)


def test_a_clerk_does_not_see_them(clerk):
    clerk.get("/ratings", 403)
