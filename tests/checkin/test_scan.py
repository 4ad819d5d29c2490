"""One scan, one answer: every verdict, asked once and again."""

from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from kiosk import checkin, events, qr_codes, tickets
from kiosk.asked import Asked
from kiosk.checkin import Direction, Hint, Word
from kiosk.checkin.rules import Stay
from kiosk.checkin.tables import sign_in
from tests.conftest import MORNING
from tests.engines import on_a_file

from .conftest import DESK


def test_a_card_signs_in_and_the_count_rises(desk):
    day, person = desk.event(), desk.person("王小明")
    verdict = desk.scan(desk.card(person), event_day=day)
    assert verdict.word == Word.OK_IN
    assert (verdict.person_masked, verdict.person_full) == ("王*", "王小明")
    assert (verdict.event, verdict.event_day_id, verdict.did) == ("便民生活日", day, "in")
    assert desk.counts(day) == (0, 1, 1)


def test_without_a_log_in_nobody_hears_a_full_name(desk):
    desk.event()
    verdict = desk.scan(desk.card(desk.person("王小明")), staff_id=None)
    assert (verdict.person_masked, verdict.person_full) == ("王*", "")


def test_at_the_end_of_a_shift_the_same_card_signs_out_and_tells_the_minutes(desk, clock):
    day, card = desk.event(), desk.card(desk.person())
    desk.scan(card)
    clock.forward(minutes=50)
    verdict = desk.scan(card)
    assert (verdict.word, verdict.minutes, verdict.did) == (Word.OK_OUT, 50, "out")
    assert desk.counts(day) == (0, 1, 0)


def test_a_second_scan_within_minutes_says_that_it_worked_and_signs_nobody_out(desk, clock):
    day, card = desk.event(), desk.card(desk.person())
    desk.scan(card)
    clock.forward(minutes=5)
    assert desk.scan(card).word == Word.ALREADY_IN
    assert desk.counts(day) == (0, 1, 1)


def test_nobody_signs_out_of_an_activity_by_scanning_twice(desk, clock):
    day = desk.event(kind=events.EventKind.ACTIVITY)
    slip = desk.register(day, name="李", phone_tail="1234").token
    assert desk.scan(slip).word == Word.OK_IN
    clock.forward(minutes=40)
    assert desk.scan(slip).word == Word.ALREADY_IN
    verdict = desk.scan(slip, station="door", direction=Direction.OUT)
    assert (verdict.word, verdict.minutes) == (Word.OK_OUT, None)


def test_who_is_not_inside_cannot_sign_out(desk):
    day = desk.event()
    verdict = desk.scan(desk.card(desk.person()), event_day=day, direction=Direction.OUT)
    assert verdict.word == Word.NOT_IN
    assert desk.stays() == []


def test_the_same_nonce_gives_the_same_answer_and_one_row(desk, clock):
    desk.event()
    card = desk.card(desk.person())
    first = desk.scan(card, nonce="once")
    clock.forward(minutes=20)
    again = desk.scan(card, nonce="once")
    assert again.is_replay
    assert not first.is_replay
    assert (again.word, again.person_full, again.at) == (first.word, first.person_full, first.at)
    assert len(desk.rows()) == len(desk.stays()) == 1


def test_one_nonce_for_two_codes_never_repeats_the_green_of_the_first(desk):
    day = desk.event()
    assert desk.scan(desk.card(desk.person()), nonce="once").word == Word.OK_IN
    verdict = desk.scan(desk.card(desk.person()), nonce="once")
    assert (verdict.word, verdict.person_full, verdict.is_replay) == (Word.MISREAD, "", False)
    assert desk.counts(day) == (0, 1, 1)
    assert [row.verdict for row in desk.rows()] == ["ok_in", "misread"]


def test_a_code_held_under_the_scanner_is_one_scan(desk, clock):
    desk.event()
    card = desk.card(desk.person())
    desk.scan(card)
    for _ in range(3):
        clock.forward(seconds=0.9)
        verdict = desk.scan(card)
        assert (verdict.word, verdict.is_bounce) == (Word.OK_IN, True)
    assert len(desk.rows()) == 1
    clock.forward(seconds=1)
    assert desk.scan(card).word == Word.ALREADY_IN


