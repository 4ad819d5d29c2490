from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk import changes, notices
from kiosk.asked import Asked
from kiosk.notices import KIND, NoticePlan, Place, plan_faults

EVERYWHERE = frozenset(Place)


@pytest.fixture
def plan(clock):
    """From now on, for a day."""
    return NoticePlan("养老保险资格认证开始了", "", clock(), clock() + timedelta(days=1), EVERYWHERE)


@pytest.fixture
def put_up(box, clock):
    """Puts a notice up; its id."""

    def put_up(plan: NoticePlan) -> int:
        with box.database.write() as tx:
            return notices.add_notice(tx, Asked(clock(), 1), plan)

    return put_up


@pytest.fixture
def shown(box, clock):
    """The words of what stands somewhere now."""

    def shown(place=Place.STATION, service=None, **how):
        with box.database.read() as tx:
            return [one.words("zh") for one in notices.shown_at(tx, place, clock(), service, **how)]

    return shown


def test_a_notice_stands_from_its_first_moment_to_its_last_and_nobody_need_touch_it(
    put_up, plan, shown, clock
):
    put_up(replace(plan, from_at=clock() + timedelta(hours=1)))
    assert shown() == []
    clock.forward(hours=1)
    assert shown() == [plan.zh]
    clock.forward(hours=23)
    assert shown() == []


def test_a_notice_stands_where_it_was_put_and_for_whom(put_up, plan, shown):
    put_up(replace(plan, zh="一", places=frozenset((Place.STATION,))))
    put_up(replace(plan, zh="二", service="A"))
    assert shown() == ["一"]
    assert shown(service="A") == ["一", "二"]
    assert shown(service="A", of_all=False) == ["二"]
    assert shown(Place.SLIP, "B") == []


def test_on_a_slip_the_notice_of_its_own_service_goes_first(put_up, plan, box, clock):
    put_up(replace(plan, zh="一"))
    put_up(replace(plan, zh="二", service="A"))
    with box.database.read() as tx:
        first = notices.first_for(tx, Place.SLIP, clock(), "A")
        other = notices.first_for(tx, Place.SLIP, clock(), "B")
    assert first is not None
    assert other is not None
    assert (first.words("zh"), other.words("en")) == ("二", "一")


def test_a_notice_is_taken_down_in_one_act_and_put_up_again(put_up, plan, shown, box, clock):
    made = put_up(plan)
    with box.database.write() as tx:
        notices.end_notice(tx, Asked(clock(), 1), made)
        with pytest.raises(notices.NoticeNotStanding):
            notices.end_notice(tx, Asked(clock(), 1), made)
    assert shown() == []
    with box.database.write() as tx:
        notices.show_again(tx, Asked(clock(), 1), made)
        notices.show_again(tx, Asked(clock(), 1), made)
    assert shown() == [plan.zh]
    clock.forward(days=2)
    with box.database.write() as tx, pytest.raises(notices.NoticeOver):
        notices.show_again(tx, Asked(clock(), 1), made)
    with box.database.read() as tx:
        verbs = [change.noted.verb for change in changes.changes(tx, changes.Wanted(KIND))]
    assert verbs == ["show", "end", "add"]


def test_notices_change_places_one_step_at_a_time(put_up, plan, shown, box, clock):
    ids = [put_up(replace(plan, zh=words)) for words in "一二三"]
    with box.database.write() as tx:
        notices.move_notice(tx, Asked(clock(), 1), ids[2], -1)
        notices.move_notice(tx, Asked(clock(), 1), ids[0], -1)
    assert shown() == ["一", "三", "二"]
    with box.database.write() as tx:
        newest = changes.change_of(tx, changes.newest(tx, KIND, notices.SEQUENCE))
        notices.put_back(tx, Asked(clock(), 1), newest)
    assert shown() == ["一", "二", "三"]


def test_each_change_of_a_notice_is_taken_back_once_and_in_its_turn(put_up, plan, shown, box, clock):
    made = put_up(plan)
    with box.database.write() as tx:
        seen = changes.newest(tx, KIND, str(made))
        other = replace(plan, zh="换了", places=frozenset((Place.STATION,)), until_at=clock() + timedelta(2))
        notices.edit_notice(tx, Asked(clock(), 1), made, other, seen)
        added, edited = reversed(changes.changes(tx, changes.Wanted(KIND)))
        with pytest.raises(changes.ChangedSince):
            notices.put_back(tx, Asked(clock(), 1), added)
        notices.put_back(tx, Asked(clock(), 1), edited)
        assert notices.notice_of(tx, made).plan == plan
        with pytest.raises(changes.UndoneAlready):
            notices.put_back(tx, Asked(clock(), 1), edited)
        notices.put_back(tx, Asked(clock(), 1), added)
    assert shown() == []


def test_whoever_saves_an_old_form_of_a_notice_is_told(put_up, plan, box, clock):
    made = put_up(plan)
    with box.database.write() as tx:
        seen = changes.newest(tx, KIND, str(made))
        notices.edit_notice(tx, Asked(clock(), 1), made, replace(plan, zh="一"), seen)
        with pytest.raises(changes.ChangedMeanwhile):
            notices.edit_notice(tx, Asked(clock(), 2), made, replace(plan, zh="二"), seen)


def test_an_edit_that_changes_nothing_leaves_no_trace(put_up, plan, box, clock):
    made = put_up(plan)
    with box.database.write() as tx:
        seen = changes.newest(tx, KIND, str(made))
        notices.edit_notice(tx, Asked(clock(), 1), made, plan, seen)
        assert changes.newest(tx, KIND, str(made)) == seen


def test_what_is_wrong_with_a_notice_is_told_all_at_once(plan, clock):
    day = timedelta(days=1)
    assert plan_faults(plan, clock()) == {}
    assert plan_faults(replace(plan, zh="", places=frozenset(), until_at=clock() - day), clock()) == {
        "zh": "empty",
        "places": "choice",
        "until_on": "order",
    }
    assert plan_faults(replace(plan, zh="认" * 41, en="x" * 101), clock()) == {"zh": "long", "en": "long"}
    assert plan_faults(replace(plan, zh="开始了😀", en="☎️"), clock()) == {"zh": "pictures", "en": "pictures"}
    assert plan_faults(replace(plan, zh="𮯰䶮"), clock()) == {}
    over = replace(plan, from_at=clock() - 2 * day, until_at=clock() - day)
    assert plan_faults(over, clock()) == {"until_on": "over"}
    far = replace(plan, from_at=clock() - 400 * day, until_at=clock() + 4000 * day)
    assert plan_faults(far, clock()) == {"from_on": "years", "until_on": "years"}
