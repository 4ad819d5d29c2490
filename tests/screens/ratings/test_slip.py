"""A slip of a finished visit, scanned at the station: five faces there too."""

import re

import pytest

from kiosk.concerns.tables import concern_clock, concern_party
from kiosk.ratings.tables import rating, rating_word
from kiosk.server.nightly import close_days
from tests.visitor import Visitor


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
    assert "谢谢您的评价" in visitor.get(f"{place}?no=1").heading()
    visitor.post(place, {"grade": "5"}, 409)
    assert [(row["grade"], row["source"]) for row in rows(rating)] == [(2, "station")]
    assert [row["chips"] for row in rows(rating_word)] == ["more_papers"]


def test_nobody_presses_a_face_for_the_visitor_before_by_going_back(visitor, token, rows):
    visitor.post("/leave")
    place = visitor.post("/slips/scan", {"code": token}).headers["Location"]
    visitor.get(place)
    visitor.post("/leave")
    visitor.get(place, 409)
    visitor.post(place, {"grade": "1"}, 409)
    assert rows(rating) == []


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


def rated_badly(visitor, token) -> str:
    place = f"/tickets/{token}/rate"
    visitor.post(place, {"grade": "1"})
    visitor.post(f"{place}/criteria", {"criteria": "manner"})
    return place


def test_after_a_bad_face_a_number_is_pressed_and_a_call_is_owed(visitor, token, rows):
    place = rated_badly(visitor, token)
    page = visitor.get(place)
    assert "想让我们打电话给您吗" in page.heading()
    assert "180天后删掉" in page.words()
    choices = page.all(".//main//a")
    assert ["".join(one.itertext()).split()[0][:4] for one in choices] == ["不留电话", "留后四位", "留电话一"]
    assert len({one.get("class") for one in choices}) == 1
    assert all(one.get("data-speak") for one in choices)
    pad = choices[2].get("href")
    assert "就是这个" not in visitor.press("1380000123", pad).words()
    answer = visitor.post("/digits", {"digits": "13800001234", "back": pad})
    assert "1380000" not in answer.headers["Location"]
    page = visitor.get(answer.headers["Location"])
    there = visitor.post(f"{place}/callback", {"phone": page.value("phone")}).headers["Location"]
    assert "一个工作日内打给您" in visitor.get(there).words()
    assert "想让我们" not in visitor.get(place).words()
    visitor.post(f"{place}/callback", {"phone": "13900001234"}, 409)
    assert [(row["phone"], row["tail"]) for row in rows(concern_party)] == [("13800001234", "1234")]
    assert [row["what"] for row in rows(concern_clock)].count("contact") == 1


def test_four_digits_are_kept_and_nobody_owes_them_a_call(visitor, token, rows):
    place = rated_badly(visitor, token)
    visitor.post(f"{place}/callback", {"phone": "12"}, 400)
    visitor.post(f"{place}/callback", {"phone": ""}, 400)
    page = visitor.press("1234", f"{place}/callback?step=tail")
    there = visitor.post(f"{place}/callback", {"phone": page.value("phone")}).headers["Location"]
    assert "不打电话" in visitor.get(there).words()
    assert [(row["phone"], row["tail"]) for row in rows(concern_party)] == [("", "1234")]
    assert "contact" not in [row["what"] for row in rows(concern_clock)]


def test_who_leaves_no_number_is_thanked_and_so_is_who_was_content(visitor, token, rows, clerk):
    place = rated_badly(visitor, token)
    page = visitor.get(visitor.get(place).link_to("不留电话"))
    assert "谢谢您的评价" in page.heading()
    other = re.findall(r"/tickets/([0-9]{24})", visitor.take("A", another="1").text)[0]
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    visitor.post(f"/tickets/{other}/rate", {"grade": "4"})
    visitor.post(f"/tickets/{other}/rate/criteria", {"criteria": "quick"})
    assert "谢谢您的评价" in visitor.get(f"/tickets/{other}/rate").heading()
    visitor.get(f"/tickets/{other}/rate/callback?step=phone", 303)
    visitor.post(f"/tickets/{other}/rate/callback", {"phone": "13800001234"}, 409)
    assert rows(concern_party) == []


def test_of_a_visit_at_two_windows_it_is_asked_which_is_meant(visitor, clerk, rows, app):
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    for verb in ("call-next", "start"):
        clerk.post(f"/counter/1/{verb}")
    clerk.post("/counter/1/continue", {"service": "B", "place": "front"})
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    other.post("/counter/2/open")
    other.post("/counter/2/call", {"ticket": "1"})
    for verb in ("start", "finish"):
        other.post(f"/counter/2/{verb}")
    page = visitor.get(f"/tickets/{token}/rate")
    assert "哪个窗口" in page.heading()
    assert page.all(".//button[@name='grade']") == []
    page = visitor.get(page.link_to("1号窗口"))
    visitor.post(f"/tickets/{token}/rate", {"grade": "5", "counter": page.value("counter")})
    assert [(row["counter_number"], row["service_code"]) for row in rows(rating)] == [(1, "A")]


def test_a_slip_of_another_centre_opens_nothing(visitor):
    visitor.get(f"/tickets/{'1' * 24}/rate", 404)
