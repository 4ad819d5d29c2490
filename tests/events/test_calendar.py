"""On which days an event is held, and what changing it does to days that are still to come."""

from datetime import UTC, date, datetime, time, timedelta
from time import thread_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import checkin, events, services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.events import recurrence, schedule
from kiosk.events.recurrence import check_rule, dates_between
from kiosk.events.tables import event, event_change
from kiosk.opening_hours import Hours
from kiosk.settings import Settings
from tests.checkin.conftest import DESK, TODAY

MONDAYS = "FREQ=WEEKLY;BYDAY=MO"
WEEK = timedelta(days=7)


def calendar(desk, first=TODAY, last=TODAY + 4 * WEEK, lang="zh"):
    return desk.read(events.days_between, desk.box.centre, first, last, lang)


def test_every_monday_is_every_monday():
    assert dates_between(MONDAYS, TODAY, TODAY, TODAY + 2 * WEEK) == [TODAY, TODAY + WEEK, TODAY + 2 * WEEK]


def test_the_second_saturday_of_each_month_and_an_end():
    rule = "FREQ=MONTHLY;BYDAY=2SA;UNTIL=20270101"
    assert dates_between(rule, date(2026, 11, 1), date(2026, 11, 1), date(2027, 6, 1)) == [
        date(2026, 11, 14),
        date(2026, 12, 12),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "每周一",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;UNTIL=20200101",
        "FREQ=WEEKLY;UNTIL=20271231T235959Z",
        "RRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY",
        "FREQ=WEEKLY;FREQ=DAILY;BYHOUR=3",
        "FREQ=WEEKLY;" + "BYDAY=MO," * 40 + "MO",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYMONTHDAY=99999999999999999999",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=YEARLY;WKST=9",
    ],
)
def test_a_rule_that_is_none_or_names_no_day_is_refused(rule):
    with pytest.raises(events.BadRule):
        check_rule(rule, TODAY)


def test_a_rule_that_names_no_day_is_not_followed_to_the_end_of_time():
    for rule in ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=9"):
        began = thread_time()
        with pytest.raises(events.BadRule):
            check_rule(rule, TODAY + timedelta(1))
        assert thread_time() - began < 1, rule  # 8 s from today to the year 9999, 0.3 from 9226


@pytest.mark.parametrize(
    "rule", ["", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY", "FREQ=DAILY;COUNT=9"]
)
@pytest.mark.parametrize("first_on", [date.min, date.max])
def test_an_event_of_no_sensible_year_that_is_there_already_holds_nobody_up(desk, clock, rule, first_on):
    event_id = desk.event_id()
    with desk.box.database.write() as tx:
        kept = sa.update(event).where(event.c.id == event_id)
        tx.execute(kept.values(first_on=first_on, rule=rule, starts=time(23), lasts_min=1440))
    began = thread_time()
    (listed,) = desk.read(events.all_events, "zh")
    assert len(events.next_dates(listed.plan, TODAY)) <= 6
    for day in (date.min, TODAY, date.max):
        calendar(desk, day, day)
        if day != TODAY:
            with pytest.raises(events.UnknownEvent):
                desk.write(events.need_day, desk.box.centre, event_id, day)
    edited(desk, clock, event_id, title="别的")
    edited(desk, clock, event_id, first_on=TODAY)
    assert thread_time() - began < 1


@settings(deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 9),
    st.integers(0, 400),
    st.integers(0, 60),
)
def test_a_window_shows_just_the_days_that_fall_into_it(frequency, interval, ahead, length):
    rule = f"FREQ={frequency};INTERVAL={interval};COUNT=200"
    first, last = TODAY + timedelta(ahead), TODAY + timedelta(ahead + length)
    every = {moment.date() for moment in rrulestr(rule, dtstart=datetime(2026, 11, 23))}  # noqa: DTZ001
    assert dates_between(rule, TODAY, first, last) == sorted(d for d in every if first <= d <= last)


def test_an_event_starts_at_the_same_time_on_the_wall_on_both_sides_of_a_change_to_summer_time(tmp_path):
    centre = Centre(Settings(tmp_path, time_zone="Europe/Berlin"), b"", ZoneInfo("Europe/Berlin"), Hours())
    one = events.EventPlan(events.EventKind.SHIFT, "t", "p", TODAY, time(18), 60)
    before, after = (
        schedule.day_values(centre, one, on)["starts_at"] for on in (date(2027, 3, 27), date(2027, 3, 28))
    )
    assert (before, after) == (
        datetime(2027, 3, 27, 17, tzinfo=UTC),
        datetime(2027, 3, 28, 16, tzinfo=UTC),
    )


