"""Figures of concerns, counted a second time from the raw rows, and some by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from chinese_calendar import is_workday
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, PauseReason, Reply, Solved
from kiosk.concerns.tables import concern, concern_change, concern_clock, concern_place
from kiosk.figures import Span, opinions
from kiosk.figures.opinions import Count, Group, Name, Only
from kiosk.ratings.tables import rating
from tests.figures.residents import CATEGORIES, SOURCES, Residents

BEGAN = datetime(2026, 1, 20, 1, tzinfo=UTC)
"""Before the Spring Festival, with its worked Saturdays."""

DAYS = 60


@pytest.fixture
def residents(box, clock) -> Residents:
    clock.at = BEGAN
    return Residents(box, clock, seed=18)


def rated(box, concern_id, grade, on):
    """A rating of an answer, as a row."""
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    row = {
        "subject": "concern", "subject_id": concern_id, "round": 0, "grade": grade, "source": "phone",
        "service_day": on, "service_code": "", "finished_at": at, "at": at,
    }  # fmt: skip
    with box.database.write() as tx:
        tx.execute(sa.insert(rating), row)


class Naive:
    """The same figures, slowly: every row of the database is looked at for every one of them."""

    def __init__(self, box, clock) -> None:
        self.box, self.now = box, clock()
        with box.database.read() as tx:
            self.concerns = tx.execute(sa.select(concern)).all()
            self.log = self._kept(tx.execute(sa.select(concern_change).order_by(concern_change.c.id)).all())
            self.clocks = tx.execute(sa.select(concern_clock)).all()
            self.inner = tx.execute(sa.select(concern_place.c.id, concern_place.c.parent_id)).all()
            self.ratings = tx.execute(sa.select(rating)).all()

    def _kept(self, log):
        """Without what was taken back within ten minutes."""
        gone = set()
        for undo in log:
            if undo.verb == "undo":
                before = [one.id for one in log if one.concern_id == undo.concern_id and one.id < undo.id]
                same = [one.id for one in log if one.id in before and one.verb == undo.reason]
                gone |= {undo.id, *[one for one in same if one not in gone][-1:]}
        return [one for one in log if one.id not in gone]

    def day(self, moment) -> date:
        return moment.astimezone(self.box.centre.zone).date()

    def figure(self, name: Name, span: Span, only: Only) -> tuple[int, int]:
        """How many of how many."""
        good = every = 0
        for one in self.concerns:
            if self._is_wanted(one, only):
                for is_good in getattr(self, f"_{name}")(one, span):
                    every, good = every + 1, good + is_good
        return good, every

    def count(self, verbs: set[str], span: Span, only: Only) -> int:
        ids = {one.id for one in self.concerns if self._is_wanted(one, only)}
        return sum(
            line.concern_id in ids and line.verb in verbs and self._is_in(line.at, span) for line in self.log
        )

    def _is_wanted(self, one, only) -> bool:
        around = {place: parent for place, parent in self.inner}  # noqa: C416 - rows are no pairs
        return (
            only.category in ("", one.category_code)
            and only.source in ("", one.source)
            and only.place in (None, one.place_id, around.get(one.place_id))
        )

    def _is_in(self, moment, span) -> bool:
        return span.first <= self.day(moment) <= span.last

    def _lines(self, one, span=None):
        last = span.last if span else date.max
        return [line for line in self.log if line.concern_id == one.id and self.day(line.at) <= last]

    def _late(self, clock, moment) -> bool:
        """Whether this moment is past the promise."""
        return moment > clock.due_at if clock.due_at else self.day(moment) > clock.due_on

    def _end(self, span):
        """The moment after these days, or now."""
        after = datetime.combine(span.last + timedelta(days=1), datetime.min.time(), self.box.centre.zone)
        return min(after, self.now)

    def _closed(self, one, span):
        lines = self._lines(one, span)
        if one.kind in ("praise", "task") or not lines or lines[-1].to_state in ("withdrawn", "merged"):
            return
        joined = [line.verb for line in lines if line.verb in ("merge", "unmerge", "reopen")]
        if joined[-1:] == ["merge"]:
            return
        answers = [line for line in lines if line.verb in ("answer", "settle", "decline")]
        is_owed = any(self._is_in(line.at, span) for line in answers)
        for clock in self.clocks:
            if (clock.concern_id, clock.what) == (
                one.id,
                "answer",
            ) and span.first <= clock.due_on <= span.last:
                unmet = clock.met_at is None or self._late(clock, clock.met_at)
                is_owed |= unmet and self._late(clock, self._end(span))
        if is_owed:
            yield lines[-1].to_state in ("answered", "done", "declined")

    def _in_time(self, one, span, unpaused=False):
        for is_closed in self._closed(one, span):
            lines = self._lines(one, span)
            (clock,) = [
                clock
                for clock in self.clocks
                if (clock.concern_id, clock.what, clock.round) == (one.id, "answer", lines[-1].round)
            ]
            answers = [line for line in lines if line.verb in ("answer", "settle", "decline")]
            if not is_closed:
                yield False
            elif unpaused and any(
                line.verb == "pause" and line.round == clock.round for line in self._lines(one)
            ):
                yield not self._is_late_unpaused(one, clock, answers[-1].at)
            else:
                yield not self._late(clock, answers[-1].at)

    def _is_late_unpaused(self, one, clock, moment) -> bool:
        extended = any(line.verb == "extend" and line.round == clock.round for line in self._lines(one))
        if clock.unit == "hour" and not extended:
            return moment > clock.started_at + timedelta(hours=clock.length)
        if clock.unit == "hour":
            day, count = self.day(clock.started_at + timedelta(hours=clock.length)), 0
        else:
            day, count = self.day(clock.started_at), clock.length
        for _ in range(count + 5 * extended):
            day += timedelta(days=1)
            while not is_workday(day):
                day += timedelta(days=1)
        return self.day(moment) > day

    def _in_time_unpaused(self, one, span):
        yield from self._in_time(one, span, unpaused=True)

    def _solved(self, one, span):
        for line in self._lines(one, span):
            if self._is_in(line.at, span) and line.reason in ("yes", "half", "no"):
                yield line.reason == "yes"

    def _content(self, one, span):
        for row in self.ratings:
            if row.subject_id == one.id and row.subject == "concern" and self._is_in(row.at, span):
                yield row.grade in (3, 4, 5)

    def _promised(self, one, span, what):
        taken_back = [line.at for line in self._lines(one) if line.verb == "withdraw"]
        for clock in self.clocks:
            if (clock.concern_id, clock.what) != (one.id, what) or clock.met_at in taken_back:
                continue
            if clock.met_at is not None and not self._late(clock, clock.met_at):
                if self._is_in(clock.met_at, span):
                    yield True
            elif span.first <= clock.due_on <= span.last and self._late(clock, self._end(span)):
                yield False

    def _accepted(self, one, span):
        yield from self._promised(one, span, "accept")

    def _contacted(self, one, span):
        yield from self._promised(one, span, "contact")

    def _rechecked(self, one, span):
        for line in self._lines(one, span):
            if line.verb == "recheck" and self._is_in(line.at, span):
                yield line.reason == "good"

    def _reopened(self, one, span):
        lines = self._lines(one)
        first = next(
            (line for line in lines if line.verb in ("answer", "settle") and self._is_in(line.at, span)), None
        )
        if first is not None:
            yield any(line.verb == "reopen" and line.id > first.id for line in lines)

    def _foreseen(self, one, span):
        if self._is_in(one.taken_at, span):
            yield one.source in ("patrol", "door", "night")


VERBS = {
    Count.TAKEN: {"take_in"}, Count.ANSWERED: {"answer", "settle"}, Count.SAID_SOLVED: {"agree"},
    Count.SILENT: {"lapse"}, Count.PAUSED: {"pause"}, Count.EXTENDED: {"extend"},
    Count.SENT_BACK: {"send_back"}, Count.DECLINED: {"decline"}, Count.WITHDRAWN: {"withdraw"},
    Count.MERGED: {"merge"},
}  # fmt: skip


@pytest.mark.long
def test_every_figure_is_the_same_counted_a_second_time_from_the_rows(residents, box, clock):
    residents.certain()
    residents.live(DAYS)
    for concern_id in residents.ids[::3]:
        on = BEGAN.date() + timedelta(days=concern_id)
        rated(box, concern_id, 1 + concern_id % 5, on)
    naive = Naive(box, clock)
    onlies = st.builds(
        Only,
        st.sampled_from(("", "", *CATEGORIES)),
        st.sampled_from((None, None, residents.compound, *residents.places)),
        st.sampled_from(("", "", *map(str, SOURCES))),
    )

    def compare(span, only):
        with box.database.read() as tx:
            found = opinions.opinions_of(tx, box.centre, (span, only, Group.SOURCE), clock())
        for name in Name:
            counted = found.whole.figures[name]
            assert (len(counted.hits), len(counted.of)) == naive.figure(name, span, only), (name, span, only)
            assert sum(len(row.figures[name].of) for row in found.rows) == len(counted.of)
        for count, verbs in VERBS.items():
            assert len(found.whole.counts[count]) == naive.count(verbs, span, only), (count, span, only)
        return found.whole.figures

    all_of_it = compare(Span(BEGAN.date(), BEGAN.date() + timedelta(days=DAYS + 21)), Only())
    assert [name for name, one in all_of_it.items() if not 0 < len(one.hits) < len(one.of)] == []

    @hypothesis_settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(-5, DAYS + 5), st.integers(0, DAYS), onlies)
    def the_same(begin, length, only):
        first = BEGAN.date() + timedelta(days=begin)
        compare(Span(first, first + timedelta(days=length)), only)

    the_same()


def test_a_voice_answered_denied_reopened_rechecked_and_rated_across_a_worked_saturday(residents, box, clock):
    """2026-02-14 is a Saturday that is worked; then nine days are off."""
    clock.at = datetime(2026, 2, 11, 2, tzinfo=UTC)  # a Wednesday
    one = residents.take_in(category="lights", source=concerns.Source.STATION, contact=concerns.Contact())
    hand = Hand(Asked(clock(), 2))
    month = Span(date(2026, 2, 1), date(2026, 2, 28))

    def do(verb, *more):
        with box.database.write() as tx:
            verb(tx, *more)

    def told():
        with box.database.read() as tx:
            found = opinions.opinions_of(tx, box.centre, (month, Only(), Group.CATEGORY), clock())
        return {name: (len(one.hits), len(one.of)) for name, one in found.whole.figures.items()}

    do(concerns.accept, box.centre, hand, one)
    assert told()[Name.CLOSED] == (0, 0)  # due on the 24th: nothing is owed yet
    clock.at = datetime(2026, 2, 24, 8, tzinfo=UTC)
    hand = Hand(Asked(clock(), 2))
    do(concerns.answer, box.centre, hand, one, Reply(Outcome.SOLVED, "灯换好了"))
    assert (told()[Name.CLOSED], told()[Name.IN_TIME]) == ((1, 1), (1, 1))
    do(concerns.say_solved, box.centre, Asked(clock()), one, Solved.NO)
    assert (told()[Name.CLOSED], told()[Name.SOLVED], told()[Name.REOPENED]) == ((0, 1), (0, 1), (1, 1))
    clock.forward(days=1)
    do(concerns.answer, box.centre, Hand(Asked(clock(), 2)), one, Reply(Outcome.SOLVED, "又换了"))
    with box.database.write() as tx:
        concerns.recheck(tx, box.centre, Hand(Asked(clock(), 3)), one, "亮了", is_good=True)
    do(concerns.say_solved, box.centre, Asked(clock()), one, Solved.YES)
    rated(box, one, 4, date(2026, 2, 25))
    found = told()
    assert found == {
        Name.CLOSED: (1, 1), Name.IN_TIME: (1, 1), Name.IN_TIME_UNPAUSED: (1, 1), Name.SOLVED: (1, 2),
        Name.CONTENT: (1, 1), Name.ACCEPTED: (1, 1), Name.CONTACTED: (0, 0), Name.RECHECKED: (1, 1),
        Name.REOPENED: (1, 1), Name.FORESEEN: (0, 1),
    }  # fmt: skip


def test_in_time_is_told_with_pauses_and_without(residents, box, clock):
    clock.at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    one = residents.take_in(category="lights", source=concerns.Source.PATROL)
    with box.database.write() as tx:
        concerns.accept(tx, box.centre, Hand(Asked(clock(), 2)), one)
        rest = (date(2026, 3, 9), "等晴天")
        concerns.pause(tx, box.centre, Hand(Asked(clock(), 2)), one, PauseReason.WEATHER, rest)
    clock.at = datetime(2026, 3, 11, 2, tzinfo=UTC)
    with box.database.write() as tx:
        concerns.resume(tx, box.centre, Asked(clock(), 2), one)
        concerns.answer(tx, box.centre, Hand(Asked(clock(), 2)), one, Reply(Outcome.SOLVED, "好了"))
    march = Span(date(2026, 3, 1), date(2026, 3, 31))
    with box.database.read() as tx:
        found = opinions.opinions_of(tx, box.centre, (march, Only(), Group.PLACE), clock()).whole.figures
    assert found[Name.IN_TIME].hits == (one,)
    assert found[Name.IN_TIME_UNPAUSED].hits == ()
    assert found[Name.IN_TIME_UNPAUSED].missed == (one,)
    assert found[Name.FORESEEN].hits == (one,)


@pytest.mark.parametrize(("day", "is_kept"), [(16, True), (17, False)])
def test_what_was_put_off_is_put_off_without_its_pause_too(residents, box, clock, day, is_kept):
    """Five working days from Monday the second, and five more: until the sixteenth."""
    clock.at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    one = residents.take_in(category="lights")
    hand = Hand(Asked(clock(), 2), is_lead=True)
    with box.database.write() as tx:
        concerns.accept(tx, box.centre, hand, one)
        concerns.extend(tx, hand, one, "还要几天")
        concerns.pause(tx, box.centre, hand, one, PauseReason.VOTE, (date(2026, 3, 9), ""))
    clock.at = datetime(2026, 3, day, 8, tzinfo=UTC)
    with box.database.write() as tx:
        reply = Reply(Outcome.SOLVED, "好了")
        concerns.answer(tx, box.centre, Hand(Asked(clock(), 2)), one, reply)
    march = Span(date(2026, 3, 1), date(2026, 3, 31))
    with box.database.read() as tx:
        found = opinions.opinions_of(tx, box.centre, (march, Only(), Group.PLACE), clock()).whole.figures
    assert found[Name.IN_TIME].hits == (one,)
    assert found[Name.IN_TIME_UNPAUSED].hits == ((one,) if is_kept else ())


def test_of_nothing_there_is_no_figure(box, clock):
    empty = Span(date(2026, 5, 1), date(2026, 5, 31))
    with box.database.read() as tx:
        found = opinions.opinions_of(tx, box.centre, (empty, Only(), Group.CATEGORY), clock())
    assert all(one.of == () for one in found.whole.figures.values())
    assert found.rows == ()
