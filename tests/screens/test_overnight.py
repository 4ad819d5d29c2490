"""An event over midnight: made in the office, in every list until it ends, and people sign out of it."""

import pytest

from kiosk.events.tables import event_day
from tests.screens.office.test_events import FORM
from tests.visitor import Visitor

NIGHT = FORM | {
    "kind": "shift", "title": "平安夜巡", "starts": "22:00", "ends": "02:00", "grace_min": "30",
    "first_on": "2026-11-23", "repeat": "once",
}  # fmt: skip


@pytest.fixture
def coordinator(app):
    coordinator = Visitor(app)
    coordinator.log_in("desk", "demo-desk")
    return coordinator


@pytest.fixture
def night(coordinator, happenings, clock) -> int:
    """The id of the night's day, at 23:00."""
    coordinator.post("/admin/events/new", NIGHT)
    clock.forward(hours=14)
    coordinator.log_in("desk", "demo-desk")
    return next(
        row.id for row in happenings.rows(event_day) if (row.ends_at - row.starts_at).seconds == 4 * 3600
    )


def test_an_end_before_the_start_is_the_next_day(coordinator, visitor, happenings, night):
    page = coordinator.get(f"/admin/events/{max(row.event_id for row in happenings.rows(event_day))}")
    assert (page.value("starts"), page.value("ends")) == ("22:00", "02:00")
    assert "今天 22:00–第二天2:00" in visitor.get(f"/events/{night}").words()


def test_it_stands_in_every_list_until_it_ends(coordinator, visitor, happenings, night, clock):
    clock.forward(hours=2, minutes=30)  # 01:30
    assert "平安夜巡" in visitor.get("/events").words()
    assert "平安夜巡" in coordinator.get("/desk").words()
    page = coordinator.get(f"/desk?event={night}")
    assert "这不是今天的活动" not in page.words()
    assert visitor.get(f"/events/{night}").attribute("data-event-state") == "open"
    clock.forward(hours=1, minutes=10)  # 02:40: over, and the grace too
    assert "平安夜巡" not in visitor.get("/events").words()
    assert "平安夜巡" not in coordinator.get("/desk").words()


def test_after_midnight_people_sign_out_by_card_and_by_name(coordinator, visitor, happenings, night, clock):
    by_card, by_name, by_digits = (
        happenings.person(name, f"1381234{tail}")
        for name, tail in (("王小明", "0417"), ("李大力", "0418"), ("张三", "0419"))
    )
    for one in (by_card, by_name, by_digits):
        visitor.post(f"/events/{night}/sign-in", {"code": happenings.card(one)})
    assert happenings.counts(night) == (0, 3, 3)
    clock.forward(hours=3, minutes=10)  # 02:10: over, but within the grace
    scanned = coordinator.post("/desk/scan", {"code": happenings.card(by_card), "nonce": "a"}, 200)
    assert scanned.headers["X-Verdict"] == "ok_out"
    found = {"person": by_name, "event": night, "direction": "out", "nonce": "b"}
    assert coordinator.post("/desk/sign-in", found, 200).headers["X-Verdict"] == "ok_out"
    assert visitor.get(f"/events/{night}").attribute("data-event-state") == "leaving"
    visitor.post(f"/events/{night}/sign-out", {"digits": "0419", "person": by_digits, "nonce": "c"})
    assert happenings.counts(night) == (0, 3, 0)
