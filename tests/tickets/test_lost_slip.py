"""A lost slip: found by its number or four digits, printed again, and who may ask for it how often."""

import pytest

from kiosk import tickets
from kiosk.asked import Asked
from kiosk.tickets import refusals


def test_a_lost_slip_is_printed_again_and_the_old_code_is_told_so(hall, clock):
    ticket_id = hall.take("A")
    old = hall.view(ticket_id).token
    (found,) = hall.read(tickets.lost_by_service, hall.box.centre, "A", clock(), "zh")
    new = hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, found.revision)
    assert hall.slips()[-1][1]["reprint"] is True
    assert hall.slips()[-1][1]["qr"] == new
    assert hall.read(tickets.find_ticket, hall.box.centre, new, clock()) == ticket_id
    with pytest.raises(tickets.TicketRevoked):
        hall.read(tickets.find_ticket, hall.box.centre, old, clock())
    with pytest.raises(refusals.ReprintedMeanwhile):
        hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, found.revision)


def test_a_resident_has_a_number_printed_again_once_and_staff_as_often_as_it_is_lost(hall, clock):
    ticket_id = hall.take("A")
    hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, 0)
    clock.forward(hours=1)
    with pytest.raises(refusals.ReprintedOnce):
        hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, 1)
    for revision in (1, 2):  # the owner, whose slip a stranger voided, has her number back and keeps it
        hall.write(tickets.reprint, hall.box.centre, Asked(clock(), 1), ticket_id, revision)
    with pytest.raises(refusals.ReprintedOnce):
        hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, 3)
    assert hall.view(ticket_id).status == "waiting"


def test_who_goes_through_the_list_is_stopped_after_six_numbers_for_ten_minutes(hall, clock):
    every = [hall.take("A") for _ in range(8)]
    for ticket_id in every[:6]:
        hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, 0)
        clock.forward(seconds=5)
    with pytest.raises(refusals.TooManyReprints):
        hall.write(tickets.reprint, hall.box.centre, Asked(clock(), station="another"), every[6], 0)
    hall.write(tickets.reprint, hall.box.centre, Asked(clock(), 1), every[6], 0)
    clock.forward(minutes=9, seconds=30)  # the first was ten minutes ago: it counts no longer
    hall.write(tickets.reprint, hall.box.centre, Asked(clock()), every[7], 0)


def test_the_sixty_newest_numbers_are_offered_to_who_has_lost_one(hall, clock):
    every = [hall.take("A") for _ in range(61)]
    found = hall.read(tickets.lost_by_service, hall.box.centre, "A", clock(), "zh")
    assert [one.id for one in found] == every[:0:-1]


def test_a_slip_is_found_by_four_digits(hall, clock):
    hall.take("A")
    mine = hall.take("A")
    hall.write(
        lambda tx: tickets.grant_assistance(tx, hall.box.centre, mine, "phone", clock(), phone_tail="4711")
    )
    found = hall.read(tickets.lost_by_phone, hall.box.centre, "4711", clock(), "zh")
    assert [one.id for one in found] == [mine]


def test_a_ticket_that_is_over_is_not_printed_again(hall, clock):
    ticket_id = hall.serve_new()
    with pytest.raises(refusals.WrongStatus):
        hall.write(tickets.reprint, hall.box.centre, Asked(clock()), ticket_id, 0)
    assert hall.read(tickets.lost_by_service, hall.box.centre, "A", clock(), "zh") == ()
