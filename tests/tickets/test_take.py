import json
from datetime import date

import pytest
import sqlalchemy as sa

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.spool.tables import print_job
from kiosk.tickets.tables import change, ticket

from .conftest import CLERK


def rows(hall, table):
    return hall.read(sa.Connection.execute, sa.select(table)).mappings().all()


def test_numbers_count_up_by_service_and_start_again_the_next_day(hall, clock):
    assert [hall.view(hall.take(code)).number for code in "AAB"] == ["A001", "A002", "B001"]
    clock.forward(days=1)
    assert hall.view(hall.take("A")).number == "A001"


def test_a_number_given_just_before_midnight_belongs_to_that_day(hall, clock):
    clock.forward(hours=14, minutes=59, seconds=59)
    assert hall.view(hall.take("A")).number == "A001"
    clock.forward(seconds=1)
    assert hall.view(hall.take("A")).number == "A001"
    assert len({row["service_day"] for row in rows(hall, ticket)}) == 2


def test_a_ticket_its_change_and_its_print_job_are_written_together(hall):
    ticket_id = hall.take("A", for_someone_else=True, priority="elder", phone_tail="1234")
    assert hall.changes(ticket_id) == [("take", None, "waiting", None)]
    (job,) = rows(hall, print_job)
    slip = json.loads(job["slip"])
    assert (job["subject"], job["status"], job["kind"]) == (f"ticket:{ticket_id}", "queued", "ticket")
    assert (slip["number"], slip["ahead"], slip["priority"]) == ("A001", 0, "70岁以上")
    assert slip["qr"] == hall.view(ticket_id).token
    assert any("代办人身份证" in line for line in slip["materials"])
    assert "作废" not in slip["missed"]


def test_a_fault_while_the_slip_is_written_leaves_no_ticket_and_no_gap(hall, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("kiosk.tickets.actions.take.print_slip", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hall.take("A")
    assert rows(hall, ticket) == []
    assert rows(hall, change) == []
    assert hall.view(hall.take("A")).number == "A001"


def test_the_same_tap_gives_the_same_ticket(hall):
    assert hall.take("A", tap="once") == hall.take("A", tap="once")
    assert len(rows(hall, print_job)) == 1


def test_the_same_service_from_the_same_station_within_the_guard_time_is_one_ticket(hall, clock):
    first = hall.take("A", station="hall")
    clock.forward(seconds=7)
    assert hall.take("A", station="hall") == first
    assert hall.take("B", station="hall") != first
    assert hall.take("A", station="door") != first
    clock.forward(seconds=2)
    assert hall.take("A", station="hall") != first


def test_a_phone_has_one_number_a_day_whatever_it_asks_for(hall, clock):
    def asked(service, tap):
        mine = tickets.Tap(service, tap=tap, station="phone-7", by_phone=True)
        return hall.write(tickets.take, hall.box.centre, mine, "zh", clock())

    first = asked("A", "one")
    assert not first.already
    clock.forward(minutes=5)
    again = asked("B", "two")
    assert (again.ticket_id, again.already) == (first.ticket_id, True)
    clock.forward(days=1)
    next_day = asked("B", "three")
    assert (hall.view(next_day.ticket_id).number, next_day.already) == ("B001", False)


def test_a_second_ticket_can_be_wanted_on_purpose(hall):
    assert hall.take("A", station="hall") != hall.take("A", station="hall", another=True)


def test_a_ticket_that_was_called_already_is_not_given_again(hall):
    first = hall.take("A", station="hall")
    hall.call_next()
    assert hall.take("A", station="hall") != first


def test_a_closed_service_gives_its_reason_and_writes_nothing(hall, clock):
    hall.write(
        services.close_service,
        Asked(clock(), CLERK),
        "A",
        "今天的号已取完",
        "No numbers left today",
        date(2026, 11, 23),
    )
    with pytest.raises(tickets.ServiceClosed) as refused:
        hall.take("A")
    assert refused.value.facts == {"reason": "今天的号已取完"}
    assert rows(hall, ticket) == []


def test_an_unknown_service_or_reason_is_refused(hall):
    with pytest.raises(services.UnknownService):
        hall.take("ZZ")
    with pytest.raises(tickets.BadTap):
        hall.take("A", priority="vip")
    assert rows(hall, ticket) == []


def test_people_ahead_are_those_whom_the_same_counters_call_first(hall, clock):
    first, second = hall.take("A"), hall.take("B")
    clock.forward(minutes=1)
    third = hall.take("A")
    assert [hall.view(one).ahead for one in (first, second, third)] == [0, 1, 2]
    hall.call_next()
    assert [hall.view(one).ahead for one in (first, second, third)] == [0, 0, 1]


def test_priority_counts_as_having_come_earlier(hall, clock):
    first = hall.take("A")
    clock.forward(minutes=14)
    elder = hall.take("A", priority="elder")
    assert hall.view(elder).ahead == 0
    assert hall.view(first).ahead == 1
    clock.forward(minutes=5)
    assert hall.call_next() == elder


def test_someone_who_came_longer_before_than_the_head_start_is_not_overtaken(hall, clock):
    first = hall.take("A")
    clock.forward(minutes=16)
    hall.take("A", priority="elder")
    assert hall.call_next() == first
