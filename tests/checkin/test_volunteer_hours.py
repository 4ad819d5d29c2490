"""Hours: what counts, who decides about doubtful ones, and that every total is the sum of its rows."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk import checkin, events, people, tickets
from kiosk.asked import Asked
from kiosk.checkin import Direction, Hint, TotalBy, Word
from kiosk.checkin.rules import Stay
from kiosk.checkin.tables import hours_change, sign_in
from kiosk.events.tables import event_day, registration
from kiosk.spool.tables import print_job
from kiosk.tickets.tables import ticket
from tests.engines import on_a_file

from .conftest import DESK, TODAY

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def served(desk, clock, person, minutes, **said) -> None:
    day, card = desk.event(**said), desk.card(person)
    assert desk.scan(card, event_day=day, station="in").word == Word.OK_IN
    clock.forward(minutes=minutes)
    out = desk.scan(card, event_day=day, station="out", direction=checkin.Direction.OUT)
    assert out.word == Word.OK_OUT


def report(desk, by, span=YEAR):
    return [
        (one.label, one.minutes, one.points, one.times)
        for one in desk.read(checkin.hours_report, span, by).totals
    ]


def test_totals_by_person_team_and_month_come_from_the_same_rows(desk, clock):
    barbers, partner = desk.team("理发服务队"), desk.team("义诊合伙人")
    wang, li = desk.person("王小明"), desk.person("李小红")
    served(desk, clock, wang, 60, team_id=barbers)
    served(desk, clock, li, 30, team_id=partner, starts=time(10), points_per_hour=20)
    by_hand = checkin.HandWritten(wang, date(2026, 10, 5), 45, "上门理发", "当天没带卡", barbers)
    with desk.box.database.write() as tx:
        checkin.add_manual(tx, Asked(clock(), DESK), by_hand, tap="m1")
    assert [row.staff_id for row in desk.read(checkin.hours_rows, *YEAR)] == [DESK, None, None]
    assert report(desk, TotalBy.PERSON) == [("王小明", 105, 17, 2), ("李小红", 30, 10, 1)]
    assert report(desk, TotalBy.TEAM) == [("理发服务队", 105, 17, 2), ("义诊合伙人", 30, 10, 1)]
    assert report(desk, TotalBy.MONTH) == [("2026-10", 45, 7, 1), ("2026-11", 90, 20, 2)]
    assert report(desk, TotalBy.MONTH, (date(2026, 11, 1), date(2026, 11, 30))) == [("2026-11", 90, 20, 2)]


def test_activities_and_meetings_count_no_hours(desk, clock):
    served(desk, clock, desk.person(), 60, kind=events.EventKind.MEETING)
    assert desk.read(checkin.hours_rows, *YEAR) == ()


def test_who_begins_another_shift_has_left_the_first_and_somebody_looks_at_its_minutes(desk, clock):
    person = desk.person()
    card = desk.card(person)
    first, second = desk.event(title="上午班"), desk.event(title="另一班", starts=time(9, 30), lasts_min=60)
    desk.scan(card, event_day=first)
    clock.forward(minutes=40)
    moved = desk.scan(card, event_day=second)
    assert (moved.word, moved.hint) == (Word.OK_IN, Hint.MOVED_ON)
    clock.forward(minutes=20)
    desk.scan(card, event_day=second)
    assert [(row.what, row.minutes) for row in desk.read(checkin.hours_rows, *YEAR)] == [("另一班", 20)]
    assert [(one.what, one.minutes) for one in desk.read(checkin.pending)] == [("上午班", 40)]
    assert [row.verb for row in desk.rows(hours_change)] == ["moved_on"]


def test_who_finds_the_other_shift_full_stays_on_the_first(desk, clock):
    card = desk.card(desk.person())
    first, second = desk.event(title="上午班"), desk.event(title="另一班", capacity=1)
    desk.scan(desk.card(desk.person()), event_day=second)
    desk.scan(card, event_day=first)
    clock.forward(minutes=40)
    assert desk.scan(card, event_day=second).word == Word.FULL
    assert desk.counts(first) == (0, 1, 1)
    assert desk.rows(hours_change) == []
    assert desk.scan(card, event_day=first).minutes == 40


class TestForgotten:
    @pytest.fixture
    def waiting(self, desk, clock):
        """The one stay that was closed by night, of somebody who came at 09:20 to a shift until 11:00."""
        day, card = desk.event(), desk.card(desk.person("王小明"))
        clock.forward(minutes=20)
        desk.scan(card)
        clock.forward(hours=16)
        desk.write(checkin.close_events, desk.box.centre, clock())
        desk.write(checkin.close_events, desk.box.centre, clock())
        assert desk.counts(day) == (0, 1, 0)
        (waiting,) = desk.read(checkin.pending)
        return waiting

    def test_is_closed_at_the_planned_end_and_waits_for_a_coordinator(self, desk, waiting):
        assert (waiting.name, waiting.minutes, waiting.most) == ("王小明", 100, 150)
        assert (waiting.out_at - waiting.in_at) == timedelta(minutes=100)
        assert desk.read(checkin.hours_rows, *YEAR) == ()
        assert [(row.verb, row.minutes) for row in desk.rows(hours_change)] == [("closed", 100)]

    def test_counts_once_it_is_confirmed(self, desk, clock, waiting):
        desk.write(checkin.confirm, Asked(clock(), DESK), waiting.sign_in_id, 100)
        assert report(desk, TotalBy.PERSON) == [("王小明", 100, 16, 1)]
        assert desk.read(checkin.pending) == ()
        with pytest.raises(checkin.AlreadyConfirmed):
            desk.write(checkin.confirm, Asked(clock(), DESK), waiting.sign_in_id, 90, "再改")

    def test_is_corrected_with_a_reason_within_the_cap(self, desk, clock, waiting):
        for minutes, refusal in (
            (151, checkin.BadMinutes),
            (-1, checkin.BadMinutes),
            (60, events.ReasonMissing),
        ):
            with pytest.raises(refusal):
                desk.write(checkin.confirm, Asked(clock(), DESK), waiting.sign_in_id, minutes)
        desk.write(checkin.confirm, Asked(clock(), DESK), waiting.sign_in_id, 60, "一小时就走了")
        assert report(desk, TotalBy.PERSON) == [("王小明", 60, 10, 1)]
        (row,) = desk.read(checkin.hours_rows, *YEAR)
        assert (row.staff_id, row.reason) == (DESK, "一小时就走了")
        last = desk.rows(hours_change)[-1]
        assert (last.verb, last.minutes, last.staff_id, last.reason) == ("confirm", 60, DESK, "一小时就走了")


def test_who_signs_out_long_after_the_grace_is_looked_at_too(desk, clock):
    day, card = desk.event(), desk.card(desk.person())
    desk.scan(card)
    clock.forward(hours=4)
    assert desk.scan(card, event_day=day).minutes == 120
    assert [one.minutes for one in desk.read(checkin.pending)] == [120]


def test_a_shift_that_the_night_has_closed_is_left_by_a_scan_for_three_hours_after_its_end(desk, clock):
    day = desk.event(starts=time(21))
    cards = [desk.card(desk.person()) for _ in range(2)]
    clock.forward(hours=12, minutes=10)
    assert [desk.scan(card, event_day=day).word for card in cards] == [Word.OK_IN] * 2
    clock.forward(hours=3, minutes=20)  # half past midnight
    desk.write(checkin.close_events, desk.box.centre, clock())
    clock.forward(minutes=90)
    assert desk.scan(cards[0]).word == Word.OUT_LATE
    clock.forward(seconds=1)
    assert desk.scan(cards[1]).word == Word.TOO_LATE


def test_a_visitor_who_forgets_to_sign_out_waits_for_nobody(desk, clock):
    day = desk.event()
    desk.scan(desk.register(day, name="李").token)
    clock.forward(hours=16)
    desk.write(checkin.close_events, desk.box.centre, clock())
    assert desk.read(checkin.pending) == ()
    assert [stay.status for stay in desk.stays()] == [Stay.LEFT]


class TestManual:
    def add(self, desk, clock, **said):
        plain: dict[str, Any] = {
            "on": TODAY,
            "minutes": 60,
            "what": "上门理发",
            "reason": "没带卡",
            "tap": "tap",
        } | said
        person = plain.pop("person", None) or desk.person()
        tap = plain.pop("tap")
        hours = checkin.HandWritten(person, **plain)
        with desk.box.database.write() as tx:
            return checkin.add_manual(tx, Asked(clock(), DESK), hours, tap=tap)

    def test_says_who_and_why_and_is_written_once(self, desk, clock):
        person = desk.person()
        assert self.add(desk, clock, person=person) == self.add(desk, clock, person=person)
        (row,) = desk.read(checkin.hours_rows, *YEAR)
        assert (row.minutes, row.points, row.reason, row.staff_id) == (60, 10, "没带卡", DESK)

    def test_taken_back_it_counts_no_more_and_stays(self, desk, clock):
        manual_id = self.add(desk, clock)
        desk.write(checkin.withdraw_manual, Asked(clock(), DESK), manual_id, "记错人了")
        assert desk.read(checkin.hours_rows, *YEAR) == ()
        assert [row.verb for row in desk.rows(hours_change)] == ["add", "withdraw"]
        with pytest.raises(checkin.UnknownHours):
            desk.write(checkin.withdraw_manual, Asked(clock(), DESK), manual_id, "再来一次")

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            ({"minutes": 0}, checkin.BadMinutes),
            ({"minutes": 1441}, checkin.BadMinutes),
            ({"what": " "}, checkin.BadHours),
            ({"on": TODAY + timedelta(2)}, checkin.BadHours),
            ({"reason": " "}, events.ReasonMissing),
            ({"person": 99}, people.UnknownPerson),
            ({"team_id": 99}, people.UnknownTeam),
        ],
    )
    def test_a_wrong_one_is_refused_and_not_written(self, desk, clock, said, refusal):
        with pytest.raises(refusal):
            self.add(desk, clock, **said)
        assert desk.read(checkin.hours_rows, *YEAR) == ()


def nights(desk, clock, number):
    """The box lives through so many nights."""
    from kiosk.server.nightly import close_days

    for _ in range(number):
        clock.forward(days=1)
        close_days(desk.box)


def test_a_clock_that_jumps_a_year_ahead_forgets_nothing(desk, clock):
    nights(desk, clock, 3)
    desk.scan("foreign")
    clock.forward(days=400)
    nights(desk, clock, 2)
    assert {row.code_key == "" for row in desk.rows()} == {False}
    nights(desk, clock, 1)
    assert {row.code_key == "" for row in desk.rows()} == {True}


def test_after_the_centres_days_scans_forget_who_it_was_and_hours_stay(desk, clock):
    served(desk, clock, desk.person("王小明"), 60)
    visitor = desk.register(desk.event(kind=events.EventKind.ACTIVITY), name="李", phone_tail="1234")
    meeting = desk.event(kind=events.EventKind.MEETING)
    desk.scan(desk.card(desk.person()), event_day=meeting)
    desk.scan("foreign")
    clock.forward(days=177)
    nights(desk, clock, 2)
    assert {row.code_key == "" for row in desk.rows()} == {False}
    nights(desk, clock, 2)
    assert {(row.person_id, row.sign_in_id, row.code_key) for row in desk.rows()} == {(None, None, "")}
    assert [row.verdict for row in desk.rows()] == ["ok_in", "ok_out", "ok_in", "misread"]
    assert desk.scan(visitor.token).person_masked == ""
    assert [stay.person_id is None for stay in desk.stays()] == [False, True]
    assert [(row.name, row.phone_tail) for row in desk.rows(registration)] == [("", None)]
    assert report(desk, TotalBy.PERSON) == [("王小明", 60, 10, 1)]


def test_after_the_centres_days_slips_and_tickets_forget_names_and_digits_too(desk, box, clock):
    """A volunteer's card bears her name; a ticket keeps the four digits of who cannot keep paper."""
    desk.write(people.print_card, box.centre, desk.person("王小明"), "zh", clock())
    with box.database.write() as tx:
        tickets.take(tx, box.centre, tickets.Tap("A", "tap", phone_tail="1234"), "zh", clock())
        tx.execute(sa.update(print_job).values(status="printed"))

    def kept():
        named = sum("王小明" in row.slip for row in desk.rows(print_job))
        return named, [row.phone_tail for row in desk.rows(ticket)]

    clock.forward(days=177)
    nights(desk, clock, 2)
    assert kept() == (1, ["1234"])
    nights(desk, clock, 1)
    assert kept()[1] == ["1234"], "the last of the days that are kept"
    nights(desk, clock, 2)
    assert kept() == (0, [None])
    assert {row.slip for row in desk.rows(print_job)} == {"{}"}


