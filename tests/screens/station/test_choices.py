"""A catalogue that fits on no page: six choices at most, everything reached by big keys, nothing scrolls."""

import pytest
from msgspec.structs import replace

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.screens.station.parts.choices import HALF, QUARTER, THIRD, Choice, pages
from kiosk.speech import free_stem
from tests.large_centre import NAME, SERVICES, furnish_large
from tests.visitor import Visitor

AHEAD = ".//div[@class='row']/a"


@pytest.fixture
def large(box):
    furnish_large(box)


def tiles(page):
    """Where they lead; of a service without the way back to the page."""
    found = [tile.get("href") for tile in page.all(".//nav/a") if "tile" in tile.get("class").split()]
    return [href.split("?back=")[0] for href in found]


def every_page(visitor: Visitor, address: str):
    """The page at an address and those behind it, by the key that says so."""
    page = visitor.get(address)
    yield page
    while ahead := [
        one for one in page.all(AHEAD) if {"后面的", "Later"} & {"".join(one.itertext()).strip()}
    ]:
        page = visitor.get(ahead[0].get("href"))
        yield page


def test_every_service_of_a_large_centre_is_reached_by_touch_and_no_page_offers_more_than_six(large, visitor):
    starts = [visitor.get("/"), *every_page(visitor, "/more")]
    groups = [href for page in starts for href in tiles(page) if href.startswith("/services?")]
    assert len(groups) == len(set(groups)) == 8
    pages = [*starts, *(page for group in groups for page in every_page(visitor, group))]
    assert all(1 <= len(tiles(page)) <= 6 for page in pages)
    assert len({href for page in pages for href in tiles(page) if href.startswith("/services/")}) == SERVICES
    for address, page in zip(
        ["/", *(f"/more?page={n}" if n else "/more" for n in range(9))], starts, strict=False
    ):
        for group in (href for href in tiles(page) if href.startswith("/services?")):
            assert visitor.get(group).link_to("返回") == address, "it leads back to where the group stands"


def test_a_small_centre_has_neither_more_pages_nor_keys(visitor):
    assert [one.get("href") for one in visitor.get("/").all(AHEAD)] == ["/concerns/new", "/ask"]
    assert len([*every_page(visitor, "/services?group=pension")]) == 1
    assert visitor.get("/more", 303).headers["Location"] == "/"


def test_a_page_that_is_not_there_is_the_last_one(large, visitor):
    last = [*every_page(visitor, "/services?group=others")][-1]
    assert tiles(visitor.get("/services?group=others&page=99")) == tiles(last)


@pytest.mark.parametrize(
    ("shares", "cut"),
    [
        ([], [0]),
        ([HALF, HALF, QUARTER, QUARTER, QUARTER, QUARTER, QUARTER], [6, 1]),
        ([THIRD] * 7, [6, 1]),
        ([HALF] * 5, [4, 1]),
        ([THIRD, THIRD, HALF, HALF, THIRD], [4, 1]),
    ],
)
def test_a_page_ends_where_two_rows_of_a_wide_panel_are_full(shares, cut):
    found = pages(Choice(str(nth), "ticket", "", share=share) for nth, share in enumerate(shares))
    assert [len(page) for page in found] == cut
    assert [one.href for page in found for one in page] == [str(nth) for nth in range(len(shares))]


def test_a_name_of_sixty_characters_stands_whole_in_its_tile_and_above_its_page(large, visitor):
    page = visitor.get("/services?group=pension&page=1")
    named = {one.get("href").split("?back=")[0]: one for one in page.all(".//nav/a")}
    name = next(named["/services/AE"].iter("span")).text.strip()
    assert len(name) == NAME
    assert "tile--longest" in named["/services/AE"].get("class")
    assert visitor.get("/services/AE").heading() == name


