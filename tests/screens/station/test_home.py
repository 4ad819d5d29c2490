"""The station, page by page; every page is judged by the visitor."""

import re

import pytest

from kiosk import opening, services
from kiosk.asked import Asked
from kiosk.speech import SENTENCES
from kiosk.words import Own

STATION = ["/", "/services?group=pension", "/services/A", "/services/A?for=other", "/cards", "/cards/1"]


def links(page, start):
    """Those of a page; of a service without the way back to the page."""
    found = [a.get("href") for a in page.all(".//a") if a.get("href", "").startswith(start)]
    return [href.split("?back=")[0] for href in found]


def test_home_offers_six_choices_at_most_and_reaches_every_service_in_two_taps(visitor):
    home = visitor.get("/")
    straight, groups = links(home, "/services/"), links(home, "/services?")
    assert 0 < len(straight) + len(groups) <= 6
    reached = {href for group in groups for href in links(visitor.get(group), "/services/")}
    assert {f"/services/{code}" for code in "ABCDEFGHJKLMN"} == reached | set(straight)


def test_no_group_has_more_than_six_services(visitor):
    for group in links(visitor.get("/"), "/services?"):
        assert 1 <= len(links(visitor.get(group), "/services/")) <= 6


ALL_WITH_TILES = ("/", "/services?group=pension", "/services?group=papers", "/services/B?step=priority")


@pytest.mark.parametrize("address", ALL_WITH_TILES)
def test_no_two_tiles_of_a_page_have_the_same_icon(visitor, address):
    drawn = re.findall(r'<a class="tile.*?(<svg.*?</svg>)', visitor.get(address).text, re.DOTALL)
    assert len(drawn) == len(set(drawn)) > 1


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


@pytest.mark.parametrize("address", [*STATION, "/help", "/ask", "/lost"])
def test_an_english_page_has_no_chinese_left(visitor, address):
    visitor.post("/language", {"lang": "en", "back": "/"})
    page = visitor.get(address)
    assert re.findall(r"[\u4e00-\u9fff]+", page.words()) == ["中文"]


@pytest.mark.parametrize("address", STATION)
def test_every_station_screen_says_its_sentence(visitor, address):
    (body,) = visitor.get(address).all(".//body")
    assert body.get("data-say").split()[-1] in SENTENCES


def test_the_taken_and_the_problem_screen_say_theirs_too(visitor):
    (body,) = visitor.take("A").all(".//body")
    assert (body.get("data-say"), body.get("data-say-number")) == ("taken", "group-a row-001")
    assert visitor.get("/nowhere", 404).all(".//body")[0].get("data-say") in SENTENCES


def test_every_screen_of_the_demo_says_that_it_is_one(visitor):
    for address in [*STATION, "/board", "/log-in"]:
        assert "演示" in visitor.get(address).words()


def test_a_fault_of_ours_sends_the_person_to_a_person(visitor, monkeypatch):
    monkeypatch.setattr("kiosk.services.groups", lambda *_: 1 / 0)
    page = visitor.get("/", 500)
    assert "请到1号窗口" in page.words()
    assert "ZeroDivisionError" not in page.text


def test_a_groups_page_says_of_each_service_how_many_are_ahead(visitor):
    assert "老年人优待证现在没人排队" in visitor.get("/services?group=pension").words()
    poll = visitor.get("/services?group=pension").all(".//nav[@id='choices']")[0].get("hx-get")
    visitor.get(poll, 204)
    visitor.take("C")
    assert "老年人优待证前面1人" in visitor.get(poll).words()


@pytest.mark.parametrize("start", ["/", "/services?group=pension"])
def test_who_does_not_find_her_matter_gets_a_number_for_advice_or_somebody_who_comes(visitor, start):
    page = visitor.get(visitor.get(start).link_to("没有找到"))
    form = {name: page.value(name) for name in ("service", "tap")}
    answer = visitor.post("/tickets", form)
    assert visitor.get(answer.headers["Location"]).attribute("data-number") == "K001"
    visitor.get(page.link_to("请工作人员过来"))


def test_a_centre_without_a_service_for_advice_still_has_people_to_ask(visitor, box, clock):
    with box.database.write() as tx:
        services.retire_service(tx, Asked(clock(), 1), "K")
    page = visitor.get("/ask")
    assert page.all(".//form[@action='/tickets']") == []
    assert page.link_to("请工作人员过来")


def test_a_group_that_is_stopped_for_today_looks_it_on_the_home_page(visitor, box, clock):
    with box.database.write() as tx:
        opening.close(tx, box.centre, Asked(clock(), 1), "papers", Own("停电"))
    shut = [one for one in visitor.get("/").all(".//nav/a") if "tile--shut" in one.get("class")]
    assert ["".join(one.itertext()).split() for one in shut] == [["证件和医保今天不再取号"]]


def test_a_closed_day_says_why_once_above_the_choices_and_a_tile_only_what_differs(visitor, box, clock):
    group = "/services?group=papers"
    polls = [polled(visitor, one) for one in (group, "/letters?first=S")]
    with box.database.write() as tx:
        opening.close_service(tx, box.centre, Asked(clock(), 1), "E", Own("系统维护"))
    page = visitor.get(group)
    assert page.words().count("系统维护") == 1
    assert page.all(".//*[@class='rests']") == []
    with box.database.write() as tx:
        opening.close(tx, box.centre, Asked(clock(), 1), "papers", Own("停电"))
    stopped = visitor.get(group)
    assert stopped.words().count("停电") == 1
    assert stopped.all(".//body")[0].get("data-say").split()[-1] == "closed"
    with box.database.write() as tx:
        opening.close(tx, box.centre, Asked(clock(), 1), "", Own("台风"))
    for address in (group, "/letters?first=S"):
        page = visitor.get(address)
        (banner,) = page.all(".//*[@class='rests']")
        assert page.words().count("台风") == "".join(banner.itertext()).count("台风") == 1
        assert page.all(".//body")[0].get("data-say").startswith("resting")
        assert all("tile--shut" in one.get("class") for one in page.all(".//nav[@id='choices']/a"))
    for poll in polls:
        assert visitor.get(poll, 204).headers["HX-Refresh"] == "true"
    visitor.get(polled(visitor, group), 204)


def polled(visitor, address):
    return visitor.get(address).all(".//nav[@id='choices']")[0].get("hx-get")