def test_today_has_its_rows_as_soon_as_an_event_is_added(desk, clock):
    event_id = desk.event_id(rule=MONDAYS, title_en="Monday")
    (today,) = desk.read(events.today, desk.box.centre, clock(), "en")
    assert (today.event_id, today.title, today.place, today.on) == (event_id, "Monday", "一楼大厅", TODAY)
    assert today.id is not None
    assert desk.read(events.day_of, today.id, "en") == today


def test_a_day_far_ahead_is_computed_and_becomes_a_row_when_it_is_needed(desk):
    event_id = desk.event_id(rule=MONDAYS)
    far = TODAY + 20 * WEEK
    (shown,) = calendar(desk, far, far)
    assert shown.id is None
    day_id = desk.write(events.need_day, desk.box.centre, event_id, far)
    assert desk.write(events.need_day, desk.box.centre, event_id, far) == day_id
    (known,) = calendar(desk, far, far)
    assert (known.id, known.starts_at) == (day_id, shown.starts_at)


@pytest.mark.parametrize("on", [TODAY + timedelta(1), TODAY - WEEK])
def test_a_day_on_which_it_is_not_held_is_unknown(desk, on):
    event_id = desk.event_id(rule=MONDAYS)
    with pytest.raises(events.UnknownEvent):
        desk.write(events.need_day, desk.box.centre, event_id, on)


def test_the_night_writes_the_days_of_the_coming_weeks(desk, clock):
    desk.event_id(rule=MONDAYS)
    clock.forward(days=28)
    desk.write(checkin.close_events, desk.box.centre, clock())
    desk.write(checkin.close_events, desk.box.centre, clock())
    assert all(day.id for day in calendar(desk, TODAY + 4 * WEEK, TODAY + 9 * WEEK))
    assert len(calendar(desk, TODAY, TODAY + 9 * WEEK)) == 10


def test_a_cancelled_day_stands_there_with_its_reason_and_can_be_held_after_all(desk, clock):
    event_id = desk.event_id(rule=MONDAYS)
    next_week = TODAY + WEEK
    day_id = desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, next_week, "下雨")
    assert [day.cancelled for day in calendar(desk, last=next_week)] == ["", "下雨"]
    desk.write(events.hold_day, desk.box.centre, Asked(clock(), DESK), day_id)
    assert [day.cancelled for day in calendar(desk, last=next_week)] == ["", ""]
    with pytest.raises(events.ReasonMissing):
        desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, next_week, " ")


def edited(desk, clock, event_id, **said):
    plan = desk.read(events.plan_of, event_id)
    fields = {name: getattr(plan, name) for name in events.EventPlan.__struct_fields__}
    changed = events.EventPlan(**fields | said)
    desk.write(events.edit_event, desk.box.centre, Asked(clock(), DESK), event_id, changed)


def test_moving_an_event_moves_the_days_to_come_and_leaves_the_one_that_has_begun(desk, clock):
    event_id = desk.event_id(rule=MONDAYS)
    clock.forward(minutes=1)
    edited(desk, clock, event_id, starts=time(14), capacity=20)
    first, second, *_ = calendar(desk)
    assert desk.box.centre.local(first.starts_at).hour == 9
    assert (desk.box.centre.local(second.starts_at).hour, second.capacity) == (14, 20)


def test_places_of_one_day_stay_until_the_events_own_are_changed(desk, clock):
    event_id = desk.event_id(rule=MONDAYS, capacity=20)
    _, second, *_ = calendar(desk)
    desk.write(events.set_capacity, Asked(clock(), DESK), second.id, 2)
    edited(desk, clock, event_id, title="便民日", starts=time(14))
    assert [day.capacity for day in calendar(desk)] == [20, 2, 20, 20, 20]
    clock.forward(minutes=1)  # today's has begun
    edited(desk, clock, event_id, capacity=30)
    assert [day.capacity for day in calendar(desk)] == [20, 30, 30, 30, 30]


def test_places_of_one_day_outlive_its_being_cancelled_moved_away_and_held_after_all(desk, clock):
    event_id = desk.event_id(rule=MONDAYS, capacity=20)
    _, second, third, *_ = calendar(desk)
    for day in (second, third):
        desk.write(events.set_capacity, Asked(clock(), DESK), day.id, 2)
    desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, second.on, "下雨")
    desk.write(events.hold_day, desk.box.centre, Asked(clock(), DESK), second.id)
    edited(desk, clock, event_id, rule="FREQ=WEEKLY;BYDAY=TU")
    edited(desk, clock, event_id, rule=MONDAYS)
    assert [day.capacity for day in calendar(desk)][1:3] == [2, 2]


def test_a_day_without_a_limit_of_its_own_keeps_none(desk, clock):
    event_id = desk.event_id(rule=MONDAYS, capacity=20)
    _, second, *_ = calendar(desk)
    desk.write(events.set_capacity, Asked(clock(), DESK), second.id, None)
    edited(desk, clock, event_id, title="便民日")
    assert calendar(desk)[1].capacity is None


