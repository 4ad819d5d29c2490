"""A trial number goes from tap to served, and no figure has it."""

import pytest

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.services.tables import counter
from kiosk.spool.tables import print_job
from kiosk.tickets.tables import last_number, pace, ticket


@pytest.fixture
def furnished_admin(admin):
    admin.post("/setup/counters", {"count": "2"})
    admin.post("/setup/services", {"service": ["A01", "B01"]})
    return admin


def test_it_goes_the_whole_way_and_the_first_resident_has_number_one(furnished_admin, rows, box, clock):
    admin = furnished_admin
    shown = []
    for verb in ("take", "call", "start", "finish"):
        admin.post("/setup/trial", {"verb": verb, "service": "A01"})
        clock.forward(seconds=30)
        board = admin.get("/board")
        shown.append([one.get("data-number") for one in board.with_attribute("data-number")])
    assert shown == [[], ["A000"], ["A000"], []], "the hall keeps no number that no resident has"
    assert "还没有叫号，请先取号" in board.words()
    page = admin.get("/setup/trial")
    assert page.attribute("data-number") == "A000"
    assert page.attribute("data-trial") == "served"
    assert [row["status"] for row in rows(ticket)] == ["served"]
    assert [row["opened_by"] for row in rows(counter)] == [None, None]
    assert len(rows(print_job)) == 1
    assert rows(last_number) == rows(pace) == []
    with box.database.read() as tx:
        figures = tickets.day_figures(tx, box.centre, box.now())
        assert tickets.served_by_counter(tx, box.centre, box.now()) == {}
    assert (figures.taken, figures.served, figures.wait_min) == (0, 0, None)
    admin.get("/")  # the first browser at the box is its station
    assert admin.take("A01").attribute("data-number") == "A001"
    assert admin.post("/setup/trial", {"verb": "done"}).headers["Location"] == "/setup"


def test_the_next_tap_at_the_touchscreen_is_the_trial_and_no_other(furnished_admin, rows, clock):
    """Also one whose answer was lost, sent again; a resident's tap after it is a resident's."""
    admin = furnished_admin
    admin.get("/")
    admin.post("/setup/trial", {"verb": "expect"})
    waits = admin.get("/setup/trial")
    assert waits.all(".//section[@hx-get]")
    assert waits.all(".//meta[@http-equiv='refresh']"), "without JavaScript"
    assert admin.take("A01", tap="mine").attribute("data-number") == "A000"
    assert admin.take("A01", tap="mine").attribute("data-number") == "A000"
    page = admin.get("/setup/trial")
    assert (page.attribute("data-trial"), page.all(".//section[@hx-get]")) == ("waiting", [])
    assert page.all(".//meta[@http-equiv='refresh']") == []
    assert admin.take("A01", tap="another").attribute("data-number") == "A001"
    admin.post("/setup/trial", {"verb": "expect"})
    clock.forward(minutes=4)
    assert admin.take("A01", tap="late").attribute("data-number") == "A002"
    assert [row["is_trial"] for row in rows(ticket)] == [True, False, False]


def test_two_presses_take_one_and_a_second_trial_has_another_number(furnished_admin, rows):
    admin = furnished_admin
    for verb in ("take", "take", "call", "start", "finish", "take"):
        admin.post("/setup/trial", {"verb": verb, "service": "A01"})
    assert [row["number"] for row in rows(ticket)] == ["A000", "A999"]


def test_an_undone_trial_takes_nothing_from_what_was_learned(furnished_admin, rows):
    admin = furnished_admin
    for verb in ("take", "call", "start"):
        admin.post("/setup/trial", {"verb": verb, "service": "A01"})
    admin.post("/counter/1/finish")
    admin.post("/counter/1/undo")
    assert [row["status"] for row in rows(ticket)] == ["serving"]
    assert rows(pace) == []


def test_what_cannot_be_is_told_and_a_hall_without_counters_leads_to_them(admin, rows):
    assert admin.get("/setup/trial").all(".//main//a[@href='/setup/counters']")
    admin.post("/setup/trial", {"verb": "take", "service": "nothing"}, 404)
    admin.post("/setup/trial", {"verb": "call"}, 404)
    admin.post("/setup/trial", {"verb": "dance"}, 400)
    assert rows(ticket) == []


def test_a_trial_is_had_where_residents_get_no_number(furnished_admin, box, rows):
    with box.database.write() as tx:
        services.close_service(tx, Asked(box.now()), "B01", "停电", "", box.centre.day(box.now()))
    furnished_admin.post("/setup/trial", {"verb": "take", "service": "B01"})
    assert [row["number"] for row in rows(ticket)] == ["B000"]
