"""The stub of a card that was filled in at a door."""

import re

from kiosk import concerns, kinds
from kiosk.asked import Asked


def test_a_stub_says_in_two_days_and_then_leads_to_the_receipt_and_changes_nothing(visitor, box, clock):
    with box.database.write() as tx:
        paper = kinds.print_door_cards(tx, box.centre, Asked(clock(), 1), 1)
    code = re.findall("[0-9]{24}", paper.cards[0].qr)[0]
    assert "两天后再扫" in visitor.get(f"/t/{code}", 409).words()
    said = concerns.Said("lights", "a", concerns.Source.DOOR, source_ref=kinds.card_source(1), has_slip=False)
    with box.database.write() as tx:
        concerns.take_in(tx, box.centre, Asked(clock(), 2), said)
    for _ in range(2):
        receipt = visitor.get(visitor.get(f"/t/{code}", 303).headers["Location"])
    assert (receipt.attribute("data-concern"), receipt.attribute("data-state")) == ("S0001", "new")
    visitor.get(f"/t/5{'0' * 23}", 404)