def test_a_day_that_had_begun_when_it_was_cancelled_keeps_its_times_when_it_is_held_after_all(desk, clock):
    event_id = desk.event_id(rule=MONDAYS)
    today, *_ = calendar(desk)
    clock.forward(minutes=30)
    desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, TODAY, "停电")
    edited(desk, clock, event_id, starts=time(14))
    desk.write(events.hold_day, desk.box.centre, Asked(clock(), DESK), today.id)
    held = calendar(desk)[0]
    assert (held.starts_at, held.ends_at, held.cancelled) == (today.starts_at, today.ends_at, "")


def test_a_day_that_the_event_leaves_is_gone_or_is_called_moved_when_somebody_counts_on_it(desk, clock):
    event_id = desk.event_id(rule=MONDAYS)
    _, second, third, *_ = calendar(desk)
    slip = desk.register(third.id, name="李")
    edited(desk, clock, event_id, rule="FREQ=WEEKLY;BYDAY=TU")
    shown = calendar(desk, TODAY + timedelta(1), TODAY + 2 * WEEK)
    assert [(day.on.weekday(), day.cancelled) for day in shown] == [(1, ""), (1, ""), (0, "改期")]
    assert desk.scan(slip.token).word == checkin.Word.CANCELLED
    edited(desk, clock, event_id, rule=MONDAYS)
    assert [day.id for day in calendar(desk)][1:3] == [second.id, third.id]


def test_an_event_that_has_ended_is_held_no_more_and_its_past_stays(desk, clock):
    event_id = desk.event_id(rule=MONDAYS)
    clock.forward(minutes=5)
    desk.write(events.end_event, Asked(clock(), DESK), event_id)
    assert [day.on for day in calendar(desk)] == [TODAY]
    assert [row.verb for row in desk.rows(event_change)] == ["add", "end"]
    with pytest.raises(events.UnknownEvent):
        desk.write(events.end_event, Asked(clock(), DESK), event_id)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("title", " ", "empty"),
        ("title", "长" * 49, "long"),
        ("place", "广场🌳", "pictures"),
        ("lasts_min", 0, "range"),
        ("lasts_min", 1441, "range"),
        ("capacity", 0, "range"),
        ("grace_min", -1, "range"),
        ("rule", "FREQ=NEVER", "rule"),
        ("first_on", date(1, 1, 1), "years"),
        ("first_on", TODAY - timedelta(days=367), "years"),
        ("first_on", TODAY + timedelta(days=3661), "years"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(desk, field, value, fault):
    said: dict[str, Any] = {
        "kind": events.EventKind.SHIFT, "title": "a", "place": "b", "first_on": TODAY, "starts": time(9),
        "lasts_min": 60,
    }  # fmt: skip
    assert events.plan_faults(events.EventPlan(**said | {field: value}), TODAY) == {field: fault}
    with pytest.raises(events.BadEvent):
        desk.event_id(**{field: value})
    assert calendar(desk) == ()


def test_a_repeating_end_lies_within_ten_years(desk):
    with pytest.raises(events.BadEvent):
        desk.event_id(rule="FREQ=DAILY;UNTIL=20400101")
    desk.event_id(rule="FREQ=DAILY;UNTIL=20360101")


def test_an_event_that_has_run_for_years_keeps_its_first_day(desk, clock):
    event_id = desk.event_id(rule="FREQ=DAILY;UNTIL=20360101")
    clock.forward(days=1500)
    edited(desk, clock, event_id, title="还在办")
    with pytest.raises(events.BadEvent):
        edited(desk, clock, event_id, first_on=TODAY + timedelta(1))


class TestStalls:
    def stall(self, desk, clock, **said):
        event_id = desk.event_id(**said)
        desk.write(
            events.add_stall, Asked(clock(), DESK), event_id, events.NewStall("R", "理发", (21,), "Haircut")
        )
        return event_id

    def codes(self, desk, day=TODAY):
        return [service.code for service in desk.read(services.all_services, "zh", day)]

    def take(self, desk, clock):
        from kiosk import tickets

        tap = tickets.Tap("R", f"tap-{clock()}")
        return desk.write(tickets.take, desk.box.centre, tap, "zh", clock())

    def test_a_stall_stands_with_its_event_and_on_no_other_day(self, desk, clock):
        self.stall(desk, clock, rule=MONDAYS)
        (today, *_) = calendar(desk)
        assert [(stall.code, stall.name) for stall in today.stalls] == [("R", "理发")]
        assert "R" in self.codes(desk)
        assert "R" not in self.codes(desk, TODAY + timedelta(1))
        assert "R" in self.codes(desk, TODAY + WEEK)

    def test_days_that_the_night_writes_have_their_stalls_too(self, desk, clock):
        self.stall(desk, clock, rule=MONDAYS)
        assert "R" not in self.codes(desk, TODAY + 6 * WEEK)
        clock.forward(days=7)
        desk.write(checkin.close_events, desk.box.centre, clock())
        assert "R" in self.codes(desk, TODAY + 6 * WEEK)

    def test_a_stall_has_no_tile_on_the_home_screen(self, desk, clock):
        before = desk.read(services.groups, "zh")
        self.stall(desk, clock)
        assert desk.read(services.groups, "zh") == before

    def test_a_stall_gives_numbers_that_its_counter_calls(self, desk, clock):
        from kiosk import tickets

        self.stall(desk, clock)
        ticket_id = self.take(desk, clock).ticket_id
        desk.write(services.open_counter, Asked(clock(), 2), 21)
        assert desk.write(tickets.call_next, desk.box.centre, Asked(clock(), 2), 21) == ticket_id

    def test_outside_the_event_it_takes_nobody_and_says_when(self, desk, clock):
        from kiosk import tickets

        self.stall(desk, clock, starts=time(10), lasts_min=60)
        with pytest.raises(tickets.NotOpenYet) as early:
            self.take(desk, clock)
        assert f"{early.value.facts['opens']:%H:%M}" == "09:30"
        clock.forward(hours=2)
        with pytest.raises(tickets.DayOver):
            self.take(desk, clock)

    def test_a_stall_is_open_in_the_evening_when_the_centre_is_closed(self, furnished, tmp_path, clock):
        import shutil
        from dataclasses import replace

        from kiosk.box import Box, open_box
        from kiosk.centre import open_centre
        from tests.checkin.conftest import Desk

        shutil.copytree(furnished, tmp_path / "evening")
        opened = open_box(Settings(tmp_path / "evening", is_demo=True), clock)
        evening = replace(opened.settings, opening_hours="1-5 08:00-17:00")
        box = Box(open_centre(evening), opened.database, clock)
        try:
            desk = Desk(box, clock)
            self.stall(desk, clock, starts=time(18))
            clock.forward(hours=9, minutes=30)
            assert self.take(desk, clock).ticket_id
        finally:
            box.database.close()

    def test_cancelling_the_day_shuts_its_stalls(self, desk, clock):
        event_id = self.stall(desk, clock, rule=MONDAYS)
        desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, TODAY, "下雨")
        assert "R" not in self.codes(desk)
        assert "R" in self.codes(desk, TODAY + WEEK)

    def test_a_letter_in_use_is_refused_and_nothing_is_written(self, desk, clock):
        event_id = desk.event_id()
        for code in ("A", "AAA", "1", "理"):
            with pytest.raises(services.CodeTaken):
                desk.write(
                    events.add_stall, Asked(clock(), DESK), event_id, events.NewStall(code, "理发", (21,))
                )
        assert calendar(desk)[0].stalls == ()