def test_another_station_within_three_seconds_is_no_bounce(desk, clock):
    desk.event()
    card = desk.card(desk.person())
    desk.scan(card)
    clock.forward(seconds=1)
    verdict = desk.scan(card, station="desk-2")
    assert (verdict.word, verdict.is_bounce) == (Word.ALREADY_IN, False)


def test_after_an_undo_the_same_card_scans_anew_at_once(desk, clock):
    day, card = desk.event(), desk.card(desk.person())
    desk.undo(desk.scan(card).undo_id)
    assert desk.counts(day) == (0, 0, 0)
    clock.forward(seconds=1)
    verdict = desk.scan(card)
    assert (verdict.word, verdict.is_bounce) == (Word.OK_IN, False)
    assert desk.counts(day) == (0, 1, 1)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("110101199003074518", Hint.FOREIGN),
        ("11010119900307451X", Hint.FOREIGN),
        ("134567890123456789", Hint.FOREIGN),
        ("wxp://f2f0abcdef", Hint.FOREIGN),
        ("https://example.com/pay?x=1", Hint.FOREIGN),
        ("", Hint.FOREIGN),
        ("2000000112345", Hint.CUT_SHORT),
        ("http://192.168.1.10:8000/t/20000001", Hint.CUT_SHORT),
        ("1" * 48, Hint.GLUED),
        ("1" * 44, Hint.GLUED),
        ("http://a/t/" + "1" * 24 + "http://a/t/" + "1" * 24, Hint.GLUED),
        ("1" * 24, Hint.NONE),
    ],
)
def test_what_is_not_one_of_our_codes_is_misread_with_a_hint_and_kept_as_a_keyed_hash(desk, code, hint):
    verdict = desk.scan(code)
    assert (verdict.word, verdict.hint) == (Word.MISREAD, hint)
    (row,) = desk.rows()
    assert len(row.code_key) == 32
    assert not code or code not in repr(row)


@on_a_file
def test_a_foreign_code_stands_nowhere_in_the_database_file(desk, box):
    desk.scan("110101199003074518")
    box.database.close()
    everything = b"".join(path.read_bytes() for path in box.settings.folder.glob("kiosk.db*"))
    assert b"110101199003074518" not in everything
    assert b"misread" in everything


def test_a_card_of_another_centre_is_forged(desk):
    desk.event()
    assert desk.scan(qr_codes.issue(qr_codes.CodeKind.VOLUNTEER_CARD, 1, 0, b"x" * 32)).word == Word.FORGED


@pytest.mark.parametrize("kind", qr_codes.CodeKind)
def test_a_signed_code_of_something_that_is_not_here_is_unknown(desk, kind):
    assert desk.scan(desk.box.centre.token(kind, 999, 0)).word == Word.UNKNOWN


def test_a_person_who_has_left_is_revoked(desk, clock):
    from kiosk import people

    desk.event()
    person = desk.person()
    desk.write(people.leave, Asked(clock(), DESK), person)
    assert desk.scan(desk.card(person)).word == Word.REVOKED


def test_a_cancelled_registration_and_a_cancelled_day_say_so(desk, clock):
    day = desk.event()
    gone = desk.register(day, name="李")
    desk.write(checkin.cancel_registration, gone.id, clock())
    assert desk.scan(gone.token).word == Word.CANCELLED
    kept = desk.register(day, name="张")
    event_id = desk.read(events.day_of, day, "zh").event_id
    desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, date(2026, 11, 23), "下雨")
    assert desk.scan(kept.token).word == Word.CANCELLED
    assert desk.scan(desk.card(desk.person()), event_day=day).word == Word.CANCELLED


def test_a_slip_of_another_event_is_wrong_here_and_names_its_own(desk):
    here, there = desk.event(), desk.event(title="居民议事")
    verdict = desk.scan(desk.register(there, name="李").token, event_day=here)
    assert (verdict.word, verdict.event) == (Word.WRONG_EVENT, "居民议事")
    assert desk.stays() == []


def test_a_day_without_any_event_is_the_wrong_one(desk):
    assert desk.scan(desk.card(desk.person())).word == Word.WRONG_EVENT
    assert desk.scan(desk.card(desk.person()), event_day=77).word == Word.WRONG_EVENT


