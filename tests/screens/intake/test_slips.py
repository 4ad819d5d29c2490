"""A slip opens its concern for staff, by scanning it or by its digits."""

from kiosk import concerns
from kiosk.asked import Asked


def test_a_slip_that_is_scanned_or_read_out_opens_its_concern_for_staff(clerk, visitor, box, clock):
    with box.database.write() as tx:
        taken = concerns.take_in(tx, box.centre, Asked(clock()), concerns.Said("lights", "a"))
    assert "24位" in clerk.get("/s/slip").words()
    spoken = " ".join(taken.token[place : place + 4] for place in range(0, 24, 4))
    for code in (taken.token, spoken):
        assert clerk.post("/s/slip", {"code": code}).headers["Location"] == f"/concerns/{taken.id}"
    clerk.post("/s/slip", {"code": "123"}, 400)
    assert visitor.post("/s/slip", {"code": taken.token}).headers["Location"].startswith("/log-in")
