"""A rating on paper: typed in by somebody whose visit it was not."""

import pytest

from kiosk.ratings.tables import rating, rating_word
from tests.visitor import Visitor

PAPER = {"day": "2026-11-23", "number": "a001", "grade": "2", "criteria": "slow", "words": "等太久了"}


@pytest.fixture
def served(visitor, clerk):
    visitor.take("A")
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")


@pytest.fixture
def other(app):
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    return other


def test_somebody_else_types_it_in_once(served, other, rows):
    other.post("/ratings/paper", PAPER)
    assert [(row["grade"], row["source"]) for row in rows(rating)] == [(2, "paper")]
    assert [(row["chips"], row["words"]) for row in rows(rating_word)] == [("slow", "等太久了")]
    assert "已经评价过了" in other.post("/ratings/paper", PAPER, 409).words()


def test_whose_visit_it_was_cannot(served, clerk, rows):
    assert "要请别人录入" in clerk.post("/ratings/paper", PAPER, 409).words()
    assert rows(rating) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": ""}, "请填写这一项"),
        ({"grade": ""}, "请选一项"),
        ({"grade": "9"}, "请选一项"),
        ({"day": "2026-02-30"}, "请填日期"),
        ({"number": "A099"}, "没有办完过这个号"),
        ({"day": "2026-11-22"}, "没有办完过这个号"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(served, other, rows, wrong, told):
    page = other.post("/ratings/paper", PAPER | wrong, 409 if "没有办完" in told else 400)
    assert told in page.words()
    assert page.value("number") == (PAPER | wrong)["number"]
    assert rows(rating) == []


def test_of_a_visit_at_two_windows_the_paper_names_one_and_nobody_types_it_in_who_served_there(
    visitor, clerk, other, app, rows
):
    visitor.take("A")
    for verb in ("call-next", "start"):
        clerk.post(f"/counter/1/{verb}")
    clerk.post("/counter/1/continue", {"service": "B", "place": "front"})
    other.post("/counter/2/open")
    other.post("/counter/2/call", {"ticket": "1"})
    for verb in ("start", "finish"):
        other.post(f"/counter/2/{verb}")
    third = Visitor(app)
    third.log_in("clerk3", "demo-clerk")
    for served_there in (clerk, other):
        served_there.post("/ratings/paper", PAPER | {"counter": "1"}, 409)
    for wrong in ({}, {"counter": "3"}):
        assert "去过1、2号窗口" in third.post("/ratings/paper", PAPER | wrong, 409).words()
    assert rows(rating) == []
    third.post("/ratings/paper", PAPER | {"counter": "1"})
    assert [row["counter_number"] for row in rows(rating)] == [1]
