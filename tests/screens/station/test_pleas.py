"""The bell of the station: on every screen, answered in words and sound, from the centre's machines alone."""

import pytest

from kiosk import pleas
from kiosk.asked import Asked
from tests.visitor import Visitor

SCREENS = (
    "/",
    "/services/A",
    "/services?group=help",
    "/lost",
    "/cards",
    "/cards/1",
    "/events",
    "/no",
)


@pytest.fixture
def open_now(box):
    def open_now() -> tuple[pleas.Plea, ...]:
        with box.database.read() as tx:
            return pleas.open_pleas(tx)

    return open_now


def test_the_bell_is_on_every_station_screen_and_where_no_machine_was_let_in_on_none(
    visitor, app, real, app_over, happenings
):
    pages = [visitor.get(address, 404 if address == "/no" else 200) for address in SCREENS]
    pages.append(visitor.get("/services/NONE", 404))
    for page in pages:
        (bell,) = page.with_attribute("data-bell")
        assert (bell.get("href"), bell.get("data-bell")) == ("/help", "free")
        assert bell.get("data-speak")
    Visitor(app_over(real)).get("/")  # the first browser of a new box is its station
    stranger = Visitor(app_over(real))
    for address in ("/", "/enrol", "/cards"):
        assert stranger.get(address).with_attribute("data-bell") == []


def test_two_presses_from_home_ring_and_the_station_says_that_somebody_comes_and_which_post(
    visitor, clerk, open_now
):
    choices = visitor.get("/help")
    assert [one.get("data-plea") for one in choices.with_attribute("data-plea")] == ["unwell", "help"]
    assert visitor.post("/help", {"kind": "unwell"}).headers["Location"] == "/help"
    told = visitor.get("/help")
    assert told.attribute("data-stand") == "ringing"
    assert "知道了，马上有人来" in told.words()
    assert "请先坐下" in told.words()
    home = visitor.get("/")
    assert home.attribute("data-bell") == "called"
    asks = home.all(".//*[@id='home']")[0].get("hx-get")
    visitor.get(asks, 204)
    (plea,) = open_now()
    clerk.post(f"/pleas/{plea.id}/answer")
    told = visitor.get("/help/now")
    assert told.attribute("data-stand") == "coming"
    assert "1号窗口的人来了，请稍等" in told.text
    assert "clerk1" not in told.text
    assert told.attribute("data-say-instead") == "one window comes"
    clerk.post(f"/pleas/{plea.id}/close", {"outcome": "seen"})
    over = visitor.get("/help/now")
    assert (over.attribute("data-stand"), over.attribute("data-leaves-s")) == ("over", "6")
    (bell,) = over.with_attribute("data-bell")
    assert (bell.get("data-bell"), bell.get("hx-swap-oob"), bell.get("data-speak")) == (
        "free",
        "true",
        "plea_bell",
    )
    (bell,) = visitor.get(asks).with_attribute("data-bell")
    assert (bell.get("data-bell"), bell.get("hx-swap-oob")) == ("free", "true")
    assert visitor.get("/").attribute("data-bell") == "free"


def test_the_page_asks_for_what_is_new_alone(visitor):
    visitor.post("/help", {"kind": "help"})
    told = visitor.get("/help")
    address = told.all(".//*[@data-stand]")[0].get("hx-get")
    visitor.get(address, 204)
    visitor.post("/help", {"kind": "unwell"})
    assert "请先坐下" in visitor.get(address).text


def test_when_nobody_comes_she_is_sent_to_a_counter_and_who_is_unwell_stays_and_is_helped_by_others(
    visitor, clerk, clock
):
    visitor.post("/help", {"kind": "help"})
    clock.forward(seconds=60)
    told = visitor.get("/help")
    assert told.attribute("data-stand") == "late"
    assert "请到1号窗口，工作人员帮您" in told.words()
    visitor.post("/help", {"kind": "unwell"})
    assert visitor.get("/help").attribute("data-stand") == "ringing"
    clock.forward(seconds=60)
    assert "请旁边的人到1号窗口叫一声" in visitor.get("/help").words()


def test_she_can_say_that_nobody_need_come(visitor, open_now):
    visitor.post("/help", {"kind": "help"})
    assert visitor.post("/help/withdraw").headers["Location"] == "/"
    assert open_now() == ()
    assert visitor.get("/help").with_attribute("data-plea")


def test_with_a_number_it_is_told_whose_and_what_she_asked_for_before_stands_beside_it(visitor, open_now):
    page = visitor.take("A")
    address = page.all(".//*[@data-bell]")[0].get("href")
    choices = visitor.get(address)
    assert [one.get("data-plea") for one in choices.with_attribute("data-plea")] == ["unwell", "help"]
    assert [one.get("value") for one in choices.all(".//input[@name='wish']")]
    (ring,) = {at for form in choices.all(".//form") if "/plea" in (at := form.get("action"))}
    visitor.post(ring, {"kind": "help"})
    (plea,) = open_now()
    assert plea.number == "A001"
    visitor.post("/leave")
    visitor.post(ring, {"kind": "help"}, 409)


def test_a_machine_that_is_not_let_in_rings_nothing(real, app_over, box, clock):
    stranger = Visitor(app_over(real))
    stranger.post("/help", {"kind": "unwell"}, 403)
    stranger.post("/help/withdraw", status=403)
    with box.database.write() as tx:
        assert pleas.open_pleas(tx) == ()
        pleas.ask(tx, Asked(clock(), station="device:9"), pleas.Kind.HELP)
    assert "到开通" in stranger.get("/help").words() or stranger.get("/help").all(".//form[@action='/enrol']")


def test_another_word_than_the_two_rings_nothing(visitor, open_now):
    visitor.post("/help", {"kind": "fire"}, 400)
    visitor.post("/help", {}, 400)
    assert open_now() == ()


def test_a_plea_that_nobody_answers_is_told_on_the_board_without_whose_it_is(visitor, clerk, clock):
    visitor.take("A")
    board = visitor.get("/board")
    address = board.all(".//*[@id='board']")[0].get("hx-get")
    visitor.post("/help", {"kind": "unwell"})
    visitor.get(address, 204)
    clock.forward(seconds=60)
    told = visitor.get(address)
    assert "请工作人员马上到自助机：有人不舒服" in told.text
    clerk.post("/pleas/1/answer")
    assert "有人不舒服" not in visitor.get("/board").words()