RULES = ("DAILY", "DAILY;BYDAY=MO,TH", "WEEKLY", "WEEKLY;WKST=SU;BYDAY=SU,WE", "MONTHLY", "MONTHLY;BYDAY=2SA",
         "MONTHLY;BYMONTHDAY=-1", "MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "YEARLY", "YEARLY;BYMONTH=2,8",
         "YEARLY;BYMONTH=2;BYMONTHDAY=29")  # fmt: skip


@settings(max_examples=40, deadline=None)  # looking from the beginning, to compare with, takes its time
@given(
    st.sampled_from(RULES),
    st.integers(1, 5),
    st.sampled_from(["", ";COUNT=7", ";COUNT=40", ";UNTIL=20240615"]),
    st.integers(0, 800),
    st.integers(-50, 3000),
)
def test_a_rule_of_any_age_names_the_days_that_it_names_from_its_beginning(every, interval, ends, start, at):
    rule = f"FREQ={every};INTERVAL={interval}{ends}"
    first_on = date(2016, 1, 1) + timedelta(start)
    first, last = first_on + timedelta(at), first_on + timedelta(at + 60)
    from_the_start = rrulestr(rule, dtstart=datetime.combine(first_on, time()))
    begins, ends = (datetime.combine(day, time()) for day in (first, last))
    found = from_the_start.between(begins, ends, inc=True)
    assert dates_between(rule, first_on, first, last) == [moment.date() for moment in found]


def test_a_month_is_expanded_from_just_before_it_however_old_the_rule_is():
    for rule, most in (("DAILY", 1), ("WEEKLY;INTERVAL=3", 21), ("MONTHLY;INTERVAL=2", 62), ("YEARLY", 366)):
        begun = recurrence._started_near(f"FREQ={rule}", TODAY, date(2036, 11, 1), 0)._dtstart.date()
        assert timedelta() <= date(2036, 11, 1) - begun < timedelta(most), rule
