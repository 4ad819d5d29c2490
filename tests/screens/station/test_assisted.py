"""A volunteer takes numbers for others: by the digits of the day, one touch a number, until it ends."""

from datetime import date, timedelta

import pytest

from kiosk.screens.station.assisted import code_of
from tests.large_centre import NAME, SERVICES, furnish_large
from tests.visitor import Visitor, words


def let_in(visitor: Visitor, code: str) -> None:
    """Press the digits, one key after the other."""
    for count in range(1, len(code) + 1):
        visitor.post("/assist", {"digits": code[:count]})


@pytest.fixture
def today(box):
    return code_of(box.centre.secret, box.centre.day(box.now()))


def take(visitor: Visitor, service: str) -> str:
    """Touch a service, and the number that stands there then."""
    form = {"service": service, "tap": visitor.get("/assist").value("tap")}
    return visitor.get(visitor.post("/assist/take", form).headers["Location"]).attribute("data-assisted")


def test_each_touch_gives_the_next_person_a_number_and_the_services_are_there_again(
    visitor, today, hall_tickets
):
    let_in(visitor, today)
    assert [take(visitor, code) for code in "AAAB"] == ["A001", "A002", "A003", "B001"]
    assert len(hall_tickets()) == 4


def test_a_long_name_has_a_row_of_its_own_and_every_service_stands_on_a_page(visitor, box, today):
    furnish_large(box)
    let_in(visitor, today)
    found, address = [], "/assist"
    while address:
        page = visitor.get(address)
        forms = [one for one in page.all(".//form[input]") if one.find("input").get("name") == "service"]
        assert len(forms) <= 12
        found += [(form.find("input").get("value"), form.get("class"), words(form)) for form in forms]
        later = [a.get("href") for a in page.all(".//main//a") if "后面的" in words(a)]
        address = later[0] if later else ""
    assert len({code for code, *_ in found}) == len(found) > SERVICES / 2
    assert {look for _, look, name in found if len(name) == NAME} == {"assisted__row"}
    assert {look for _, look, name in found if len(name) < 10} == {None}


def test_a_trembling_touch_gives_one_number(visitor, today, hall_tickets):
    let_in(visitor, today)
    form = {"service": "A", "tap": visitor.get("/assist").value("tap")}
    for _ in range(2):
        visitor.post("/assist/take", form)
    assert len(hall_tickets()) == 1


def test_nobody_is_let_in_by_other_digits_or_those_of_yesterday(visitor, box, clock, today, hall_tickets):
    let_in(visitor, f"{(int(today) + 1) % 10**6:06}")
    assert "不对" in visitor.get("/assist").words()
    clock.forward(days=1)
    let_in(visitor, today)
    assert "不对" in visitor.get("/assist").words()
    visitor.post("/assist/take", {"service": "A", "tap": "x"}, 409)
    visitor.post("/assist", {"digits": "12x"}, 400)
    assert hall_tickets() == []


def test_who_tries_all_digits_waits_longer_each_time(visitor, clock, today):
    for seconds in (2, 4, 8):
        let_in(visitor, f"{(int(today) + 1) % 10**6:06}")
        visitor.post("/assist", {"digits": today}, 429)
        clock.forward(seconds=seconds)
    let_in(visitor, today)
    assert take(visitor, "A") == "A001"


def test_it_ends_with_the_visit_and_with_the_day(visitor, clock, today):
    let_in(visitor, today)
    assert take(visitor, "A") == "A001"
    visitor.post("/leave")
    assert "口令" in visitor.get("/assist").words()
    let_in(visitor, today)
    clock.forward(days=1)
    visitor.post("/assist/take", {"service": "A", "tap": "y"}, 409)


def test_staff_in_the_hall_see_the_digits_of_today(clerk, today):
    assert today in clerk.get("/hall").words()


def test_the_digits_of_a_day_are_its_own():
    days = [date(2026, 11, 23) + timedelta(days=count) for count in range(50)]
    assert len({code_of(b"secret", day) for day in days}) == 50
    assert code_of(b"secret", days[0]) != code_of(b"other", days[0])
