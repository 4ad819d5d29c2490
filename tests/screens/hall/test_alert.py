"""What is told in red on the pages of staff, and to whom how much of it."""

from kiosk import devices, spool, staff
from kiosk.asked import Asked
from kiosk.devices import Kind
from printing.printer_process import Setup
from tests.visitor import Visitor


def test_a_viewer_is_told_what_is_wrong_and_not_whose_slip_it_was(as_role, clerk, visitor, box, clock):
    visitor.take("A")
    feed = spool.Feed(box.database, clock, box.settings)
    feed.note_status(Setup("file:", 576), "paper_out")
    clock.forward(minutes=2)
    viewer = as_role(staff.Role.VIEWER)
    for address in ("/hall", "/printers/alert"):
        page = viewer.get(address)
        told = page.all(".//*[@id='printing-alert']//p")
        assert "没有纸了" in page.words()
        assert told
        assert page.all(".//*[@id='printing-alert']//a") == []
    assert "A001的小票" in clerk.get("/printers/alert").words()
    assert "A001" not in viewer.get("/printers/alert").words()
    assert "有1张小票没打出来" in viewer.get("/printers/alert").words()


def test_passwords_tried_at_the_box_are_told_on_the_pages_of_staff(clerk, box, clock):
    with box.database.write() as tx:
        for _ in range(20):
            staff.begin_attempt(tx, "admin", "127.0.0.1", clock(), is_box=True)
    assert "主机上有人一再试密码，最近一次是09:00" in clerk.get("/hall").words()


def test_more_numbers_than_people_can_tap_are_told_to_staff_and_nothing_is_stopped(visitor, clerk, clock):
    for n in range(12):
        visitor.take("A", tap=f"tap-{n}", another="1")
        clock.forward(seconds=1)
    before = clerk.get("/printers/alert")
    assert before.with_attribute("data-rush") == []
    visitor.take("A", tap="one-more", another="1")
    for address in ("/hall", "/counter/1", "/desk", f"/printers/alert?v={before.attribute('data-alert')}"):
        page = clerk.get(address)
        assert page.attribute("data-rush") == "13"
        assert "取号没有停" in page.text
    visitor.take("A", tap="still", another="1")
    clock.forward(minutes=11)
    assert clerk.get("/hall").with_attribute("data-rush") == []


def test_the_machine_with_the_most_numbers_is_named_and_an_admin_is_led_to_it(app, as_role, box, clock):
    with box.database.write() as tx:
        code = devices.make_code(tx, box.centre, Asked(clock(), 1), Kind.STATION, "门口的")
    machine, admin, clerk = Visitor(app), Visitor(app), as_role(staff.Role.CLERK)
    machine.post("/enrol", {"code": code})
    admin.log_in("admin", "demo-admin")
    for n in range(13):
        machine.take("A", tap=f"tap-{n}", another="1")
        clock.forward(seconds=1)
    for page in (clerk.get("/hall"), admin.get("/admin/devices")):
        assert "其中13个是在“门口的”上取的。" in page.words()
    device_id = page.attribute("data-rush-device")
    assert page.all(f".//a[@href='/admin/devices#device-{device_id}']")
    assert page.all(f".//li[@id='device-{device_id}']")
    assert clerk.get("/hall").all(f".//a[@href='/admin/devices#device-{device_id}']") == []
