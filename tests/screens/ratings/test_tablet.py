"""The tablet at a window: one of five faces for a minute, from an enrolled tablet alone."""

import pytest

from kiosk import devices
from kiosk.asked import Asked
from kiosk.concerns.tables import concern_party
from kiosk.ratings.tables import rating, rating_word
from tests.visitor import Visitor

ADDRESS, FACE, WHY = "/counter/1/rate", "/counter/1/rating", "/counter/1/rating/criteria"
CALLBACK = "/counter/1/rating/callback"


@pytest.fixture
def served(visitor, clerk):
    """Serves somebody at window 1, to the end."""

    def served(service="A"):
        visitor.take(service, another="1")
        for verb in ("call-next", "start", "finish"):
            clerk.post(f"/counter/1/{verb}")

    return served


@pytest.fixture
def tablet(app):
    return Visitor(app)


def stand(page) -> str:
    return page.attribute("data-stand")


def test_it_rests_asks_asks_why_and_thanks(tablet, served, rows, clock):
    assert stand(tablet.get(ADDRESS)) == "idle"
    served()
    page = tablet.get(ADDRESS)
    assert (stand(page), page.attribute("data-number")) == ("asking", "A001")
    assert [button.get("value") for button in page.all(".//form[@class='faces']/button")] == list("54321")
    tablet.post(FACE, {"grade": "1"})
    page = tablet.get(ADDRESS)
    assert stand(page) == "why"
    assert "等太久" in page.words()
    assert "耐心" not in page.words()
    tablet.post(WHY, {"criteria": "slow"})
    assert stand(tablet.get(ADDRESS)) == "thanked"
    clock.forward(seconds=31)
    assert stand(tablet.get(ADDRESS)) == "idle"
    assert [(row["grade"], row["source"], row["counter_number"]) for row in rows(rating)] == [
        (1, "tablet", 1)
    ]
    assert [row["chips"] for row in rows(rating_word)] == ["slow"]


def test_a_grade_may_bring_its_reasons_along(tablet, served, rows):
    served()
    tablet.post(FACE, {"grade": "5", "criteria": "quick"})
    assert [row["chips"] for row in rows(rating_word)] == ["quick"]


def test_its_poll_is_204_until_something_is_to_be_asked_and_again_when_the_minute_is_over(
    tablet, served, clock
):
    v = tablet.get(ADDRESS).attribute("data-v")
    tablet.get(f"{ADDRESS}/now?v={v}", 204)
    served()
    page = tablet.get(f"{ADDRESS}/now?v={v}")
    assert page.is_fragment
    assert stand(page) == "asking"
    clock.forward(seconds=61)
    assert stand(tablet.get(f"{ADDRESS}/now?v={page.attribute('data-v')}")) == "idle"


def test_a_face_without_a_finished_visit_twice_or_after_the_time_writes_nothing(tablet, served, rows, clock):
    page = tablet.post(FACE, {"grade": "5"}, 409)
    assert "没有刚办完的号" in page.words()
    served()
    tablet.post(FACE, {"grade": "5"})
    assert "已经评价过了" in tablet.post(FACE, {"grade": "1"}, 409).words()
    served()
    clock.forward(seconds=61)
    tablet.post(FACE, {"grade": "1"}, 409)
    tablet.post(WHY, {"criteria": "slow"}, 409)
    assert [row["grade"] for row in rows(rating)] == [5]


@pytest.mark.parametrize("grade", ["", "0", "6", "-1", "5.0", "五", "9" * 30])
def test_a_grade_that_no_face_has_is_refused(tablet, served, rows, grade):
    served()
    tablet.post(FACE, {"grade": grade}, 400)
    assert rows(rating) == []


def test_no_browser_in_which_staff_are_logged_in_can_rate(served, clerk, rows):
    served()
    assert "登录着工作人员" in clerk.post(FACE, {"grade": "5"}, 409).words()
    assert rows(rating) == []


def test_a_window_that_is_not_there_is_unknown(tablet):
    tablet.get("/counter/99/rate", 404)


def test_in_a_real_centre_an_enrolled_tablet_alone_sees_it_and_rates(real, app_over, clock, rows):
    stranger = Visitor(app_over(real))
    for address in ("/rate", ADDRESS, f"{ADDRESS}/now", f"{ADDRESS}/callback?of=1"):
        stranger.get(address, 403)
    for address in (FACE, WHY, CALLBACK):
        stranger.post(address, {"grade": "5"}, 403)
    with real.database.write() as tx:
        code = devices.make_code(tx, real.centre, Asked(clock(), 6), devices.Kind.RATING, "1号窗口")
    place = stranger.post("/enrol", {"code": code}).headers["Location"]
    assert place == "/rate"
    assert "1号窗口" in stranger.get(place).words()
    assert stand(stranger.get(ADDRESS)) == "idle"
    stranger.post(FACE, {"grade": "5"}, 409)
    assert rows(rating) == []


def test_it_speaks_what_it_asks_and_every_face(tablet, served):
    served()
    page = tablet.get(ADDRESS)
    assert page.all(".//body")[0].get("data-say") == "rate_ask"
    assert all(button.get("data-speak") for button in page.all(".//form[@class='faces']/button"))


def test_after_a_bad_face_and_its_reason_a_number_can_be_pressed_and_nothing_is_said_aloud(
    tablet, served, rows, clock
):
    served()
    tablet.post(FACE, {"grade": "2"})
    place = tablet.post(WHY, {"criteria": "manner"}).headers["Location"]
    page = tablet.get(place)
    assert ("180天后删掉" in page.words(), page.all(".//body")[0].get("data-say")) == (True, None)
    choices = page.all(".//main//a")
    assert [one.get("class") for one in choices] == ["chip-press"] * 3
    assert choices[0].get("href") == ADDRESS
    page = tablet.press("13800001234", choices[2].get("href"))
    form = {"of": page.value("of"), "phone": page.value("phone")}
    tablet.post(CALLBACK, form | {"phone": "12"}, 400)
    page = tablet.get(tablet.post(CALLBACK, form).headers["Location"])
    assert "一个工作日内打给您" in page.words()
    assert "1380000" not in page.text
    tablet.post(CALLBACK, form, 409)
    assert [row["phone"] for row in rows(concern_party)] == ["13800001234"]


def test_a_number_goes_with_the_face_it_was_pressed_after_and_with_no_other(
    tablet, served, rows, clock, clerk
):
    served()
    tablet.post(FACE, {"grade": "1"})
    place = tablet.post(WHY, {"criteria": "slow"}).headers["Location"]
    clerk.post(CALLBACK, {"of": "1", "phone": "13800001234"}, 409)
    served()
    tablet.post(FACE, {"grade": "1"})
    assert tablet.get(place, 303).headers["Location"] == ADDRESS
    tablet.post(CALLBACK, {"of": "1", "phone": "13800001234"}, 409)
    place = tablet.post(WHY).headers["Location"]
    clock.forward(seconds=301)
    tablet.get(place, 303)
    tablet.post(CALLBACK, {"of": "2", "phone": "13800001234"}, 409)
    assert rows(concern_party) == []


def test_who_was_content_is_asked_for_no_number(tablet, served, rows):
    served()
    tablet.post(FACE, {"grade": "3"})
    assert tablet.post(WHY, {"criteria": "quick"}).headers["Location"] == ADDRESS
    tablet.post(CALLBACK, {"of": "1", "phone": "13800001234"}, 409)
    assert rows(concern_party) == []
