"""A week as the setup asks for it, and as the settings write it."""

from datetime import time

from kiosk.opening_hours import parse_hours
from kiosk.setup import USUAL, Days, days_of, week_faults, week_text

SATURDAY = Days((6,), (time(9), time(12)))


def test_the_usual_week_is_written_as_the_settings_write_it_and_read_back():
    written = week_text((USUAL[0], SATURDAY))
    assert days_of(parse_hours(written)) == (USUAL[0], SATURDAY)
    assert written.startswith("1 08:30-12:00 13:30-17:30; 2 ")
    assert written.endswith("; 6 09:00-12:00")
    assert week_faults((USUAL[0], SATURDAY)) == {}


def test_a_finer_week_is_not_shown_as_a_coarser_one():
    assert days_of(parse_hours("1 08:00-09:00 10:00-11:00 12:00-13:00")) is None
    assert days_of(parse_hours("1 08:00-09:00; 2 08:00-10:00; 3 08:00-11:00")) is None


def test_each_mistake_is_told_at_its_field_and_all_at_once():
    morning = (time(12), time(8))
    found = week_faults((Days((1,), morning, (time(7), None)), Days((1, 2))))
    assert found == {"days1": "twice_day", "closes_again0": "time", "opens1": "time", "closes1": "time"}
    assert week_faults((Days((1,), morning), Days(()))) == {"closes0": "order"}
    assert week_faults((Days(()), Days(()))) == {"days0": "choice"}
    lunch = Days((1,), (time(8), time(12)), (time(11), time(17)))
    assert week_faults((lunch, Days(()))) == {"opens_again0": "order"}