def test_before_the_doors_open_it_is_too_early_and_after_the_end_too_late(desk, clock):
    day, card = desk.event(starts=time(10)), desk.card(desk.person())
    verdict = desk.scan(card)
    assert (verdict.word, verdict.opens_at) == (Word.TOO_EARLY, MORNING + timedelta(minutes=30))
    clock.forward(minutes=29, seconds=59)
    assert desk.scan(card, event_day=day).word == Word.TOO_EARLY
    clock.forward(hours=3)
    assert desk.scan(card).word == Word.TOO_LATE
    clock.forward(days=1)
    assert desk.scan(card, event_day=day).word == Word.TOO_LATE
    assert desk.stays() == []


def test_the_card_finds_the_event_it_belongs_to(desk):
    team = desk.team()
    desk.event(title="别人的班")
    own, listed = desk.event(title="本队的班", team_id=team), desk.event(title="报了名的")
    member, other = desk.person(team_ids=[team]), desk.person(team_ids=[team])
    desk.register(listed, person_id=other)
    assert desk.scan(desk.card(member)).event_day_id == own
    assert desk.scan(desk.card(other)).event_day_id == listed


def test_a_full_event_refuses_and_who_has_a_place_comes_in(desk, clock):
    day = desk.event(capacity=2)
    booked = desk.register(day, name="李")
    assert desk.scan(desk.card(desk.person())).word == Word.OK_IN
    late = desk.card(desk.person())
    assert desk.scan(late).word == Word.FULL
    assert desk.scan(booked.token).word == Word.OK_IN
    clock.forward(seconds=10)
    assert desk.scan(booked.token, station="other").word == Word.ALREADY_IN
    desk.write(events.set_capacity, Asked(clock(), DESK), day, 3)
    assert desk.scan(late).word == Word.OK_IN
    assert desk.counts(day) == (1, 3, 3)


def test_who_goes_out_and_comes_back_keeps_the_place_and_is_counted_once(desk, clock):
    day, card = desk.event(capacity=1), desk.card(desk.person())
    desk.scan(card)
    clock.forward(minutes=20)
    assert desk.scan(card).word == Word.OK_OUT
    clock.forward(minutes=10)
    assert desk.scan(card).word == Word.OK_IN
    assert desk.counts(day) == (0, 1, 1)
    assert desk.scan(desk.card(desk.person())).word == Word.FULL


def test_a_family_on_one_slip_counts_as_many_as_it_is(desk):
    day = desk.event(kind=events.EventKind.ACTIVITY, capacity=4)
    family = desk.register(day, phone_tail="1234", together=3)
    assert desk.counts(day) == (3, 0, 0)
    assert desk.scan(family.token).word == Word.OK_IN
    assert desk.counts(day) == (3, 3, 3)
    with pytest.raises(checkin.EventFull):
        desk.register(day, name="张", together=2)


def test_who_is_only_looking_is_counted_and_leaves_no_name(desk, clock):
    day = desk.event(kind=events.EventKind.ACTIVITY)
    for nonce in ("one", "two", "two"):
        verdict = desk.write(
            checkin.sign_in_visitor, desk.box.centre, Asked(clock(), station="station"), day, nonce
        )
        assert verdict.word == Word.OK_IN
    assert desk.counts(day) == (0, 2, 2)
    assert {(row.person_id, row.code_key) for row in desk.rows()} == {(None, "")}


def test_somebody_picked_from_the_list_signs_in_and_out(desk, clock):
    day, person = desk.event(), desk.person("王小明")
    resident, way_in = Asked(clock(), station="station"), checkin.ScanForm("a", day, Direction.IN)
    verdict = desk.write(checkin.sign_in_person, desk.box.centre, resident, person, way_in)
    assert (verdict.word, verdict.person_masked, verdict.person_full) == (Word.OK_IN, "王*", "")
    clock.forward(minutes=30)
    staff, way_out = Asked(clock(), DESK, "station"), checkin.ScanForm("b", day, Direction.OUT)
    out = desk.write(checkin.sign_in_person, desk.box.centre, staff, person, way_out)
    assert (out.word, out.minutes) == (Word.OK_OUT, 30)


