"""The desk in a real browser: a scanner that types wherever the focus is, a server that is away a while."""

from datetime import time

import pytest

from kiosk.box import open_box
from kiosk.settings import Settings
from script.benches._hall import Client
from tests.browser.conftest import log_in, until
from tests.browser.examiner import axe
from tests.checkin.conftest import Desk

SIZE = {"width": 1366, "height": 768}


@pytest.fixture
def hall(server):
    """Today's event, open all day, and people, beside the running server."""
    box = open_box(Settings(folder=server.folder, is_demo=True))
    yield Desk(box, box.now)
    box.database.close()


@pytest.fixture
def day(hall):
    today = hall.box.centre.day(hall.clock())
    return hall.event(first_on=today, starts=time(0), lasts_min=24 * 60)


@pytest.fixture
def desk(browse, day):
    """The desk's page, set to today's event."""
    page = browse(f"/log-in?next=/desk%3Fevent={day}", viewport=SIZE, has_touch=False)
    log_in(page, "desk", "demo-desk")
    page.wait_for_selector("html[data-listens] .verdict--ready")
    return page


def scan(page, code: str, *ends: str, delay: float = 2) -> None:
    """A wedge scanner: signs a few milliseconds apart, then its ends."""
    page.keyboard.type(code, delay=delay)
    for end in ends:
        page.keyboard.press(end)


def answered(page, word: str, count: int = 1) -> None:
    until(page, f"document.querySelectorAll('.scans [data-scanned={word}]').length >= {count}")


ENDS = (("Enter",), ("Tab",), (), ("Enter", "Enter"), ("NumpadEnter",))


def test_a_scan_ends_with_enter_tab_or_silence_and_a_second_enter_is_nothing(desk, hall, day):
    desk.locator("a.day").first.focus()  # an Enter that got through would leave the page
    for n, ends in enumerate(ENDS * 2, start=1):
        scan(desk, hall.card(hall.person()), *ends)
        until(desk, f"document.querySelector('[data-count=inside]').textContent === '{n}'")
    assert f"event={day}" in desk.url
    assert desk.evaluate("document.activeElement.className") == "day"
    assert [row.verdict for row in hall.rows()] == ["ok_in"] * 10


def test_a_scan_while_a_field_has_the_focus_leaves_the_field_as_it_was(desk, hall):
    places = [(field, ends) for field in ("search", "name", "tail", "code") for ends in ENDS[:3]]
    for n, (field, ends) in enumerate(places, start=1):
        desk.fill(f"#{field}", "12")
        desk.focus(f"#{field}")
        scan(desk, hall.card(hall.person()), *ends)
        until(desk, f"document.querySelector('[data-count=inside]').textContent === '{n}'")
        assert desk.input_value(f"#{field}") == "12", (field, ends)
        assert desk.evaluate("document.activeElement.id") == field
    assert [row.verdict for row in hall.rows()] == ["ok_in"] * len(places), "and nobody was registered"
    assert desk.locator("#found .person, #found .fault").count() == 0, "no Enter has searched"


def test_typing_in_a_field_is_typing(desk):
    desk.focus("#search")
    desk.keyboard.type("zhiyuan123", delay=90)
    desk.wait_for_timeout(700)
    assert desk.input_value("#search") == "zhiyuan123"
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#found [role=status]")
    assert desk.locator("[data-verdict]").count() == 0


def test_two_scans_that_ran_together_are_two_people(desk, hall, day):
    first, second = hall.card(hall.person()), hall.card(hall.person())
    scan(desk, first + second, "Enter")
    answered(desk, "ok_in", 2)
    assert hall.counts(day) == (0, 2, 2)


def test_a_scan_with_half_of_another_is_nobody(desk, hall, day):
    first, second = hall.card(hall.person()), hall.card(hall.person())
    scan(desk, first[:20] + second, "Enter")
    answered(desk, "misread")
    assert "一张一张扫" in desk.inner_text("#verdict")
    assert hall.counts(day) == (0, 0, 0)
    scan(desk, second, "Enter")
    answered(desk, "ok_in")


def test_digits_that_somebody_left_before_a_scan_do_not_spoil_it(desk, hall):
    for _ in range(3):  # a busy machine may let 80 ms pass between two keys of a scan, which no scanner does
        desk.keyboard.type("47")
        desk.wait_for_timeout(200)
        before = desk.locator(".scans [data-scanned]").count()
        scan(desk, hall.card(hall.person()), "Enter")
        until(desk, f"document.querySelectorAll('.scans [data-scanned]').length > {before}")
        if desk.locator(".scans [data-scanned=ok_in]").count():
            break
        desk.wait_for_timeout(600)
    answered(desk, "ok_in")


def test_a_scanner_that_stumbles_after_somebodys_digits_is_still_read(desk, hall):
    code = hall.card(hall.person())
    desk.keyboard.type("47")
    for half in (code[:11], code[11:]):
        desk.wait_for_timeout(110)
        desk.keyboard.type(half)
    desk.keyboard.press("Enter")
    answered(desk, "ok_in")


