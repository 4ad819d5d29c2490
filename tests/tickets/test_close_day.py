"""The day's edges: hours, caps, early close, midnight."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.centre import open_centre
from kiosk.server import nightly

from .conftest import CLERK, Hall


@pytest.fixture
def hall_with(box, clock):
    """The hall under other settings."""

    def hall_with(**settings) -> Hall:
        changed = Box(open_centre(replace(box.settings, **settings)), box.database, clock)
        return Hall(changed, clock)

    return hall_with


def at(clock, text: str) -> None:
    """Set the clock to a wall-clock time in Shanghai."""
    clock.at = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [
        ("2026-11-23T08:00", tickets.NotOpenYet),
        ("2026-11-23T12:30", tickets.LunchBreak),
        ("2026-11-23T17:20", tickets.DayOver),
        ("2026-11-29T10:00", tickets.DayOff),
    ],
)
def test_outside_the_hours_the_station_gives_no_number_but_staff_may(hall_with, clock, moment, refusal):
    hall = hall_with(opening_hours="1-5 08:30-12:00 13:30-17:30", last_ticket_min=15)
    at(clock, moment)
    with pytest.raises(refusal):
        hall.take("A")
    assert hall.view(hall.take("A", staff_id=CLERK)).number == "A001"


def test_the_cap_of_a_service_is_reached_and_not_passed(hall, box):
    with box.database.write() as tx:
        tx.execute(services_table().update().where(services_table().c.code == "B").values(daily_cap=2))
    assert [hall.view(hall.take("B")).number for _ in range(2)] == ["B001", "B002"]
    with pytest.raises(tickets.NumbersUsedUp):
        hall.take("B")
    assert hall.view(hall.take("A")).number == "A001"
    assert hall.view(hall.take("B", staff_id=CLERK)).number == "B003"


def test_digits_that_somebody_left_stay_for_the_day_and_go_after_it(hall, clock):
    hall.take("A", phone_tail="1234")
    hall.take("A")
    today = hall.box.centre.day(clock())
    assert hall.write(tickets.forget_digits, today) == 0
    assert hall.write(tickets.forget_digits, today + timedelta(days=1)) == 1
    assert hall.write(tickets.forget_digits, today + timedelta(days=1)) == 0


def test_a_day_begins_with_its_first_number_and_no_trial_begins_it(hall, clock):
    day, by = hall.box.centre.day(clock()), Asked(clock(), CLERK)
    assert hall.read(tickets.trial_now, hall.box.centre, by) is None
    tried = hall.write(tickets.take_trial, hall.box.centre, by, "A")
    assert hall.read(tickets.trial_now, hall.box.centre, by).id == tried.ticket_id
    assert not hall.read(tickets.has_day_begun, day)
    hall.take("A")
    begun = [hall.read(tickets.has_day_begun, day + timedelta(days=n)) for n in (-1, 0, 1)]
    assert begun == [False, True, False]


def services_table():
    from kiosk.services.tables import service

    return service


def test_an_early_close_ends_with_its_day(hall, clock):
    day = hall.box.centre.day(clock())
    hall.write(services.close_service, Asked(clock(), CLERK), "A", "停电", "", day)
    with pytest.raises(tickets.ServiceClosed) as refused:
        hall.take("A")
    assert refused.value.facts == {"reason": "停电"}
    clock.forward(days=1)
    assert hall.view(hall.take("A")).number == "A001"


def test_a_service_closed_by_mistake_is_open_again(hall, clock):
    hall.write(services.close_service, Asked(clock(), CLERK), "A", "", "", hall.box.centre.day(clock()))
    hall.write(services.reopen_service, Asked(clock(), CLERK), "A")
    hall.take("A")


def open_of_every_kind(hall, clock) -> dict[str, int]:
    """One ticket in every status that is open."""
    left = {"held": hall.take("A")}
    hall.call_next(1)
    with hall.box.database.write() as tx:
        tickets.hold(tx, hall.box.centre, Asked(clock(), CLERK), 1, tickets.Aside("fetch"))
    left["serving"] = hall.take("A")
    hall.call_next(1)
    hall.do(tickets.start, 1)
    left["called"] = hall.take("A")
    hall.call_next(2)
    left["waiting"] = hall.take("A")
    return left


def test_at_night_what_is_open_is_cancelled_once(hall, clock):
    left = open_of_every_kind(hall, clock)
    served = hall.take("B")
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 3, served, "")
    hall.do(tickets.start, 3)
    hall.do(tickets.finish, 3)
    at(clock, "2026-11-24T00:00:05")
    assert [hall.write(tickets.close_day, hall.box.centre, clock()) for _ in range(2)] == [4, 0]
    for status, ticket_id in left.items():
        assert hall.view(ticket_id).status == tickets.Status.CANCELLED
        assert hall.changes(ticket_id)[-1] == ("close_day", status, "cancelled", None)
    assert hall.view(served).status == tickets.Status.SERVED
    assert all(not counter.is_open for counter in hall.read(services.counters, "zh"))


def test_the_nightly_jobs_close_what_was_open_when_the_box_was_switched_off(hall, clock):
    ticket_id = hall.take("A")
    clock.forward(days=3)
    nightly.close_days(hall.box)
    nightly.close_days(hall.box)
    assert [row[0] for row in hall.changes(ticket_id)] == ["take", "close_day"]


def test_the_night_of_the_centres_own_zone_counts(hall, clock):
    ticket_id = hall.take("A")
    at(clock, "2026-11-23T23:59:59")
    nightly.close_days(hall.box)
    assert hall.view(ticket_id).status == tickets.Status.WAITING
    at(clock, "2026-11-24T00:00:00")  # 16:00 of the 23rd in UTC
    nightly.close_days(hall.box)
    assert hall.view(ticket_id).status == tickets.Status.CANCELLED


def test_a_ticket_taken_a_second_before_midnight_and_one_after_are_of_two_days(hall, clock):
    at(clock, "2026-11-23T23:59:59")
    before = hall.take("A")
    clock.forward(seconds=1)
    after = hall.take("A")
    assert (hall.view(before).number, hall.view(after).number) == ("A001", "A001")
    assert hall.call_next() == after


def test_a_day_of_twenty_five_hours_is_one_day(hall_with, clock):
    hall = hall_with(time_zone="Europe/Berlin")
    clock.at = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # 00:30 on the 25th
    numbers = []
    for _ in range(25):
        numbers.append(hall.view(hall.take("A")).number)
        clock.forward(hours=1)
    assert numbers[:2] == ["A001", "A002"]
    assert numbers[-1] == "A025"  # still the 25th, 23:30
    assert hall.view(hall.take("A")).number == "A001"
