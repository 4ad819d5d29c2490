"""The loop: a bad rating becomes a complaint of somebody who was not there, and the call back is told."""

from datetime import date
from itertools import count
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from kiosk import concerns, ratings, services, staff, tickets
from kiosk.asked import Asked
from kiosk.concerns import Hand, Reached, State, Verb
from kiosk.concerns import Source as Way
from kiosk.concerns.tables import concern, concern_clock
from kiosk.figures import Span, ledgers
from kiosk.figures.ledgers import Ledger, Viewer, Wanted
from kiosk.ratings import Face, Grade, Said, Source
from kiosk.ratings.rules import chosen_owner
from kiosk.spool.tables import print_job
from kiosk.staff import Role

PASSWORD = staff.hashed("demo-password", "scrypt:1024:8:1")
PHONE = "13800001234"


class Hall:
    """A window with its clerk, two managers beside it, and the faces that are pressed there."""

    def __init__(self, box, clock) -> None:
        self.box, self.clock, self.taps = box, clock, count()
        with box.database.write() as tx:
            known = {one.name: one.id for one in staff.accounts(tx)}
            self.clerk, self.other = known["clerk1"], known["clerk2"]
            self.lead, self.second = (
                staff.add_staff(tx, Asked(clock()), name, Role.MANAGER, PASSWORD) for name in ("甲", "乙")
            )
            services.open_counter(tx, Asked(clock(), self.clerk), 1)

    def visit(self, by=None) -> int:
        """Serves somebody at window 1; the ticket's id."""
        asked = Asked(self.clock(), by or self.clerk)
        with self.box.database.write() as tx:
            if by is not None:
                services.open_counter(tx, asked, 1)
            tap = tickets.Tap("A", tap=f"tap-{next(self.taps)}")
            taken = tickets.take(tx, self.box.centre, tap, "zh", self.clock()).ticket_id
            tickets.call_ticket(tx, self.box.centre, asked, 1, taken, "")
            tickets.start(tx, asked, 1)
            tickets.finish(tx, asked, 1)
        return taken

    def press(self, ticket_id, grade, source=Source.TABLET, words="", again=False) -> None:
        face = Face(grade, source, Said(words=words))
        act = ratings.rate_again if again else ratings.rate
        with self.box.database.write() as tx:
            act(tx, self.box.centre, Asked(self.clock()), ratings.finishes(tx, ticket_id)[-1], face)

    def complaint(self, ticket_id):
        with self.box.database.read() as tx:
            found = ratings.complaint_of(tx, ticket_id)
            return found and concerns.concern_of(tx, self.box.centre, found, "zh")

    def do(self, verb, *more, by=None) -> None:
        with self.box.database.write() as tx:
            verb(tx, Hand(Asked(self.clock(), by or self.lead), is_lead=True), *more)

    def leave(self, ticket_id, phone=PHONE) -> None:
        with self.box.database.write() as tx:
            ratings.leave_phone(tx, self.box.centre, Asked(self.clock()), ticket_id, phone)

    def share(self):
        with self.box.database.read() as tx:
            return ratings.called_back(tx, self.box.centre, date(2026, 11, 1), date(2026, 11, 30))

    def rows(self, table):
        with self.box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(table.c.id)).all()


@pytest.fixture
def hall(box, clock) -> Hall:
    return Hall(box, clock)


@pytest.mark.parametrize("source", list(Source))
def test_the_two_lowest_from_wherever_become_a_sealed_complaint_and_print_nothing(hall, source):
    before = len(hall.rows(print_job))
    ticket_id = hall.visit()
    printed = len(hall.rows(print_job))
    hall.press(ticket_id, Grade.BAD, source, words="等了一上午")
    found = hall.complaint(ticket_id)
    assert (found.source, found.category, found.words) == (Way.RATING, "差评", "等了一上午")
    assert (found.is_sealed, found.accused_id, found.owner_id) == (True, hall.clerk, hall.lead)
    assert found.due.on == date(2026, 12, 14)  # Monday, and fifteen working days
    assert (before, len(hall.rows(print_job))) == (before, printed)
    assert found.sight("clerk", hall.clerk, hall.clock()).is_there is False
    assert found.sight("admin", 1, hall.clock()).is_there is False
    assert found.sight("manager", hall.lead, hall.clock()).words
    good = hall.visit()
    hall.press(good, Grade.FAIR, source)
    assert hall.complaint(good) is None


