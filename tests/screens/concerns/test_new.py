"""我要说 at the station: six taps without a word typed, and the receipt's page on phone and station."""

import pytest

from kiosk import concerns, spool, staff
from kiosk.asked import Asked
from kiosk.concerns.tables import concern_place
from printing.printer_process import Setup
from tests.visitor import Page, Visitor


@pytest.fixture
def places(box):
    """A compound with two buildings."""
    with box.database.write() as tx:
        for one, parent, name in ((1, None, "一号院"), (2, 1, "1号楼"), (3, 1, "2号楼"), (4, None, "二号院")):
            tx.execute(concern_place.insert().values(id=one, position=one, parent_id=parent, name=name))


def tile(page: Page, words: str) -> str:
    """Where the tile with these words leads."""
    (href,) = [one.get("href") for one in page.all(".//a") if words in "".join(one.itertext())]
    return href or ""


def take_in(visitor, page: Page, **fields) -> Page:
    hidden = {name: page.value(name) for name in ("category", "place", "tap")}
    answer = visitor.post("/concerns", hidden | fields)
    return visitor.get(answer.headers["Location"])


def test_six_taps_from_home_to_the_receipt_without_typing(visitor, places):
    page, taps = visitor.get("/"), 0
    for words in ("我要说", "楼道灯路灯", "一号院", "2号楼", "就这样"):
        page, taps = visitor.get(tile(page, words)), taps + 1
    assert page.value("category") == "lights"
    page, taps = take_in(visitor, page), taps + 1
    assert taps <= 6
    assert page.attribute("data-concern") == "S0001"
    assert page.attribute("data-say-number") == "s di sign-0 sign-0 sign-0 end-1"
    assert page.attribute("data-say-then") == "due ten one month 3 ten hao"
    assert page.attribute("data-state") == "new"
    assert page.attribute("data-due") == "2026-11-30"


def test_what_is_about_the_secretary_goes_to_the_street_in_six_taps_and_no_secretary_finds_it(
    visitor, places, box, clock, app
):
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    forged = {"category": "staff.secretary", "tap": "f"}
    visitor.post("/concerns", forged, 409)  # nobody could read it
    page = visitor.get(tile(visitor.get("/concerns/new?category=staff"), "书记看不到"))
    assert "12345" in page.words()
    with box.database.write() as tx:
        for name in ("secretary", "street", "manager"):
            staff.add_staff(tx, Asked(clock(), 1), f"a-{name}", staff.Role(name), kept)
    page, taps = visitor.get("/"), 0
    for words in ("我要说", "后面的", "工作人员的事", "书记看不到", "就这样"):
        page, taps = visitor.get(tile(page, words)), taps + 1
    assert "书记的事" in page.words()
    page, taps = take_in(visitor, page), taps + 1
    assert (taps, page.attribute("data-concern")) == (6, "S0001")
    visitor.post("/concerns", {"category": "staff", "tap": "b"})  # of somebody else: the secretary's to read
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    said = {"pick": "3", "tap": "d", "source": "desk", "secretary": "1", "about": "书记不接电话"}
    clerk.post("/concerns/add", said)
    for name, sees in (
        ("secretary", {2}),
        ("manager", {2}),
        ("street", {1, 3}),
        ("clerk1", set()),
        ("admin", set()),
    ):
        member = Visitor(app)
        given = (
            ("demo-admin" if name == "admin" else "demo-clerk")
            if name in ("admin", "clerk1")
            else "demo-password"
        )
        member.log_in(name if name in ("admin", "clerk1") else f"a-{name}", given)
        found = {one for one in (1, 2, 3) if member.client.get(f"/concerns/{one}").status_code == 200}
        assert found == sees, name


def test_no_page_of_the_way_has_more_than_six_choices_and_danger_stands_first(visitor, places):
    first, second = visitor.get("/concerns/new"), visitor.get("/concerns/new?page=1")
    for page in (first, second, visitor.get("/concerns/new?category=lights")):
        assert 1 < len(page.all(".//nav[@class='tiles choices choices--list']/a")) <= 6
    danger = visitor.get(tile(first, "有危险"))
    assert all(number in danger.words() for number in ("110", "119", "120"))
    assert danger.all(".//form[@action='/concerns']") == []
    assert visitor.get(danger.link_to("请工作人员过来")).all(".//button[@data-plea='unwell']"), (
        "the bell itself"
    )


