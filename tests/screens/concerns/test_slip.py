"""A receipt that is scanned at the station."""

import re

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, Reply


def reply(box, clock, number="S0001") -> None:
    with box.database.write() as tx:
        said = Reply(Outcome.SOLVED, "灯换好了，您再看看")
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2), True), int(number[1:]), said)


def test_a_slip_that_is_scanned_at_the_station_opens_it_and_asks_whether_it_is_solved(visitor, box, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    reply(box, clock)
    page = visitor.get(visitor.post("/slips/scan", {"code": token}).headers["Location"])
    assert page.attribute("data-concern") == "S0001"
    (form,) = {one.get("action") for one in page.all(".//form") if "answer" in one.get("action")}
    done = visitor.get(visitor.post(form, {"solved": "yes"}).headers["Location"])
    assert done.attribute("data-state") == "done"


def test_the_next_visitor_finds_nothing_of_it_by_going_back_and_answers_nothing_for_the_one_before(
    visitor, box, clock
):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    reply(box, clock)
    visitor.post("/leave")
    for _ in range(2):  # nobody's visit has a name before the first one has ended
        address = visitor.post("/slips/scan", {"code": token}).headers["Location"]
        forms = {one.get("action") for one in visitor.get(address).all(".//main//form")}
        visitor.post("/leave")
        assert "S0001" not in visitor.get(address, 409).words()
        for form in forms - {"/leave"}:
            visitor.post(form, {"solved": "yes"}, 409)


def test_it_is_taken_back_after_it_was_asked_for_twice(visitor):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    sure = visitor.get(f"/concerns/slip/{token}/withdraw")
    assert visitor.get(f"/t/{token}").attribute("data-state") == "new"
    (form,) = {one.get("action") for one in sure.all(".//main//form")}
    page = visitor.get(visitor.post(form).headers["Location"])
    assert page.attribute("data-state") == "withdrawn"