def test_who_was_there_neither_owns_it_nor_is_given_it_nor_sees_it(hall):
    ticket_id = hall.visit(by=hall.lead)  # the manager sits at the window himself
    hall.press(ticket_id, Grade.VERY_BAD)
    found = hall.complaint(ticket_id)
    assert (found.accused_id, found.owner_id) == (hall.lead, hall.second)
    assert found.sight("manager", hall.lead, hall.clock()).is_there is False
    with pytest.raises(concerns.NotForTheAccused):
        hall.do(concerns.hand_over, found.id, hall.lead, "您熟悉", by=hall.second)
    with hall.box.database.read() as tx:
        mine = ratings.bad_ones(tx, date(2026, 11, 1), date(2026, 11, 30), hall.lead)
        others = ratings.bad_ones(tx, date(2026, 11, 1), date(2026, 11, 30), hall.second)
    assert (len(mine), len(others)) == (0, 1)


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        (concerns.sort_as, (concerns.Kind.PRAISE,)),
        (concerns.decline, (concerns.DeclineReason.COURT, "请去法院")),
    ],
)
def test_nobody_turns_it_into_something_else_or_declines_it(hall, verb, more):
    ticket_id = hall.visit()
    hall.press(ticket_id, Grade.BAD)
    before = hall.complaint(ticket_id)
    with pytest.raises(concerns.RatingStays):
        hall.do(verb, before.id, *more)
    assert hall.complaint(ticket_id) == before


def test_it_is_not_merged_into_another_but_another_into_it(hall):
    first, second = hall.visit(), hall.visit()
    hall.press(first, Grade.BAD)
    hall.press(second, Grade.BAD)
    here, other = hall.complaint(first), hall.complaint(second)
    with hall.box.database.write() as tx, pytest.raises(concerns.RatingStays):
        concerns.merge(tx, hall.box.centre, Hand(Asked(hall.clock(), hall.lead)), here.id, other.number)
    assert hall.complaint(first) == here
    with hall.box.database.write() as tx:
        said = concerns.take_in(tx, hall.box.centre, Asked(hall.clock()), concerns.Said("lights", "tap-said"))
        concerns.merge(tx, hall.box.centre, Hand(Asked(hall.clock(), hall.lead)), said.id, other.number)
        assert concerns.concern_of(tx, hall.box.centre, said.id, "zh").merged_into == other.id


def test_whoever_sat_there_is_shut_out_though_another_pressed_the_key(hall):
    with hall.box.database.write() as tx:
        services.open_counter(tx, Asked(hall.clock(), hall.second), 1)
    with hall.box.database.write() as tx:
        asked = Asked(hall.clock(), hall.second)
        taken = tickets.take(tx, hall.box.centre, tickets.Tap("A", tap="two"), "zh", hall.clock()).ticket_id
        tickets.call_ticket(tx, hall.box.centre, asked, 1, taken, "")
        tickets.start(tx, asked, 1)
        services.open_counter(tx, Asked(hall.clock(), hall.clerk), 1)
        tickets.finish(tx, Asked(hall.clock(), hall.clerk), 1)
    hall.press(taken, Grade.BAD)
    found = hall.complaint(taken)
    assert (found.accused_id, found.barred, found.owner_id) == (hall.clerk, {hall.second}, hall.lead)
    assert found.sight("manager", hall.second, hall.clock()).is_there is False
    with hall.box.database.read() as tx:
        assert ratings.bad_ones(tx, date(2026, 11, 1), date(2026, 11, 30), hall.second) == ()


def test_it_goes_to_whom_the_centre_named_else_to_who_has_the_fewest():
    free = [(1, "admin"), (2, "clerk"), (3, "manager"), (4, "manager"), (5, "viewer")]
    assert chosen_owner(free, 2, {}) == 2
    assert chosen_owner(free, 9, {3: 1}) == 4
    assert chosen_owner([(6, "secretary"), *free], None, {6: 5}) == 6
    assert chosen_owner([(9, "desk"), *free[:2]], None, {}) == 2  # the desk is volunteers
    assert chosen_owner([free[0], free[4]], None, {}) is None


def test_a_second_word_makes_one_or_is_a_line_of_the_one_there_is(hall):
    first, second = hall.visit(), hall.visit()
    hall.press(first, Grade.BAD)
    hall.press(first, Grade.VERY_BAD, Source.PHONE, words="还是没办成", again=True)
    hall.press(second, Grade.GOOD)
    assert hall.complaint(second) is None
    hall.press(second, Grade.BAD, Source.PHONE, words="回家才发现错了", again=True)
    assert len(hall.rows(concern)) == 2
    with hall.box.database.read() as tx:
        told = concerns.lines_of(tx, hall.complaint(first).id)
    assert [(one.verb, one.note) for one in told] == [(Verb.TAKE_IN, ""), (Verb.SAY_MORE, "还是没办成")]
    assert hall.complaint(second).words == "回家才发现错了"


def test_twenty_bad_faces_at_once_make_one_complaint(hall):
    ticket_id, gate = hall.visit(), Barrier(20)

    def press() -> None:
        gate.wait()
        try:
            hall.press(ticket_id, Grade.BAD, Source.PHONE)
        except ratings.AlreadyRated:
            return

    threads = [Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hall.rows(concern)) == 1