def test_a_groups_page_shows_what_has_changed_and_is_loaded_anew_when_the_group_is_gone(box, clock, visitor):
    poll = visitor.get("/services?group=home").all(".//nav[@id='choices']")[0].get("hx-get")
    visitor.get(poll, 204)
    with box.database.write() as tx:
        services.retire_service(tx, Asked(clock()), "N")
    assert tiles(visitor.get(poll)) == ["/services/L", "/services/M"]
    with box.database.write() as tx:
        for code in "LM":
            services.retire_service(tx, Asked(clock()), code)
    assert visitor.get(poll, 204).headers["HX-Refresh"] == "true"
    visitor.get("/services?group=home", 404)


def polled(page, of):
    return page.all(f".//*[@id='{of}']")[0].get("hx-get")


def test_the_pages_behind_show_what_has_changed_and_are_loaded_anew_when_they_are_gone(
    large, box, clock, visitor
):
    first = visitor.get("/letters?first=F")
    polls = [polled(visitor.get(one), "choices") for one in ("/more", "/letters", "/letters?first=F")]
    for poll in polls:
        visitor.get(poll, 204)
    with box.database.write() as tx:
        by = Asked(clock())
        for code in [href.removeprefix("/services/") for href in tiles(first)]:
            services.retire_service(tx, by, code)
        group = services.listed_group(tx, "party").plan
        services.edit_group(tx, by, "party", replace(group, name="党员"))
    more, keys, found = polls
    assert "党员" in visitor.get(more).words()
    assert "first=F" not in visitor.get(keys).text
    assert visitor.get(found, 204).headers["HX-Refresh"] == "true"


def test_a_services_page_follows_the_office_with_the_same_press_and_not_the_queue(box, clock, visitor):
    page = visitor.get("/services/A?for=other")
    poll, tap, name = polled(page, "follows"), page.value("tap"), free_stem("养老保险资格认证")
    visitor.get(poll, 204)
    visitor.take("A")
    visitor.get(poll, 204)
    with box.database.write() as tx:
        plan = services.listed_service(tx, "A").plan
        services.edit_service(tx, Asked(clock()), "A", replace(plan, place="三楼", materials=()))
    new = visitor.get(poll)
    assert "三楼" in new.words()
    assert (new.value("tap"), new.value("for_someone_else")) == (tap, "1")
    assert new.attribute("data-say-instead").split() == [name, "for_someone_else"]
    with box.database.write() as tx:
        services.close_service(tx, Asked(clock()), "A", "系统维护", "", clock().date())
    shut = visitor.get(polled(new, "follows"))
    assert "系统维护" in shut.words()
    assert shut.attribute("data-say-instead").split()[:2] == [name, "closed"]
    assert not shut.all(".//form[@action='/tickets']")
    with box.database.write() as tx:
        services.retire_service(tx, Asked(clock()), "A")
    assert visitor.get(polled(shut, "follows"), 204).headers["HX-Refresh"] == "true"


def test_the_steps_beside_a_services_page_follow_the_office_with_the_same_press(box, clock, visitor):
    lacking = visitor.get("/services/A?step=lacking&for=other")
    poll, tap = polled(lacking, "follows"), lacking.value("tap")
    reasons = polled(visitor.get("/services/A?step=priority"), "follows")
    visitor.get(poll, 204)
    visitor.get(reasons, 204)
    with box.database.write() as tx:
        plan = services.listed_service(tx, "A").plan
        services.edit_service(tx, Asked(clock()), "A", replace(plan, name="退休金"))
        first, *_ = tickets.every_priority(tx)
        tickets.edit_priority(tx, Asked(clock()), first.code, replace(first.plan, head_start_min=7))
    new = visitor.get(poll)
    assert "退休金" in new.words()
    assert (new.value("tap"), new.value("for_someone_else")) == (tap, "1")
    changed = visitor.get(reasons)
    assert "早到7分钟" in changed.words()
    with box.database.write() as tx:
        services.close_service(tx, Asked(clock()), "A", "系统维护", "", clock().date())
    for page in (new, changed):
        assert visitor.get(polled(page, "follows"), 204).headers["HX-Refresh"] == "true"
    assert "系统维护" in visitor.get("/services/A?step=lacking").words()
