"""A catalogue that fits on no page: six choices at most, everything reached by big keys, nothing scrolls."""

import pytest

from kiosk import services
from kiosk.asked import Asked
from kiosk.screens.station.choices import HALF, QUARTER, THIRD, Choice, pages
from tests.large_centre import NAME, SERVICES, furnish_large
from tests.visitor import Visitor

AHEAD = ".//div[@class='row']/a"


@pytest.fixture
def large(box):
    furnish_large(box)


def tiles(page):
    return [tile.get("href") for tile in page.all(".//nav/a") if "tile" in tile.get("class").split()]


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


def test_a_small_centre_has_neither_more_pages_nor_keys(visitor):
    assert [one.get("href") for one in visitor.get("/").all(AHEAD)] == ["/ask"]
    assert len([*every_page(visitor, "/services?group=pension")]) == 1


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
    named = {one.get("href"): one for one in visitor.get("/services?group=pension&page=1").all(".//nav/a")}
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
