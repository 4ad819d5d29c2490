"""A case: papers held and given back, the canteen's certificate, and the ticket's own code."""

import re

from kiosk import concerns, kinds, tickets
from kiosk.asked import Asked
from kiosk.concerns import Said


def test_papers_are_held_and_given_back_and_the_certificate_runs_out(clerk, visitor, box, clock):
    ticket = visitor.take("A")
    code = re.findall("[0-9]{24}", ticket.text)[0]
    clerk.post("/counter/1/call-next")
    with box.database.write() as tx:
        said = Said("help", "c", concerns.Source.COUNTER, ticket_id=1)
        taken = concerns.take_in(tx, box.centre, Asked(clock(), 2), said)
    page = clerk.get(f"/s/cases/{taken.id}?by=A")
    lines = [one.get("value") for one in page.all(".//input[@name='what']")]
    assert lines
    clerk.post(f"/s/cases/{taken.id}/papers", {"what": lines[:2], "other": "户口本"})
    clerk.post(f"/s/cases/{taken.id}/papers", {}, 400)
    clerk.post(f"/s/cases/{taken.id}/papers", {"what": [f"材料{n}" for n in range(38)]}, 409)  # none is kept
    assert "您的材料有3份在我们这里" in visitor.get(f"/t/{taken.token}").words()
    clerk.post(f"/s/cases/{taken.id}/papers/1/back")
    clerk.post(f"/s/cases/{taken.id}/papers/1/back", status=409)
    form = {"name": "王", "age": "70", "valid_until": "2026-12-31"}
    clerk.post(f"/s/cases/{taken.id}/product", form | {"age": "65"}, 400)
    clerk.post(f"/s/cases/{taken.id}/product", form | {"valid_until": "2026-11-01"}, 400)
    clerk.post(f"/s/cases/{taken.id}/product", form)
    clerk.post(f"/s/cases/{taken.id}/product", form, 400)
    page = visitor.get(f"/t/{taken.token}")
    assert "王* · 70岁以上 · 8.5折" in page.words()
    assert page.attribute("data-valid") == "yes"
    clock.forward(days=40)
    with box.database.write() as tx:
        tickets.close_day(tx, box.centre, clock())
    assert visitor.get(f"/t/{taken.token}").attribute("data-valid") == "no"
    with box.database.write() as tx:
        concerns.withdraw(tx, box.centre, Asked(clock()), taken.id)
        kinds.forget(tx, Asked(clock()))
        assert {one.what for one in kinds.papers_held(tx, taken.id)} == {""}
    assert visitor.get(f"/t/{code}", 303).headers["Location"] == f"/t/{taken.token}"