def test_who_puts_the_name_down_at_the_door_signs_in_with_it(desk, clock):
    day = desk.event(kind=events.EventKind.ACTIVITY)
    slip = desk.register(day, phone_tail="1234")
    verdict = desk.write(
        checkin.sign_in_registration, desk.box.centre, Asked(clock(), station="station"), slip.id, "a"
    )
    assert (verdict.word, verdict.number) == (Word.OK_IN, "1")


def test_scans_that_were_refused_are_rows_too(desk):
    desk.event()
    desk.scan("not ours")
    desk.scan(desk.box.centre.token(qr_codes.CodeKind.VOLUNTEER_CARD, 999, 0))
    desk.scan(desk.card(desk.person()))
    assert [row.verdict for row in desk.rows()] == ["misread", "unknown", "ok_in"]
    assert {row.recorded_at for row in desk.rows()} == {MORNING}


def test_a_scan_that_was_sent_late_counts_from_when_it_happened(desk, clock):
    desk.event()
    happened = clock()
    clock.forward(minutes=40)
    assert desk.scan(desk.card(desk.person()), happened_at=happened).at == happened
    (row,), (stay,) = desk.rows(), desk.stays()
    assert (row.happened_at, row.recorded_at) == (happened, clock())
    assert stay.in_at == happened


def test_a_clock_that_fell_back_loses_nobody_and_asks_for_a_look(desk, clock):
    day = desk.event()
    desk.scan(desk.card(desk.person()))
    right = clock()
    clock.at = right - timedelta(days=400)
    verdict = desk.scan(desk.card(desk.person()), event_day=day)
    assert (verdict.word, verdict.did, verdict.at) == (Word.NEEDS_CONFIRM, "in", right)
    assert desk.counts(day) == (0, 2, 2)
    clock.at = right + timedelta(minutes=50)
    assert desk.scan(desk.card(2), event_day=day).word == Word.OK_OUT
    assert desk.stays()[1].status == Stay.PENDING


def test_staff_can_say_that_a_clock_which_was_ahead_is_right_again(desk, clock):
    day = desk.event()
    clock.forward(days=300)
    desk.scan(desk.card(desk.person()))
    clock.at = MORNING
    assert desk.scan(desk.card(desk.person()), event_day=day).word == Word.NEEDS_CONFIRM
    desk.write(checkin.trust_clock, Asked(clock(), DESK, "desk-1"))
    clock.forward(seconds=5)
    assert desk.scan(desk.card(desk.person()), event_day=day).word == Word.OK_IN


def test_with_a_wrong_clock_and_no_event_a_person_must_look(desk, clock):
    desk.event(starts=time(9), lasts_min=60)
    clock.forward(hours=4)
    desk.scan("anything")
    clock.forward(hours=-2)
    verdict = desk.scan(desk.card(desk.person()))
    assert (verdict.word, verdict.did) == (Word.NEEDS_CONFIRM, "")
    assert desk.rows()[-1].person_id is not None


class TestQueueTickets:
    def take(self, desk, clock):
        tap = tickets.Tap("A", f"tap-{len(desk.rows())}")
        return desk.write(tickets.take, desk.box.centre, tap, "zh", clock())

    def test_a_waiting_ticket_shows_its_place(self, desk, clock):
        verdict = desk.scan(self.take(desk, clock).token)
        assert (verdict.word, verdict.number, verdict.ticket.ahead) == (Word.TICKET, "A001", 0)

    def test_a_missed_ticket_is_back_in_line(self, desk, clock):
        from kiosk import services

        taken = self.take(desk, clock)
        desk.write(services.open_counter, Asked(clock(), 2), 1)
        desk.write(tickets.call_next, desk.box.centre, Asked(clock(), 2), 1)
        for _ in range(2):
            desk.write(tickets.recall, Asked(clock(), 2), 1)
        clock.forward(seconds=90)
        desk.write(tickets.mark_no_show, desk.box.centre, Asked(clock(), 2), 1)
        verdict = desk.scan(taken.token)
        assert (verdict.word, verdict.ticket.status) == (Word.TICKET_BACK, tickets.Status.WAITING)

    def test_a_ticket_on_hold_is_the_next_to_be_served(self, desk, clock):
        from kiosk import services

        taken = self.take(desk, clock)
        desk.write(services.open_counter, Asked(clock(), 2), 1)
        desk.write(tickets.call_next, desk.box.centre, Asked(clock(), 2), 1)
        desk.write(tickets.start, Asked(clock(), 2), 1)
        desk.write(tickets.hold, desk.box.centre, Asked(clock(), 2), 1, tickets.Aside("fetch"))
        verdict = desk.scan(taken.token)
        assert (verdict.word, verdict.ticket.ahead) == (Word.TICKET_BACK, 0)
        assert desk.write(tickets.call_next, desk.box.centre, Asked(clock(), 2), 1) == taken.ticket_id

    def test_yesterdays_ticket_is_too_late(self, desk, clock):
        taken = self.take(desk, clock)
        clock.forward(days=1)
        desk.write(tickets.close_day, desk.box.centre, clock())
        assert desk.scan(taken.token).word == Word.TOO_LATE