def test_the_nightly_jobs_close_events_too(desk, box, clock):
    from kiosk.server.nightly import close_days

    close_days(box)
    desk.event()
    desk.scan(desk.card(desk.person()))
    clock.forward(days=1)
    close_days(box)
    assert [stay.status for stay in desk.stays()] == [Stay.PENDING]


def test_points_raised_at_a_meeting_are_kept_in_order_and_once(desk, clock):
    day = desk.event(kind=events.EventKind.MEETING, title="居民议事")
    for tap, text in (("a", "加装电梯"), ("b", "晾衣区"), ("b", "晾衣区")):
        desk.write(events.raise_meeting_point, Asked(clock(), DESK), day, text, "楼道长", tap=tap)
    assert [(one.text, one.raised_by) for one in desk.read(events.meeting_points, day)] == [
        ("加装电梯", "楼道长"), ("晾衣区", "楼道长")
    ]  # fmt: skip
    with pytest.raises(events.EmptyMeetingPoint):
        desk.write(events.raise_meeting_point, Asked(clock(), DESK), day, " ", "", tap="c")
    with pytest.raises(events.UnknownEvent):
        desk.write(events.raise_meeting_point, Asked(clock(), DESK), 99, "x", "", tap="d")


class TestAScanToLeave:
    """Whoever is on a shift signs out of it before anything else begins, and nothing counts unseen."""

    def two(self, desk, clock, **second):
        first = desk.event(title="白天班", starts=time(7), lasts_min=239, grace_min=0)
        return first, desk.event(title="晚班", early_min=24 * 60, **{"starts": time(13), **second})

    def pending(self, desk):
        return [(one.what, one.minutes) for one in desk.read(checkin.pending)]

    @pytest.mark.parametrize("is_set", [False, True])
    def test_after_the_end_is_no_sign_in_to_what_is_open_by_then(self, desk, clock, is_set):
        first, second = self.two(desk, clock)
        card = desk.card(desk.person())
        desk.scan(card, event_day=first)
        clock.forward(minutes=130)  # 11:10, the shift ended at 10:59
        verdict = desk.scan(card, event_day=second if is_set else None)
        assert (verdict.word, verdict.event, verdict.did) == (Word.OUT_LATE, "白天班", "out")
        assert desk.counts(second) == (0, 0, 0)
        assert self.pending(desk) == [("白天班", 119)]
        assert desk.read(checkin.hours_rows, *YEAR) == ()

    def test_after_the_night_has_closed_the_shift_says_when_they_left(self, desk, clock):
        _, second = self.two(desk, clock)
        card = desk.card(desk.person())
        desk.scan(card)
        clock.forward(minutes=121)
        desk.write(checkin.close_events, desk.box.centre, clock())
        clock.forward(minutes=9)
        assert [desk.scan(card).word for _ in range(2)] == [Word.OUT_LATE] * 2
        (waiting,) = desk.read(checkin.pending)
        assert (waiting.minutes, waiting.out_at) == (119, clock())
        assert [row.verb for row in desk.rows(hours_change)] == ["closed", "left_late"]
        clock.forward(seconds=30)
        assert desk.scan(card).word == Word.OUT_LATE, "whether it worked"
        assert desk.counts(second) == (0, 0, 0)
        clock.forward(minutes=1)
        assert desk.scan(card, direction=Direction.IN).word == Word.OK_IN, "who says so has come"

    def test_ends_no_stay_before_it_began_though_the_clock_was_ahead_then(self, desk, clock):
        self.two(desk, clock)
        card = desk.card(desk.person())
        desk.scan(card)
        clock.forward(minutes=121)
        desk.write(checkin.close_events, desk.box.centre, clock())
        ahead = {"in_at": clock() + timedelta(hours=1), "out_at": clock() + timedelta(hours=1)}
        desk.write(lambda tx: tx.execute(sa.update(sign_in).values(ahead)))
        assert desk.scan(card).word == Word.OUT_LATE
        assert [(row.in_at, row.out_at) for row in desk.rows(sign_in)] == [tuple(ahead.values())]

    def test_in_the_grace_is_a_plain_one_even_where_another_shift_is_chosen(self, desk, clock):
        first, second = desk.event(title="早班", lasts_min=60), desk.event(title="晚班", starts=time(10))
        card = desk.card(desk.person())
        desk.scan(card, event_day=first)
        clock.forward(minutes=70)
        verdict = desk.scan(card, event_day=second)
        assert (verdict.word, verdict.event, verdict.minutes) == (Word.OK_OUT, "早班", 70)
        clock.forward(seconds=10)
        assert desk.scan(card, event_day=second).word == Word.OK_IN

    def test_said_to_be_one_ends_the_shift_they_are_on_wherever_it_is_scanned(self, desk, clock):
        first, second = desk.event(title="早班"), desk.event(title="另一班")
        card = desk.card(desk.person())
        desk.scan(card, event_day=first)
        clock.forward(minutes=40)
        verdict = desk.scan(card, event_day=second, direction=Direction.OUT)
        assert (verdict.word, verdict.event, verdict.minutes) == (Word.OK_OUT, "早班", 40)

    def test_the_morning_after_is_a_coming(self, desk, clock):
        desk.event_id(rule="FREQ=DAILY")
        card = desk.card(desk.person())
        desk.scan(card)
        clock.forward(hours=16)
        desk.write(checkin.close_events, desk.box.centre, clock())
        clock.forward(hours=8)
        assert desk.scan(card).word == Word.OK_IN


