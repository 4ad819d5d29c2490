"""The station with its server away, and after "back"; pages that renew themselves."""

import re

import pytest

from script.benches._hall import Client
from tests.browser.conftest import WIDE, log_in, touch

TAKE = "form[action='/tickets'] .press--main"
AWAY = "dialog[data-away][open]"


def ready(page):
    page.wait_for_selector("html[data-takes-touches]")
    return page


def test_a_number_asked_for_while_the_server_is_away_comes_when_it_is_back(server, browse):
    page = ready(browse("/services/A"))
    page.context.set_offline(True)
    page.locator(TAKE).tap()
    page.wait_for_selector(AWAY)
    assert "您刚才按的没有丢" in page.inner_text(AWAY)
    assert page.url.endswith("/services/A")
    page.context.set_offline(False)
    page.wait_for_selector("[data-number=A001]")


def test_a_number_whose_answer_was_lost_is_not_taken_twice(server, browse):
    page = ready(browse("/services/A"))
    lost: list[int] = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    page.route("**/tickets", lose)
    page.locator(TAKE).tap()
    page.wait_for_selector("[data-number=A001]")
    assert lost == [204]
    other = Client(server)
    assert 'data-number="A002"' in other.get(other.take())[2]


def test_no_form_and_no_link_of_the_station_leads_out_of_the_page_while_the_server_is_away(browse):
    page = browse("/")
    for what, shows in (
        ("button:has-text('English')", "html[lang=en]"),
        ("button:has-text('Larger')", "body[data-text=large]"),
        (".tile", "[data-screen=service]"),
        ("button:has-text('Home')", "html[lang=zh-CN] [data-screen=home]"),
    ):
        ready(page).context.set_offline(True)
        page.locator(what).first.tap()
        page.wait_for_selector(AWAY)
        page.context.set_offline(False)
        page.wait_for_selector(shows)


def test_who_does_not_wait_stays_on_the_page_and_can_press_again(browse):
    page = ready(browse("/services/A"))
    page.context.set_offline(True)
    page.locator(TAKE).tap()
    page.locator("[data-away-stop]").tap()
    page.wait_for_selector(AWAY, state="detached")
    page.context.set_offline(False)
    page.locator(TAKE).tap()
    page.wait_for_selector("[data-number=A001]")


def test_a_refusal_is_shown_as_a_page_of_its_own(browse, clerk):
    page = ready(browse("/services/A"))
    assert clerk.post("/hall/services/A/close", reason="今天的号已满")[0] == 303
    page.locator(TAKE).tap()
    page.wait_for_selector("[data-screen=problem][data-say=closed]")
    assert "今天的号已满" in page.inner_text("main")


def test_home_follows_what_is_closed_while_nobody_touches_it(browse, clerk):
    page = browse("/")
    assert page.locator(".tile--shut").count() == 0
    assert clerk.post("/hall/services/A/close", reason="今天的号已满")[0] == 303
    page.wait_for_selector(".tile--shut:has-text('今天的号已满')", timeout=5000)


@pytest.mark.parametrize(("address", "now"), [("/", "home"), ("/board", "board")])
def test_a_page_older_than_the_server_is_loaded_once(browse, address, now):
    page = browse(address, viewport=WIDE)
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    page.route(f"**/{now}/now*", lambda route: route.fulfill(status=204, headers={"X-Build": "another"}))
    page.wait_for_event("load", timeout=10_000)
    page.wait_for_timeout(700)
    assert len(loads) == 1


def test_a_page_says_how_old_it_is_when_its_line_is_lost(server, browse):
    code = Client(server).take().rsplit("/", 1)[-1]
    page = browse("/log-in")
    log_in(page)
    page.wait_for_url("**/counter*")
    page.clock.install()
    for address in ("/hall", "/printers", "/", f"/t/{code}"):
        page.goto(server.origin + address)
        assert not page.is_visible("[data-unanswered]")
        page.context.set_offline(True)
        page.clock.fast_forward(13_000)
        assert re.search(r"显示的是\d\d:\d\d:\d\d的情况", page.inner_text("[data-unanswered]:visible"))
        page.context.set_offline(False)
        page.clock.fast_forward(5100)
        page.wait_for_selector("[data-unanswered]", state="hidden")


def test_a_long_list_still_moves_under_a_finger(browse):
    page = ready(browse("/services/A"))
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('[data-pager-list] li')).touchAction + ' ' + "
            "getComputedStyle(document.documentElement).overscrollBehaviorX"
        )
        == "pan-y none"
    )


def test_back_after_the_visit_says_that_it_is_over(browse):
    page = ready(browse("/services/A"))
    touch(page, TAKE)
    page.wait_for_selector("[data-number]")
    touch(page, ".done__main button")
    page.wait_for_selector("[data-screen=home]")
    page.go_back()
    page.wait_for_selector("[data-screen=problem]")
    assert page.inner_text("h1") == "上一位的已经办完了"
    assert page.locator("text=再取一张").count() == 0