class TestUndo:
    def test_a_sign_out_taken_back_goes_on_counting(self, desk, clock):
        day, card = desk.event(), desk.card(desk.person())
        desk.scan(card)
        clock.forward(minutes=20)
        out = desk.scan(card)
        clock.forward(minutes=5)
        assert desk.undo(out.undo_id).word == Word.UNDONE
        assert desk.counts(day) == (0, 1, 1)
        clock.forward(minutes=20)
        assert desk.scan(card).minutes == 45
        assert [row.verdict for row in desk.rows()] == ["ok_in", "ok_out", "undone", "ok_out"]

    def test_needs_a_reason(self, desk):
        desk.event()
        verdict = desk.scan(desk.card(desk.person()))
        with pytest.raises(events.ReasonMissing):
            desk.undo(verdict.undo_id, " ")

    def test_works_once_and_not_after_a_quarter_of_an_hour(self, desk, clock):
        desk.event()
        first, second = desk.scan(desk.card(desk.person())), desk.scan(desk.card(desk.person()))
        desk.undo(first.undo_id)
        clock.forward(minutes=15, seconds=1)
        for verdict in (first, second):
            with pytest.raises(checkin.NothingToUndo):
                desk.undo(verdict.undo_id)

    def test_a_sign_in_is_not_taken_back_after_the_sign_out(self, desk, clock):
        desk.event()
        card = desk.card(desk.person())
        came = desk.scan(card)
        clock.forward(minutes=11)
        desk.scan(card)
        with pytest.raises(checkin.NothingToUndo):
            desk.undo(came.undo_id)

    def test_a_sign_out_is_not_taken_back_after_a_later_stay(self, desk, clock):
        desk.event()
        card = desk.card(desk.person())
        desk.scan(card)
        clock.forward(minutes=11)
        out = desk.scan(card)
        clock.forward(minutes=1)
        desk.scan(card)
        with pytest.raises(checkin.NothingToUndo):
            desk.undo(out.undo_id)

    def test_a_refused_scan_has_nothing_to_take_back(self, desk):
        desk.scan("foreign")
        with pytest.raises(checkin.NothingToUndo):
            desk.undo(desk.rows()[0].id)


def test_the_desk_sees_its_last_scans_newest_first(desk, clock):
    desk.event()
    first = desk.scan(desk.card(desk.person("王小明")))
    desk.scan("foreign")
    desk.scan(desk.card(desk.person("李小红")), station="desk-2")
    desk.undo(first.undo_id)
    last = desk.read(checkin.last_scans, desk.box.centre, Asked(clock(), DESK, "desk-1"))
    assert [verdict.word for verdict in last] == [Word.UNDONE, Word.MISREAD, Word.OK_IN]
    assert last[2].person_full == "王小明"
    assert last[2].undo_id is None


def test_who_stayed_two_days_and_comes_again_was_here(desk, clock):
    """A clock that was wrong makes such stays; how many came is counted by the first of each."""
    day, card = desk.event(kind=events.EventKind.ACTIVITY), desk.card(desk.person())
    desk.scan(card, event_day=day)
    long_ago = {
        "in_at": clock() - timedelta(hours=40),
        "out_at": clock() - timedelta(hours=1),
        "status": "left",
    }
    desk.write(lambda tx: tx.execute(sa.update(sign_in).values(long_ago)))
    clock.forward(minutes=1)
    assert desk.scan(card, event_day=day).word == Word.OK_IN
    assert desk.counts(day) == (0, 1, 1)
