"""What runs out is reminded of 60, 30 and 7 days before, and settled in one press."""

from datetime import date

from kiosk import concerns, kinds, staff
from kiosk.asked import Asked
from tests.visitor import Visitor


def reminders(box):
    with box.database.write() as tx:
        kinds.remind(tx, box.centre, Asked(box.now()))
        return concerns.running_concerns(tx, box.centre, Asked(box.now()))


def test_a_certification_of_today_is_reminded_of_before_its_twelve_months_are_over(clerk, box, clock):
    form = {"kind": "pension", "name": "王大爷", "phone": "5678", "last_on": "2026-11-23", "tap": "t"}
    clerk.post("/s/dates", form | {"last_on": "2026-12-23", "tap": "a"}, 400)
    clerk.post("/s/dates", form | {"name": "", "phone": "", "tap": "b"}, 400)
    for _ in range(2):
        clerk.post("/s/dates", form)
    assert reminders(box) == ()
    clock.forward(days=304)
    assert reminders(box) == ()
    with box.database.write() as tx:
        for one in concerns.categories(tx, "zh"):
            concerns.retire_category(tx, Asked(clock(), 1), one.code, is_retired=True)
    clock.forward(days=1)
    assert reminders(box) == ()
    with box.database.write() as tx:
        concerns.retire_category(tx, Asked(clock(), 1), "other", is_retired=False)
    # sixty days before 2027-11-23 is the 24th of September
    (first,) = reminders(box)
    assert (first.kind, first.source, first.due.on) == ("reminder", "night", date(2027, 11, 23))
    assert len(reminders(box)) == 1
    clock.forward(days=40)
    assert len(reminders(box)) == 1  # the first still runs
    clerk.log_in("clerk1", "demo-clerk")
    assert "王大爷" in clerk.get("/s/dates").words()
    clerk.post("/s/dates/1", {"way": "home"})
    with box.database.read() as tx:
        assert concerns.concern_of(tx, box.centre, first.id, "zh").state == "answered"
        assert [one.due_on for one in kinds.dates(tx)] == [date(2028, 11, 3)]
    assert reminders(box) == ()
    clerk.post("/s/dates/1", {"way": "moved"})
    clerk.post("/s/dates/1", {"way": "moved"}, 409)
    assert "王大爷" not in clerk.get("/s/dates").words()


def test_neither_the_street_nor_a_grid_worker_is_led_to_what_is_not_for_them(app, box, clock):
    led = {}
    for role in ("street", "grid", "secretary"):
        kept = staff.hashed("demo-password", "scrypt:128:8:1")
        with box.database.write() as tx:
            staff.add_staff(tx, Asked(clock(), 1), f"a-{role}", staff.Role(role), kept)
        member = Visitor(app)
        member.log_in(f"a-{role}", "demo-password")
        page = member.get("/concerns")
        led[role] = {
            one.get("href") for one in page.all(".//main//a") if one.get("href", "").startswith("/s")
        }
        for address in led[role]:
            member.get(address)
    assert led["street"] == {"/s/tasks"}
    assert led["secretary"] - led["grid"] == {"/s/dates"}


def ended(clerk, visitor, result="已认证", **taken) -> str:
    """One who came for a certification has just gone: where the clerk is led."""
    visitor.take("A", **taken)
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/start")
    return clerk.post("/counter/1/finish", {"outcome": result}).headers["Location"]


def asked_for(page) -> dict[str, str]:
    """What stands in the form that asks about the next time."""
    fields = page.all(".//dialog[@data-asks]//input")
    return {field.get("name", ""): field.get("value") or "" for field in fields}


def due(box) -> list[tuple[str, str, date, date]]:
    with box.database.read() as tx:
        return [(one.name, one.tail, one.last_on, one.due_on) for one in kinds.dates(tx)]


def test_a_certification_at_the_counter_asks_for_whom_and_lasts_twelve_months_from_then(
    clerk, visitor, box, clock
):
    clerk.post("/counter/1/open")
    today, next_year = box.centre.day(clock()), date(2027, 11, 23)
    before = due(box)
    place = ended(clerk, visitor, phone_tail="5678")
    page = clerk.get(place)
    form = asked_for(page)
    assert (form["phone"], str(next_year) in page.words()) == ("5678", True)
    clerk.post("/s/dates/of-visit", {**form, "phone": ""}, 400)
    clerk.post("/s/dates/of-visit", {**form, "phone": "56"}, 400)
    clerk.post("/s/dates/of-visit", {**form, "place": "999"}, 404)
    assert due(box) == before
    for _ in range(2):  # pressed twice
        clerk.post("/s/dates/of-visit", {**form, "name": "王大爷"})
    assert [one for one in due(box) if one not in before] == [("王大爷", "5678", today, next_year)]
    assert clerk.get(place).with_attribute("data-asks") == []  # it is noted
    clock.forward(days=300)  # he comes again: his own date moves, and nobody else's
    clerk.log_in("clerk1", "demo-clerk")
    clerk.post("/counter/1/open")
    form = asked_for(clerk.get(ended(clerk, visitor, phone_tail="5678")))
    assert form["name"] == "王大爷"
    clerk.post("/s/dates/of-visit", form)
    moved = date(2028, 9, 19)
    assert [one for one in due(box) if one not in before] == [("王大爷", "5678", date(2027, 9, 19), moved)]
    # the same four digits of somebody else are another person's date
    form = asked_for(clerk.get(ended(clerk, visitor, phone_tail="5678")))
    clerk.post("/s/dates/of-visit", form | {"name": "李大妈"})
    assert sorted(name for name, tail, *_ in due(box) if tail == "5678") == ["李大妈", "王大爷"]


def test_nobody_is_asked_after_another_result_or_too_late_or_where_the_centre_does_not_remind(
    clerk, visitor, box, clock, app
):
    clerk.post("/counter/1/open")
    assert "due=" not in ended(clerk, visitor, "未认证：照片不像")
    place = ended(clerk, visitor)
    ticket = asked_for(clerk.get(place))["ticket"]
    other = Visitor(app)
    other.log_in("clerk2", "demo-clerk")
    other.post("/s/dates/of-visit", {"ticket": ticket, "phone": "1234"}, 409)  # whose visit it was not
    clerk.post("/counter/1/undo")
    clerk.post("/s/dates/of-visit", {"ticket": ticket, "phone": "1234"}, 409)
    clerk.post("/counter/1/finish", {"outcome": "已认证"})
    clock.forward(minutes=31)
    assert clerk.get(place).with_attribute("data-asks") == []
    clerk.post("/s/dates/of-visit", {"ticket": ticket, "phone": "1234"}, 409)
    off = {"service": "A", "result": "已认证", "kind": ""}
    clerk.post("/s/dates/results", off, 403)
    lead = Visitor(app)
    with box.database.write() as tx:
        kept = staff.hashed("demo-password", "scrypt:128:8:1")
        staff.add_staff(tx, Asked(clock(), 1), "lead", staff.Role.SECRETARY, kept)
    lead.log_in("lead", "demo-password")
    lead.post("/s/dates/results", off | {"result": "没有这一项"}, 404)
    for _ in range(2):
        lead.post("/s/dates/results", off)
    assert "due=" not in ended(clerk, visitor)
    lead.post("/s/dates/results", {"service": "B", "result": "已受理", "kind": "paper"})
    lead.post("/s/dates/results", off | {"kind": "pension"})
    assert "due=" in ended(clerk, visitor)
