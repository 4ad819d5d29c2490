"""The station, page by page; every page is judged by the visitor."""

import re
from datetime import date

import pytest

from kiosk import opening, services, spool
from kiosk.asked import Asked
from kiosk.server.nightly import close_days
from kiosk.speech import SENTENCES
from kiosk.tickets.tables import pace
from kiosk.words import Own
from printing.printer_process import Printed
from printing.printers import Outcome
from tests.visitor import Visitor

STATION = ["/", "/services?group=pension", "/services/A", "/services/A?for=other", "/cards", "/cards/1"]


def links(page, start):
    return [a.get("href") for a in page.all(".//a") if a.get("href", "").startswith(start)]


def test_home_offers_six_choices_at_most_and_reaches_every_service_in_two_taps(visitor):
    home = visitor.get("/")
    straight, groups = links(home, "/services/"), links(home, "/services?")
    assert 0 < len(straight) + len(groups) <= 6
    reached = {href for group in groups for href in links(visitor.get(group), "/services/")}
    assert {f"/services/{code}" for code in "ABCDEFGHJKLMN"} == reached | set(straight)


def test_no_group_has_more_than_six_services(visitor):
    for group in links(visitor.get("/"), "/services?"):
        assert 1 <= len(links(visitor.get(group), "/services/")) <= 6


def test_what_to_bring_differs_for_oneself_and_for_someone_else(visitor):
    own, other = visitor.get("/services/A"), visitor.get("/services/A?for=other")
    assert "身份证" in own.words()
    assert "代办人身份证" not in own.words()
    assert "代办人身份证" in other.words()
    assert other.value("for_someone_else") == "1"


def link_to(page, words):
    """Where the link that says `words` leads."""
    (found,) = [a.get("href") for a in page.all(".//main//a") if words in "".join(a.itertext())]
    return found


def test_who_comes_for_somebody_else_sees_her_own_papers_first(visitor):
    said = visitor.get("/services/B?for=other").words()
    assert said.index("代办人身份证") < said.index("户口本")


def test_five_things_at_most_are_pressed_before_the_number(visitor):
    (main,) = visitor.get("/services/B").all(".//main")
    pressed = [one for kind in ("a", "button") for one in main.iter(kind) if one.get("hidden") is None]
    assert len(pressed) == 5
    assert [one.get("type") for one in main.iter("input")] == ["hidden", "hidden"]


def test_a_reason_to_go_first_is_pressed_kept_and_taken_back(visitor):
    page = visitor.get("/services/B")
    reasons = visitor.get(link_to(page, "可以优先"))
    chosen = visitor.get(link_to(reasons, "残疾人"))
    other = visitor.get(link_to(chosen, "替别人办"))
    for seen in (chosen, other, visitor.get(link_to(other, "缺东西"))):
        assert seen.value("priority") == "disabled"
    assert other.value("for_someone_else") == "1"
    again = visitor.get(link_to(other, "残疾人"))
    (on,) = again.all(".//a[@aria-current='true']")
    assert "残疾人" in "".join(on.itertext())
    back = visitor.get(link_to(again, "不用优先"))
    assert back.all(".//input[@name='priority']") == []
    assert back.value("for_someone_else") == "1"


def test_each_reason_to_go_first_says_its_own_minutes(visitor):
    said = visitor.get("/services/B?step=priority").words()
    for one in ("70岁以上早到15分钟", "残疾人早到20分钟", "军人早到15分钟"):
        assert one in said


def test_who_lacks_something_may_ask_fetch_it_or_take_a_number_anyway(visitor, hall_tickets):
    page = visitor.get("/services/B?step=lacking&for=other&priority=elder")
    form = {name: page.value(name) for name in ("service", "tap", "for_someone_else", "priority")}
    visitor.post("/tickets", form)
    (row,) = hall_tickets()
    assert (row["priority_code"], row["for_someone_else"]) == ("elder", True)
    assert page.all(".//form[@action='/leave']")
    assert visitor.get("/services/B?step=nonsense&priority=none").all(".//input[@name='priority']") == []


ALL_WITH_TILES = ("/", "/services?group=pension", "/services?group=papers", "/services/B?step=priority")


@pytest.mark.parametrize("address", ALL_WITH_TILES)
def test_no_two_tiles_of_a_page_have_the_same_icon(visitor, address):
    drawn = re.findall(r'<a class="tile.*?(<svg.*?</svg>)', visitor.get(address).text, re.DOTALL)
    assert len(drawn) == len(set(drawn)) > 1


def test_three_taps_from_home_lead_to_a_number_and_a_qr_code(visitor, hall_tickets):
    page = visitor.take("A")
    (row,) = hall_tickets()
    assert page.attribute("data-number") == "A001" == row["number"]
    assert page.attribute("data-ticket") == str(row["id"])
    assert page.attribute("data-ahead") == "0"
    assert len(page.all(".//*[@class='qr']")) == 1


