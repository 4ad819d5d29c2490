"""What figures of concerns mean, counted from each one's log; docs/figures.md says each in words.

A figure is never a share alone: it keeps the ids that it was counted from, one for each thing counted, and
those of them that it counts as good.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class Name(StrEnum):
    """The figures, in the order in which they are told."""

    CLOSED = "closed"
    IN_TIME = "in_time"
    IN_TIME_UNPAUSED = "in_time_unpaused"
    SOLVED = "solved"
    CONTENT = "content"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    RECHECKED = "rechecked"
    REOPENED = "reopened"
    FORESEEN = "foreseen"


class Count(StrEnum):
    """Plain counts that stand beside the figures, lest these improve by them unseen."""

    TAKEN = "taken"
    ANSWERED = "answered"
    SAID_SOLVED = "said_solved"
    SILENT = "silent"
    PAUSED = "paused"
    EXTENDED = "extended"
    SENT_BACK = "sent_back"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Group(StrEnum):
    """What figures of concerns are told apart by; never by who answered: there is no league table."""

    CATEGORY = "category"
    PLACE = "place"
    SOURCE = "source"


class Step(NamedTuple):
    """A row of a concern's log. A quarter has a hundred thousand: a tuple is made in a fifth of the time."""

    verb: str
    state: str
    round: int
    at: datetime
    reason: str


class Clock(NamedTuple):
    """A promise, as long as it now is. `unpaused_on` and `unpaused_at`: until when, had nothing rested."""

    what: str
    round: int
    due_on: date
    due_at: datetime | None
    met_at: datetime | None
    unpaused_on: date
    unpaused_at: datetime | None


class History(NamedTuple):
    """A concern with all that happened to it, in its order; `grades` are ratings of its answers."""

    id: int
    number: str
    kind: str
    source: str
    category: str
    place: int | None
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    grades: tuple[int, ...] = ()

    def key(self, by: Group) -> str:
        """Under which line of a table it stands; "" for no place."""
        told = {Group.CATEGORY: self.category, Group.PLACE: self.place or "", Group.SOURCE: self.source}
        return str(told[by])


@dataclass(frozen=True)
class Days:
    """Which days: `first` to `last` on the centre's wall, from `start` until before `end`.

    `until` is the earlier of `end` and now: what comes later is not known yet; `today` is its day.
    """

    first: date
    last: date
    start: datetime
    end: datetime
    until: datetime
    today: date
    zone: tzinfo
    _ends: dict[date, datetime] = field(default_factory=dict, compare=False)

    def ends(self, on: date) -> datetime:
        """The midnight at the end of this day on the centre's wall."""
        found = self._ends.get(on)
        if found is None:
            found = self._ends[on] = datetime.combine(on + timedelta(days=1), time(), self.zone).astimezone(
                UTC
            )
        return found

    def is_past(self, on: date, at: datetime | None) -> bool:
        """Whether a promise until then had run out by the end of these days."""
        return self.until > at if at is not None else self.today > on


class Counted(Struct, frozen=True):
    """Ids of what was counted, one for each thing, and of those of them that count as good."""

    hits: tuple[int, ...] = ()
    of: tuple[int, ...] = ()

    @property
    def missed(self) -> tuple[int, ...]:
        """Those that do not count as good, once each."""
        good = set(self.hits)
        return tuple(dict.fromkeys(one for one in self.of if one not in good))


NOT_OWED = ("task", "praise")
"""Kinds to which no answer is owed: 应办结 knows them not."""

CLOSED = ("answered", "done", "declined")
ANSWERS = ("answer", "settle")
GIVEN = (*ANSWERS, "decline")
FORESEEN = ("patrol", "door", "night")
"""Sources of what nobody had to come and say: 未诉先办."""

GOOD_GRADE = 3
_MERGING = ("merge", "unmerge", "reopen")

_EVENTS = {
    "take_in": Count.TAKEN, "answer": Count.ANSWERED, "settle": Count.ANSWERED, "agree": Count.SAID_SOLVED,
    "lapse": Count.SILENT, "pause": Count.PAUSED, "extend": Count.EXTENDED, "send_back": Count.SENT_BACK,
    "decline": Count.DECLINED, "withdraw": Count.WITHDRAWN, "merge": Count.MERGED,
}  # fmt: skip


class Share(NamedTuple):
    """What one concern adds to the figures and to the plain counts of some days."""

    id: int
    figures: tuple[tuple[Name, bool], ...]
    counts: tuple[Count, ...]


def share_of(one: History, days: Days) -> Share:
    """What this concern adds: worked out once, for the whole and for its line."""
    start, end, until = days.start, days.end, days.until
    here = [step for step in one.steps if start <= step.at < end]
    known = [step for step in one.steps if step.at < until]
    happened = [_EVENTS[step.verb] for step in here if step.verb in _EVENTS]
    return Share(one.id, tuple(_told(one, days, known, here)), tuple(happened))