def test_a_foreign_or_broken_code_says_what_to_do_and_the_next_good_one_works(desk, hall):
    bad = {
        "134567890123456789": "付款码、身份证或网址",
        "11010119000101001X": "付款码、身份证或网址",
        "https://pay.example/f2f0abcdef": "付款码、身份证或网址",
        "20000421234567890123": "只读到一部分",
    }
    scans = [(ends, *one) for ends in (["Enter"], []) for one in bad.items()]
    for n, (ends, code, says) in enumerate(scans, start=1):
        scan(desk, code, *ends)
        answered(desk, "misread", n)
        assert says in desk.inner_text("#verdict")
        assert code not in desk.content()
        if n == len(bad):
            desk.wait_for_timeout(3100)  # sooner it would be the same scan
    scan(desk, hall.card(hall.person()), "Enter")
    answered(desk, "ok_in")


def test_an_address_of_ours_is_read_by_the_digits_at_its_end(desk, hall):
    scan(desk, "http://192.168.1.9:8000/t/" + hall.card(hall.person()), "Enter")
    answered(desk, "ok_in")


def test_a_digit_held_down_is_no_scan(desk):
    desk.focus("#search")
    for _ in range(20):
        desk.keyboard.down("1")
    desk.keyboard.up("1")
    desk.wait_for_timeout(900)
    assert desk.locator("[data-verdict]").count() == 0


def test_the_answer_goes_by_itself_green_after_five_red_after_ten_seconds(desk, hall):
    desk.clock.install()
    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-verdict=ok_in]")
    desk.clock.fast_forward(4000)
    assert desk.locator("[data-verdict=ok_in]").count() == 1
    desk.clock.fast_forward(1500)
    desk.wait_for_selector(".verdict--ready", timeout=1500)
    scan(desk, "134567890123456789", "Enter")
    desk.wait_for_selector("[data-verdict=misread]")
    desk.clock.fast_forward(8500)
    assert desk.locator("[data-verdict=misread]").count() == 1
    desk.clock.fast_forward(1900)
    desk.wait_for_selector(".verdict--ready", timeout=1500)


def test_a_scan_is_taken_back_with_a_reason_and_the_counts_follow(desk, hall, day):
    scan(desk, hall.card(hall.person()), "Enter")
    until(desk, "document.querySelector('[data-count=inside]').textContent === '1'")
    desk.locator("#verdict summary").click()
    desk.locator("#verdict button[value=扫错了人]").click()
    desk.wait_for_selector("[data-verdict=undone]")
    until(desk, "document.querySelector('[data-count=inside]').textContent === '0'")
    assert hall.counts(day) == (0, 0, 0)


def test_an_open_question_in_the_list_survives_somebody_elses_scan(desk, hall):
    scan(desk, hall.card(hall.person()), "Enter")
    answered(desk, "ok_in")
    desk.locator(".scans summary").first.click()
    scan(desk, hall.card(hall.person()), "Enter")
    answered(desk, "ok_in", 2)
    assert desk.locator(".scans details[open]").count() == 1


def test_scans_while_the_server_is_away_wait_in_order_and_nothing_is_green(desk, hall, day):
    seen: list[str] = []

    def lose(route):
        seen.append(route.request.post_data)
        route.abort()

    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-verdict=ok_in]")
    desk.route("**/desk/scan", lose)
    cards = [hall.card(hall.person()) for _ in range(3)]
    for card in cards:
        scan(desk, card, "Enter")
    desk.wait_for_selector("[data-lost]:not([hidden])")
    until(desk, "document.querySelector('[data-waiting]').textContent === '3'")
    assert desk.locator(".verdict--asking").count() == 1, "nor does the one before stay green"
    assert desk.locator(".verdict--ok").count() == 0
    assert len(hall.rows()) == 1
    desk.wait_for_timeout(2500)
    nonces = {part for body in seen for part in body.split("&") if part.startswith("nonce=")}
    assert len(seen) >= 2
    assert len(nonces) == 1, "the same scan is asked about again by the same name"
    desk.evaluate("document.addEventListener('renew', () => (self.renewed = (self.renewed ?? 0) + 1), true)")
    desk.unroute("**/desk/scan")
    answered(desk, "ok_in", 4)
    assert [hall.card(row.person_id) for row in hall.rows()][1:] == cards
    assert desk.evaluate("self.renewed") == 1, "the list is asked for once"
    assert desk.locator("[data-lost][hidden]").count() == 1


def test_an_answer_that_got_lost_is_asked_for_again_and_is_one_sign_in(desk, hall, day):

    def lose(route):
        route.fetch()  # the server has answered; nobody hears it
        route.abort()

    desk.route("**/desk/scan", lose, times=1)
    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-verdict=ok_in][data-again=replay]")
    assert len(hall.rows()) == 1


