"""How long it has taken, by the clocks alone; what was done by mistake; and what three have said alike."""

from datetime import UTC, date, datetime

import pytest

from kiosk import concerns, opening
from kiosk.concerns import (
    DeclineReason,
    Level,
    Moment,
    Outcome,
    PauseReason,
    PlacePlan,
    Reply,
    Solved,
    State,
    Told,
    Verb,
    What,
)  # fmt: skip
from kiosk.concerns.tables import concern_change, concern_clock, concern_pause
from kiosk.words import Lang, Refusal
from tests.concerns.desk import LEAD, ONE, OTHER


def level(desk, concern_id) -> Level:
    one, now = desk.at(concern_id), desk.clock()
    with desk.box.database.read() as tx:
        moment = Moment(now, desk.box.centre.day(now), opening.workdays(tx))
        return concerns.level_of(one, concerns.owed(tx, [one])[concern_id], moment)


def at(day, hour=2) -> datetime:
    return datetime(2026, day.month, day.day, hour, tzinfo=UTC)


def test_the_clocks_alone_tell_what_presses(desk):
    one = desk.take_in().id  # Monday 23 November: taken on by the 24th, answered by the 30th
    assert level(desk, one) == Level.TOMORROW
    desk.clock.at = at(date(2026, 11, 24))
    assert level(desk, one) == Level.TODAY
    desk.clock.at = at(date(2026, 11, 25))
    assert level(desk, one) == Level.OVERDUE  # nobody has taken it on
    desk.do(concerns.accept, one)
    assert level(desk, one) == Level.CALM
    desk.clock.at = at(date(2026, 11, 27))
    assert level(desk, one) == Level.TOMORROW  # Friday, and Monday is the next working day
    desk.clock.at = at(date(2026, 12, 1))
    assert level(desk, one) == Level.OVERDUE
    desk.clock.at = at(date(2026, 12, 7))
    assert level(desk, one) == Level.OVERDUE
    desk.clock.at = at(date(2026, 12, 8))
    assert level(desk, one) == Level.LONG  # five working days more than the five that were promised
    desk.do(concerns.pause, one, PauseReason.WEATHER, (date(2026, 12, 10), ""))
    assert level(desk, one) == Level.CALM
    desk.answer(one)
    for _ in range(2):
        desk.resident(concerns.say_solved, one, Solved.NO)
        if desk.at(one).round < 2:
            desk.answer(one)
    assert level(desk, one) == Level.LONG  # the third round


def test_hours_run_out_by_the_wall_clock(desk):
    one = desk.take_in("water_power").id
    desk.do(concerns.accept, one)
    desk.clock.forward(hours=25)
    assert level(desk, one) == Level.OVERDUE
    desk.clock.forward(hours=24)
    assert level(desk, one) == Level.LONG


def stands(desk, concern_id):
    clocks = [(row.what, row.due_on, row.met_at) for row in desk.rows(concern_clock)]
    return desk.at(concern_id), clocks, [row.ended_on for row in desk.rows(concern_pause)]


MISTAKES = {
    Verb.HAND_OVER: lambda d, c: d.do(concerns.hand_over, c, OTHER, "转"),
    Verb.SEND_BACK: lambda d, c: d.do(concerns.send_back, c, "不归我"),
    Verb.PAUSE: lambda d, c: d.do(concerns.pause, c, PauseReason.VOTE, (date(2026, 12, 1), "")),
    Verb.EXTEND: lambda d, c: d.do(concerns.extend, c, "要等零件"),
    Verb.ANSWER: lambda d, c: d.answer(c),
    Verb.DECLINE: lambda d, c: d.do(concerns.decline, c, DeclineReason.COURT, "请找法院"),
    Verb.SEAL: lambda d, c: d.do(concerns.seal, c, OTHER),
    Verb.STEP: lambda d, c: d.do(concerns.step, c, "写错了"),
}


@pytest.mark.parametrize("verb", MISTAKES)
def test_a_careless_step_is_taken_back_with_its_clocks_and_both_stay_in_the_log(desk, verb):
    parent, child = desk.take_in().id, desk.take_in().id
    desk.do(concerns.accept, parent)
    desk.do(concerns.merge, child, desk.at(parent).number)
    before = stands(desk, parent)
    MISTAKES[verb](desk, parent)
    desk.clock.forward(minutes=9)
    desk.do(concerns.note_look, parent)
    desk.do(concerns.undo, parent)
    assert stands(desk, parent) == before
    verbs = [row.verb for row in desk.rows(concern_change) if row.concern_id == parent]
    assert verbs[-3:] == [verb, Verb.LOOK, Verb.UNDO]
    with desk.box.database.read() as tx:
        undone = [line.verb for line in concerns.lines_of(tx, parent) if line.is_undone]
    assert undone == [verb]
    with pytest.raises(Refusal):
        desk.do(concerns.undo, parent)


def test_what_was_told_is_anothers_or_is_ten_minutes_old_stays(desk):
    one, told = desk.take_in().id, desk.take_in().id
    for number in (one, told):
        desk.do(concerns.accept, number)
    desk.answer(one)
    desk.do(concerns.answer, told, Reply(Outcome.SOLVED, "好了", Told.PHONE))
    for number, by in ((one, OTHER), (told, ONE)):
        with pytest.raises(Refusal):
            desk.do(concerns.undo, number, by=by)
    desk.clock.forward(minutes=11)
    with pytest.raises(Refusal):
        desk.do(concerns.undo, one)
    with desk.box.database.write() as tx:
        concerns.forget(tx, desk.asked())
    assert {row.before for row in desk.rows(concern_change)} == {None}


