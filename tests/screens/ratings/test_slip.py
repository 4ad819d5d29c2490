"""A slip of a finished visit, scanned at the station: five faces there too."""

import re

import pytest

from kiosk.ratings.tables import rating, rating_word
from kiosk.server.nightly import close_days


@pytest.fixture
def token(visitor, clerk):
    """The code of a visit that is over."""
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    return token


@pytest.mark.parametrize("days", [0, 6])
def test_a_scanned_slip_leads_to_the_faces_for_a_week(visitor, token, rows, clock, box, days):
    clock.forward(days=days)
    close_days(box)
    place = visitor.post("/slips/scan", {"code": token}).headers["Location"]
    page = visitor.get(place)
    assert "按一张脸" in page.heading()
    visitor.post(place, {"grade": "2"})
    page = visitor.get(place)
    assert "是因为什么" in page.heading()
    visitor.post(f"{place}/criteria", {"criteria": "more_papers"})
    assert "谢谢您的评价" in visitor.get(place).heading()
    visitor.post(place, {"grade": "5"}, 409)
    assert [(row["grade"], row["source"]) for row in rows(rating)] == [(2, "station")]
    assert [row["chips"] for row in rows(rating_word)] == ["more_papers"]


def test_after_a_week_and_before_the_end_it_leads_nowhere_new(visitor, token, clock, box):
    waiting = re.findall(r"/tickets/([0-9]{24})", visitor.take("B").text)[0]
    assert visitor.post("/slips/scan", {"code": waiting}).headers["Location"] == f"/tickets/{waiting}"
    visitor.get(f"/tickets/{waiting}/rate", 409)
    clock.forward(days=8)
    close_days(box)
    visitor.post("/slips/scan", {"code": token}, 404)
    visitor.post(f"/tickets/{token}/rate", {"grade": "5"}, 409)


def test_every_face_and_every_reason_is_spoken(visitor, token):
    for _ in range(2):
        page = visitor.get(f"/tickets/{token}/rate")
        assert page.all(".//body")[0].get("data-say")
        pressed = page.all(".//main//button")
        assert len(pressed) in (5, 7)
        assert all(button.get("data-speak") for button in pressed)
        visitor.client.post(
            f"/tickets/{token}/rate", data={"grade": "4"}, headers={"Origin": "http://localhost"}
        )


def test_a_slip_of_another_centre_opens_nothing(visitor):
    visitor.get(f"/tickets/{'1' * 24}/rate", 404)
