"""Figures of ratings, counted a second time from the raw rows, one row after the other."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk import ratings, tickets
from kiosk.ratings import By
from kiosk.ratings.rules import Z
from kiosk.ratings.tables import rating, rating_review, rating_word
from kiosk.tickets.tables import ticket

FIRST, DAYS, TICKETS = date(2026, 10, 1), 40, 400


@pytest.fixture
def filled(box, clock):
    """Four hundred visits of forty days, and what was said of some, as rows; its generator of chances."""
    chance = Random(8)
    with box.database.write() as tx:
        tickets.take(tx, box.centre, tickets.Tap("A", tap="first"), "zh", clock())
        like = dict(tx.execute(sa.select(ticket)).one()._mapping)
        visits = [_visit(like, number, chance) for number in range(2, TICKETS)]
        tx.execute(sa.insert(ticket), visits)
        said = [
            _said(visit, round_, chance) for visit in visits for round_ in (0, 1) if chance.random() < 0.5
        ]
        tx.execute(sa.insert(rating), said)
        ids = tx.execute(sa.select(rating.c.id, rating.c.grade)).all()
        for row in ids:
            _more(tx, row, chance)
    return box


def _visit(like, number, chance):
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    return like | {
        "id": number, "number": f"A{number:03d}", "tap": f"tap-{number}", "service_day": day,
        "service_code": chance.choice("AB"), "counter_number": chance.choice((1, 2)),
        "status": chance.choice(("served", "served", "served", "no_show", "cancelled")),
        "is_trial": chance.random() < 0.1,
    }  # fmt: skip


def _said(visit, round_, chance):
    finished = datetime(2026, 10, 1, 2, tzinfo=UTC) + timedelta(minutes=visit["id"])
    return {
        "subject": "visit", "subject_id": visit["id"], "round": round_,
        "grade": chance.choice((1, 2, 3, 4, 5, 5, 5, 5, 5, 5)),
        "source": chance.choice(("tablet", "phone", "station", "paper")), "service_day": visit["service_day"],
        "service_code": visit["service_code"], "counter_number": visit["counter_number"],
        "finished_at": finished, "at": finished + timedelta(seconds=chance.choice((5, 30, 59, 60, 61))),
    }  # fmt: skip


def _more(tx, row, chance):
    if chance.random() < 0.5:
        chips = " ".join(chance.sample(ratings.chips_for(ratings.Grade(row.grade)), chance.randrange(3)))
        at = datetime(2026, 10, 1, tzinfo=UTC)
        word = {"rating_id": row.id, "chips": chips, "chips_version": 1, "words": "", "at": at}
        tx.execute(sa.insert(rating_word).values(word))
    for staff_id in range(chance.randrange(4)):
        at = datetime(2026, 10, 1, tzinfo=UTC)
        verdict = chance.choice(("mistaken", "mistaken", "true"))
        one = {"rating_id": row.id, "verdict": verdict, "staff_id": staff_id, "note": "", "at": at}
        tx.execute(sa.insert(rating_review).values(one))


class Naive:
    """Every row is looked at for every figure."""

    def __init__(self, box):
        with box.database.read() as tx:
            self.visits = tx.execute(sa.select(ticket)).all()
            self.ratings = tx.execute(sa.select(rating).order_by(rating.c.id)).all()
            self.words = {row.rating_id: row.chips.split() for row in tx.execute(sa.select(rating_word))}
            self.reviews = tx.execute(sa.select(rating_review)).all()

    def grades(self, first, last, wanted=lambda row: True):
        found = [0] * 5
        for row in self.ratings:
            if row.subject == "visit" and row.round == 0 and first <= row.service_day <= last and wanted(row):
                found[row.grade - 1] += 1
        return tuple(found)

    def finished(self, first, last, wanted=lambda row: True):
        count = 0
        for row in self.visits:
            in_days = first <= row.service_day <= last
            count += in_days and row.status == "served" and not row.is_trial and wanted(row)
        return count

    def inside(self, first, last):
        return [row for row in self.ratings if first <= row.service_day <= last]

    def chips(self, first, last):
        counts: dict[str, int] = {}
        for row in self.inside(first, last):
            for chip in self.words.get(row.id, []):
                counts[chip] = counts.get(chip, 0) + 1
        return counts

    def mistaken(self, first, last):
        count = 0
        for row in self.inside(first, last):
            said = [one for one in self.reviews if (one.rating_id, one.verdict) == (row.id, "mistaken")]
            count += len(said) >= 2
        return count

    def bursts(self, first, last):
        marked = set()
        for counter in {row.counter_number for row in self.ratings}:
            mine = [
                row for row in self.inside(first, last) if row.counter_number == counter and row.round == 0
            ]
            for begin in range(len(mine)):
                five = mine[begin : begin + 5]
                soon = all(row.at - row.finished_at <= timedelta(seconds=60) for row in five)
                if len(five) == 5 and soon and len({row.grade for row in five}) == 1:
                    marked |= {row.id for row in five}
        return marked


@pytest.mark.long
def test_every_figure_of_ratings_is_the_same_counted_a_second_time(filled):
    naive = Naive(filled)

    @hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(-3, DAYS), st.integers(0, DAYS), st.sampled_from(list(By)))
    def the_same(begin, length, by):
        first = FIRST + timedelta(days=begin)
        last = first + timedelta(days=length)
        with filled.database.read() as tx:
            found = ratings.figures(tx, first, last, by)
        grades = naive.grades(first, last)
        assert (found.whole.grades, found.whole.visits) == (grades, naive.finished(first, last))
        assert (found.whole.good.hits, found.whole.good.n) == (sum(grades[2:]), sum(grades))
        assert (found.whole.very_good.hits, found.whole.bad) == (sum(grades[3:]), sum(grades[:2]))
        column = {By.SERVICE: "service_code", By.COUNTER: "counter_number", By.SOURCE: "source"}[by]
        for key, counted in found.parts:
            wanted = lambda row, key=key: str(getattr(row, column)) == key  # noqa: E731 - short
            assert counted.grades == naive.grades(first, last, wanted)
            assert counted.visits == (0 if by == By.SOURCE else naive.finished(first, last, wanted))
        assert dict(found.chips) == naive.chips(first, last)
        again = [row for row in naive.inside(first, last) if row.round == 1]
        assert found.again == len(again)
        assert found.mistaken == naive.mistaken(first, last)
        assert found.in_bursts == naive.bursts(first, last)

    the_same()
    assert naive.bursts(FIRST, FIRST + timedelta(days=DAYS))


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_range_is_where_the_share_would_be_no_surprise(of):
    """Wilson's range is the shares p with |hits/n − p| ≤ z·√(p(1−p)/n): found by trying them all."""
    hits, n = of
    share = hits / n
    likely = [
        p / 10_000
        for p in range(10_001)
        if abs(share - p / 10_000) <= Z * (p / 10_000 * (1 - p / 10_000) / n) ** 0.5 + 1e-12
    ]
    told = ratings.Share(hits, n).between
    if n >= 10:
        assert told is not None
        assert abs(told[0] - 100 * likely[0]) <= 0.52
        assert abs(told[1] - 100 * likely[-1]) <= 0.52
