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
