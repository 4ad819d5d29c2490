"""Thirty windows and eighty services on the pages of staff: looked for by a word, said by groups."""

import pytest

from kiosk import tickets
from tests.large_centre import COUNTERS, SERVICES, furnish_large
from tests.visitor import words


@pytest.fixture
def large(box):
    furnish_large(box)


@pytest.fixture
def serving(large, clerk, box, clock):
    """The clerk at counter 1 serves somebody; forty others wait for as many services."""
    with_numbers = [f"{one}{two}" for one in "AB" for two in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:40]
    with box.database.write() as tx:
        for code in ("A", *with_numbers, "B", "C"):
            tickets.take(tx, box.centre, tickets.Tap(code, tap=code), "zh", clock())
    clerk.post("/counter/1/open")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    return clerk


def services_of(page, panel):
    """Those of a list, or of the buttons that a word has left."""
    form = f".//details[@id='{panel}']//form[@method='post']"
    buttons = page.all(f"{form}//button[@name='service']")
    lists = page.all(f"{form}//select[@name='service']")
    assert len(lists) == (0 if buttons else 1)
    return [one.get("value") for one in buttons or lists[0].iter("option")]


def test_a_service_to_transfer_to_is_found_by_a_word_or_its_initials(serving):
    page = serving.get("/counter/1")
    held = page.all(".//*[@data-held]")[0].get("data-held")
    assert len(services_of(page, f"transfer-{held}")) == SERVICES - 1
    assert page.all(".//details[@open]") == []
    for looked_for in ("glbt", "GL", "高龄"):
        found = serving.get(f"/counter/1?find={looked_for}&panel=transfer")
        assert services_of(found, f"transfer-{held}") == services_of(found, f"more-{held}") == ["B"]
        assert [one.get("id") for one in found.all(".//details[@open]")] == [f"transfer-{held}"]
    assert len(services_of(serving.get("/counter/1?find=补贴"), f"transfer-{held}")) > 5  # a group's name
    assert "没有找到" in serving.get("/counter/1?find=xyzw&panel=transfer").words()
    serving.post("/counter/1/transfer", {"service": "B", "ticket": held})


def test_a_panel_that_she_closed_stays_closed_when_the_page_renews(serving):
    renewed = serving.get("/counter/1/now?find=gl&panel=transfer")
    assert renewed.all(".//details[@open]") == []
    assert "find=gl" in renewed.all(".//*[@id='counter']")[0].get("hx-get")
    assert "panel" not in renewed.all(".//*[@id='counter']")[0].get("hx-get")


def test_what_others_wait_for_leaves_room_for_the_list(serving):
    sums = [words(one) for one in serving.get("/counter/1").all(".//li[@class='sum']")]
    assert len(sums) < 15
    assert sums[0].startswith(("高龄补贴", "老年人优待证"))  # her own first
    counted = sum(int(one.split()[-1]) for one in sums)
    assert counted == 42
    assert sums[-1].startswith("其他")


def test_a_counter_is_chosen_by_what_it_serves(large, clerk):
    every = clerk.get("/counter")
    assert len(every.with_attribute("data-counter")) == COUNTERS
    skills = {
        one.get("data-counter"): words(one.find(".//*[@class='desk__services']"))
        for one in every.with_attribute("data-counter")
    }
    assert skills["25"].startswith("养老和补贴、证件和医保")  # everything, said by its groups
    found = [
        one.get("data-counter") for one in clerk.get("/counter?find=户籍").with_attribute("data-counter")
    ]
    assert "25" in found
    assert 0 < len(found) < COUNTERS
    assert "没有窗口能办" in clerk.get("/counter?find=xyzw").words()


def test_the_hall_shows_thirty_counters_closely_and_first_what_needs_somebody(serving):
    hall = serving.get("/hall")
    assert len(hall.with_attribute("data-desk")) == COUNTERS
    assert hall.attribute("data-number")
    shown = [words(row) for row in hall.all(".//table[@class='lines']/tbody/tr")]
    assert len(shown) == 8
    assert len(serving.get("/hall?all=1").all(".//table[@class='lines']/tbody/tr")) == 42
    assert "还有34项业务" in hall.words()


def test_a_service_to_take_a_number_for_to_find_a_slip_of_or_to_stop_is_found_by_a_word(
    large, clerk, visitor
):
    assert clerk.get("/hall").all(".//li[@class='closing']") == []
    found = clerk.get("/hall?find=glbt")
    assert [one.get("value") for one in found.all(".//select[@name='service']//option")] == ["B"]
    found = clerk.get("/hall/lost?find=glbt")
    assert [one.get("value") for one in found.all(".//select[@name='service']//option")] == ["B", ""]
    (form,) = found.all(".//main//form[@method='post']")
    number = visitor.take("B").with_attribute("data-number")[0].get("data-number")
    again = clerk.post(form.get("action"), {"service": "B", "digits": ""}, 200)
    assert number in again.words()
    assert [one.get("value") for one in again.all(".//select[@name='service']//option")] == ["B", ""]
    clerk.post("/hall/services/B/close", {"reason": "系统维护"})
    assert len(clerk.get("/hall").all(".//li[@class='closing']")) == 1  # what is stopped is always there