def test_the_same_tap_leads_to_the_same_page(visitor, hall_tickets):
    form = {"service": "A", "tap": "once"}
    first, second = visitor.post("/tickets", form), visitor.post("/tickets", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(hall_tickets()) == 1
    assert "您已经取过号了" in visitor.get(second.headers["Location"]).words()
    assert "您已经取过号了" not in visitor.get(second.headers["Location"]).words()


def test_the_same_service_again_within_the_guard_time_is_the_same_ticket(visitor, app, hall_tickets):
    visitor.take("A")
    assert visitor.take("A").attribute("data-number") == "A001"
    assert Visitor(app).take("A").attribute("data-number") == "A002"
    assert len(hall_tickets()) == 2


def test_another_ticket_is_one_tap_away(visitor, hall_tickets):
    page = visitor.take("A")
    form = {name: page.value(name) for name in ("service", "tap", "another")}
    answer = visitor.post("/tickets", form)
    assert visitor.get(answer.headers["Location"]).attribute("data-number") == "A002"
    assert len(hall_tickets()) == 2


def test_a_closed_service_says_why_and_offers_no_number(visitor, box, clock, hall_tickets):
    tap = visitor.get("/services/A").value("tap")
    with box.database.write() as tx:
        services.close_service(
            tx, Asked(clock(), 1), "A", "系统维护到下午两点", "Closed until 2 pm", date(2026, 11, 23)
        )
    page = visitor.get("/services/A")
    assert "系统维护到下午两点" in page.words()
    assert page.all(".//form[@action='/tickets']") == []
    assert "系统维护到下午两点" in visitor.get("/").words()
    refused = visitor.post("/tickets", {"service": "A", "tap": tap}, 409)
    assert "系统维护到下午两点" in refused.words()
    assert hall_tickets() == []


@pytest.mark.parametrize(
    "address",
    [
        "/services/ZZ",
        "/services?group=none",
        "/cards/99",
        "/nowhere",
        "/cards/99.vcf",
        "/cards/99999999999999999999",
    ],
)
def test_what_is_not_there_leads_home_and_never_to_a_log_in(visitor, address):
    page = visitor.get(address, 404)
    assert page.all(".//a[@href='/']")
    assert "log-in" not in page.text


def test_an_unknown_service_takes_no_ticket(visitor, hall_tickets):
    visitor.post("/tickets", {"service": "ZZ", "tap": "x"}, 404)
    assert hall_tickets() == []


def test_a_token_with_a_wrong_digit_or_of_yesterday_opens_nothing(visitor, box, clock):
    page = visitor.take("A")
    address = re.findall(r"/tickets/([0-9]{24})", page.text)[0]
    visitor.get(f"/tickets/{address[:-1]}{(int(address[-1]) + 1) % 10}", 404)
    visitor.get("/tickets/" + "1" * 24, 404)
    clock.forward(hours=15)
    close_days(box)
    assert "不是今天的" in visitor.get(f"/tickets/{address}", 404).words()


def test_the_page_tells_whether_the_slip_came_out(visitor, box, clock):
    page = visitor.take("A")
    assert "正在打印" in page.words()
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    feed = spool.Feed(box.database, clock, box.settings)
    job = feed.claim()
    assert job
    assert "正在打印" in visitor.get(slip).words()
    feed.report(job.id, Printed(Outcome("printed", 900)))
    done = visitor.get(slip)
    assert "小票打好了" in done.words()
    assert "hx-get" not in done.text


def test_nobody_waits_longer_than_two_seconds_for_a_slip(visitor, clock):
    page = visitor.take("A")
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    clock.forward(seconds=2)
    assert "hx-get" in visitor.get(slip).text
    clock.forward(seconds=1)
    late = visitor.get(slip)
    assert "请记住号码" in late.words()
    assert "hx-get" not in late.text


def test_a_slip_that_may_not_have_come_out_is_not_called_printed(visitor, box, clock):
    page = visitor.take("A")
    slip = re.findall(r'hx-get="(/tickets/[^"]+/slip)"', page.text)[0]
    feed = spool.Feed(box.database, clock, box.settings)
    job = feed.claim()
    assert job
    feed.report(job.id, Printed(Outcome("unconfirmed", 400, "stalled")))
    assert "小票没有打出来" in visitor.get(slip).words()


def test_english_is_one_tap_away_and_ends_with_the_visit(visitor):
    assert visitor.get("/").all(".")[0].get("lang") == "zh-CN"
    back = visitor.post("/language", {"lang": "en", "back": "/services/A"})
    assert back.headers["Location"] == "/services/A"
    page = visitor.get("/services/A")
    assert page.root.get("lang") == "en"
    assert "Pension certification" in page.words()
    visitor.post("/leave")
    assert visitor.get("/").root.get("lang") == "zh-CN"


@pytest.mark.parametrize("address", STATION)
def test_an_english_page_has_no_chinese_left(visitor, address):
    visitor.post("/language", {"lang": "en", "back": "/"})
    page = visitor.get(address)
    assert re.findall(r"[\u4e00-\u9fff]+", page.words()) == ["中文"]


def test_comfort_is_one_tap_each_and_forgotten_with_the_visit(visitor):
    for mode in ("text", "contrast", "slow", "low"):
        visitor.post("/comfort", {"mode": mode, "back": "/"})
    (body,) = visitor.get("/").all(".//body")
    assert (body.get("data-text"), body.get("data-contrast"), body.get("data-low")) == ("large", "high", "on")
    visitor.post("/comfort", {"mode": "text", "back": "/"})
    assert visitor.get("/").all(".//body")[0].get("data-text") == "normal"
    visitor.post("/leave")
    assert visitor.get("/").all(".//body")[0].get("data-contrast") == "normal"


@pytest.mark.parametrize("address", STATION)
def test_every_station_screen_says_its_sentence(visitor, address):
    (body,) = visitor.get(address).all(".//body")
    assert body.get("data-say") in SENTENCES


def test_the_taken_and_the_problem_screen_say_theirs_too(visitor):
    (body,) = visitor.take("A").all(".//body")
    assert (body.get("data-say"), body.get("data-say-number")) == ("taken", "a pair-00 end-1")
    assert visitor.get("/nowhere", 404).all(".//body")[0].get("data-say") in SENTENCES


def test_a_millimetre_is_computed_from_the_panel(visitor):
    assert "--mm:4.0339px" in visitor.get("/panel/station.css").text
    visitor.get("/panel/none.css", 404)


def test_every_screen_of_the_demo_says_that_it_is_one(visitor):
    for address in [*STATION, "/board", "/log-in"]:
        assert "演示" in visitor.get(address).words()


def test_a_fault_of_ours_sends_the_person_to_a_person(visitor, monkeypatch):
    monkeypatch.setattr("kiosk.services.groups", lambda *_: 1 / 0)
    page = visitor.get("/", 500)
    assert "请到1号窗口" in page.words()
    assert "ZeroDivisionError" not in page.text


def test_a_service_closed_in_chinese_is_closed_in_english_too(visitor, box, clock, hall_tickets):
    with box.database.write() as tx:
        services.close_service(tx, Asked(clock(), 1), "B", "停电", "", date(2026, 11, 23))
    visitor.post("/language", {"lang": "en", "back": "/"})
    visitor.post("/tickets", {"service": "B", "tap": "x"}, 409)
    assert hall_tickets() == []


def test_who_need_not_wait_is_told_so_and_who_must_how_long(box, visitor, clerk):
    with box.database.write() as tx:
        tx.execute(pace.insert().values(service_code="A", visits=100, mean_log=5.7, var_log=0.1))
    words = visitor.take("A").words()
    assert "不用等" in words
    assert "要等" not in words
    clerk.post("/counter/1/call-next")
    for _ in range(2):
        words = visitor.take("A", another="1").words()
    assert "要等" in words
    assert "分钟" in words


def test_a_groups_page_says_of_each_service_how_many_are_ahead(visitor):
    assert "老年人优待证现在没人排队" in visitor.get("/services?group=pension").words()
    poll = visitor.get("/services?group=pension").all(".//nav[@id='choices']")[0].get("hx-get")
    visitor.get(poll, 204)
    visitor.take("C")
    assert "老年人优待证前面1人" in visitor.get(poll).words()


@pytest.mark.parametrize("start", ["/", "/services?group=pension"])
def test_who_does_not_find_her_matter_gets_a_number_for_advice_or_somebody_who_comes(visitor, start):
    page = visitor.get(link_to(visitor.get(start), "没有找到"))
    form = {name: page.value(name) for name in ("service", "tap")}
    answer = visitor.post("/tickets", form)
    assert visitor.get(answer.headers["Location"]).attribute("data-number") == "K001"
    visitor.get(link_to(page, "请工作人员过来"))


def test_a_centre_without_a_service_for_advice_still_has_people_to_ask(visitor, box, clock):
    with box.database.write() as tx:
        services.retire_service(tx, Asked(clock(), 1), "K")
    page = visitor.get("/ask")
    assert page.all(".//form[@action='/tickets']") == []
    assert link_to(page, "请工作人员过来")


def test_a_mode_that_is_switched_on_says_so_once(visitor):
    for said in ("large_text", "as_before"):
        visitor.post("/comfort", {"mode": "text", "back": "/"})
        assert visitor.get("/").attribute("data-say-first") == said
        assert visitor.get("/").with_attribute("data-say-first") == []


def test_a_group_that_is_stopped_for_today_looks_it_on_the_home_page(visitor, box, clock):
    with box.database.write() as tx:
        opening.close(tx, box.centre, Asked(clock(), 1), "papers", Own("停电"))
    shut = [one for one in visitor.get("/").all(".//nav/a") if "tile--shut" in one.get("class")]
    assert ["".join(one.itertext()).split() for one in shut] == [["证件和医保今天不再取号"]]