def test_a_lead_takes_back_what_a_clerk_has_done(desk):
    one = desk.take_in().id
    desk.do(concerns.accept, one)
    desk.do(concerns.undo, one, by=LEAD)
    assert (desk.at(one).state, desk.at(one).owner_id) == (State.NEW, None)


@pytest.fixture
def places(desk) -> tuple[int, int]:
    with desk.box.database.write() as tx:
        one, other = (concerns.add_place(tx, desk.asked(), PlacePlan(name)) for name in ("东院", "西院"))
    return one, other


def test_every_place_comes_with_its_buildings_and_without_those_that_are_gone(desk, places):
    east, west = places
    with desk.box.database.write() as tx:
        for name, compound in (("3号楼", west), ("1号楼", east), ("2号楼", east)):
            made = concerns.add_place(tx, desk.asked(), PlacePlan(name, f"Building {name[0]}", compound))
        concerns.retire_place(tx, desk.asked(), made, is_retired=True)
    shown: dict[Lang, tuple[str, str]] = {"zh": ("1号楼", "3号楼"), "en": ("Building 1", "Building 3")}
    for lang, (first, second) in shown.items():
        with desk.box.database.read() as tx:
            found = concerns.every_place(tx, lang)
            one_by_one = [(one, concerns.places(tx, lang, one.id)) for one in concerns.places(tx, lang)]
        assert list(found) == one_by_one
        assert [(one.name, [other.name for other in inside]) for one, inside in found[-2:]] == [
            ("东院", [first]),
            ("西院", [second]),
        ]


def test_three_alike_are_told_of_and_become_one_and_every_receipt_is_answered(desk, places):
    east, west = places
    first, second, third = (desk.take_in(place_id=east) for _ in range(3))
    for _ in range(2):
        desk.take_in(place_id=west)
    desk.take_in("staff", place_id=east)
    with desk.box.database.read() as tx:
        (alike,) = concerns.alikes(tx, desk.asked())
    assert (alike.count, alike.place, alike.running) == (3, "东院", ("S0001", "S0002", "S0003"))
    hand = desk.hand(LEAD)
    with desk.box.database.write() as tx:
        assert concerns.merge_alike(tx, hand, "lights", east) == ("S0001", 2)
    desk.do(concerns.accept, first.id)
    desk.answer(first.id)
    for one in (first, second, third):
        mine = [
            row for row in desk.rows(concern_clock) if row.concern_id == one.id and row.what == What.ANSWER
        ]
        assert [row.met_at for row in mine] == [desk.clock()]
    told = [row for row in desk.rows(concern_change) if row.verb == Verb.TOLD]
    assert [(row.concern_id, row.note) for row in told] == [(second.id, "S0001"), (third.id, "S0001")]
    with desk.box.database.write() as tx, pytest.raises(Refusal):
        concerns.merge_alike(tx, hand, "lights", east)


def test_what_was_merged_goes_on_when_the_one_it_was_merged_into_is_taken_back(desk):
    first, second, third = (desk.take_in() for _ in range(3))
    for one in (second, third):
        desk.do(concerns.merge, one.id, first.number)
    desk.resident(concerns.withdraw, first.id)
    assert (desk.at(second.id).state, desk.at(third.id).merged_into) == (State.NEW, second.id)
    desk.do(concerns.accept, second.id)
    desk.answer(second.id)
    clocks = {row.concern_id: row.met_at for row in desk.rows(concern_clock) if row.what == What.ANSWER}
    assert None not in clocks.values()


def test_a_day_that_was_set_by_hand_is_moved_by_no_calendar(desk):
    one = desk.take_in(due_on=date(2026, 12, 24)).id
    with desk.box.database.write() as tx:
        assert concerns.recount(tx, desk.box.centre, desk.asked()) == 0
    assert desk.at(one).due.on == date(2026, 12, 24)


OF_2027 = """关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Not the real one: made after its manner."""


def test_a_new_notice_moves_the_promises_that_run_and_says_so(desk):
    desk.clock.at = datetime(2027, 1, 28, 2, tzinfo=UTC)  # a Thursday
    one, extended, paused, over = (desk.take_in().id for _ in range(4))
    for number in (extended, paused, over):
        desk.do(concerns.accept, number)
    desk.do(concerns.extend, extended, "要等零件")
    desk.do(concerns.pause, paused, PauseReason.WEATHER, (date(2027, 1, 29), ""))
    desk.clock.forward(days=1)
    desk.answer(over)
    with desk.box.database.write() as tx:
        concerns.resume(tx, desk.box.centre, desk.asked(ONE), paused)
    dates = {number: desk.at(number).due.on.isoformat()[5:] for number in (one, extended, paused)}
    assert dates == {one: "02-04", extended: "02-15", paused: "02-09"}  # provisional: 5 to 8 February are off
    assert desk.at(one).due.is_provisional
    with desk.box.database.write() as tx:
        notice = opening.read_notice(OF_2027, date(2027, 1, 1))
        assert opening.keep_notice(tx, desk.asked(), notice)
        assert concerns.recount(tx, desk.box.centre, desk.asked()) == 3
        assert concerns.recount(tx, desk.box.centre, desk.asked()) == 0
    dates = {number: desk.at(number).due.on.isoformat()[5:] for number in (one, extended, paused)}
    assert dates == {one: "02-03", extended: "02-17", paused: "02-04"}
    assert not desk.at(one).due.is_provisional
    rows = [row for row in desk.rows(concern_change) if row.verb == Verb.RECOUNT]
    assert (rows[0].concern_id, rows[0].note) == (one, "2027-02-04 → 2027-02-03")
    answer = [row for row in desk.rows(concern_clock) if row.concern_id == one and row.what == What.ANSWER]
    assert answer[0].due_on == date(2027, 2, 3)
