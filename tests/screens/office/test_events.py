"""The back office for events: forms that say what is wrong and write nothing, days, stalls, meetings."""

from datetime import date

import pytest
import sqlalchemy as sa

from kiosk.events.tables import event, event_change, event_day
from kiosk.services.tables import service
from tests.visitor import Visitor

FORM = {
    "kind": "activity", "title": "红歌会", "title_en": "Singing", "place": "活动室", "place_en": "",
    "about": "", "about_en": "", "first_on": "2026-11-28", "starts": "14:00", "ends": "15:30",
    "repeat": "weekly", "until": "", "team_id": "",
    "capacity": "30", "early_min": "30", "grace_min": "0", "points_per_hour": "0",
}  # fmt: skip


def add(coordinator, **other):
    address = coordinator.post("/admin/events/new", FORM | other).headers["Location"]
    return int(address.rpartition("/")[2])


class TestForm:
    def test_a_new_event_is_on_the_station_at_once(self, coordinator, visitor, happenings):
        event_id = add(coordinator)
        row = happenings.rows(event)[-1]
        assert (row.id, row.title, row.rule, row.lasts_min, row.capacity) == (
            event_id, "红歌会", "FREQ=WEEKLY;BYDAY=SA", 90, 30,
        )  # fmt: skip
        assert "建好了" in coordinator.get(f"/admin/events/{event_id}").words()
        assert "红歌会" in visitor.get("/events").words() + visitor.get("/events?page=1").words()
        assert happenings.rows(event_change)[-1].staff_id == 6

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("title", " ", "请填写这一项"),
            ("place", "", "请填写这一项"),
            ("title", "长" * 49, "太长了"),
            ("first_on", "28.11.2026", "请填日期"),
            ("first_on", "2026-02-30", "请填日期"),
            ("first_on", "0001-01-01", "太早或太晚"),
            ("first_on", "9999-12-31", "太早或太晚"),
            ("until", "9999-12-31", "太早或太晚"),
            ("starts", "25:00", "请填时间"),
            ("ends", "14:00", "结束要晚于开始"),
            ("ends", "14:03", "太大或太小"),
            ("capacity", "0", "太大或太小"),
            ("capacity", "-3", "请填一个整数"),
            ("early_min", "", "请填一个整数"),
            ("early_min", "９", "请填一个整数"),
            ("until", "2026-11-01", "一天也没有"),
            ("repeat", "hourly", "请选一项"),
            ("kind", "", "请选一项"),
            ("team_id", "999", "请选一项"),
        ],
    )
    def test_names_the_field_that_is_wrong_and_writes_nothing(
        self, coordinator, happenings, field, value, sentence
    ):
        before = happenings.rows(event), happenings.rows(event_change)
        page = coordinator.post("/admin/events/new", FORM | {field: value}, 400)
        assert sentence in page.words()
        assert (happenings.rows(event), happenings.rows(event_change)) == before
        if field not in ("title", "place"):
            assert page.value("title") == "红歌会"

    def test_a_rule_of_its_own_is_judged_at_the_field_of_repeating(self, coordinator, happenings):
        before = happenings.rows(event)
        form = FORM | {"repeat": "own", "rule": "FREQ=MONTHLY;BYDAY=99MO"}
        assert "一天也没有" in coordinator.post("/admin/events/new", form, 400).words()
        assert happenings.rows(event) == before

    def test_one_that_is_there_from_the_year_9999_leaves_every_page_of_events_as_it_was(
        self, coordinator, visitor, happenings
    ):
        event_id = add(coordinator)
        with happenings.box.database.write() as tx:
            tx.execute(sa.update(event).where(event.c.id == event_id).values(first_on=date.max))
        for address in ("/admin/events", f"/admin/events/{event_id}", "/events", "/events.ics", "/desk"):
            coordinator.get(address)
        coordinator.post(f"/admin/events/{event_id}/cancel", {"on": "9999-12-31", "reason": "下雨"}, 404)
        coordinator.post(f"/admin/events/{event_id}/hold", {"on": "0001-01-01"}, 404)

    def test_the_next_dates_are_seen_before_anything_is_written(self, coordinator, happenings):
        before = happenings.rows(event)
        days = {"day": ["TU", "FR"]}
        page = coordinator.post("/admin/events/new", FORM | days | {"look": "1"}, 200)
        assert "2026-12-01 周二" in page.words()
        assert "2026-12-04 周五" in page.words()
        assert happenings.rows(event) == before

    def test_an_edit_moves_the_days_to_come_and_leaves_those_that_were(self, coordinator, happenings, clock):
        event_id = add(coordinator, first_on="2026-11-16", repeat="daily")
        clock.forward(hours=7)  # 16:00, today's is over
        coordinator.log_in("desk", "demo-desk")
        coordinator.post(
            f"/admin/events/{event_id}", FORM | {"first_on": "2026-11-16", "repeat": "daily", "ends": "16:30"}
        )
        lasted = [
            (row.ends_at - row.starts_at).seconds // 60
            for row in happenings.rows(event_day)
            if row.event_id == event_id
        ]
        assert lasted[0] == 90
        assert set(lasted[1:]) == {150}

    def test_the_form_shows_what_was_saved(self, coordinator, happenings):
        event_id = add(coordinator, day=["MO", "SA"], until="2027-06-30", capacity="")
        page = coordinator.get(f"/admin/events/{event_id}")
        assert page.value("ends") == "15:30"
        assert page.value("until") == "2027-06-30"
        assert page.value("capacity") == ""
        on = {box.get("value") for box in page.all(".//input[@checked]")}
        assert on == {"activity", "weekly", "MO", "SA"}

    def test_a_clerk_may_not_and_a_stranger_logs_in(self, app, happenings):
        clerk, stranger = Visitor(app), Visitor(app)
        clerk.log_in("clerk1", "demo-clerk")
        for address in ("/admin/events", "/admin/events/new", "/admin/events/1", "/admin/events/days/1"):
            clerk.get(address, 403)
            assert "/log-in" in stranger.get(address, 303).headers["Location"]
        clerk.post("/admin/events/new", FORM, 403)
        stranger.post("/admin/events/new", FORM, 303)
        assert len(happenings.rows(event)) == 5

    @pytest.mark.parametrize("address", ["/admin/events/99", "/admin/events/days/9999"])
    def test_what_is_not_there_leads_back_to_the_events(self, coordinator, happenings, address):
        assert coordinator.get(address, 404).all(".//a[@href='/admin/events']")