def test_four_digits_and_a_title_or_a_whole_number_are_left_by_the_pad(visitor, box, clock):
    page = visitor.get("/concerns/new?category=help&place=0&step=tail")
    answer = visitor.post(
        "/concerns/digits", {"digits": "1234", "back": "/concerns/new?category=help&place=0&step=tail"}
    )
    page = visitor.get(answer.headers["Location"])
    assert "1234" not in answer.headers["Location"]
    take_in(visitor, page, phone="1234", title="auntie")
    back = "/concerns/new?category=help&place=0&step=phone"
    answer = visitor.post("/concerns/digits", {"digits": "13800001234", "back": back})
    take_in(visitor, visitor.get(answer.headers["Location"]), phone="13800001234")
    with box.database.read() as tx:
        parties = [concerns.parties_of(tx, one)[0] for one in (1, 2)]
    assert [(one.name, one.phone, one.tail) for one in parties] == [
        ("大妈", "", "1234"), ("", "13800001234", "1234"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        {"category": "nothing", "tap": "a"},
        {"category": "lights", "tap": "a", "place": "77"},
        {"category": "lights", "tap": "a", "phone": "12ab"},
        {"category": "lights", "tap": "a", "phone": "12345"},
        {"category": "lights"},
        {"category": "lights", "tap": "a", "words": "说" * 501},
    ],
)
def test_what_is_not_of_the_form_is_refused_with_a_page_and_nothing_is_kept(visitor, form, box):
    answer = visitor.client.post("/concerns", data=form, headers=visitor.headers)
    assert answer.status_code in (400, 404)
    with box.database.read() as tx:
        assert concerns.running_concerns(tx, box.centre, Asked(box.now())) == ()


def test_the_next_visitor_finds_no_receipt_by_going_back(visitor):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"}).headers["Location"]
    visitor.get(taken)
    visitor.post("/leave")
    visitor.get(taken, 409)


def test_a_phone_that_is_no_station_takes_nothing_in(app_over, real):
    stranger = Visitor(app_over(real))
    answer = stranger.client.post(
        "/concerns", data={"category": "lights", "tap": "a"},
        headers=stranger.headers, environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )  # fmt: skip
    assert answer.status_code == 403


def test_who_sees_the_same_public_thing_says_me_too_and_has_a_receipt_of_their_own(visitor, places):
    visitor.post("/concerns", {"category": "lights", "place": "2", "tap": "a"})
    visitor.post("/concerns", {"category": "noise", "place": "2", "tap": "b"})
    page = visitor.get("/concerns/new?category=lights&place=2")
    mine = take_in(visitor, page, also=page.value("also"))
    assert (mine.attribute("data-concern"), mine.attribute("data-state")) == ("S0003", "merged")
    for elsewhere in ("category=noise&place=2", "category=lights&place=3", "category=lights&place=0"):
        assert visitor.get(f"/concerns/new?{elsewhere}").all(".//input[@name='also']") == []


def back(page: Page) -> str:
    """Where 返回 leads."""
    return tile(page, "返回")


def test_every_way_back_leads_one_step_back_with_what_was_chosen(visitor, box):
    ways = {
        "lights&place=9": "lights&inside=1&page=1", "lights&place=2": "lights&inside=1",
        "lights&place=1": "lights&inside=1", "lights&place=20": "lights", "lights&place=0": "lights",
        "staff.secretary&place=0": "staff", "lights&place=2&step=how": "lights&place=2",
        "lights&place=2&step=tail": "lights&place=2&step=how",
        "lights&place=2&step=phone": "lights&place=2&step=how",
    }  # fmt: skip
    assert back(visitor.get("/concerns/new?category=lights&place=0")) == "/concerns/new", "no places"
    with box.database.write() as tx:
        for one, parent in ((1, None), (20, None), *((number, 1) for number in range(2, 10))):
            tx.execute(concern_place.insert().values(id=one, position=one, parent_id=parent, name=f"{one}号"))
    for address, before in ways.items():
        assert back(visitor.get(f"/concerns/new?category={address}")) == f"/concerns/new?category={before}"
    assert back(visitor.get("/concerns/new?category=lights&inside=1")) == "/concerns/new?category=lights"
    assert back(visitor.get("/concerns/new?category=staff")) == "/concerns/new?page=1"
    assert "工作人员的事" in visitor.get("/concerns/new?page=1").words()


def test_without_a_printer_no_slip_is_spoken_of_and_the_code_is_for_a_scan(visitor, box):
    shown = {}
    for printer in ("file:", "off:"):
        with box.database.write() as tx:
            spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup(printer))
        how = visitor.get("/concerns/new?category=lights&place=0&step=how")
        shown[printer] = (how, take_in(visitor, how))
        assert ("拿小票来看结果" in how.words()) == (printer == "file:")
    how, taken = shown["off:"]
    assert "记住号码，随时来问" in how.words()
    assert "记住号码，随时来问" in taken.words()
    assert "小票" not in taken.words()
    assert taken.all(".//body")[0].get("data-say") == "concern_no_printer"
    assert "拿着小票，随时来问" in shown["file:"][1].words()
    assert "手机扫一扫" not in taken.words(), "24 digits open no page"
    object.__setattr__(box.centre.settings, "public_url", "https://a.example")
    assert "手机扫一扫，看办到哪了" in take_in(visitor, how).words()
