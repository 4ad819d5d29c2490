"""Sentences for the hall: one writes, another releases, and what must not be known never is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import concerns, openness
from kiosk.asked import Asked
from kiosk.concerns import Contact, Hand, Outcome, Reply, Said, Source
from kiosk.figures import opinions
from kiosk.openness import Plan, Stand, Tells
from kiosk.openness.tables import open_step

ONE, OTHER = 2, 3


@pytest.fixture
def desk(box, clock):
    """Takes concerns in and answers them, writes sentences and releases them."""
    return Desk(box, clock)


class Desk:
    def __init__(self, box, clock):
        self.box, self.clock, self.taps = box, clock, 0

    def asked(self, by=ONE):
        return Asked(self.clock(), by)

    def do(self, act, *more, by=ONE):
        with self.box.database.write() as tx:
            return act(tx, self.asked(by), *more)

    def take_in(self, category="lights", answered=True, **more):
        self.taps += 1
        with self.box.database.write() as tx:
            said = Said(
                category, f"t{self.taps}", Source.DESK, contact=Contact("王", "13800001234", "1234"), **more
            )
            one = concerns.take_in(tx, self.box.centre, self.asked(), said).id
            if answered:
                reply = Reply(Outcome.SOLVED, "换好了")
                concerns.settle(tx, self.box.centre, Hand(self.asked(), is_lead=True), one, reply)
        return one

    def write(self, concern_id, said="三号楼的灯不亮", done="换了十二盏", tells=Tells.DONE, by=ONE):
        return self.do(openness.write, Plan(concern_id, tells, said, done), by=by)

    def month(self):
        with self.box.database.read() as tx:
            return opinions.month_told(tx, self.box.centre, self.box.centre.day(self.clock()), self.clock())


def test_one_writes_another_releases_and_then_the_hall_knows(desk):
    sentence_id = desk.write(desk.take_in())
    assert desk.month().done == ()
    with pytest.raises(openness.NotByTheWriter):
        desk.do(openness.release, sentence_id)
    desk.do(openness.release, sentence_id, by=OTHER)
    (told,) = desk.month().done
    assert (told.said, told.done, told.stand) == ("三号楼的灯不亮", "换了十二盏", Stand.RELEASED)
    assert (desk.month().taken, desk.month().answered, desk.month().solved) == (1, 1, 0)
    with pytest.raises(openness.AlreadyReleased):
        desk.do(openness.release, sentence_id, by=OTHER)
    desk.do(openness.take_down, sentence_id)
    desk.do(openness.take_down, sentence_id)
    assert desk.month().done == ()
    with pytest.raises(openness.AlreadyReleased):
        desk.do(openness.release, sentence_id, by=OTHER)
    with desk.box.database.read() as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(open_step)).scalar_one() == 2


def test_the_hall_counts_no_answer_that_was_taken_back_and_no_bad_rating(desk):
    one = desk.take_in(answered=False)
    hand, reply = Hand(desk.asked(), is_lead=True), Reply(Outcome.SOLVED, "换好了")
    with desk.box.database.write() as tx:
        concerns.settle(tx, desk.box.centre, hand, one, reply)
        concerns.undo(tx, hand, one)
        concerns.settle(tx, desk.box.centre, hand, one, reply)
        concerns.take_in(
            tx, desk.box.centre, desk.asked(), Said("rating", "bad", Source.RATING, has_slip=False)
        )
    assert (desk.month().taken, desk.month().answered) == (1, 1)


@pytest.mark.parametrize(
    ("said", "done", "fault"),
    [
        ("", "好了", openness.NothingToTell),
        ("说" * 25, "好了", openness.NothingToTell),
        ("打13800001234", "好了", openness.PrivateWords),
        ("灯不亮", "５０２室换了灯", openness.PrivateWords),
        ("王大爷说灯不亮", "换了", openness.PrivateWords),
    ],
)
def test_what_names_somebody_or_says_nothing_is_not_written(desk, said, done, fault):
    with pytest.raises(fault):
        desk.write(desk.take_in(), said, done)


def test_of_what_is_sealed_open_or_taken_back_nothing_is_told_even_when_it_becomes_so_later(desk):
    for one in (desk.take_in("staff"), desk.take_in(answered=False), 999):
        with pytest.raises(openness.ConcernNotOpen):
            desk.write(one)
    kept, sealed, back = (desk.take_in() for _ in range(3))
    for one in (kept, sealed, back):
        desk.do(openness.release, desk.write(one, said=f"第{one}件"), by=OTHER)
    assert len(desk.month().done) == 3
    with desk.box.database.write() as tx:
        concerns.seal(tx, Hand(desk.asked()), sealed)
        concerns.withdraw(tx, desk.box.centre, desk.asked(), back)
    assert [one.concern_id for one in desk.month().done] == [kept]
    waiting = desk.write(kept, "再写一句", "好了")
    with desk.box.database.write() as tx:
        concerns.seal(tx, Hand(desk.asked()), kept)
    with pytest.raises(openness.ConcernNotOpen):
        desk.do(openness.release, waiting, by=OTHER)


def test_three_are_told_the_newest_and_two_that_could_not_be_done_and_next_month_none(desk):
    for number in range(4):
        desk.do(openness.release, desk.write(desk.take_in(), said=f"第{number}件"), by=OTHER)
        cannot = desk.write(desk.take_in(), f"办不了{number}", "规划还没批", Tells.CANNOT)
        desk.do(openness.release, cannot, by=OTHER)
        desk.clock.forward(minutes=5)
    assert [one.said for one in desk.month().done] == ["第3件", "第2件", "第1件"]
    assert [one.said for one in desk.month().cannot] == ["办不了3", "办不了2"]
    desk.clock.at += timedelta(days=31)
    assert desk.month().is_empty