class TestDays:
    def test_one_day_is_cancelled_with_a_reason_and_held_after_all(self, coordinator, visitor, happenings):
        event_id, day = add(coordinator), "2026-11-28"
        refused = coordinator.post(f"/admin/events/{event_id}/cancel", {"on": day, "reason": " "}, 400)
        assert refused.attribute("aria-invalid") == "true"
        for reason in ("下雪😀", "长" * 129):
            page = coordinator.post(f"/admin/events/{event_id}/cancel", {"on": day, "reason": reason}, 400)
            assert [one.get("value") for one in page.with_attribute("aria-invalid")] == [reason]
        coordinator.post(f"/admin/events/{event_id}/cancel", {"on": day, "reason": "下雪"})
        assert "下雪" in coordinator.get(f"/admin/events/{event_id}").words()
        day_id = happenings.day("红歌会")
        assert "下雪" in visitor.get(f"/events/{day_id}").words()
        coordinator.post(f"/admin/events/{event_id}/hold", {"on": day})
        assert visitor.get(f"/events/{day_id}").attribute("data-event-state") == "later"
        verbs = [row.verb for row in happenings.rows(event_change) if row.event_id == event_id]
        assert verbs == ["add", "cancel_day", "hold_day"]

    @pytest.mark.parametrize("on", ["", "2026-11-27", "x"])
    def test_a_day_that_the_event_does_not_have_is_not_cancelled(self, coordinator, happenings, on):
        event_id = add(coordinator)
        status = 404 if on.startswith("2026") else 400
        coordinator.post(f"/admin/events/{event_id}/cancel", {"on": on, "reason": "下雪"}, status)

    def test_an_ended_event_keeps_its_past_and_offers_no_form(self, coordinator, visitor, happenings):
        event_id = add(coordinator)
        coordinator.post(f"/admin/events/{event_id}/end")
        page = coordinator.get(f"/admin/events/{event_id}")
        assert "不再办" in page.words()
        assert page.all(".//input[@name='title']") == []
        assert "红歌会" not in visitor.get("/events").words() + visitor.get("/events?page=1").words()
        coordinator.post(f"/admin/events/{event_id}", FORM, 404)

    def test_places_of_one_day_are_changed_alone(self, coordinator, happenings):
        add(coordinator)
        first, second = happenings.day("红歌会"), happenings.day("便民生活日", 1)
        coordinator.post(f"/admin/events/days/{first}/places", {"capacity": "12"})
        coordinator.post(f"/admin/events/days/{second}/places", {"capacity": ""})
        places = {row.id: row.capacity for row in happenings.rows(event_day)}
        assert places[first] == 12
        assert places[second] is None
        for wrong in ("0", "x", "99999", "1.5"):
            page = coordinator.post(f"/admin/events/days/{first}/places", {"capacity": wrong}, 400)
            assert "名额请填" in page.words()
            assert [one.get("value") for one in page.with_attribute("aria-invalid")] == [wrong]


class TestStalls:
    STALL = {"code": "t", "name": "修鞋", "name_en": "Shoes", "counter": "7"}  # noqa: RUF012

    def test_a_stall_gives_numbers_on_the_day(self, coordinator, visitor, happenings):
        coordinator.post("/admin/events/2/stalls", self.STALL)
        assert "修鞋" in visitor.get(f"/events/{happenings.day('便民生活日')}/stalls").words()
        assert visitor.take("T").attribute("data-number") == "T001"

    @pytest.mark.parametrize(
        ("field", "value", "status", "sentence"),
        [
            ("code", "A", 409, "换一个字母"),
            ("code", "", 400, "一个字母"),
            ("name", "", 400, "请填写这一项"),
            ("name", "修鞋😀", 400, "表情图"),
            ("name_en", "S" * 97, 400, "太长"),
            ("counter", "", 400, "整数"),
            ("counter", "x", 400, "整数"),
            ("counter", "0", 404, "窗口"),
        ],
    )
    def test_a_wrong_field_writes_nothing(self, coordinator, happenings, field, value, status, sentence):
        before = happenings.rows(service)
        page = coordinator.post("/admin/events/2/stalls", self.STALL | {field: value}, status)
        assert sentence in page.words()
        assert [one.get("name") for one in page.with_attribute("aria-invalid")] == [field]
        assert happenings.rows(service) == before

    def test_a_window_that_cannot_be_spoken_is_refused(self, coordinator, happenings):
        coordinator.post("/admin/events/2/stalls", self.STALL | {"counter": "0"}, 404)
        assert "T" not in {row.code for row in happenings.rows(service)}
