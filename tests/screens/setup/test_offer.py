"""Counters and services of the setup."""

from kiosk import services, setup
from kiosk.services.tables import counter, counter_service, service

EVERY = [one.code for group in setup.starter_groups() for one in group.services]


def listed(box):
    with box.database.read() as tx:
        return {one.code: one.retired_at is None for one in services.every_service(tx)}


def test_all_is_ticked_at_first_and_what_is_chosen_stands_at_the_station(admin, box, rows):
    page = admin.get("/setup/services")
    assert len(page.all(".//input[@name='service'][@checked]")) == len(EVERY)
    admin.post("/setup/counters", {"count": "3"})
    assert admin.post("/setup/services", {"service": EVERY}).headers["Location"] == "/setup/card"
    assert listed(box) == dict.fromkeys(EVERY, True)
    assert len(rows(counter_service)) == 3 * len(EVERY)
    assert "养老保险资格认证" in admin.get("/").words()


def test_one_goes_back_and_changes_the_ticks_and_nothing_is_lost(admin, box, rows):
    admin.post("/setup/services", {"service": ["A01", "A02", "B01"]})
    admin.post("/setup/counters", {"count": "2"})
    assert len(rows(counter_service)) == 6
    assert len(admin.get("/setup/services").all(".//input[@name='service'][@checked]")) == 3
    admin.post("/setup/services", {"service": ["A01", "C01"]})
    assert listed(box) == {"A01": True, "A02": False, "B01": False, "C01": True}
    admin.post("/setup/services", {"service": ["A01", "A02"]})
    assert listed(box) == {"A01": True, "A02": True, "B01": False, "C01": False}
    admin.post("/setup/counters", {"count": "1"})
    admin.post("/setup/counters", {"count": "3"})
    assert [row["retired_at"] for row in rows(counter)] == [None] * 3


def test_a_group_is_ticked_and_cleared_without_a_script_and_nothing_is_written_yet(admin, rows):
    page = admin.post("/setup/services", {"turn": "none:pension", "service": EVERY}, 200)
    ticked = {one.get("value") for one in page.all(".//input[@name='service'][@checked]")}
    assert ticked == {code for code in EVERY if not code.startswith("A")}
    page = admin.post("/setup/services", {"turn": "all:"}, 200)
    assert len(page.all(".//input[@name='service'][@checked]")) == len(EVERY)
    assert rows(service) == []


def test_what_will_not_do_is_told(admin, rows):
    assert "至少勾一项" in admin.post("/setup/services", {"service": ["Z99"]}, 400).words()
    for count in ("", "0", "31", "four", "9" * 24):
        assert admin.post("/setup/counters", {"count": count}, 400).with_attribute("aria-invalid")
    assert rows(service) == rows(counter) == []


def test_a_counter_where_somebody_sits_is_not_taken_away(admin, rows):
    admin.post("/setup/counters", {"count": "2"})
    admin.post("/counter/2/open")
    assert admin.post("/setup/counters", {"count": "1"}, 409).with_attribute("aria-invalid")
    assert [row["retired_at"] for row in rows(counter)] == [None, None]
