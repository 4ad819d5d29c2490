"""Opening hours: the week, the break, the last number, days off, and clocks that change."""

# ruff: noqa: DTZ001 - opening hours are times on a wall

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.opening_hours import BadOpeningHours, Phase, SpecialDay, parse_hours, periods_text
from kiosk.words import Own

WEEK = "1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00"
EARLY, LAST = timedelta(minutes=10), timedelta(minutes=20)
HOURS = parse_hours(WEEK, "2026-11-25 社区搬家")


def phase(text: str) -> Phase:
    return HOURS.at(datetime.fromisoformat(text), EARLY, LAST).phase


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23T08:19:59", Phase.BEFORE),
        ("2026-11-23T08:20:00", Phase.OPEN),
        ("2026-11-23T11:59:59", Phase.OPEN),
        ("2026-11-23T12:00:00", Phase.BREAK),
        ("2026-11-23T13:19:59", Phase.BREAK),
        ("2026-11-23T13:20:00", Phase.OPEN),
        ("2026-11-23T17:09:59", Phase.OPEN),
        ("2026-11-23T17:10:00", Phase.OVER),
        ("2026-11-28T11:39:59", Phase.OPEN),
        ("2026-11-28T11:40:00", Phase.OVER),
        ("2026-11-29T10:00:00", Phase.DAY_OFF),
        ("2026-11-25T10:00:00", Phase.DAY_OFF),
    ],
)
def test_numbers_are_given_in_the_hours_and_at_no_other_time(at, expected):
    assert phase(at) == expected


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-23T07:00:00", "2026-11-23T08:30:00"),
        ("2026-11-23T12:30:00", "2026-11-23T13:30:00"),
        ("2026-11-24T18:00:00", "2026-11-26T08:30:00"),  # the 25th is off
        ("2026-11-28T13:00:00", "2026-11-30T08:30:00"),  # over Sunday
    ],
)
def test_who_comes_too_early_or_late_is_told_when_it_opens(at, opens):
    moment = HOURS.at(datetime.fromisoformat(at), EARLY, LAST)
    assert moment.opens == datetime.fromisoformat(opens)


def test_a_day_off_says_why():
    assert HOURS.at(datetime(2026, 11, 25, 10), EARLY, LAST).reason == Own("社区搬家")


def test_without_hours_the_centre_is_open_day_and_night():
    always = parse_hours("")
    assert always.at(datetime(2026, 1, 1, 3), EARLY, LAST).phase == Phase.OPEN
    assert always.closes_at(datetime(2026, 1, 1).date()) is None


@pytest.mark.parametrize(
    "wrong",
    ["8:30-12:00", "1-5", "0 08:30-12:00", "1 12:00-08:30", "1 08:30-12:00 11:00-17:00", "1 25:00-26:00"],
)
def test_hours_that_cannot_be_are_refused(wrong):
    with pytest.raises(BadOpeningHours):
        parse_hours(wrong)


def test_a_day_off_that_is_no_date_is_refused():
    with pytest.raises(BadOpeningHours):
        parse_hours("", "1.10. 国庆节")


def test_on_the_day_the_clocks_change_the_hours_follow_the_wall():
    berlin = ZoneInfo("Europe/Berlin")
    hours = parse_hours("7 09:00-12:00")
    for day in ("2026-03-29", "2026-10-25"):  # 23 and 25 hours long
        at = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=berlin)
        assert hours.at(at, timedelta(), timedelta()).phase == Phase.OPEN
        assert hours.at(at - timedelta(seconds=1), timedelta(), timedelta()).phase == Phase.BEFORE


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_next_opening_is_later_and_open(at):
    moment = HOURS.at(at, EARLY, LAST)
    if moment.opens is not None:
        assert moment.opens > at
        assert HOURS.at(moment.opens, EARLY, LAST).phase == Phase.OPEN


def test_a_service_with_hours_of_its_own_is_open_on_a_special_day_when_the_centre_is_too():
    monday, friday = datetime(2026, 11, 23).date(), datetime(2026, 11, 27).date()
    short = SpecialDay(parse_hours("1 08:30-12:00 13:30-15:00").week[0], Own("停电"))
    centre = replace(HOURS, days={monday: short, friday: short})
    own = parse_hours("1-2 11:00-16:00").within(centre, monday)
    assert periods_text(own.on(monday)) == "11:00-12:00 13:30-15:00"
    assert own.on(friday) == ()
    over = own.at(datetime(2026, 11, 23, 15), timedelta(), timedelta())
    assert (over.phase, over.opens, over.reason.zh) == (Phase.OVER, datetime(2026, 11, 24, 11), "停电")


def test_a_saturday_worked_as_another_weekday_has_its_hours_and_services_follow_theirs():
    saturday = datetime(2026, 11, 28).date()
    centre = replace(HOURS, days={saturday: SpecialDay(words=Own("调休"), like=4)})
    assert centre.on(saturday) == HOURS.week[4]
    assert not centre.is_always_open_on(saturday)
    of_fridays = parse_hours("5 07:00-11:00").within(centre, saturday)
    assert periods_text(of_fridays.on(saturday)) == "08:30-11:00"
    assert parse_hours("6 09:00-11:00").within(centre, saturday).on(saturday) == ()
    short = replace(centre, days={saturday: SpecialDay(HOURS.week[5], like=4)})
    assert periods_text(parse_hours("5 10:00-18:00").within(short, saturday).on(saturday)) == "10:00-12:00"
    always = replace(parse_hours(""), days=centre.days)
    assert always.is_always_open_on(saturday)
    assert periods_text(parse_hours("5 10:00-18:00").within(always, saturday).on(saturday)) == "10:00-18:00"
