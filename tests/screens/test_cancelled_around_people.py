"""A day is cancelled while people are there or count on it: who they are is said first, nobody is lost."""

import pytest

from kiosk import events
from kiosk.asked import Asked
from kiosk.events.tables import event_change
from tests.screens.office.test_events import FORM
from tests.visitor import Visitor

TODAY = FORM | {
    "title": "平安巡逻", "kind": "shift", "starts": "09:00", "ends": "11:00", "first_on": "2026-11-23",
    "repeat": "daily",
}  # fmt: skip
OFF = {"on": "2026-11-23", "reason": "停电"}


@pytest.fixture
def coordinator(app):
    coordinator = Visitor(app)
    coordinator.log_in("desk", "demo-desk")
    return coordinator


@pytest.fixture
def patrol(coordinator) -> str:
    """The address of an event that is on now."""
    return str(coordinator.post("/admin/events/new", TODAY).headers["Location"])


def put_down(visitor, day_id, tail="5678"):
    visitor.post(f"/events/{day_id}/register", {"together": "1", "digits": tail, "nonce": f"n{day_id}{tail}"})


def scan(coordinator, code, **more):
    return coordinator.post("/desk/scan", {"code": code, "nonce": f"{more}"} | more, 200)


def tallied(coordinator) -> list[str]:
    return [row.get("data-event", "") for row in coordinator.get("/desk").all(".//tr[@data-event]")]


def test_who_is_inside_and_who_is_to_be_told_is_said_before_anything_is_done(
    coordinator, visitor, happenings, patrol
):
    day = happenings.day("平安巡逻")
    put_down(visitor, day)
    visitor.post(f"/events/{day}/sign-in", {"code": happenings.card(happenings.person())})
    asked = coordinator.post(f"{patrol}/cancel", OFF, 200)
    assert "现在有2人在场" in asked.words()
    assert "已经有1人报名" in asked.words()
    assert "5678" in asked.words()
    assert [row.verb for row in happenings.rows(event_change)][-1] == "add"
    coordinator.post(f"{patrol}/cancel", OFF | {"sure": "1"})
    assert [row.verb for row in happenings.rows(event_change)][-1] == "cancel_day"
    assert "5678" in coordinator.get(f"/admin/events/days/{day}").words(), "to be told still"


def test_a_day_that_nobody_counts_on_is_cancelled_at_once(coordinator, happenings, patrol):
    coordinator.post(f"{patrol}/cancel", OFF)
    assert [row.verb for row in happenings.rows(event_change)][-1] == "cancel_day"


def test_ending_an_event_names_who_has_put_the_name_down_for_the_days_to_come(
    coordinator, visitor, happenings, patrol
):
    put_down(visitor, happenings.day("平安巡逻", ahead=1))
    assert "已经有1人报名" in coordinator.post(f"{patrol}/end", {}, 200).words()
    coordinator.post(f"{patrol}/end", {"sure": "1"})
    assert "不再举办" in coordinator.get(patrol).words()


def test_the_desk_keeps_it_while_somebody_is_there_and_any_scan_signs_out(
    coordinator, visitor, happenings, patrol, clock
):
    day, card = happenings.day("平安巡逻"), happenings.card(happenings.person())
    other = happenings.day("便民生活日")
    scan(coordinator, card, event=str(day))
    clock.forward(minutes=40)
    coordinator.post(f"{patrol}/cancel", OFF | {"sure": "1"})
    assert str(day) in tallied(coordinator)
    out = scan(coordinator, card, event=str(other))
    assert (out.headers["X-Verdict"], happenings.counts(day)) == ("ok_out", (0, 1, 0))
    assert str(day) not in tallied(coordinator)


def test_a_slip_of_a_cancelled_day_says_why(coordinator, visitor, happenings, patrol, box, clock):
    from kiosk import checkin

    day = happenings.day("平安巡逻", ahead=1)
    with box.database.write() as tx:
        who = checkin.Registrant(name="李")
        slip = checkin.register(tx, box.centre, Asked(clock()), day, "t", who)
        held = events.day_of(tx, day, "zh")
        events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "停电")
    page = scan(coordinator, slip.token)
    assert page.headers["X-Verdict"] == "cancelled"
    assert "停电" in page.words()
    visitor.post(f"/events/{day}/sign-in", {"code": slip.token})
    assert "停电" in visitor.get("/events/answer").words()


def test_the_desk_finds_who_has_put_the_name_down_and_who_walked_in(coordinator, visitor, happenings, patrol):
    day = happenings.day("平安巡逻")
    coordinator.post("/desk/walk-in", {"event": day, "name": "赵大爷", "tail": "1357", "nonce": "w"}, 200)
    for text in ("大爷", "1357", "13900001357"):
        found = coordinator.post("/desk/search", {"text": text}, 200)
        assert "赵大爷" in found.words(), text
        assert "可以现场报名" not in found.words()
    registration = found.with_attribute("data-expected")[0].get("data-expected")
    form = {"registration": registration, "direction": "out", "nonce": "o"}
    assert coordinator.post("/desk/sign-in", form, 200).headers["X-Verdict"] == "ok_out"
    assert happenings.counts(day) == (1, 1, 0)


def test_a_desk_that_polls_hears_of_a_name_put_down_and_of_nothing_while_nothing_changes(
    coordinator, visitor, happenings, patrol
):
    def poll(seen):
        return coordinator.client.get(f"/desk/now?v={seen}")

    seen = coordinator.get("/desk").attribute("data-v")
    assert poll(seen).status_code == 204
    put_down(visitor, happenings.day("平安巡逻", ahead=1))
    coordinator.post(f"{patrol}/cancel", OFF)
    news = poll(seen)
    assert news.status_code == 200
    assert f'data-v="{seen}"' not in news.text
