"""The whole queue in a real browser: by key, by touch, by scanner; what the board says of it."""

import pytest

from script.benches._hall import Client
from tests.browser.conftest import WIDE, log_in, press, press_digits, takes_keys, touch, until

DESK = {"width": 1366, "height": 768}


@pytest.fixture
def counter(browse):
    """Counter 1 in a clerk's browser."""
    page = browse("/log-in?next=/counter", viewport=DESK, has_touch=False)
    log_in(page)
    page.locator("form[action='/counter/1/open'] button:not([name])").click()
    page.wait_for_selector("#counter[data-state=free]")
    return page


def key(page, letter: str, shows: str) -> None:
    """Press a letter once the counter takes keys again, and wait for what it shows."""
    takes_keys(page)
    page.keyboard.press(letter)
    page.wait_for_selector(shows)


def scanned(page, code: str) -> None:
    """A wedge scanner before a page that listens: digits and Enter, a few milliseconds apart."""
    page.wait_for_selector("html[data-listens]")
    page.keyboard.type(code, delay=4)
    page.keyboard.press("Enter")


def code_of(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def test_who_waits_for_another_try_sees_how_long(browse):
    page = browse("/log-in", extra_http_headers={"X-Forwarded-For": "10.0.0.9"})  # not at the box
    for _ in range(6):
        with page.expect_navigation():
            log_in(page, "clerk1", "wrong")
    first = page.inner_text("[data-wait-left]")
    assert first in ("0:10", "0:09", "0:08")
    page.wait_for_timeout(1100)
    assert page.inner_text("[data-wait-left]") < first
    assert page.is_hidden("[data-wait-over]")


def test_a_clerk_puts_somebody_on_hold_by_keys_and_takes_it_back(server, counter):
    Client(server).take()
    press(counter, "Space", "called")
    press(counter, "Space", "serving")
    key(counter, "h", "#counter details.sure[open] [name=lacks]")
    counter.locator("label:has-text('身份证') input").check()
    counter.wait_for_timeout(1500)  # a poll answers 204 meanwhile: what was ticked stays
    assert counter.locator("label:has-text('身份证') input").is_checked()
    counter.locator("button[value=fetch]").click()
    counter.wait_for_selector("#counter[data-state=free] .person--held")
    assert "缺：身份证" in counter.inner_text(".person--held")
    key(counter, "u", "#counter[data-state=serving]")
    counter.wait_for_selector(".person--held", state="detached")


def test_what_was_ticked_survives_somebody_elses_ticket(server, counter):
    station = Client(server)
    station.take()
    press(counter, "Space", "called")
    press(counter, "Space", "serving")
    key(counter, "h", "#counter details.sure[open] [name=lacks]")
    counter.locator("label:has-text('手机') input").check()
    counter.fill("details[open] [name=note]", "户口本")
    station.take()
    counter.wait_for_selector("[data-waiting='1']")
    assert counter.locator("label:has-text('手机') input").is_checked()
    assert counter.input_value("details[open] [name=note]") == "户口本"


def test_space_under_an_open_panel_ends_no_visit_and_a_panel_closes_when_it_has_had_its_say(server, counter):
    Client(server).take()
    press(counter, "Space", "called")
    press(counter, "Space", "serving")
    key(counter, "h", "#counter details.sure[open] [name=lacks]")
    takes_keys(counter)
    counter.keyboard.press("Space")
    counter.wait_for_timeout(600)
    assert counter.get_attribute("#counter", "data-state") == "serving"
    assert counter.locator("[name=lacks]").first.is_checked()
    counter.fill("details[open] [name=note]", "户口本")
    counter.press("details[open] [name=note]", "Enter")
    counter.wait_for_timeout(500)
    assert counter.get_attribute("#counter", "data-state") == "serving"
    counter.keyboard.press("Escape")
    counter.wait_for_selector("#counter details.sure[open]", state="detached")
    key(counter, "m", "#counter details.sure[open] select")
    counter.select_option("#counter details.sure[open] select", "B")
    counter.locator("form:has(select) button[name=place][value=here]").click()
    counter.wait_for_selector(".at__service:has-text('高龄补贴')")
    assert counter.locator("#counter details.sure[open]").count() == 0


def test_a_digit_notes_what_came_of_a_visit_and_a_second_one_why(server, counter):
    Client(server).take()
    key(counter, "Space", "#counter[data-state=called]")
    key(counter, "Space", "#counter[data-state=serving]")
    counter.locator(".ends [value=视频]").check()
    key(counter, "2", ".ends details[open]")
    Client(server).take()  # the page renews itself: what was chosen stays
    counter.wait_for_selector("[data-waiting='1']")
    assert counter.locator(".ends [value=视频]").is_checked()
    counter.keyboard.press("2")
    counter.wait_for_selector("#counter[data-state=free]")
    key(counter, "U", "#counter[data-state=serving]")
    assert "未认证 · 照片不像 · 视频" in counter.locator("[id^=past-] ol").text_content()


def test_after_a_certification_one_key_and_four_digits_note_the_next_and_nobody_has_to(server, counter):
    Client(server).take()
    Client(server).take()
    press(counter, "Space", "called")
    press(counter, "Space", "serving")
    key(counter, "1", "[data-certified-asks]:visible")
    key(counter, "g", "dialog[data-asks] #asks-phone:focus")
    counter.keyboard.type("5678")
    counter.keyboard.press("Enter")
    counter.wait_for_selector("[role=status]:has-text('下次到期')")
    press(counter, "Space", "called")  # who does not care goes on: the keys are the counter's
    press(counter, "Space", "serving")
    key(counter, "1", "[data-certified-asks]:visible")
    key(counter, "g", "dialog[data-asks] #asks-phone:focus")
    counter.keyboard.press("Escape")
    counter.wait_for_selector("dialog[data-asks]", state="detached")
    counter.wait_for_selector("#counter[data-state=free]")


def test_the_undo_goes_away_by_itself(server, counter):
    Client(server).take()
    press(counter, "Space", "called")
    counter.wait_for_selector("[data-undo-s]")
    counter.wait_for_selector("[data-undo-s]", state="detached", timeout=13_000)


def test_a_slip_comes_back_by_scanner_at_the_counter(server, counter):
    address = Client(server).take()
    press(counter, "Space", "called")
    press(counter, "Space", "serving")
    key(counter, "h", "#counter details.sure[open]")
    counter.locator("button[value=fetch]").click()
    counter.wait_for_selector("#counter[data-state=free] .person--held")
    scanned(counter, code_of(address))
    counter.wait_for_selector("#counter[data-state=serving]")
    assert counter.get_attribute("[data-verdict]", "data-verdict") == "ok"


def test_a_slip_comes_back_by_scanner_at_the_station(server, browse, clerk):
    station = Client(server)
    address = station.take()
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", kind="fetch")
    page = browse("/")
    scanned(page, code_of(address))
    page.wait_for_selector("[data-screen=taken]")
    assert page.inner_text("h1") == "您又排上了"
    assert page.get_attribute("[data-number]", "data-status") == "waiting"


def test_a_lost_slip_is_printed_again_by_touch(server, browse):
    other = Client(server)
    old = other.take()
    page = browse("/")
    touch(page, "a:has-text('小票丢了')")
    page.wait_for_selector("[data-screen=lost]")
    touch(page, ".tile:has-text('养老保险资格认证')")
    page.wait_for_selector("[data-screen='lost-list']")
    touch(page, "[data-lost=A001]")
    page.wait_for_selector("[data-screen='lost-one']")
    touch(page, "button:has-text('是我的')")
    page.wait_for_selector("[data-screen=taken]")
    assert page.inner_text("h1") == "这是您的号"
    assert code_of(page.url) != code_of(old)
    assert other.get(old)[0] == 404


def test_four_digits_are_left_and_found_by_touch_without_a_keyboard(server, browse):
    page = browse("/services/A")
    touch(page, "form[action='/tickets'] .press--main")
    page.wait_for_selector("[data-screen=taken]")
    touch(page, "a:has-text('要帮忙')")
    touch(page, "a:has-text('留手机后四位')")
    press_digits(page, "4711")
    touch(page, "button:has-text('就是这个')")
    page.wait_for_selector("[data-screen=taken][data-say=phone_noted]")
    touch(page, ".done__main button")
    touch(page, "a:has-text('小票丢了')")
    touch(page, "a:has-text('留过手机后四位')")
    press_digits(page, "4711")
    page.wait_for_selector("[data-lost=A001]")


def test_four_counters_at_once_are_spoken_in_order_once_and_never_over_one_another(server, browse):
    board = browse("/board", viewport=WIDE)
    board.evaluate("""() => {
      window.spoken = []; window.together = 0; let speaking = 0;
      new MutationObserver(() => {
        const now = document.documentElement.dataset.speaking;
        if (now && window.spoken.at(-1) !== now) window.spoken.push(now);
        if (document.querySelectorAll('[data-speaking][data-counter]').length > 1) window.together += 1;
      }).observe(document.documentElement, {attributes: true, attributeFilter: ['data-speaking']});
    }""")
    station, clerks = Client(server), []
    for number in (1, 2, 3, 4):
        station.take()
        clerk = Client(server)
        clerk.post("/log-in", name=f"clerk{number}", password="demo-clerk")
        clerk.post(f"/counter/{number}/open")
        clerks.append(clerk)
    for number, clerk in enumerate(clerks, 1):
        assert clerk.post(f"/counter/{number}/call-next")[0] == 303
    until(board, "window.spoken.length >= 4", seconds=40)
    assert board.evaluate("window.spoken") == ["A001", "A002", "A003", "A004"]
    board.reload()
    board.wait_for_timeout(1500)
    assert board.evaluate("document.documentElement.dataset.speaking ?? ''") == ""
    assert board.locator("[data-announcement]").count() == 0


def test_the_hall_follows_the_counters_live(server, browse, counter):
    Client(server).take()
    hall = counter.context.new_page()
    hall.goto(f"{server.origin}/hall")
    hall.wait_for_selector("[data-desk='1'][data-state=free]")
    press(counter, "Space", "called")
    hall.wait_for_selector("[data-desk='1'][data-state=called] [data-number=A001]", timeout=4000)
    press(counter, "Space", "serving")
    hall.wait_for_selector("[data-desk='1'][data-state=serving]", timeout=4000)


def test_a_page_that_is_open_leads_to_the_log_in_when_it_was_left_elsewhere(server, browse, counter):
    hall = counter.context.new_page()
    hall.goto(f"{server.origin}/hall")
    hall.wait_for_selector("#hall")
    counter.click("form[action='/log-out'] button")
    counter.click("button:has-text('只退出，窗口留着')")  # it asks first: the counter is open
    hall.wait_for_url("**/log-in?next=/hall*", timeout=4000)
    assert hall.locator("h1").inner_text() == "工作人员登录"


def test_who_logs_in_may_see_what_they_type(browse):
    page = browse("/log-in", viewport=DESK, has_touch=False)
    field = page.locator("#password")
    field.fill("demo-clerk")
    assert field.get_attribute("type") == "password"
    page.locator("[data-shows-secrets] input").check()
    assert field.get_attribute("type") == "text"
    page.fill("#name", "clerk1")
    with page.expect_request("**/log-in") as sent:
        page.press("#password", "Enter")
    assert "demo-clerk" in sent.value.post_data
    page.wait_for_url("**/counter")
