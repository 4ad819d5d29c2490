"""How forms are read: what a field may hold, and numbers that no column can."""

from datetime import date, time

import pytest

from kiosk.screens.web.forms import LARGEST, Draft, Fields, Reading
from kiosk.staff import Role

BAD = {
    "24 digits": "9" * 24,
    "negative": "-1",
    "full-width": "１２",
    "a dot": "1.5",
    "too large": str(LARGEST + 1),
}

NUMBERS = {
    "/admin/hours/1/confirm": ({"minutes": "10", "reason": "x"}, ("minutes",)),
    "/admin/hours/{person}/manual": (
        {"on": "2026-11-20", "minutes": "90", "what": "x", "reason": "x", "team_id": "", "tap": "t"},
        ("minutes", "team_id"),
    ),
    "/admin/people/new": ({"name": "张三", "phone": "", "team": "1"}, ("team",)),
    "/admin/people/{person}": ({"name": "张三", "phone": "", "team": "1"}, ("team",)),
    "/admin/people/{person}/card/renew": ({"revision": "0"}, ("revision",)),
    "/admin/events/new": (
        {
            "kind": "activity", "title": "会", "place": "室", "first_on": "2026-11-28", "starts": "14:00",
            "ends": "15:00", "repeat": "once", "early_min": "0", "grace_min": "0", "points_per_hour": "0",
        },
        ("capacity", "early_min", "grace_min", "points_per_hour", "team_id"),
    ),
    "/admin/events/2/stalls": ({"code": "T", "name": "摊", "counter": "1"}, ("counter",)),
    "/admin/events/days/{day}/places": ({"capacity": "5"}, ("capacity",)),
    "/printers/jobs/1/again": ({"after": "0"}, ("after",)),
    "/hall/tickets/1/reprint": ({"revision": "0"}, ("revision",)),
    "/lost": ({"ticket": "1", "revision": "0"}, ("ticket", "revision")),
    "/events/{day}/sign-in": ({"digits": "0417", "person": "1", "nonce": "n"}, ("person",)),
    "/events/{day}/register": ({"nonce": "n", "together": "1", "digits": ""}, ("together",)),
    "/desk/sign-in": ({"event": "{day}", "person": "1", "nonce": "n"}, ("event", "person")),
    "/desk/visitors": ({"event": "{day}", "people": "1", "nonce": "n"}, ("event", "people")),
    "/desk/undo": ({"scan": "1", "reason": "x"}, ("scan",)),
}  # fmt: skip
"""Every form with a number in it that is not a counter's: a good one, and which of its fields are numbers."""


@pytest.mark.parametrize("address", NUMBERS)
def test_a_number_that_the_database_cannot_hold_is_400_on_every_form(coordinator, happenings, address):
    known = {"day": happenings.day("邻里守望志愿服务"), "person": happenings.person()}
    good, numbers = NUMBERS[address]
    form = {name: value.format(**known) for name, value in good.items()}
    for name in numbers:
        for what, bad in BAD.items():
            answer = coordinator.client.post(
                address.format(**known), data=form | {name: bad}, headers=coordinator.headers
            )
            assert answer.status_code == 400, (name, what)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_scan_is_answered_whatever_its_numbers_are(coordinator, happenings, bad):
    page = coordinator.post("/desk/scan", {"code": "1", "event": bad, "age_ms": bad}, 200)
    assert page.headers["X-Verdict"] == "misread"


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_number_in_a_link_is_bounded_too(app, coordinator, happenings, visitor, bad):
    visitor.get(f"/events?page={bad}")
    visitor.get(f"/lost?service=A&page={bad}")
    coordinator.get(f"/admin/people/new?team={bad}", 400)
    coordinator.get(f"/desk?event={bad}", 400)
    coordinator.log_in("admin", "demo-admin")
    coordinator.get(f"/admin/printer?trial={bad}", 400)


def test_a_number_stays_within_its_bounds_and_nothing_is_none():
    reading = Reading({"n": "12", "none": "", "zeros": "0012"})
    assert (reading.whole("n"), reading.whole("none"), reading.whole("zeros")) == (12, None, 12)
    assert reading.faults == {}
    assert reading.whole("n", most=11) is None
    assert reading.whole("n", least=13) is None
    assert reading.faults == {"n": "range"}


@pytest.mark.parametrize(
    "written", ["", "28.11.2026", "2026-02-30", "20261128", "2026-W48-6", "２０２６-11-28"]
)
def test_only_a_date_as_a_browser_writes_it_is_one(written):
    reading = Reading({"on": written})
    assert reading.day("on") is None
    assert reading.faults == {"on": "date"}
    assert Reading({"on": "2026-11-28"}).day("on") == date(2026, 11, 28)


def test_midnight_is_a_time_and_a_choice_is_the_enums_own():
    reading = Reading({"at": "0：00", "role": "desk", "other": "cook"})
    assert reading.clock("at") == time(0)
    assert reading.choice("role", Role) is Role.DESK
    assert reading.choice("other", Role) is None
    assert reading.faults == {"other": "choice"}


def test_a_draft_keeps_what_was_typed_beside_what_is_wrong():
    draft = Draft({"name": "王"}, ticked={"team": ("2",)}).with_faults({"name": "有了"})
    assert (draft["name"], draft["phone"], draft.fault("name"), draft.fault("phone")) == (
        "王",
        "",
        "有了",
        "",
    )
    assert draft.has("team", 2)
    assert not draft.has("team", 1)


def test_for_what_was_not_sent_no_refusal_is_made(monkeypatch):
    monkeypatch.setattr("werkzeug.exceptions.HTTPException.__init__", None)
    sent = Fields([("n", "7"), ("bad", "x")])
    assert [sent.get("none"), sent.get("none", ""), sent.get("none", default=3)] == [None, "", 3]
    assert [sent.get("n"), sent.get("n", type=int), sent.get("bad", 5, int)] == ["7", 7, 5]
    with pytest.raises(TypeError):
        sent["none"]
