"""Staff take in what somebody says: a digit and Enter, with the ticket before the counter."""

from kiosk import concerns, tickets
from kiosk.asked import Asked


def test_a_digit_and_enter_take_it_in_at_the_counter_with_the_ticket_before_it(clerk, visitor, box):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    (panel,) = clerk.get("/counter/1").all(".//dialog//*[@hx-get]")
    page = clerk.get(panel.get("hx-get"))
    (form,) = [one for one in page.all(".//form") if one.get("action") == "/concerns/add"]
    assert panel.get("hx-select") == f"#{form.get('id')}"
    fields = {
        one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("type") == "hidden"
    }
    answer = clerk.post("/concerns/add", fields | {"pick": "2"})
    assert answer.headers["Location"] == "/counter/1?taken=S0001"
    assert "S0001" in clerk.get(answer.headers["Location"]).words()
    clerk.post("/concerns/add", fields | {"pick": "2"})
    clerk.post("/concerns/add", fields | {"tap": "b", "pick": "3", "counter": "2"})  # where she does not sit
    with box.database.read() as tx:
        found = {one.category: one for one in concerns.running_concerns(tx, box.centre, Asked(box.now()))}
        here = tickets.at_hand(tx, 1)
    assert here is not None
    assert {name: (one.source, one.ticket_id) for name, one in found.items()} == {
        "楼道灯路灯": ("counter", here.id),
        "垃圾卫生": ("counter", None),
    }


def test_it_is_taken_in_and_answered_in_one_step(clerk):
    page = clerk.get("/concerns/add")
    form = {"tap": page.value("tap"), "pick": "9", "source": "call", "settle": "1", "reply": "我们记下了"}
    clerk.post("/concerns/add", form)
    assert clerk.get("/concerns/1").attribute("data-state") == "answered"
    clerk.post("/concerns/add", form | {"tap": "b", "pick": "x"}, 404)
    clerk.post("/concerns/add", form | {"tap": "b", "source": "street corner"}, 400)
