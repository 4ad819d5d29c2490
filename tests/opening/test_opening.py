"""The room of the centre's hours and rules: what counts at once, what the history has, what is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from msgspec import structs

from kiosk import changes, opening, services, tickets
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.centre import open_centre
from kiosk.opening_hours import Period, SpecialDay, parse_hours, week_text
from kiosk.services import UnknownService
from kiosk.settings import Settings
from kiosk.tickets import Tap
from kiosk.words import Own

OFFICE_HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
WEEK = opening.Week((*[OFFICE_HOURS] * 5, (), ()), 0, 15)
MONDAY = date(2026, 11, 23)
ADMIN = 1


@pytest.fixture
def office(box, clock):
    """Does something in a transaction of its own, as the administrator: office(verb, *args)."""

    def office(verb, *args):
        with box.database.write() as tx:
            return verb(tx, box.begun, Asked(clock(), ADMIN), *args)

    return office


@pytest.fixture
def undo(box, office):
    def undo(kind, **how):
        with box.database.read() as tx:
            newest = changes.changes(tx, changes.Wanted(kind=kind, **how))[0]
        office(opening.put_back, newest)
        return newest

    return undo


@pytest.fixture
def take(box, clock):
    """Somebody takes a number at a station whose centre knows nothing of changes: take(tap)."""

    def take(tap, station=""):
        with box.database.write() as tx:
            return tickets.take(tx, box.begun, Tap("A", tap, station), "zh", clock())

    return take


def present(box):
    with box.database.read() as tx:
        return box.begun.as_of(tx)


def test_every_kind_of_change_counts_in_the_transaction_of_the_next_number_and_can_be_taken_back(
    box, clock, office, undo, take
):
    """The centre that `take` is given is as old as the box: as another box on the database would have it."""
    clock.forward(hours=3.5)  # 12:30
    assert take("0").ticket_id
    assert office(opening.set_week, WEEK)
    assert not office(opening.set_week, WEEK), "nothing is otherwise"
    with pytest.raises(tickets.LunchBreak):
        take("1")
    undo("opening")
    assert take("2").ticket_id
    assert present(box).hours == box.begun.hours

    office(opening.set_days, {MONDAY: SpecialDay(words=Own("社区搬家"))}, "搬家")
    with pytest.raises(tickets.DayOff):
        take("3")
    undo("opening")
    for group in ("", present_groups(box)[0]):
        office(opening.close, group, Own("停电"))
        assert [one.words.zh for one in present(box).closings] == ["停电"]
        undo("closing")
    office(opening.close_service, "A", Own("号已满"))
    with pytest.raises(tickets.ServiceClosed):
        take("4")
    undo("closing")
    office(opening.set_rules, {"guard_s": 0, "centre_name": "桃园社区"})
    assert present(box).name("zh") == "桃园社区"
    assert take("5", "x").ticket_id != take("6", "x").ticket_id, "without a guard time"
    undo("setting")
    assert present(box).settings == box.begun.settings
    assert take("7", "x").already


def present_groups(box):
    from kiosk import services

    with box.database.read() as tx:
        return [group.slug for group in services.groups(tx, "zh")]


def test_a_change_that_others_stand_upon_is_not_taken_back(box, office, undo):
    both = {MONDAY: SpecialDay(words=Own("一")), MONDAY.replace(day=24): SpecialDay(words=Own("一"))}
    office(opening.set_days, both, "两天")
    office(opening.clear_day, MONDAY)
    with box.database.read() as tx:
        cleared, set_both = changes.changes(tx, changes.Wanted(kind="opening"))
    with pytest.raises(changes.ChangedSince):
        office(opening.put_back, set_both)
    office(opening.put_back, cleared)
    office(opening.put_back, set_both)
    assert present(box).hours.days == {}
    with pytest.raises(changes.UndoneAlready):
        office(opening.put_back, set_both)


def test_a_group_or_a_service_that_is_not_there_is_refused_and_a_rule_of_the_machine_too(office):
    with pytest.raises(opening.UnknownGroup):
        office(opening.close, "nothing", Own("x"))
    with pytest.raises(UnknownService):
        office(opening.close_service, "ZZ", Own("x"))
    with pytest.raises(ValueError, match="printer"):
        office(opening.set_rules, {"printer": "off:"})


def test_another_time_zone_counts_at_once_and_makes_no_other_day_of_one_that_has_numbers(
    box, office, undo, take, clock
):
    office(opening.set_rules, {"time_zone": "Asia/Urumqi"})
    assert f"{present(box).local(clock()):%H:%M}" == "07:00"
    undo("setting")
    assert f"{present(box).local(clock()):%H:%M}" == "09:00"
    clock.at = datetime(2026, 11, 23, 17, tzinfo=UTC)  # the 24th, but in the west the 23rd still
    with box.database.write() as tx:
        tickets.close_day(tx, box.begun, clock())
    with pytest.raises(opening.DayIsOver):
        office(opening.set_rules, {"time_zone": "Asia/Urumqi"})
    clock.forward(hours=8)
    office(opening.set_rules, {"time_zone": "Asia/Urumqi"})
    take("first of the day")
    with pytest.raises(opening.DayBegun):
        undo("setting")
    with pytest.raises(opening.DayBegun):
        office(opening.set_rules, {"time_zone": "Asia/Shanghai", "guard_s": 0})
    assert (present(box).zone.key, present(box).settings.guard_s) == ("Asia/Urumqi", 8)
    clock.forward(days=1)  # a number of another day holds nobody up
    undo("setting")
    assert present(box).zone.key == "Asia/Shanghai"


def test_what_kiosk_toml_says_is_taken_over_once_and_only_told_of_afterwards(tmp_path, clock, caplog):
    settings = replace(
        Settings(tmp_path / "data", opening_hours="1-5 08:30-17:30", days_off="2026-11-24 搬家"),
        centre_name="桃园社区",
        no_show_s=90,
    )
    box = open_box(settings, clock)
    assert box.centre.hours == settings.hours
    with box.database.write() as tx:
        asked = Asked(clock())
        opening.set_rules(tx, box.centre, asked, {"centre_name": "李村社区"})
        opening.set_days(tx, box.centre, asked, {date(2026, 11, 25): SpecialDay(words=Own("大扫除"))})
    box.database.close()
    assert caplog.messages == []

    again = open_box(settings, clock)
    assert (again.centre.name("zh"), again.settings.no_show_s) == ("李村社区", 90)
    assert [one.words.zh for one in again.centre.hours.days.values()] == ["搬家", "大扫除"]
    assert again.centre.hours.week == settings.hours.week
    again.database.close()
    assert sorted(told.split("：")[0] for told in caplog.messages) == ["kiosk.toml", "kiosk.toml"]
    plain = open_box(Settings(tmp_path / "data"), clock)
    assert plain.centre.name("zh") == "李村社区", "without the line nothing is otherwise"
    plain.database.close()


def test_the_command_takes_the_settings_file_over_once_more_and_that_stands_in_the_history(box, office):
    office(opening.set_days, {MONDAY: SpecialDay(words=Own("一"))})
    wanted = replace(
        box.begun.settings,
        centre_name="桃园社区",
        opening_hours="1-5 08:30-17:30",
        days_off="2026-11-24 搬家",
        last_ticket_min=15,
    )
    office(opening.bring_settings, wanted)
    assert present(box).hours == wanted.hours
    assert (present(box).name("zh"), present(box).settings.last_ticket_min) == ("桃园社区", 15)
    with box.database.read() as tx:
        assert len(changes.changes(tx, changes.Wanted())) == 4
    office(opening.bring_settings, wanted)
    with box.database.read() as tx:
        assert len(changes.changes(tx, changes.Wanted())) == 4, "nothing was otherwise"


@pytest.mark.parametrize(
    "text", ["1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00", "1 08:00-09:00; 3-7 10:00-11:00", ""]
)
def test_a_week_is_written_as_it_is_read(text):
    assert week_text(parse_hours(text).week) == text


def test_a_day_ends_earlier_or_later_or_does_not_begin():
    assert opening.until(OFFICE_HOURS, time(18)) == (OFFICE_HOURS[0], (time(13, 30), time(18)))
    assert opening.until(OFFICE_HOURS, time(11)) == ((time(8, 30), time(11)),)
    assert opening.until(OFFICE_HOURS, time(12, 30)) == ((time(8, 30), time(12, 30)),)
    assert opening.until(OFFICE_HOURS, time(8)) == ()


def test_a_special_day_of_a_centre_without_hours_is_open_at_its_own_and_the_next_day_always(box):
    from datetime import datetime, timedelta

    special = SpecialDay((Period(time(9), time(10)),), Own("培训"))
    hours = structs.replace(open_centre(box.settings).hours, days={MONDAY: special})
    noon, none = datetime(2026, 11, 23, 12), timedelta()  # noqa: DTZ001 - a time on a wall
    moment = hours.at(noon, none, none)
    assert (moment.phase, moment.reason.zh, moment.opens) == ("over", "培训", datetime(2026, 11, 24))  # noqa: DTZ001
    assert hours.at(noon + timedelta(days=1), none, none).phase == "open"


def test_a_saturday_worked_as_a_friday_is_one_for_a_service_that_has_fridays_and_is_said(
    box, clock, office, undo, take
):
    office(opening.set_week, WEEK)
    with box.database.write() as tx:
        by, plan = Asked(clock(), ADMIN), services.listed_service(tx, "A").plan
        services.edit_service(tx, by, "A", structs.replace(plan, hours="5 08:30-12:00"))
    clock.forward(days=5)  # Saturday, 09:00
    with pytest.raises(tickets.DayOff):
        take("1")
    saturday = SpecialDay(words=Own("国庆节调休上班"), like=4)
    office(opening.set_days, {clock().date(): saturday})
    assert take("2").ticket_id
    centre = present(box)
    assert tickets.today_text(centre, clock(), "zh") == "今天照星期五的时间：国庆节调休上班"
    assert centre.hours.days[clock().date()] == saturday
    clock.forward(hours=5)  # 14:00: the centre is open, the service is not
    with pytest.raises(tickets.DayOver):
        take("3")
    undo("opening")
    assert present(box).hours.days == {}


def test_a_rule_is_put_back_though_others_were_changed_later_and_one_that_was_changed_is_named(box, office):
    office(opening.set_rules, {"guard_s": 7, "slow_s": 8})
    office(opening.set_rules, {"no_show_s": 99})
    office(opening.set_rules, {"slow_s": 9})
    with box.database.read() as tx:
        slow, alone, both = changes.changes(tx, changes.Wanted(kind="setting"))[:3]
    office(opening.put_back, alone)
    now, begun = present(box).settings, box.begun.settings
    assert (now.no_show_s, now.guard_s, now.slow_s) == (begun.no_show_s, 7, 9)
    with pytest.raises(changes.PartChangedSince) as refused:
        office(opening.put_back, both)
    assert refused.value.fields == ("slow_s",)
    office(opening.put_back, slow)
    office(opening.put_back, both)
    assert present(box).settings == begun
    with pytest.raises(changes.UndoneAlready):
        office(opening.put_back, both)