def figures_of(shares: Iterable[Share]) -> dict[Name, Counted]:
    """Every figure of these concerns."""
    hits: dict[Name, list[int]] = {name: [] for name in Name}
    of: dict[Name, list[int]] = {name: [] for name in Name}
    for one in shares:
        for name, is_hit in one.figures:
            of[name].append(one.id)
            if is_hit:
                hits[name].append(one.id)
    return {name: Counted(tuple(hits[name]), tuple(of[name])) for name in Name}


def counts_of(shares: Iterable[Share]) -> dict[Count, tuple[int, ...]]:
    """Every plain count of these concerns, as ids: one for each time that it happened."""
    found: dict[Count, list[int]] = {name: [] for name in Count}
    for one in shares:
        for name in one.counts:
            found[name].append(one.id)
    return {name: tuple(ids) for name, ids in found.items()}


def _told(
    one: History, days: Days, known: Sequence[Step], here: Sequence[Step]
) -> Iterator[tuple[Name, bool]]:
    """`known` had happened by the end of these days, `here` happened in them."""
    yield from _of_answer(one, known, days)
    for grade in one.grades:
        yield Name.CONTENT, grade >= GOOD_GRADE
    for what, is_met in _promises(one, days):
        yield _PROMISES[what], is_met
    for step in here:
        if step.verb in _SAID and step.at < days.until:
            yield from _said(one, step)
    first = next((step for step in here if step.verb in ANSWERS), None)
    if first is not None:
        later = one.steps[one.steps.index(first) :]
        yield Name.REOPENED, any(step.verb == "reopen" for step in later)


_SAID = ("agree", "reopen", "recheck", "take_in")


def _said(one: History, step: Step) -> Iterator[tuple[Name, bool]]:
    if step.verb == "agree":
        yield Name.SOLVED, True
    elif step.verb == "reopen":
        if step.reason in ("half", "no"):
            yield Name.SOLVED, False
    elif step.verb == "recheck":
        yield Name.RECHECKED, step.reason == "good"
    else:
        yield Name.FORESEEN, one.source in FORESEEN


def _state(known: Sequence[Step]) -> str:
    return known[-1].state if known else ""


def _of_answer(one: History, known: Sequence[Step], days: Days) -> Iterator[tuple[Name, bool]]:
    """应办结: its answer was promised until one of these days and not given by then, or given in them."""
    if one.kind in NOT_OWED or not known or _state(known) == "withdrawn" or _is_child(known):
        return
    given = [step for step in known if step.verb in GIVEN]
    if not any(step.at >= days.start for step in given) and not _ran_out(one, days):
        return
    is_closed = _state(known) in CLOSED
    yield Name.CLOSED, is_closed
    clock = next((c for c in one.clocks if c.what == "answer" and c.round == _round(known)), None)
    if clock is None:
        return
    at = given[-1].at if is_closed and given else None
    yield Name.IN_TIME, at is not None and _by(at, clock.due_on, clock.due_at, days)
    unpaused = (clock.unpaused_on, clock.unpaused_at)
    yield Name.IN_TIME_UNPAUSED, at is not None and _by(at, *unpaused, days)


def _is_child(known: Sequence[Step]) -> bool:
    for step in reversed(known):
        if step.verb in _MERGING:
            return step.verb == "merge"
    return False


def _round(known: Sequence[Step]) -> int:
    return known[-1].round


def _ran_out(one: History, days: Days) -> bool:
    return any(
        _ends_here(clock, days) and not _is_kept(clock, days)
        for clock in one.clocks
        if clock.what == "answer"
    )


def _ends_here(clock: Clock, days: Days) -> bool:
    return days.first <= clock.due_on <= days.last and days.is_past(clock.due_on, clock.due_at)


def _is_kept(clock: Clock, days: Days) -> bool:
    return clock.met_at is not None and _by(clock.met_at, clock.due_on, clock.due_at, days)


def _by(moment: datetime, on: date, at: datetime | None, days: Days) -> bool:
    """Whether it was in time; a day counts until its midnight on the centre's wall."""
    return moment <= at if at is not None else moment < days.ends(on)


_PROMISES = {"accept": Name.ACCEPTED, "contact": Name.CONTACTED}


def _promises(one: History, days: Days) -> Iterator[tuple[str, bool]]:
    """Promises of these sorts that ended in these days: kept, or run out without; not by being withdrawn."""
    ends = [step.at for step in one.steps if step.verb == "withdraw"]
    for clock in one.clocks:
        if clock.what not in _PROMISES or clock.met_at in ends:
            continue
        is_kept = _is_kept(clock, days)
        if is_kept and clock.met_at is not None and days.start <= clock.met_at < days.until:
            yield clock.what, True
        elif not is_kept and _ends_here(clock, days):
            yield clock.what, False
