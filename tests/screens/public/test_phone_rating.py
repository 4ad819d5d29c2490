"""The face pressed on a phone: GET changes nothing, one rating, one word more, a week long."""

import re

import pytest

from kiosk.ratings.tables import rating, rating_word
from kiosk.server.nightly import close_days


@pytest.fixture
def token(visitor, clerk):
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    return token


def test_the_phone_page_of_a_finished_visit_leads_to_the_faces(visitor, token, rows):
    address = f"/t/{token}/rating"
    assert visitor.get(f"/t/{token}").all(f".//a[@href='{address}']")
    for _ in range(3):
        visitor.get(address)
    assert rows(rating) == []
    visitor.post(address, {"grade": "1"})
    page = visitor.get(address)
    assert page.attribute("data-rated") == "1"
    visitor.post(f"{address}/criteria", {"criteria": "slow", "words": "等了\x00一上午"})
    page = visitor.get(address)
    assert "等了" not in page.words()
    visitor.post(f"{address}/criteria", {"criteria": "manner"}, 409)
    assert [(row["chips"], row["words"]) for row in rows(rating_word)] == [("slow", "等了一上午")]


def test_it_is_rated_once_and_one_word_more_stands_beside_it(visitor, token, rows):
    address = f"/t/{token}/rating"
    visitor.post(address, {"grade": "2"})
    visitor.post(address, {"grade": "5"}, 409)
    visitor.post(address, {"grade": "4", "again": "1", "words": "补办好了"})
    visitor.post(address, {"grade": "5", "again": "1"}, 409)
    assert [(row["round"], row["grade"]) for row in rows(rating)] == [(0, 2), (1, 4)]


def test_for_a_week_the_old_address_leads_to_the_rating_and_then_nowhere(visitor, token, clock, box):
    clock.forward(days=3)
    close_days(box)
    assert visitor.get(f"/t/{token}", 303).headers["Location"] == f"/t/{token}/rating"
    visitor.post(f"/t/{token}/rating", {"grade": "5"})
    assert visitor.get(f"/t/{token}", 303).headers["Location"] == f"/t/{token}/rating"
    clock.forward(days=5)
    close_days(box)
    visitor.get(f"/t/{token}", 404)
    visitor.get(f"/t/{token}/rating", 409)


def test_before_the_end_there_is_nothing_to_rate(visitor, rows):
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    visitor.get(f"/t/{token}/rating", 409)
    visitor.post(f"/t/{token}/rating", {"grade": "5"}, 409)
    assert rows(rating) == []


def test_of_a_visit_at_two_windows_the_one_that_is_meant_is_asked_for(visitor, clerk, app, rows):
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    for verb in ("call-next", "start"):
        clerk.post(f"/counter/1/{verb}")
    page = clerk.get("/counter/1")
    assert page.attribute("data-number") == "A001"
    clerk.post("/counter/1/continue", {"service": "B", "place": "front"})
    other = type(clerk)(app)
    other.log_in("clerk2", "demo-clerk")
    other.post("/counter/2/open")
    other.post("/counter/2/call", {"ticket": "1"})
    for verb in ("start", "finish"):
        other.post(f"/counter/2/{verb}")
    page = visitor.get(f"/t/{token}/rating")
    assert [one.get("value") for one in page.all(".//input[@name='counter']")] == ["1", "2"]
    visitor.post(f"/t/{token}/rating", {"grade": "2", "counter": "1"})
    assert [(row["counter_number"], row["service_code"]) for row in rows(rating)] == [(1, "A")]


@pytest.mark.parametrize("wrong", ["1" * 24, "abc", "../admin"])
def test_a_slip_that_is_not_ours_opens_nothing(visitor, wrong):
    visitor.get(f"/t/{wrong}/rating", 404)