def test_contact_is_owed_to_who_left_a_number_alone_and_told_in_its_rate(hall, clock):
    anonymous, late, reached = (hall.visit() for _ in range(3))
    for one in (anonymous, late, reached):
        hall.press(one, Grade.BAD, Source.PHONE)
    assert (hall.share().hits, hall.share().n) == (0, 0)
    with pytest.raises(concerns.NoWayToCall):
        hall.do(concerns.call_back, hall.complaint(anonymous).id, Reached.YES, "")
    for wrong in ("", "1234", "一三八", "1" * 20):
        with pytest.raises(concerns.BadContact):
            hall.leave(late, wrong)
    hall.leave(late)
    hall.leave(reached)
    with pytest.raises(concerns.PhoneLeftAlready):
        hall.leave(reached)
    owed = [row for row in hall.rows(concern_clock) if row.what == "contact"]
    assert {row.due_on for row in owed} == {date(2026, 11, 24)}
    hall.do(concerns.call_back, hall.complaint(reached).id, Reached.NO, "没有人接")
    assert (hall.share().hits, hall.share().n) == (0, 2)
    hall.do(concerns.call_back, hall.complaint(reached).id, Reached.YES, "说明了原因")
    clock.forward(days=3)
    hall.do(concerns.call_back, hall.complaint(late).id, Reached.YES, "")
    assert (hall.share().hits, hall.share().n) == (1, 2)
    with hall.box.database.read() as tx:
        told = [one for one in concerns.lines_of(tx, hall.complaint(reached).id) if one.verb == "call_back"]
    assert [(one.reason, one.note) for one in told] == [("no", "没有人接"), ("yes", "说明了原因")]
    good = hall.visit()
    hall.press(good, Grade.GOOD)
    with pytest.raises(ratings.NothingToCallAbout):
        hall.leave(good)


def test_nobody_takes_in_under_the_house_s_own_categories_nor_retires_them(hall):
    with pytest.raises(concerns.UnknownCategory), hall.box.database.write() as tx:
        concerns.take_in(tx, hall.box.centre, Asked(hall.clock()), concerns.Said("rating", "by-hand"))
    with hall.box.database.write() as tx:
        asked = Asked(hall.clock(), 1)
        assert not {one.code for one in concerns.categories(tx, "zh")} & concerns.INNER
        with pytest.raises(concerns.InnerCategory):
            concerns.retire_category(tx, asked, "rating", is_retired=True)
        plan = concerns.category_plan(tx, "rating")
        changed = concerns.CategoryPlan("差评整改", "", "wrench", "praise", 5, "workday", is_public=True)
        concerns.edit_category(tx, asked, "rating", changed)
        after = concerns.category_plan(tx, "rating")
    assert (after.kind, after.is_sealed, after.is_public) == (plan.kind, True, False)
    ticket_id = hall.visit()
    hall.press(ticket_id, Grade.BAD)
    assert hall.complaint(ticket_id).due.on == date(2026, 11, 30)
    assert hall.complaint(ticket_id).state == State.NEW


def test_the_ledger_tells_the_call_to_who_leads_and_no_words_to_others_nor_to_who_was_there(hall, clock):
    ticket_id = hall.visit(by=hall.lead)
    hall.press(ticket_id, Grade.VERY_BAD, Source.PHONE, words="等了一上午")
    hall.leave(ticket_id)
    hall.do(concerns.call_back, hall.complaint(ticket_id).id, Reached.YES, "", by=hall.second)
    span = Span(date(2026, 11, 1), date(2026, 11, 30))

    def told(role, staff_id):
        wanted = Wanted(Ledger.RATINGS, span, Viewer(role, staff_id, "甲"))
        with hall.box.database.read() as tx:
            sheet = ledgers.ledger_of(tx, hall.box.centre, wanted, clock())
        return [dict(zip((title for title, _ in sheet.heads), row, strict=True)) for row in sheet.rows]

    (row,) = told("manager", hall.second)
    assert (row["意见"], row["联系"], row["回访"]) == ("等了一上午", "2026-11-23", "打通了")
    assert told("manager", hall.lead) == []
    (row,) = told("admin", 1)
    assert (row["等级"], row["意见"], row["联系"]) == ("非常不满意", "", "")


def test_a_bad_face_for_an_answer_is_a_complaint_of_somebody_who_did_not_answer(hall, clock):
    said = concerns.Said("lights", "dark", Way.DESK)
    with hall.box.database.write() as tx:
        one = concerns.take_in(tx, hall.box.centre, Asked(clock()), said).id
        hand = Hand(Asked(clock(), hall.lead), is_lead=True)
        concerns.accept(tx, hall.box.centre, hand, one)
        concerns.answer(tx, hall.box.centre, hand, one, concerns.Reply(concerns.Outcome.EXPLAINED, "等等"))
        answer = ratings.Answered(one, 0, clock(), date(2026, 11, 23), hall.lead)
        ratings.rate_answer(tx, hall.box.centre, Asked(clock()), answer, Grade.BAD, Source.PHONE)
    with hall.box.database.read() as tx:
        (found,) = ratings.complaints(tx, hall.box.centre, Asked(clock()))
        mine = ratings.bad_ones(tx, date(2026, 11, 1), date(2026, 11, 30), hall.lead)
    assert (found.concern.accused_id, found.concern.owner_id) == (hall.lead, hall.second)
    assert [(told.number, told.service_code, told.grade) for told in found.told] == [("S0001", "", Grade.BAD)]
    assert mine == ()
