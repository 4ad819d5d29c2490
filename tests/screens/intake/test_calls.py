"""A call on the secretary's phone, and messages of a chat, become concerns in few presses."""

from kiosk import concerns
from kiosk.asked import Asked


def running(box):
    with box.database.read() as tx:
        return concerns.running_concerns(tx, box.centre, Asked(box.now()))


def test_a_call_is_taken_in_or_told_whom_to_ask_with_the_card_that_stays_in_the_log(clerk, box):
    page = clerk.get("/s")
    assert "110" in page.words()
    form = {
        "tap": page.value("tap"),
        "source": "call",
        "back": "/s",
        "pick": "2",
        "name": "大妈",
        "phone": "5678",
    }
    answer = clerk.post("/concerns/add", form)
    assert "S0001" in clerk.get(answer.headers["Location"]).words()
    (one,) = running(box)
    assert (one.source, one.category) == ("call", "楼道灯路灯")
    form |= {"tap": "b", "settle": "1", "card": page.all(".//select[@name='card']/option")[1].get("value")}
    clerk.post("/concerns/add", form)
    answered = clerk.get("/concerns/2")
    assert answered.attribute("data-state") == "answered"
    assert "这件事请找" in answered.words()
    clerk.post("/concerns/add", form | {"tap": "c", "card": "999"}, 404)
    assert len(running(box)) == 1
