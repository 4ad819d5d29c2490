"""Ratings on a real database: one a visit, only of a finished one, and nobody takes one away."""

from datetime import timedelta
from itertools import count
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from kiosk import ratings, services, tickets
from kiosk.asked import Asked
from kiosk.ratings import By, Face, Grade, Said, Source, Stand, Verdict
from kiosk.ratings.rules import CHIPS_VERSION
from kiosk.ratings.tables import rating, rating_judge, rating_review, rating_word
from kiosk.server.nightly import close_days

CLERK, OTHER, THIRD = 2, 3, 4
"""Three of staff: whose visits these are, and two who look into bad ones."""


@pytest.fixture
def serve(box, clock):
    """Takes a number and serves it to its end at a window; the ticket's id."""
    taps = count()
    with box.database.write() as tx:
        for number in (1, 2):
            services.open_counter(tx, Asked(clock(), CLERK), number)

    def serve(counter=1, service="A") -> int:
        asked = Asked(clock(), CLERK)
        with box.database.write() as tx:
            tap = tickets.Tap(service, tap=f"tap-{next(taps)}")
            taken = tickets.take(tx, box.centre, tap, "zh", clock()).ticket_id
            tickets.call_ticket(tx, box.centre, asked, counter, taken, "")
            tickets.start(tx, asked, counter)
            tickets.finish(tx, asked, counter)
        return taken

    return serve


@pytest.fixture
def asks(box, clock):
    def asks(counter=1) -> ratings.Asking:
        with box.database.read() as tx:
            return ratings.asked_at(tx, counter, clock())

    return asks


@pytest.fixture
def rate(box, clock):
    """Presses a face for a visit; the rating's id."""

    def rate(ticket_id, grade=Grade.GOOD, source=Source.TABLET, said=ratings.NOTHING_SAID, by=None) -> int:
        with box.database.write() as tx:
            visit = ratings.finishes(tx, ticket_id)[-1]
            return ratings.rate(tx, box.centre, Asked(clock(), by), visit, Face(grade, source, said))

    return rate


def rows(box, table):
    with box.database.read() as tx:
        return tx.execute(sa.select(table).order_by(*table.primary_key)).all()


def test_the_tablet_asks_after_a_visit_for_a_minute_and_no_longer(serve, asks, clock):
    assert asks().stand == Stand.IDLE
    ticket_id = serve()
    assert (asks().stand, asks().visit.ticket_id) == (Stand.ASKING, ticket_id)
    assert asks(2).stand == Stand.IDLE
    clock.forward(seconds=61)
    assert asks().stand == Stand.IDLE


def test_it_asks_no_more_once_the_next_person_is_served(serve, asks, box, clock):
    serve()
    with box.database.write() as tx:
        tickets.take(tx, box.centre, tickets.Tap("A", tap="next"), "zh", clock())
        tickets.call_next(tx, box.centre, Asked(clock(), CLERK), 1)
    assert asks().stand == Stand.ASKING
    with box.database.write() as tx:
        tickets.start(tx, Asked(clock(), CLERK), 1)
    assert asks().stand == Stand.IDLE


def test_it_asks_why_then_thanks_and_rests(serve, asks, rate, box, clock):
    ticket_id = serve()
    rate(ticket_id, Grade.BAD)
    assert (asks().stand, asks().given.grade) == (Stand.WHY, Grade.BAD)
    with box.database.write() as tx:
        ratings.say_more(tx, box.centre, Asked(clock()), ticket_id, Said(("slow", "quick", "none")))
    assert asks().stand == Stand.THANKED
    assert [(row.chips, row.chips_version) for row in rows(box, rating_word)] == [("slow", CHIPS_VERSION)]
    clock.forward(seconds=31)
    assert asks().stand == Stand.IDLE


def test_a_visit_that_was_taken_back_or_goes_on_is_not_asked_about(serve, asks, box, clock):
    serve()
    with box.database.write() as tx:
        tickets.undo(tx, Asked(clock(), CLERK), 1)
    assert asks().stand == Stand.IDLE


