"""The form's choices and the rules behind them lead into one another and name the days that they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.events import EventKind, EventPlan, next_dates
from kiosk.screens.office.repeating import WEEKDAYS, Repeat, Repeating, repeating_of, rule_of

SATURDAY = date(2026, 11, 28)  # the fourth of its month


def dates(rule, first_on=SATURDAY, most=3):
    from datetime import time

    return next_dates(
        EventPlan(EventKind.MEETING, "议事", "厅", first_on, time(18), 60, rule), first_on, most
    )


@pytest.mark.parametrize(
    ("chosen", "days"),
    [
        (Repeating(Repeat.ONCE), ["11-28"]),
        (Repeating(Repeat.DAILY), ["11-28", "11-29", "11-30"]),
        (Repeating(Repeat.WEEKLY), ["11-28", "12-05", "12-12"]),
        (Repeating(Repeat.WEEKLY, ("MO", "TH")), ["11-30", "12-03", "12-07"]),
        (Repeating(Repeat.FORTNIGHT), ["11-28", "12-12", "12-26"]),
        (Repeating(Repeat.DATE), ["11-28", "12-28", "01-28"]),
        (Repeating(Repeat.NTH), ["11-28", "12-26", "01-23"]),
        (Repeating(Repeat.DAILY, (), date(2026, 11, 29)), ["11-28", "11-29"]),
    ],
)
def test_a_choice_names_its_days(chosen, days):
    assert [f"{on:%m-%d}" for on in dates(rule_of(chosen, SATURDAY))] == days


def test_the_fifth_weekday_is_the_last_of_every_month():
    fifth = date(2026, 10, 31)
    found = dates(rule_of(Repeating(Repeat.NTH), fifth), fifth)
    assert [f"{on:%m-%d}" for on in found] == ["10-31", "11-28", "12-26"]


choices = st.builds(
    Repeating,
    st.sampled_from([repeat for repeat in Repeat if repeat != Repeat.OWN]),
    st.lists(st.sampled_from(WEEKDAYS), unique=True).map(tuple),
    st.none() | st.dates(date(2027, 1, 1), date(2030, 1, 1)),
)


@given(choices, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_form_shows_the_choice_that_made_a_rule(chosen, first_on):
    rule = rule_of(chosen, first_on)
    shown = repeating_of(rule, first_on)
    assert shown.repeat == chosen.repeat
    assert rule_of(shown, first_on) == rule


@pytest.mark.parametrize(
    "rule",
    ["FREQ=YEARLY;BYMONTH=1", "FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "FREQ=DAILY;UNTIL=x"],
)
def test_a_rule_from_elsewhere_is_kept_as_it_is(rule):
    shown = repeating_of(rule, SATURDAY)
    assert shown.repeat == Repeat.OWN
    assert rule_of(shown, SATURDAY, rule) == rule
