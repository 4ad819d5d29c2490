"""A receipt that is scanned at the station."""

import re
from io import BytesIO

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
    (title,) = page.all(".//h1")
    assert title.get("data-speak").split()[:2] == ["concern_mine", "s"]
    (form,) = {one.get("action") for one in page.all(".//form") if "answer" in one.get("action")}
    done = visitor.get(visitor.post(form, {"solved": "yes"}).headers["Location"])
    assert done.attribute("data-state") == "done"
    (number,) = done.all(".//p[@class='rating__of']")
    assert number.get("data-speak") == title.get("data-speak")


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


def test_who_has_more_to_say_is_asked_how_and_it_reaches_whoever_has_it(visitor, clerk):
    tokens = []
    for phone in ("", "13800001234"):
        taken = visitor.post("/concerns", {"category": "lights", "tap": f"t{phone}", "phone": phone})
        tokens += re.findall("[0-9]{24}", taken.headers["Location"])
    clerk.post("/concerns/1/accept")
    page = visitor.get(f"/concerns/slip/{tokens[0]}")
    assert f"/concerns/slip/{tokens[0]}/more" in [one.get("href") for one in page.all(".//main//a")]
    asked = visitor.get(f"/concerns/slip/{tokens[0]}/more")
    assert "打电话" not in asked.words(), "no number was left"
    assert "请工作人员帮我说" in asked.words()
    assert "请办事的人给我打电话" in visitor.get(f"/concerns/slip/{tokens[1]}/more").words()
    heard = visitor.get(f"/concerns/slip/{tokens[0]}/voice")
    assert "microphone=(self)" in heard.headers["Permissions-Policy"]
    form = {"voice": (BytesIO(b"\x1aE\xdf\xa3" + bytes(range(256)) * 20), "voice")}
    (address,) = [one.get("data-address") for one in heard.with_attribute("data-address")]
    kept = visitor.post(address, form, content_type="multipart/form-data")
    assert "您说的录下了" in visitor.get(kept.headers["Location"]).words()
    done = visitor.post(f"/concerns/slip/{tokens[0]}/more")
    assert "办事的人会看到" in visitor.get(done.headers["Location"]).words()
    assert len(clerk.get("/concerns/1/files/1").body) > 5000
    assert "就这样" not in visitor.get(f"/concerns/slip/{tokens[1]}/more").words(), "it was sent"