def test_a_visit_has_one_rating_and_one_word_more(serve, rate, box, clock):
    ticket_id = serve()
    rate(ticket_id, Grade.VERY_BAD)
    with pytest.raises(ratings.AlreadyRated):
        rate(ticket_id, Grade.VERY_GOOD)
    with box.database.write() as tx:
        visit = ratings.finishes(tx, ticket_id)[-1]
        again = Face(Grade.GOOD, Source.PHONE, Said(words="补办好了"))
        ratings.rate_again(tx, box.centre, Asked(clock()), visit, again)
    with pytest.raises(ratings.AlreadyRated), box.database.write() as tx:
        ratings.rate_again(tx, box.centre, Asked(clock()), visit, Face(Grade.GOOD, Source.PHONE))
    assert [(row.round, row.grade) for row in rows(box, rating)] == [(0, 1), (1, 4)]


def test_of_twenty_faces_pressed_at_once_one_counts(serve, box, clock):
    ticket_id, gate, answers = serve(), Barrier(20), []

    def press():
        gate.wait()
        try:
            with box.database.write() as tx:
                visit = ratings.finishes(tx, ticket_id)[-1]
                ratings.rate(tx, box.centre, Asked(clock()), visit, Face(Grade.GOOD, Source.PHONE))
            answers.append("taken")
        except ratings.AlreadyRated:
            answers.append("refused")

    threads = [Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused"] * 19 + ["taken"]
    assert len(rows(box, rating)) == 1


def test_nothing_is_rated_that_was_not_finished(box, clock):
    with box.database.write() as tx:
        waiting = tickets.take(tx, box.centre, tickets.Tap("A", tap="one"), "zh", clock()).ticket_id
    with pytest.raises(ratings.NotFinishedYet), box.database.read() as tx:
        ratings.finishes(tx, waiting)


def test_behind_its_code_a_visit_can_be_rated_for_a_week(serve, box, clock):
    ticket_id = serve()
    with box.database.read() as tx:
        token = tickets.ticket_token(tx, box.centre, ticket_id)
    clock.forward(days=6, hours=23)
    close_days(box)
    with box.database.read() as tx:
        assert ratings.finishes_by_code(tx, box.centre, token, clock())[0].ticket_id == ticket_id
    clock.forward(hours=2)
    with pytest.raises(ratings.TooLateToRate), box.database.read() as tx:
        ratings.finishes_by_code(tx, box.centre, token, clock())


def test_whose_visit_it_was_types_in_no_paper(serve, rate, box):
    ticket_id = serve()
    with pytest.raises(ratings.NotByTheRated):
        rate(ticket_id, source=Source.PAPER, by=CLERK)
    rate(ticket_id, source=Source.PAPER, by=OTHER)
    assert [(row.staff_id, row.entered_by) for row in rows(box, rating)] == [(CLERK, OTHER)]


KEPT = [
    (sa.delete(rating), "kept"),
    (sa.update(rating).values(grade=5), "kept"),
    (sa.update(rating).values(staff_id=None), "kept"),
    (sa.delete(rating_review), "kept"),
    (sa.update(rating_review).values(verdict="true"), "kept"),
    (sa.delete(rating_word), "kept"),
    (sa.update(rating_word).values(chips=""), "kept"),
    (sa.update(rating_word).values(words="很好"), "kept"),
    (sa.delete(rating_judge), "kept"),
    (sa.update(rating_judge).values(staff_id=CLERK), "kept"),
]
TABLES = (rating, rating_word, rating_review, rating_judge)


@pytest.mark.parametrize(("statement", "why"), KEPT, ids=[str(one[0]).split(" WHERE")[0] for one in KEPT])
def test_the_database_itself_refuses_to_polish_a_rating(serve, rate, box, clock, statement, why):
    bad = rate(serve(), Grade.VERY_BAD, said=Said(("slow",), "等了一上午"))
    with box.database.write() as tx:
        ratings.review(tx, Asked(clock(), OTHER), bad, Verdict.MISTAKEN, "")
        judge = {"rating_id": bad, "staff_id": THIRD, "asked_by": OTHER, "at": clock()}
        tx.execute(sa.insert(rating_judge).values(judge))
    before = [rows(box, table) for table in TABLES]
    with pytest.raises(sa.exc.DBAPIError, match=why), box.database.write() as tx:
        tx.execute(statement)
    assert [rows(box, table) for table in TABLES] == before


def test_after_two_years_the_night_empties_words_and_nothing_else(serve, rate, box, clock):
    rate(serve(), Grade.BAD, said=Said(("slow",), "等了一上午"))
    clock.forward(days=729)
    close_days(box)
    assert [row.words for row in rows(box, rating_word)] == ["等了一上午"]
    clock.forward(days=2)
    close_days(box)
    assert [(row.words, row.chips) for row in rows(box, rating_word)] == [("", "slow")]


def test_a_bad_one_is_judged_by_two_who_were_not_rated(serve, rate, box, clock):
    bad, good = rate(serve(), Grade.BAD), rate(serve(), Grade.GOOD)

    def review(by, verdict=Verdict.MISTAKEN, rating_id=bad):
        with box.database.write() as tx:
            return ratings.review(tx, Asked(clock(), by), rating_id, verdict, "打过电话")

    with pytest.raises(ratings.UnknownRating):
        review(CLERK)
    with pytest.raises(ratings.NotBad):
        review(OTHER, rating_id=good)
    assert ratings.verdict_of(review(OTHER)) is None
    with pytest.raises(ratings.SaidAlready):
        review(OTHER, Verdict.TRUE)
    assert ratings.verdict_of(review(THIRD)) == Verdict.MISTAKEN
    day = box.centre.day(clock())
    with box.database.read() as tx:
        found = ratings.figures(tx, day, day, By.SERVICE)
        assert [one.id for one in ratings.bad_ones(tx, day, day, OTHER)] == [bad]
        assert ratings.bad_ones(tx, day, day, CLERK) == ()
    assert (found.mistaken, found.whole.bad, found.whole.n) == (1, 1, 2)


@pytest.mark.parametrize("by", By)
def test_the_figures_are_those_that_the_rows_give_counted_one_by_one(serve, rate, box, clock, by):
    day, firsts = box.centre.day(clock()), []
    for counter, service, grade in ((1, "A", 5), (1, "A", 2), (2, "A", 4), (1, "B", 1), (2, "B", None)):
        ticket_id = serve(counter, service)
        if grade is not None:
            rate(ticket_id, Grade(grade), said=Said(("slow",) if grade < 3 else ("quick",)))
            firsts.append((service, counter, grade))
    with box.database.read() as tx:
        found = ratings.figures(tx, day, day, by)
        none = ratings.figures(tx, day - timedelta(days=9), day - timedelta(days=1), by)
    assert found.whole.grades == tuple(sum(1 for one in firsts if one[2] == grade) for grade in range(1, 6))
    assert (found.whole.n, found.whole.visits, found.whole.good.hits) == (4, 5, 2)
    keys = {
        By.SERVICE: lambda one: one[0],
        By.COUNTER: lambda one: str(one[1]),
        By.SOURCE: lambda _: "tablet",
    }
    expected = {key: sum(1 for one in firsts if keys[by](one) == key) for key in map(keys[by], firsts)}
    assert {key: counted.n for key, counted in found.parts if counted.n} == expected
    assert dict(found.chips) == {"quick": 2, "slow": 2}
    assert (none.whole.n, none.whole.visits, none.parts) == (0, 0, ())


def test_a_burst_is_told_and_counted(serve, rate, box, clock):
    day, ids = box.centre.day(clock()), []
    for _ in range(5):
        ids.append(rate(serve(), Grade.VERY_GOOD))
        clock.forward(seconds=90)
    with box.database.read() as tx:
        found = ratings.figures(tx, day, day, By.COUNTER)
    assert found.in_bursts == frozenset(ids)
    assert found.whole.n == 5