@on_a_file
def test_the_hours_of_a_month_are_found_without_reading_those_of_all_years(desk, clock):
    def steps():
        counted = [0]

        def count():
            counted[0] += 1

        desk.box.database.close()  # whoever asks next has a new connection, which counts
        connected = (desk.box.database.engine, "connect", lambda raw, _: raw.set_progress_handler(count, 50))
        sa.event.listen(*connected)
        assert report(desk, TotalBy.PERSON, (TODAY, TODAY)) == [("王小明", 60, 10, 1)]
        assert len(desk.read(checkin.hours_rows, TODAY, TODAY)) == 1
        sa.event.remove(*connected)
        return counted[0]

    served(desk, clock, desk.person("王小明"), 60)
    young = steps()
    (stay,) = desk.stays()
    (new,) = desk.rows(event_day)
    values = new._asdict() | {"id": 1000, "held_on": date(2020, 1, 1)}
    with desk.box.database.write() as tx:
        tx.execute(event_day.insert().values(values))
        old = {
            "event_day_id": 1000, "person_id": stay.person_id, "status": "left", "is_first": True,
            "counts_hours": True, "in_at": new.starts_at, "out_at": new.ends_at, "minutes": 60,
        }  # fmt: skip
        tx.execute(sign_in.insert(), [old] * 3000)
    assert steps() < 1.3 * young
