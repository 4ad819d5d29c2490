"""A long catalogue by the first letter, on big keys."""

import pytest

from kiosk.services.tables import service
from tests.large_centre import SERVICES, furnish_large
from tests.screens.station.test_choices import every_page, tiles


@pytest.fixture
def large(box):
    furnish_large(box)


def keys(visitor):
    return {
        "".join(key.itertext()): key.get("href")
        for key in visitor.get("/letters").all(".//nav[@class='keys']/a")
    }


def test_the_home_page_of_a_large_centre_leads_to_the_keys(large, visitor):
    assert "/letters" in [one.get("href") for one in visitor.get("/").all(".//a")]


def test_each_service_stands_behind_one_key(large, visitor):
    found = keys(visitor)
    assert set(found) >= {"G", "Y"}
    behind = {
        key: [href for page in every_page(visitor, href) for href in tiles(page)]
        for key, href in found.items()
    }
    listed = [href for hrefs in behind.values() for href in hrefs]
    assert len(listed) == len(set(listed)) == SERVICES
    assert "/services/B" in behind["G"]  # 高龄补贴
    assert found.keys().isdisjoint("IUV")


def test_in_english_the_first_letter_of_the_name_counts(visitor):
    visitor.post("/language", {"lang": "en"})
    assert "/services/A" in tiles(visitor.get(keys(visitor)["P"]))  # Pension certification


def test_a_letter_that_nothing_begins_with_shows_the_keys(visitor):
    assert visitor.get("/letters?first=%E5%BE%88").all(".//nav[@class='keys']/a")


def test_a_centre_without_services_says_so_where_the_keys_would_stand(visitor, box):
    with box.database.write() as tx:
        tx.execute(service.update().values(retired_at=box.now()))
    page = visitor.get("/letters")
    assert page.all(".//nav[@class='keys']/a") == []
    assert "这里还没有准备好" in page.words()