def test_a_log_in_that_ended_loses_no_scan(desk, hall, day):
    desk.route("**/desk/scan", lambda route: route.abort())
    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-waiting]:text-is('1')", state="attached")
    with desk.expect_response(lambda answer: "hx-refresh" in answer.headers):
        desk.context.clear_cookies()
    desk.unroute("**/desk/scan")
    desk.wait_for_selector("[data-logged-out]:not([hidden])")
    assert hall.rows() == []
    other = desk.context.new_page()
    other.goto(desk.url.partition("/desk")[0] + "/log-in")
    log_in(other, "desk", "demo-desk")
    other.wait_for_url("**/desk")
    desk.wait_for_selector("[data-verdict=ok_in]", timeout=15000)
    assert hall.counts(day) == (0, 1, 1)


def test_a_fault_of_the_server_is_given_up_out_loud_and_the_next_scan_goes_on(desk, hall):
    desk.route("**/desk/scan", lambda route: route.fulfill(status=500, body="oh"))
    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-not-taken]:not([hidden])", timeout=20000)
    desk.unroute("**/desk/scan")
    scan(desk, hall.card(hall.person()), "Enter")
    desk.wait_for_selector("[data-verdict=ok_in]")
    assert desk.locator("[data-not-taken][hidden]").count() == 1


def test_people_are_found_signed_in_and_out_without_a_card(desk, hall, day):
    hall.person("志愿者丙")
    desk.fill("#search", "志愿者丙")
    desk.press("#search", "Enter")
    desk.wait_for_selector("#found .person")
    desk.locator("#found button:has-text('签到')").click()
    desk.wait_for_selector("[data-verdict=ok_in]")
    desk.wait_for_timeout(800)
    desk.locator("#found button:has-text('签退')").click()
    desk.wait_for_selector("[data-verdict=ok_out]")
    assert hall.counts(day) == (0, 1, 0)


def test_a_double_press_counts_a_visitor_once(desk, hall, day):
    desk.locator("form[action='/desk/visitors'] button").dblclick()
    desk.wait_for_selector("[data-verdict=ok_in]")
    desk.wait_for_timeout(500)
    assert hall.counts(day) == (0, 1, 1)


def test_a_queue_ticket_at_the_desk_shows_where_it_stands(server, desk):
    scan(desk, Client(server).take().rpartition("/")[2], "Enter")
    answered(desk, "ticket")
    assert "还在等候" in desk.inner_text("#verdict")


def test_the_typed_code_works_with_javascript_off(server, chromium, hall, day):
    window = chromium.new_context(viewport=SIZE, java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{server.origin}/log-in?next=/desk%3Fevent={day}")
    log_in(page, "desk", "demo-desk")
    for n in range(2):
        page.locator("#code").fill(hall.card(hall.person()))
        page.locator("#code").press("Enter")
        page.wait_for_selector("[data-verdict=ok_in]")
        assert hall.counts(day) == (0, n + 1, n + 1)
    window.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_desk_is_accessible_whatever_it_answers(browse, server, hall, day, lang):
    page = browse("/log-in?next=/desk", viewport=SIZE, has_touch=False)
    if lang == "en":
        page.locator("button:has-text('English')").first.click()
        page.wait_for_selector("html[lang=en]")
        page.goto(f"{server.origin}/log-in?next=/desk")
    log_in(page, "desk", "demo-desk")
    page.wait_for_selector("html[data-listens]")
    assert axe(page) == [], "no event chosen"
    page.locator(f"[data-day='{day}']").click()
    page.wait_for_selector("[data-count=inside]")
    card = hall.card(hall.person("志愿者丁"))
    for code, word in ((card, "ok_in"), (card[:20], "misread"), (card, "already_in")):
        page.wait_for_timeout(3100)  # sooner it would be the same scan
        scan(page, code, "Enter")
        page.wait_for_selector(f"[data-verdict={word}]")
        assert axe(page) == [], word
    page.fill("#search", "志愿者丁")
    page.wait_for_timeout(600)  # sooner Enter would be the scanner's second one
    page.press("#search", "Enter")
    page.wait_for_selector("#found .person")
    page.locator(".scans summary").first.click()
    assert axe(page) == [], "found, and asked why"


@pytest.mark.parametrize("size", [SIZE, {"width": 1280, "height": 800}, {"width": 800, "height": 1280}])
def test_all_of_the_desk_is_in_sight_and_large_enough_for_a_finger(browse, hall, day, size):
    page = browse(f"/log-in?next=/desk%3Fevent={day}", viewport=size)
    log_in(page, "desk", "demo-desk")
    page.wait_for_selector("html[data-listens]")
    for _ in range(10):
        scan(page, hall.card(hall.person()), "Enter")
    answered(page, "ok_in", 10)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    if size["width"] > size["height"]:
        assert page.evaluate(f"{root}.scrollHeight <= {root}.clientHeight"), "nothing is below the edge"
    targets = page.locator("main :is(button, a, summary, input:not([type=hidden], [type=radio])):visible")
    heights = [box["height"] for box in (one.bounding_box() for one in targets.all()) if box]
    assert len(heights) > 15
    assert min(heights) >= 36, "9.5 mm on a 10-inch tablet"
