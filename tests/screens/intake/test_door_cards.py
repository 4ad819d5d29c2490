"""Cards that are filled in at a door, and entered by their code."""

import re

from kiosk import concerns, kinds
from kiosk.asked import Asked
from kiosk.qr_codes import CodeKind


def test_a_card_is_entered_once_by_its_code_and_its_stub_is_the_receipt(clerk, visitor, box, clock):
    with box.database.write() as tx:
        paper = kinds.print_door_cards(tx, box.centre, Asked(clock(), 1), 1)
    assert [card.number for card in paper.cards][::7] == ["K00001", "K00008"]
    assert "民情日志卡" in clerk.get("/s/cards").words()
    code = re.findall("[0-9]{24}", paper.cards[1].qr)[0]
    assert "两天后再扫" in visitor.get(f"/t/{code}", 409).words()
    assert "两天后再扫" in visitor.post("/slips/scan", {"code": code}, 409).words()
    opened = clerk.post("/s/cards/scan", {"code": paper.cards[1].qr}).headers["Location"]
    page = clerk.get(opened)
    assert clerk.post("/s/cards/scan", {"code": "k 2"}).headers["Location"] == opened
    (form,) = [one for one in page.all(".//form") if one.get("action") == "/concerns/add"]
    fields = {
        one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("type") == "hidden"
    }
    for tap in ("a", "b"):
        answer = clerk.post("/concerns/add", fields | {"pick": "2", "tap": tap})
        assert answer.headers["Location"] == "/s/cards?taken=S0001"
    assert clerk.get(opened, 303).headers["Location"] == "/concerns/1"
    receipt = visitor.get(visitor.get(f"/t/{code}", 303).headers["Location"])
    assert receipt.attribute("data-concern") == "S0001"
    at_station = visitor.post("/slips/scan", {"code": code}).headers["Location"]
    assert visitor.get(at_station).attribute("data-concern") == "S0001"
    with box.database.read() as tx:
        (one,) = concerns.running_concerns(tx, box.centre, Asked(box.now()))
        assert one.source == "door"
    never = box.centre.token(CodeKind.DOOR_CARD, 99, 0)
    visitor.get(f"/t/{never}", 404)
    clerk.post("/s/cards/scan", {"code": "K99"}, 404)
    clerk.post("/concerns/add", fields | {"pick": "2", "tap": "c", "door_card": "99"}, 404)
    clerk.post("/s/cards/print", {"sheets": "26"}, 400)
